"""One complaint in a real browser: the form, the receipt, the page where it is followed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.acts import Acts
from tests.journeys.conftest import Site, View, opened
from tests.portal.post import ADDRESS, Post, link, work

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.judging import Found
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.terms import Finding
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.organisation.models import (
    Organisation,
    RegimeBinding,
    RoleAssignment,
    SpendingLimit,
    Staff,
    Unit,
    WorkingWeek,
)
from pasokh.kernel import clock
from pasokh.kernel.fields import Bilingual
from pasokh.policy.taxonomy.models import OutsideBody, Term

LONG_AGO = timedelta(days=900)
SAID = {
    "fa": "۱۳ اردیبهشت یک یخچال ساید (RT-450) خریدم.\nاز هفتهٔ دوم خنک نمی‌کند؛ دو بار زنگ زدم.",
    "en": "I bought a refrigerator (RT-450) on 3 May.\nIt has not cooled since; I rang twice.",
}
ANSWER = {
    "fa": "برد اصلی یخچال از همان روز نصب خراب بوده و تکنسین ما بار اول متوجه نشده است.",
    "en": "The main board was broken from the day of installation, and our technician missed it.",
}
NAMES = {"fa": "مریم کاظمی", "en": "Maryam Kazemi"}


@pytest.fixture(autouse=True)
def post(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Any) -> Post:
    """Mail goes into a folder, as the site's own process believes, too: so before it starts."""
    settings.MAIL_FOLDER, settings.PUBLIC_ADDRESS = tmp_path / "mail", ADDRESS
    monkeypatch.setenv("PASOKH_MAIL_FOLDER", str(settings.MAIL_FOLDER))
    monkeypatch.setenv("PASOKH_ADDRESS", ADDRESS)
    monkeypatch.setenv("PASOKH_HOSTS", "127.0.0.1")
    return Post(settings.MAIL_FOLDER)


@pytest.fixture
def shop(site: Site) -> SimpleNamespace:
    """A seller of household appliances with a handler, in the site's database."""
    Organisation.objects.create(
        name=Bilingual("فروشگاه خانه", "Khaneh Appliances"),
        time_zone="Asia/Tehran",
        telephone="021 8800 1122",
        mailbox="complaints@khaneh.example",
        address=Bilingual("تهران، خیابان ولیعصر، شمارهٔ ۱۲", "12 Valiasr Street, Tehran"),
        opening_hours=Bilingual("شنبه تا چهارشنبه، ۸ تا ۱۶", "Saturday to Wednesday, 8 to 16"),
    )
    unit = Unit.objects.create(code="care", name=Bilingual("امور مشتریان", "Customer care"))
    day = [["08:00", "16:00"]]
    WorkingWeek.objects.create(
        valid_from=(clock.now() - LONG_AGO).date(), days=[day, day, day, [], [], day, day]
    )
    RegimeBinding.objects.create(pack="iso10002-2018", valid_from=clock.now() - LONG_AGO)
    remedy = Term.objects.create(
        kind="remedy", code="replace", name=Bilingual("تعویض کالا", "Replacement"), position=1
    )
    Term.objects.create(
        kind="remedy", code="refund", name=Bilingual("پس دادن پول", "Refund"), position=2
    )
    Term.objects.create(
        kind="category",
        code="broken",
        name=Bilingual("خرابی کالا", "The product is broken"),
        position=1,
    )
    OutsideBody.objects.create(
        code="line-124",
        name=Bilingual("سامانهٔ ۱۲۴", "The 124 line"),
        what_for=Bilingual("تخلف در قیمت و فروش", "prices and sales"),
        telephone="124",
        verified_on=date(2026, 5, 1),
        position=1,
    )
    return SimpleNamespace(
        units={"tehran": unit}, staff={"reza": _handler(unit)}, remedy=remedy.pk, reza=_reza()
    )


