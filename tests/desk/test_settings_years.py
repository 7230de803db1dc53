"""The holidays of set-up, year by year and month by month, as the reader counts."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from tests.desk.conftest import NOW
from tests.desk.test_settings_steps import SET_UP, do

from pasokh.directory.organisation.models import Holiday

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(at_desk: Callable[[str], Client]) -> Client:
    return at_desk("zahra")


@pytest.fixture(autouse=True)
def two() -> None:
    for on, name in ((date(2026, 2, 11), "winter"), (date(2027, 3, 25), "spring")):
        both = {"fa": name, "en": name}
        Holiday.objects.create(on=on, name=both, source="s", known_from=NOW)


def years(page: Any) -> list[tuple[str, bool]]:
    return [(name, here) for _url, name, here in page.context["sheet"].pages]


def test_holidays_stand_by_the_years_of_the_reader(browser: Client) -> None:
    english = browser.get(SET_UP + "holidays/")
    persian = browser.get("/fa/desk/set-up/holidays/")

    assert years(english) == [("2026", True), ("2027", False)]
    assert years(persian) == [("۱۴۰۴", False), ("۱۴۰۵", True), ("۱۴۰۶", False)]
    assert "Wednesday 11 February 2026" in english.content.decode()
    assert "winter" not in persian.content.decode()
    before = browser.get("/fa/desk/set-up/holidays/?year=۱۴۰۴").content.decode()
    assert "چهارشنبه ۲۲ بهمن ۱۴۰۴" in before
    assert "2026-02-11</time>" not in before


def test_a_year_is_divided_into_the_months_of_the_reader(browser: Client) -> None:
    for on in (date(2026, 3, 20), date(2026, 3, 21), date(2026, 3, 29)):
        Holiday.objects.create(on=on, name={"fa": "x", "en": "x"}, source="s", known_from=NOW)
    part = re.compile(r'<a href="#(part-\d)">([^ ]+) <span class="soft">([^<]+)</span>')
    english = browser.get(SET_UP + "holidays/").content.decode()
    persian = browser.get("/fa/desk/set-up/holidays/").content.decode()

    assert part.findall(english) == [("part-1", "February", "1"), ("part-2", "March", "3")]
    assert part.findall(persian) == [("part-1", "فروردین", "۲")]
    assert [english.count(f'<tbody id="part-{n}"') for n in (1, 2, 3)] == [1, 1, 0]


@pytest.mark.parametrize(
    ("language", "year", "days", "opens"),
    [
        ("en", "", [(2026, 5, 1)], "May"),
        ("fa", "", [(2026, 3, 21), (2026, 5, 1)], "اردیبهشت"),
        ("en", "", [(2026, 7, 1), (2026, 9, 1)], "July"),
        ("en", "", [(2026, 3, 2)], "March"),
        ("en", "2027", [(2027, 5, 4)], "March"),
    ],
)
def test_the_list_opens_at_the_month_that_is_nearest_to_today(
    browser: Client, language: str, year: str, days: list[tuple[int, int, int]], opens: str
) -> None:
    for on in days:
        Holiday.objects.create(
            on=date(*on), name={"fa": "x", "en": "x"}, source="s", known_from=NOW
        )

    page = browser.get(f"/{language}/desk/set-up/holidays/?year={year}")

    part = re.findall(r"data-opens>\s*<tr [^>]*><th [^>]*>([^<]+)<", page.content.decode())
    assert part == [opens]


@pytest.mark.parametrize("year", ["1999", "9999", "abc", "", "²²²²"])
def test_a_year_with_nothing_in_it_leads_to_this_one(browser: Client, year: str) -> None:
    page = browser.get(SET_UP + f"holidays/?year={year}")

    assert years(page) == [("2026", True), ("2027", False)]


def test_withdrawing_one_stays_in_its_year(browser: Client) -> None:
    held = Holiday.objects.get(on=date(2027, 3, 25))

    answer = do(browser, "holidays/?year=2027", "withdraw", id=held.pk)

    assert answer["Location"] == f"{SET_UP}holidays/?year=2027"
