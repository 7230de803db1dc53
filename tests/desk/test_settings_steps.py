"""Set-up in the browser: each step as an administrator takes it, and what is refused."""

from collections.abc import Callable
from datetime import date, time
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.desk.conftest import NOW

from pasokh.desk.settings_pages.fields import HoursField
from pasokh.directory.organisation import actions, queries
from pasokh.directory.organisation.holidays import offered
from pasokh.directory.organisation.models import Holiday, Staff, Unit
from pasokh.kernel import dates
from pasokh.kernel.actors import clock
from pasokh.kernel.fields import Bilingual
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind

pytestmark = pytest.mark.django_db

SET_UP = "/en/desk/set-up/"
PASSWORD = "چهار واژهٔ بی‌ربط در کنار هم"
WEEK = {f"day_{day}": "8:00-12:00, 13:00-17:00" for day in range(4)}


@pytest.fixture
def browser(at_desk: Callable[[str], Client]) -> Client:
    return at_desk("zahra")


@pytest.fixture
def first() -> Client:
    """The browser of the first administrator, where nothing is set up."""
    token = actions.open_setup(at=NOW)
    assert token
    name = Bilingual("زهرا احمدی", "Zahra Ahmadi")
    staff = actions.make_first_administrator(
        token, email="z@example.org", password=PASSWORD, name=name, language="en", at=NOW
    )
    browser = Client()
    browser.force_login(staff.user)
    return browser


def do(browser: Client, page: str, act: str, **given: Any) -> Any:
    return browser.post(SET_UP + page, {"act": act, **given})


def faults(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.context["form"].errors)


def pair(name: str, fa: str, en: str) -> dict[str, str]:
    return {f"{name}_fa": fa, f"{name}_en": en}


def described() -> dict[str, str]:
    return pair("name", "خانه", "Khaneh") | {
        "default_language": "fa",
        "time_zone": "Asia/Tehran",
        "mailbox": "office@example.org",
    }


def test_from_nothing_to_an_open_portal(first: Client) -> None:
    assert Client().get("/en/").status_code == 503
    assert len(first.get(SET_UP).context["missing"]) == 4

    assert do(first, "organisation/", "describe", **described()).status_code == 302
    assert (
        do(first, "units/", "add", code="HQ", **pair("name", "دفتر", "Office")).status_code == 302
    )
    days = {**WEEK, "valid_from": "1405/1/1"}
    assert do(first, "week/", "week", **days).status_code == 302
    numbers = _numbers(first)
    assert do(first, "periods/iso10002-2018/", "bind", **numbers).status_code == 302

    assert not first.get(SET_UP).context["missing"]
    assert Client().get("/en/").status_code == 200


def _numbers(browser: Client) -> dict[str, Any]:
    form = browser.get(SET_UP + "periods/iso10002-2018/").context["drawn"][0][1]
    return {name: field.initial for name, field in form.fields.items()}


def test_rules_wait_for_a_working_week(first: Client) -> None:
    answer = do(first, "periods/iso10002-2018/", "bind", **_numbers(first))

    assert "No working week is set yet" in faults(answer)
    with pytest.raises(Exception, match="no-regime-bound"):
        queries.regime_for(None, NOW)


@pytest.mark.parametrize(
    ("mailbox", "says"),
    [("office", "whole e-mail address"), ("office@example.org\0", "cannot be stored as text")],
)
def test_the_organisation_keeps_what_was_typed_when_refused(
    browser: Client, mailbox: str, says: str
) -> None:
    answer = do(browser, "organisation/", "describe", **{**described(), "mailbox": mailbox})

    assert says in faults(answer)
    assert answer.context["form"]["name_fa"].value() == "خانه"
    held = queries.organisation()
    assert held
    assert held.mailbox == ""


def test_without_a_mail_server_it_says_that_letters_stay_queued(
    browser: Client, settings: Any
) -> None:
    settings.SMTP_URL = settings.MAIL_FOLDER = None

    assert "stay queued" in browser.get(SET_UP).content.decode()