def _handler(unit: Unit) -> Staff:
    reza = Staff.objects.create(
        number="reza",
        name=Bilingual("رضا", "Reza"),
        unit=unit,
        active_from=clock.now() - LONG_AGO,
    )
    RoleAssignment.objects.create(
        staff=reza, role="handler", valid_from=clock.now() - LONG_AGO, by="clock:test"
    )
    SpendingLimit.objects.create(role="handler", currency="IRR", amount=10**9)
    return reza


def _reza() -> Any:
    return organisation.actor_for_staff(Staff.objects.get().pk, clock.now())


def decide(case: Complaint, shop: SimpleNamespace, language: str) -> None:
    """Let the handler look into it, write, and decide."""
    acts = Acts(shop, SimpleNamespace(remedy=shop.remedy), 0)
    acts._assess(case, by=shop.reza, at=clock.now())
    acts._investigate(case, by=shop.reza, at=clock.now())
    greeting = {"fa": "فردا تکنسین ما می‌آید.", "en": "Our technician comes tomorrow."}
    actions.message(case.ref, text=greeting[language], by=shop.reza, at=clock.now())
    acts._decide(
        case,
        by=shop.reza,
        at=clock.now(),
        findings=[Found(1, Finding.UPHELD, ANSWER[language])],
        promises=[acts.promise(case, clock.now(), amount=15_000_000, currency="IRR")],
        reasons=ANSWER[language],
    )
    actions.write(case.ref, kind=LetterKind.DECISION, facts={}, by=shop.reza, at=clock.now())


@pytest.mark.clause("10002:4.5")
def test_a_complaint_is_made_followed_and_answered_in_a_browser(
    site: Site,
    shop: SimpleNamespace,
    visitor: Any,
    view: View,
    look: Callable[..., None],
    tmp_path: Path,
    post: Post,
) -> None:
    language = view.language
    visitor.goto(site(f"/{language}/"))
    look(visitor, "portal-front")
    visitor.locator(".button--primary").click()
    look(visitor, "portal-form")

    visitor.locator("form .button--primary").click()
    look(visitor, "portal-form-mistakes")
    assert visitor.evaluate("document.activeElement.id") == "errors"

    bill = tmp_path / "رسید.txt"
    bill.write_text("رسید", "utf-8")
    visitor.locator("#id_narrative").fill(SAID[language])
    visitor.locator("#id_email").fill("maryam@example.org")
    visitor.locator("#id_name").fill(NAMES[language])
    visitor.locator("#id_files").set_input_files(bill)
    visitor.locator("summary", has=visitor.locator("xpath=..//select")).first.click()
    visitor.locator("#id_category").select_option(index=1)
    visitor.locator("form .button--primary").click()
    assert visitor.url.endswith("/complain/check/")
    look(visitor, "portal-check")
    visitor.locator("form .button--primary").click()

    look(visitor, "portal-receipt")
    ref = visitor.locator("#reference").inner_text()
    code = visitor.locator("#code").inner_text()
    assert re.fullmatch(r"P-\d{6}-\d", ref)

    case = Complaint.objects.get(ref=ref)
    assert case.narrative == SAID[language]
    visitor.locator(".actions .button--primary").click()
    visitor.locator("#id_ref").fill(ref)
    visitor.locator("#id_code").fill("1" * 16)
    visitor.locator("form .button--primary").click()
    look(visitor, "portal-follow-wrong")
    visitor.locator("#id_code").fill(code)
    visitor.locator("form .button--primary").click()
    look(visitor, "portal-file-new")
    mail = post.one()
    visitor.goto(site(f"/{language}/follow/complaint/"))
    look(visitor, "portal-file-unconfirmed")
    with visitor.expect_download() as bill_again:
        visitor.locator(".entry__body a[download]").first.click()
    assert bill_again.value.suggested_filename == bill.name
    _confirmed(site, visitor, look, link(mail, "confirm"))
    code = _renewed(site, visitor, language, look, ref, post)
    opens(visitor, site, language, ref, code)
    _answered(site, shop, visitor, language, look, case)


