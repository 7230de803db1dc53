"""One complaint in a real browser: the form, the receipt, the page where it is followed."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.acts import Acts
from tests.journeys.conftest import Site, View

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.judging import Found
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


def test_a_complaint_is_made_followed_and_answered_in_a_browser(
    site: Site,
    shop: SimpleNamespace,
    visitor: Any,
    view: View,
    look: Callable[[Any, str], None],
    tmp_path: Path,
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
    _answered(site, shop, visitor, language, look, case)


def _answered(
    site: Site,
    shop: SimpleNamespace,
    visitor: Any,
    language: str,
    look: Callable[[Any, str], None],
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