def test_units_are_added_renamed_and_retired(browser: Client, shop: SimpleNamespace) -> None:
    assert (
        "code"
        in faults(do(browser, "units/", "add", code="head", **pair("name", "دو", "Two"))).lower()
    )
    do(browser, "units/", "add", code="new", parent="", **pair("name", "نو", "New"))
    unit = Unit.objects.get(code="new")

    do(browser, f"units/{unit.pk}/", "rename", **pair("name", "تازه", "Fresh"))
    do(browser, f"units/{unit.pk}/", "retire")

    unit.refresh_from_db()
    assert (unit.name.en, unit.retired_at) == ("Fresh", NOW)
    tehran = shop.units["tehran"].pk
    assert "Nothing was" in faults(do(browser, f"units/{tehran}/", "retire"))
    assert Unit.objects.get(pk=tehran).retired_at is None


@pytest.mark.parametrize(
    "typed",
    ["8:00–12:00, 13:00–17:00", "۸ تا ۱۲ و ۱۳ تا ۱۷", "8-12; 13.00 to 17.00", "٨:٠٠-١٢،١٣-١٧"],
)
def test_hours_are_read_as_people_write_them(typed: str) -> None:
    assert HoursField().clean(typed) == ((time(8), time(12)), (time(13), time(17)))


@pytest.mark.parametrize("typed", ["8", "25-26", "a-b", "1-2,3-4,5-6", "8-9-10"])
def test_hours_that_cannot_be_read_are_said_so(typed: str) -> None:
    with pytest.raises(Exception, match=r"hours|spans"):
        HoursField().clean(typed)


def test_what_the_field_writes_it_reads_again() -> None:
    field = HoursField()
    worked = ((time(8), time(12, 30)), (time(22), time.max))

    assert field.clean(field.prepare_value(worked)) == worked


def test_a_week_that_runs_backwards_is_refused(browser: Client) -> None:
    answer = do(browser, "week/", "week", day_0="17-8", valid_from="2026-05-01")

    assert "Nothing was" in faults(answer)


def test_holidays_are_chosen_from_those_on_offer(browser: Client) -> None:
    page = browser.get(SET_UP + "holidays/IR/").content.decode()
    assert "(estimated)" in page
    form = browser.get(SET_UP + "holidays/IR/").context["drawn"][0][1]
    days = [value for value, _name in form.fields["days"].choices]

    do(browser, "holidays/IR/", "add", days=days[:3])

    held = Holiday.objects.order_by("on")
    assert [one.on.isoformat() for one in held] == days[:3]
    assert "choose at least" in faults(do(browser, "holidays/IR/", "add")).lower()
    again = browser.get(SET_UP + "holidays/IR/").context["drawn"][0][1]
    assert days[0] not in dict(again.fields["days"].choices)
    later = [value for value, name in again.fields["days"].choices if "(estimated)" in name]
    do(browser, "holidays/IR/", "add", days=later[:1])
    assert "(estimated)" in Holiday.objects.get(on=later[0]).source


@pytest.mark.parametrize(
    ("language", "calendar", "estimated"),
    [
        ("en", "Calendar of Iran", "Calendar of Iran, estimated date"),
        ("fa", "تقویم ایران", "تقویم ایران، تاریخ تخمینی"),
    ],
)
def test_the_source_of_a_day_on_offer_is_told_in_the_reader_s_language(
    browser: Client, language: str, calendar: str, estimated: str
) -> None:
    days = offered("IR", "", [NOW.year + 2])
    actions.add_holidays(days, by=clock("test", "calendar.configure"), at=NOW)
    year = dates.year_of(days[-1].on, language)

    page = browser.get(f"/{language}/desk/set-up/holidays/?year={year}")

    sources = {row.cells[1] for row, _cells in page.context["rows"]}
    assert sources == {calendar, estimated}


def test_a_closure_is_added_in_either_calendar_and_withdrawn(browser: Client) -> None:
    day = {"kind": "closure", "on": "۱۴۰۵/۶/۱", "source": "notice 12", "hours": "8-10"}
    do(browser, "holidays/", "enter", **day, **pair("name", "آلودگی", "Smog"))
    held = Holiday.objects.get(closure=True)
    assert (held.on, held.hours) == (date(2026, 8, 23), [["08:00", "10:00"]])

    do(browser, "holidays/", "withdraw", id=held.pk)
    assert "Nothing was" in faults(do(browser, "holidays/", "withdraw", id=held.pk))

    held.refresh_from_db()
    assert held.withdrawn_at == NOW


