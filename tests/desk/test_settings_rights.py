"""Set-up opens to those with a right for it, each page by its own, and costs a fixed number."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.casework.conftest import CAST, both
from tests.desk.conftest import NOW

from pasokh.directory.organisation.models import Holiday, Staff, Unit
from pasokh.policy.taxonomy.models import Term

pytestmark = pytest.mark.django_db

SET_UP = "/en/desk/set-up/"
ADMINISTRATOR = {"zahra"}
REPRESENTATIVE = {"zahra", "parvin"}
#: Each page with those who may open it; `{…}` is filled from the shop.
PAGES = {
    "": REPRESENTATIVE,
    "organisation/": ADMINISTRATOR,
    "units/": ADMINISTRATOR,
    "units/{unit}/": ADMINISTRATOR,
    "units/{unit}/week/": REPRESENTATIVE,
    "units/{unit}/holidays/": REPRESENTATIVE,
    "units/{unit}/holidays/IR/": REPRESENTATIVE,
    "week/": REPRESENTATIVE,
    "holidays/": REPRESENTATIVE,
    "holidays/GB-SCT/": REPRESENTATIVE,
    "periods/": ADMINISTRATOR,
    "periods/iso10002-2018/": ADMINISTRATOR,
    "lists/": REPRESENTATIVE,
    "lists/category/": REPRESENTATIVE,
    "lists/category/a-category/": REPRESENTATIVE,
    "bodies/": REPRESENTATIVE,
    "bodies/124/": REPRESENTATIVE,
    "staff/": ADMINISTRATOR,
    "staff/{staff}/": ADMINISTRATOR,
    "staff/{staff}/away/": ADMINISTRATOR,
    "mail/": ADMINISTRATOR,
    "files/": REPRESENTATIVE,
    "limits/": ADMINISTRATOR,
    "programs/": ADMINISTRATOR,
    "webhooks/": REPRESENTATIVE,
    "entrances/": ADMINISTRATOR,
}


def address(page: str, shop: SimpleNamespace) -> str:
    return SET_UP + page.format(unit=shop.units["head"].pk, staff=shop.staff["reza"].pk)


@pytest.mark.parametrize("name", CAST)
def test_each_role_opens_its_own_pages(
    at_desk: Callable[[str], Client], shop: SimpleNamespace, acts: Any, name: str
) -> None:
    browser = at_desk(name)
    for page, those in PAGES.items():
        expected = 200 if name in those else 403
        assert browser.get(address(page, shop)).status_code == expected, page
        if page:
            expected = 404 if name in those else 403
            assert browser.post(address(page, shop), {"act": "?"}).status_code == expected, page
    front = browser.get("/en/desk/", follow=True)
    assert (SET_UP in front.content.decode()) == (name in REPRESENTATIVE)


def test_nobody_is_led_to_the_sign_in_page(shop: SimpleNamespace) -> None:
    for page in PAGES:
        answer = Client().get(address(page, shop))
        assert answer.status_code == 302
        assert answer["Location"] == f"/en/desk/sign-in/?next={address(page, shop)}"


@pytest.mark.parametrize("language", ["fa", "en"])
def test_what_is_not_there_is_not_found(at_desk: Callable[[str], Client], language: str) -> None:
    browser = at_desk("zahra")
    for page in (
        *("units/0/", "holidays/XX/", "periods/none/", "lists/none/", "lists/category/none/"),
        *("bodies/none/", "staff/0/"),
    ):
        assert browser.get(f"/{language}/desk/set-up/{page}").status_code == 404, page


@pytest.mark.parametrize("page", ["units/", "staff/", "holidays/", "lists/category/", ""])
def test_a_longer_list_costs_no_more_statements(
    at_desk: Callable[[str], Client], shop: SimpleNamespace, terms: Any, page: str
) -> None:
    browser = at_desk("zahra")
    browser.get(SET_UP + page)
    with CaptureQueriesContext(connection) as few:
        browser.get(SET_UP + page)
    for number in range(20):
        unit = Unit.objects.create(code=f"u{number}", name=both("u"), parent=shop.units["head"])
        Staff.objects.create(number=f"s{number}", name=both("s"), unit=unit, active_from=NOW)
        Term.objects.create(kind="category", code=f"c{number}", name=both("c"), position=number)
        Holiday.objects.create(on=NOW.date(), name=both("h"), source=f"s{number}", known_from=NOW)
    browser.get(SET_UP + page)  # what is kept of the configuration is read anew after a change
    with CaptureQueriesContext(connection) as many:
        browser.get(SET_UP + page)

    assert len(many) == len(few) < 20
