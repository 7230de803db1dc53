"""Jalali and Gregorian dates, written and read."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pasokh.kernel import dates

TEHRAN = ZoneInfo("Asia/Tehran")
LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 12, 5, 12, 0, tzinfo=TEHRAN)
ZONES = st.sampled_from([TEHRAN, LONDON, UTC, ZoneInfo("America/Havana"), ZoneInfo("Pacific/Apia")])
DAYS = st.dates(date(1830, 1, 1), date(2150, 1, 1))
LANGUAGES = st.sampled_from(["fa", "en"])


def test_a_date_is_written_in_the_readers_calendar() -> None:
    assert dates.as_date(NOON, "fa", TEHRAN) == "شنبه ۱۴ آذر ۱۴۰۵"
    assert dates.as_date(NOON, "en", TEHRAN) == "Saturday 5 December 2026"
    assert dates.as_datetime(NOON, "fa", TEHRAN) == "شنبه ۱۴ آذر ۱۴۰۵، ساعت ۱۲:۰۰"
    assert dates.as_datetime(NOON, "en", TEHRAN) == "Saturday 5 December 2026, 12:00"
    assert dates.short_date(NOON, "fa", TEHRAN) == "۱۴۰۵/۰۹/۱۴"
    assert dates.short_datetime(NOON, "fa", TEHRAN) == "۱۴۰۵/۰۹/۱۴ ۱۲:۰۰"
    assert dates.short_datetime(NOON, "en", LONDON) == "2026-12-05 08:30"


def test_the_zone_decides_which_day_an_instant_belongs_to() -> None:
    late = datetime(2026, 12, 5, 21, 0, tzinfo=UTC)

    assert dates.as_date(late, "en", LONDON) == "Saturday 5 December 2026"
    assert dates.as_date(late, "en", TEHRAN) == "Sunday 6 December 2026"
    assert dates.as_date(date(2026, 12, 5), "en", TEHRAN) == "Saturday 5 December 2026"


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        dates.as_date(datetime(2026, 12, 5), "en", TEHRAN)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("due", "english"),
    [
        (NOON + timedelta(hours=3), "today 15:00"),
        (NOON, "today 12:00"),
        (NOON + timedelta(days=1, minutes=30), "tomorrow 12:30"),
        (NOON + timedelta(hours=13), "tomorrow 01:00"),
        (NOON + timedelta(days=6), "Friday 12:00"),
        (NOON + timedelta(days=7), "12 December, 12:00"),
        (NOON + timedelta(days=27), "1 January 2027, 12:00"),
        (NOON - timedelta(seconds=1), "less than an hour late"),
        (NOON - timedelta(hours=1), "1 hour late"),
        (NOON - timedelta(hours=23, minutes=59), "23 hours late"),
        (NOON - timedelta(days=1), "1 day late"),
        (NOON - timedelta(days=4, hours=20), "4 days late"),
    ],
)
def test_what_is_due_is_said_as_people_say_it(due: datetime, english: str) -> None:
    assert dates.due_phrase(due, NOON, TEHRAN, "en") == english


@pytest.mark.parametrize(
    ("due", "persian"),
    [
        (NOON + timedelta(days=1), "فردا ساعت ۱۲"),
        (NOON + timedelta(minutes=30), "امروز ساعت ۱۲:۳۰"),
        (NOON + timedelta(days=2), "دوشنبه ساعت ۱۲"),
        (NOON + timedelta(days=10), "۲۴ آذر، ساعت ۱۲"),
        (NOON + timedelta(days=110), "۵ فروردین ۱۴۰۶، ساعت ۱۲"),
        (NOON - timedelta(days=4), "۴ روز دیر شده"),
        (NOON - timedelta(hours=2), "۲ ساعت دیر شده"),
        (NOON - timedelta(minutes=2), "کمتر از یک ساعت دیر شده"),
    ],
)
def test_what_is_due_is_said_in_persian_too(due: datetime, persian: str) -> None:
    assert dates.due_phrase(due, NOON, TEHRAN, "fa") == persian


@pytest.mark.parametrize(
    "typed",
    [
        "1405/09/14",
        "۱۴۰۵/۹/۱۴",
        "١٤٠٥-٠٩-١٤",
        "14.9.1405",
        " ۱۴ / ۰۹ / ۱۴۰۵ ",
        "۱۴ ۹ ۱۴۰۵",
        "۱۴ آذر ۱۴۰۵",
        "شنبه، ۱۴ آذر ۱۴۰۵",
        "14 Azar 1405",
        "2026-12-05",
        "05/12/2026",
        "5.12.2026",
        "5 December 2026",
        "Saturday, December 5, 2026",
        "5 dec 2026",
    ],
)
def test_a_date_is_read_in_either_calendar_and_any_digits(typed: str) -> None:
    assert dates.parse_date(typed) == date(2026, 12, 5)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "05/09/14",
        "12/31/2026",
        "1405/13/01",
        "1404/12/30",
        "2026/02/29",
        "1650/01/01",
        "0000/01/01",
        "1405/09-14",
        "1405/09",
        "1405/09/14/1",
        "14 آذر 2026",
        "14 December 1405",
        "9/1405/14",
        "2026 1405 12",
        "tomorrow",
        "آذر آذر آذر",
        "1405/009/14",
        "١٤٠٥" * 100,
    ],
)
def test_what_is_not_clearly_a_date_is_not_guessed(typed: str) -> None:
    assert dates.parse_date(typed) is None


@given(DAYS, LANGUAGES)
@example(date(1979, 3, 20), "fa")
def test_every_date_we_write_can_be_read_back(day: date, language: str) -> None:
    assert dates.parse_date(dates.as_date(day, language, TEHRAN)) == day
    assert dates.parse_date(dates.short_date(day, language, TEHRAN)) == day


@given(st.text())
def test_no_text_makes_reading_a_date_fail(typed: str) -> None:
    assert dates.parse_date(typed) is None or any(char.isdigit() for char in typed)


@given(st.integers(1320, 1500), st.integers(1, 12), ZONES)
@example(1400, 1, TEHRAN)  # midnight that summer time skipped
@example(1400, 7, TEHRAN)
def test_the_bounds_of_a_jalali_month_are_exact(year: int, month: int, zone: ZoneInfo) -> None:
    start, end = dates.jalali_month_bounds(year, month, zone)
    instant = timedelta(microseconds=1)

    assert dates.jalali_month(start, zone) == (year, month)
    assert dates.jalali_month(end - instant, zone) == (year, month)
    assert dates.jalali_month(end, zone) == ((year, month + 1) if month < 12 else (year + 1, 1))
    assert dates.jalali_month(start - instant, zone) != (year, month)


def test_a_bucket_follows_the_zone() -> None:
    new_year = datetime(2026, 3, 20, 21, 0, tzinfo=UTC)

    assert dates.jalali_month(new_year, TEHRAN) == (1405, 1)
    assert dates.jalali_month(new_year, UTC) == (1404, 12)
