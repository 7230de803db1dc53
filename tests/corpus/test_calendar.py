"""Jalali arithmetic against the Tehran Calendar Center's official leap years."""

import csv
from datetime import UTC, date, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from pasokh.kernel import dates

TEHRAN = ZoneInfo("Asia/Tehran")


@pytest.fixture(scope="module")
def years(corpus: Path) -> dict[int, tuple[bool, date]]:
    """Each official year: whether it is a leap year, and its first day."""
    path = corpus / "calendars" / "official_leap_years_1206_1498.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            int(row["jalali_year"]): (
                row["is_leap"] == "1",
                date.fromisoformat(row["gregorian_date_of_1_farvardin"]),
            )
            for row in csv.DictReader(file)
        }


def test_all_293_official_years_are_read(years: dict[int, tuple[bool, date]]) -> None:
    assert (min(years), max(years), len(years)) == (1206, 1498, 293)


def test_every_year_begins_on_its_official_day(years: dict[int, tuple[bool, date]]) -> None:
    ours = {year: dates.parse_date(f"{year}/1/1") for year in years}

    assert ours == {year: first for year, (_, first) in years.items()}


def test_the_thirtieth_of_esfand_exists_in_official_leap_years_alone(
    years: dict[int, tuple[bool, date]],
) -> None:
    ours = {year: dates.parse_date(f"۳۰ اسفند {year}") is not None for year in years}

    assert ours == {year: leap for year, (leap, _) in years.items()}


def test_every_official_year_has_twelve_months_without_gap(
    years: dict[int, tuple[bool, date]],
) -> None:
    for year, (leap, first) in years.items():
        bounds = [dates.jalali_month_bounds(year, month, UTC) for month in range(1, 13)]
        lengths = [(end - start).days for start, end in bounds]

        assert bounds[0][0].date() == first
        assert lengths == [31] * 6 + [30] * 5 + [30 if leap else 29]
        assert all(one[1] == other[0] for one, other in pairwise(bounds))


def test_the_days_around_every_new_year_are_written_and_read_back(
    years: dict[int, tuple[bool, date]],
) -> None:
    for year, (_, first) in years.items():
        new_year = dates.as_date(first, "fa", TEHRAN)
        eve = dates.as_date(first - timedelta(days=1), "fa", TEHRAN)

        assert new_year.endswith(f" ۱ فروردین {dates.numerals(year, 'fa')}")
        assert dates.parse_date(eve) == first - timedelta(days=1)
