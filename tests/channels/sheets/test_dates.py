"""Dates of both calendars, in every order, and which order a column has."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from pasokh.channels.sheets.dates import DMY, MDY, order_of, read

TEHRAN = ZoneInfo("Asia/Tehran")


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("2023-08-25", "", (2023, 8, 25)),
        ("2023-08-25T13:05:00Z", "", (2023, 8, 25, 13, 5)),
        ("3/19/2015", MDY, (2015, 3, 19)),
        ("19.3.2015", DMY, (2015, 3, 19)),
        ("03/04/2015", MDY, (2015, 3, 4)),
        ("03/04/2015", DMY, (2015, 4, 3)),
        ("03/04/2015", "", (2015, 4, 3)),
        ("3/4/2015 1:30 PM", MDY, (2015, 3, 4, 13, 30)),
        ("۱۴۰۲/۶/۳", "", (2023, 8, 25)),
        ("۳/۶/۱۴۰۲ ۱۴:۳۰", DMY, (2023, 8, 25, 14, 30)),
        ("۳ شهریور ۱۴۰۲", "", (2023, 8, 25)),
        ("25 August 2023", MDY, (2023, 8, 25)),
    ],
)
def test_a_date_is_read(text: str, order: str, expected: tuple[int, ...]) -> None:
    zone = UTC if text.endswith("Z") else TEHRAN

    assert read(text, order, TEHRAN) == datetime(*expected, tzinfo=zone)


@pytest.mark.parametrize(
    "text", ["", "soon", "1402/13/1", "31/31/2015", "94/5/3", "2015", "9" * 61]
)
def test_what_is_no_date_is_none(text: str) -> None:
    assert read(text, MDY, TEHRAN) is None


def test_the_order_of_a_column_is_told_by_its_dates() -> None:
    assert order_of(["3/4/2015", "3/19/2015"]) == (MDY, "")
    assert order_of(["3/4/2015", "19/3/2015"]) == (DMY, "")
    assert order_of(["2015-03-04", "۱۴۰۲/۱/۲"]) == ("", "")


def test_a_column_that_tells_no_order_names_a_date_with_two_readings() -> None:
    assert order_of(["4/4/2015", "3/4/2015", "1/2/2015"]) == ("", "3/4/2015")
