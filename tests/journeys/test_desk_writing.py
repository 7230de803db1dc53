"""A message written, seen as it will arrive, kept while it is typed, sent and taken back."""

from typing import Any

import pytest
from tests.journeys.conftest import Site, View, faults, opened
from tests.journeys.deskworld import open_shop
from tests.journeys.test_desk import WORDS, Desk, take_a_picture
from tests.journeys.test_desk_pages import sign_in

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.delivery import LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.writing.models import Writing


@pytest.mark.clause("10002:7.3")
@pytest.mark.parametrize(
    "view", [View("fa", "desktop", "light"), View("en", "phone", "dark")], ids=str
)
def test_a_message_is_kept_while_it_is_typed_seen_sent_and_taken_back(
    site: Site, browser: Any, view: View
) -> None:
    open_shop()
    words = WORDS[view.language]
    with opened(browser, view) as page:
        desk = Desk(page, site, view.language)
        sign_in(page, site, view.language, "nima")
        page.goto(site(f"/{view.language}/desk/complaints/new/"))
        desk.send(
            narrative=words.narrative, name=words.name, phone="0912 345 67 89", read_back="on"
        )
        desk.ref = Complaint.objects.get().ref
        here = site(f"/{view.language}/desk/complaints/{desk.ref}/")

        page.goto(f"{here}message/")
        page.locator('[name="text"]').fill(words.said)
        page.locator("form[data-kept=yes]").wait_for(timeout=20_000)
        assert Writing.objects.get().content["text"] == words.said
        page.goto(f"{here}message/")
        page.locator('[name="quotes"]').select_option("0")
        page.locator('button[value="preview"]').click()
        page.locator(".preview__text").wait_for()
        assert faults(page) == []
        take_a_picture(page, view, "desk-writing")
        page.locator("form[data-draft] .button--primary").click()
        page.locator('form[action$="take_back/"]').wait_for()
        take_a_picture(page, view, "desk-writing-pending")
        page.locator('form[action$="take_back/"] button').click()
        page.locator("form[data-draft]").wait_for()
        assert page.locator('[name="text"]').input_value() == words.said
    assert Letter.objects.get(kind="message").state == LetterState.CANCELLED
