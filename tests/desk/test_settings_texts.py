"""Set-up of text messages: a gateway chosen, its secrets kept unseen, a text to try it, an end."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from tests.channels.sms.gateways import Gateway, gateway
from tests.desk.test_settings_steps import SET_UP, do, faults

from pasokh.casework.texting import queries
from pasokh.kernel import targets
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db

GIVEN = {"key": "K3Y/+", "sender": "30001234", "per_number": "۵", "per_hour": "100"}


@pytest.fixture
def browser(at_desk: Callable[[str], Client]) -> Client:
    return at_desk("zahra")


@pytest.fixture
def box(settings: Any) -> Iterator[Gateway]:
    settings.OUTGOING_NETWORKS = targets.networks(["127.0.0.1/32"])
    with gateway() as running:
        yield running


def test_a_gateway_is_chosen_tried_changed_and_ended(browser: Client, box: Gateway) -> None:
    assert "No gateway is set" in browser.get(SET_UP + "texts/").content.decode()
    page = "texts/kavenegar/"
    assert do(browser, page, "save", **GIVEN, base=box.base).status_code == 302
    held = queries.gateway()
    assert held
    assert (held.template, held.per_number, held.credentials) == ("kavenegar", 5, {"key": "K3Y/+"})

    do(browser, "texts/", "test", number="0912 345 6789")
    assert [sent.to for sent in box.texts] == ["09123456789"]
    shown = browser.get(SET_UP + "texts/").content.decode()
    assert "1500031" in shown
    assert "K3Y" not in shown + browser.get(SET_UP + page).content.decode()

    do(browser, page, "save", **{**GIVEN, "key": ""}, base=box.base, notice_tells="on")
    held = queries.gateway()
    assert held
    assert (held.notice_tells, held.credentials) == (True, {"key": "K3Y/+"})

    answer = browser.post(SET_UP + "texts/", {"act": "reports"}, follow=True)
    assert "/hooks/texts/" in answer.content.decode()
    do(browser, "texts/", "end")
    assert queries.gateway() is None
    events = Entry.objects.filter(event__startswith="texting.").order_by("number")
    assert list(events.values_list("event", flat=True)) == [
        "texting.gateway_set",
        "texting.gateway_set",
        "texting.reports_opened",
        "texting.gateway_ended",
    ]
    assert not any("K3Y" in str(entry.facts) for entry in events)


@pytest.mark.parametrize(
    ("number", "says"), [("021 8812 3456", "no mobile number"), ("09120000000", "411")]
)
def test_what_the_gateway_said_against_a_text_is_shown(
    browser: Client, box: Gateway, number: str, says: str
) -> None:
    do(browser, "texts/kavenegar/", "save", **GIVEN, base=box.base)
    box.script = [(411, {"return": {"status": 411, "message": "receptor"}, "entries": None})] * 2

    assert says in faults(do(browser, "texts/", "test", number=number))


def test_a_gateway_without_its_key_is_not_saved(browser: Client) -> None:
    do(browser, "texts/kavenegar/", "save", **{**GIVEN, "key": " "})

    assert queries.gateway() is None
    assert browser.get(SET_UP + "texts/nobody/").status_code == 404
