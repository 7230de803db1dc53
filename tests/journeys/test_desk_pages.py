"""The desk's pages in every view: read by everybody, wide or narrow, light or dark."""

from collections.abc import Callable
from typing import Any

from tests.journeys.conftest import Site, View
from tests.journeys.deskworld import PASSWORD, open_shop, some_files

from pasokh.casework.disputes import actions as disputes
from pasokh.casework.disputes.actions import AuthorityLetter
from pasokh.kernel import clock
from pasokh.kernel.actors import Actor
from pasokh.policy.taxonomy.models import OutsideBody


def sign_in(page: Any, site: Site, language: str, name: str) -> None:
    page.goto(site(f"/{language}/desk/"))
    page.locator("#id_login").fill(f"{name}@example.org")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("form .button--primary").click()
    page.wait_for_load_state()


def test_every_page_of_the_desk_can_be_read_by_everybody(
    site: Site, visitor: Any, view: View, look: Callable[..., None]
) -> None:
    refs = some_files(shop := open_shop())
    asked_by_an_authority(refs[0], shop.nima)
    visitor.goto(site(f"/{view.language}/desk/"))
    look(visitor, "desk-sign-in")
    sign_in(visitor, site, view.language, "reza")
    look(visitor, "desk-queue")
    for name, path in {
        "case": f"complaints/{refs[0]}/",
        "form": f"complaints/{refs[0]}/form/",
        "act-decide": f"complaints/{refs[0]}/decide/",
        "act-log": f"complaints/{refs[0]}/log_contact/",
        "act-progress": f"complaints/{refs[0]}/report_progress/",
        "act-hear": f"complaints/{refs[0]}/hear/",
        "act-note": f"complaints/{refs[0]}/note/",
        "act-code": f"complaints/{refs[0]}/replace_code/",
        "act-contact": f"complaints/{refs[0]}/add_contact/",
        "act-inquire": f"complaints/{refs[0]}/inquire/",
        "act-answer-inquiry": f"complaints/{refs[0]}/answer_inquiry/",
        "authorities": "authorities/",
        "letters": "letters/",
        "refused": f"complaints/{refs[0]}/close/",
        "search": "search/?q=يخچال",
        "nothing": "search/?q=zzzz",
        "calls": "calls/?number=09123456789",
    }.items():
        visitor.goto(site(f"/{view.language}/desk/{path}"))
        look(visitor, f"desk-{name}", status=409 if name == "refused" else 200)
    sign_in_again(visitor, site, view.language, "nima")
    visitor.goto(site(f"/{view.language}/desk/complaints/new/"))
    look(visitor, "desk-new")


def asked_by_an_authority(ref: str, clerk: Actor) -> None:
    at = clock.now()
    letter = AuthorityLetter(
        body=OutsideBody.objects.get(code="cppo_124").pk,
        dated_on=at.date(),
        asks="گزارش رسیدگی و پاسخ به شاکی را بفرستید.",
        received_at=at,
        number="۱۱۸/ت/۵۵۲۰",
    )
    disputes.inquire(ref, letter=letter, by=clerk, at=at)


def sign_in_again(page: Any, site: Site, language: str, name: str) -> None:
    page.goto(site(f"/{language}/desk/"))
    page.locator(".rail__end button").click()
    page.wait_for_load_state()
    sign_in(page, site, language, name)
