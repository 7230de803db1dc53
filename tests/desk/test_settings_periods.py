"""A unit may promise periods of its own, and the public reads of it."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.desk.conftest import NOW
from tests.desk.test_settings_changes import done
from tests.desk.test_settings_steps import SET_UP, do

from pasokh.casework.complaints.models import Complaint
from pasokh.directory.organisation import queries
from pasokh.policy.regimes import packs

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(at_desk: Callable[[str], Client]) -> Client:
    return at_desk("zahra")


def bound(browser: Client, page: str, **own: int) -> Any:
    pack = packs.load("iso10002-2018")
    told = {name: one.default for name, one in pack.parameters.items()} | own
    return do(browser, f"{page}iso10002-2018/", "bind", **told)


@pytest.mark.clause("10002:7.1")
def test_a_unit_promises_other_periods_and_the_front_page_says_so(
    browser: Client, shop: SimpleNamespace
) -> None:
    shiraz = shop.units["shiraz"].pk
    page = f"units/{shiraz}/periods/"
    assert "promises the periods of the unit above it" in browser.get(SET_UP + page).text

    done(bound(browser, page, decide_days=23))
    assert "(its own)" in browser.get(SET_UP + "periods/").text
    regimes = [queries.regime_for(unit, NOW) for unit in (shiraz, shop.units["tehran"].pk)]
    assert [one.load().values["decide_days"] == 23 for one in regimes] == [True, False]
    told = re.compile(r"<h3>shiraz</h3>.*?<dd>([^<]+)</dd>", re.S)
    assert [told.findall(Client().get(f"/{one}/").text) for one in ("en", "fa")] == [
        ["23 working days"],
        ["۲۳ روز کاری"],
    ]

    done(do(browser, page, "release"))
    assert queries.regime_for(shiraz, NOW).load().values["decide_days"] != 23
    assert told.findall(Client().get("/en/").text) == []
    assert do(browser, page, "release").status_code == 404


def test_what_was_received_before_keeps_what_it_was_promised(
    browser: Client, shop: SimpleNamespace, file: Callable[..., Complaint]
) -> None:
    before = file()
    done(bound(browser, f"units/{before.unit_id}/periods/", decide_days=23))
    before.refresh_from_db()

    assert before.regime_parameters.get("decide_days") != 23
    assert file(at=NOW).regime_parameters["decide_days"] == 23