def test_a_holiday_of_any_country_is_entered_by_hand_once(browser: Client) -> None:
    given = {"kind": "holiday", "on": "2027-07-14", "source": "the law", "hours": ""}
    given |= pair("name", "چهاردهم ژوئیه", "Fourteenth of July")

    do(browser, "holidays/", "enter", **given)

    held = Holiday.objects.get()
    assert (held.on, held.closure, held.name.fa) == (date(2027, 7, 14), False, "چهاردهم ژوئیه")
    assert queries.calendar_for(None).known_until == date(2027, 7, 14)
    assert "is there already" in faults(do(browser, "holidays/", "enter", **given))


def test_periods_are_bound_within_their_bounds(browser: Client) -> None:
    numbers = _numbers(browser)
    answer = do(browser, "periods/iso10002-2018/", "bind", **{**numbers, "decide_days": "999"})
    assert "from 1 to 120" in faults(answer)

    do(browser, "periods/iso10002-2018/", "bind", **{**numbers, "decide_days": "۱۵"})

    assert queries.regime_for(None, NOW).parameters["decide_days"] == 15


def test_lists_are_filled_and_changed(browser: Client) -> None:
    do(browser, "lists/", "plant")
    assert len(taxonomy.terms(Kind.CATEGORY)) > 30
    do(browser, "lists/category/", "add", parent="", **pair("name", "بسته‌بندی", "Packing"))
    taken = do(browser, "lists/category/", "add", parent="", **pair("name", "دیگر", "Packing"))
    assert "Nothing was" in faults(taken)

    do(browser, "lists/category/packing/", "rename", **pair("name", "جعبه", "Box"))
    do(browser, "lists/category/packing/", "retire")
    held = taxonomy.term(Kind.CATEGORY, "packing")
    assert held
    assert (held.name.en, held.retired_at) == ("Box", NOW)
    do(browser, "lists/category/packing/", "restore")
    held = taxonomy.term(Kind.CATEGORY, "packing")
    assert held
    assert held.retired_at is None


def test_outside_bodies_are_corrected_and_must_be_verified_or_doubtful(browser: Client) -> None:
    do(browser, "lists/", "plant")
    code = taxonomy.all_outside_bodies()[0].code
    given = pair("name", "سازمان", "Body") | pair("what_for", "کالا", "Goods")

    assert "Nothing was" in faults(do(browser, f"bodies/{code}/", "correct", **given))
    do(browser, f"bodies/{code}/", "correct", **given, verified_on="2026-05-01")
    do(browser, f"bodies/{code}/", "retire")

    held = taxonomy.all_outside_bodies()[0]
    assert (held.name.en, held.verified_on, held.retired_at) == ("Body", date(2026, 5, 1), NOW)


def test_a_colleague_gets_a_sign_in_and_a_role(browser: Client, shop: SimpleNamespace) -> None:
    given = pair("name", "بهار", "Bahar") | pair("post", "کارشناس", "Officer")
    unit = shop.units["tehran"].pk
    do(browser, "staff/", "add", number="17", unit=unit, language="fa", **given)
    bahar = Staff.objects.get(number="17")
    page = f"staff/{bahar.pk}/"

    weak = do(browser, page, "sign-in", email="bahar@example.org", password="12345")
    assert "Nothing was" in faults(weak)
    do(browser, page, "sign-in", email="bahar@example.org", password=PASSWORD)
    do(browser, page, "appoint", role="handler", unit=unit)
    assert "Nothing was" in faults(do(browser, page, "appoint", role="handler", unit=unit))

    [held] = queries.assignments(bahar.pk)
    assert Client().login(username="bahar@example.org", password=PASSWORD)
    do(browser, page, "dismiss", id=held.pk)
    assert queries.assignments(bahar.pk)[0].valid_until == NOW
    correct = {**given, "number": "18", "language": "en", "manager": shop.staff["sara"].pk}
    do(browser, page, "correct", **correct)
    bahar.refresh_from_db()
    assert (bahar.number, bahar.line_manager_id) == ("18", shop.staff["sara"].pk)


def test_a_limit_is_set_and_an_amount_without_currency_refused(browser: Client) -> None:
    assert "amount" in faults(do(browser, "limits/", "limit", role="approver", most="12"))
    do(browser, "limits/", "limit", role="approver", unit="", most="£20.00")

    assert {k[1]: v for k, v in queries.spending_limits().items() if k[0] == "approver"} == {
        "GBP": 2000
    }
    assert "£20.00" in browser.get(SET_UP + "limits/").content.decode()


def test_an_act_that_a_page_does_not_know_is_not_found(browser: Client) -> None:
    assert do(browser, "units/", "explode").status_code == 404