def _confirmed(site: Site, visitor: Any, look: Callable[..., None], there: str) -> None:
    visitor.goto(site(there))
    look(visitor, "portal-confirm")
    visitor.locator("form .button--primary").click()
    look(visitor, "portal-confirmed")
    visitor.goto(site(there))
    look(visitor, "portal-link-gone", status=404)


def _renewed(
    site: Site,
    visitor: Any,
    language: str,
    look: Callable[..., None],
    ref: str,
    post: Post,
) -> str:
    """Lose the code, have a link mailed, and read the new code behind it."""
    post.send()
    visitor.goto(site(f"/{language}/follow/lost/"))
    look(visitor, "portal-lost")
    visitor.locator("#id_ref").fill(ref)
    visitor.locator("#id_email").fill("maryam@example.org")
    visitor.locator("form .button--primary").click()
    look(visitor, "portal-asked")
    work()
    visitor.goto(site(link(post.one(), "follow/lost/link")))
    look(visitor, "portal-renew")
    visitor.locator("form .button--primary").click()
    look(visitor, "portal-code")
    code: str = visitor.locator("#code").inner_text()
    return code


def opens(visitor: Any, site: Site, language: str, ref: str, code: str) -> None:
    """Open the page of a complaint."""
    visitor.goto(site(f"/{language}/follow/"))
    visitor.locator("#id_ref").fill(ref)
    visitor.locator("#id_code").fill(code)
    visitor.locator("form .button--primary").click()
    assert visitor.url == site(f"/{language}/follow/complaint/")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_everything_works_without_scripts(
    site: Site, shop: SimpleNamespace, browser: Any, language: str, post: Post, tmp_path: Path
) -> None:
    seen: list[str] = []

    def look(_page: Any, name: str, **_known: int) -> None:
        seen.append(name)

    bill = tmp_path / "bill.txt"
    bill.write_text("bill", "utf-8")
    with opened(browser, View(language, "phone", "dark"), java_script_enabled=False) as visitor:
        visitor.goto(site(f"/{language}/complain/"))
        visitor.locator("#id_narrative").fill(SAID[language])
        visitor.locator("#id_files").set_input_files(bill)
        visitor.locator("button[value=files]").click()
        assert visitor.locator(".chosen").inner_text().startswith("bill.txt")
        assert visitor.locator("#id_narrative").input_value() == SAID[language]
        visitor.locator("#id_email").fill("maryam@example.org")
        visitor.locator("form .button--primary").click()
        visitor.locator("form .button--primary").click()
        ref = visitor.locator("#reference").inner_text()
        _confirmed(site, visitor, look, link(post.one(), "confirm"))
        code = _renewed(site, visitor, language, look, ref, post)
        opens(visitor, site, language, ref, code)
        visitor.goto(site(f"/{language}/follow/complaint/withdraw/"))
        visitor.locator("form .button--grave").click()
        visitor.goto(site(f"/{language}/follow/complaint/undo/"))
        visitor.locator("form .button--primary").click()

    assert Complaint.objects.get(ref=ref).state == State.RECEIVED
    assert seen[-1] == "portal-code"


def _answered(
    site: Site,
    shop: SimpleNamespace,
    visitor: Any,
    language: str,
    look: Callable[..., None],
    case: Complaint,
) -> None:
    visitor.goto(site(f"/{language}/follow/complaint/letter/"))
    visitor.locator("#id_text").fill(SAID[language])
    look(visitor, "portal-letter")
    visitor.locator("form .button--primary").click()
    decide(case, shop, language)

    visitor.reload()
    assert ANSWER[language] in visitor.locator(".decision").inner_text()
    look(visitor, "portal-file-decided")
    visitor.goto(site(f"/{language}/follow/complaint/refuse/"))
    look(visitor, "portal-refuse")
    visitor.goto(site(f"/{language}/follow/complaint/accept/"))
    look(visitor, "portal-accept")
    visitor.locator("form .button--primary").click()
    look(visitor, "portal-file-accepted")
    case.refresh_from_db()

    assert case.verdict == "accepted"
