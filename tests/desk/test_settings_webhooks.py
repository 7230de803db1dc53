"""Set-up: programs that are told of events, their secrets, and the log of deliveries."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.casework.conftest import START
from tests.casework.webhooks.receivers import EVENTS, URL, follow_on, subscribed
from tests.desk.conftest import NOW
from tests.desk.test_settings_steps import SET_UP, do, faults

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.webhooks import actions, queries
from pasokh.casework.webhooks.actions import Outcome
from pasokh.casework.webhooks.models import Delivery, Subscription
from pasokh.casework.webhooks.terms import Trouble
from pasokh.desk.settings_pages import webhook_events

pytestmark = pytest.mark.django_db

SECRET = re.compile(r"whsec_[A-Za-z0-9+/=]+")
PAGE = SET_UP + "webhooks/"


@pytest.fixture
def browser(at_desk: Callable[[str], Client]) -> Client:
    return at_desk("zahra")


def test_a_program_is_added_and_its_secret_is_shown_once(browser: Client) -> None:
    do(browser, "webhooks/", "add", name="ERP", url=URL, events=EVENTS)

    one = Subscription.objects.get()
    [secret] = SECRET.findall(browser.get(PAGE).content.decode())
    assert queries.keys(one, NOW) == [secret]
    assert (one.name, one.url, one.events, one.unit) == ("ERP", URL, sorted(EVENTS), None)
    for page in (PAGE, f"{PAGE}{one.pk}/", f"{PAGE}{one.pk}/log/"):
        assert not SECRET.search(browser.get(page).content.decode())
    session = str(dict(browser.session.items()))
    do(browser, f"webhooks/{one.pk}/", "rotate")
    assert secret not in str(dict(browser.session.items())) + session
    [second] = SECRET.findall(browser.get(f"{PAGE}{one.pk}/").content.decode())
    one.refresh_from_db()
    assert queries.keys(one, NOW) == [second, secret]


def test_what_is_wrong_is_said_and_nothing_is_saved(browser: Client) -> None:
    given: dict[str, Any] = {"name": "ERP", "events": EVENTS}

    assert "cannot reach" in faults(
        do(browser, "webhooks/", "add", url="http://10.0.0.1/", **given)
    )
    texts = do(browser, "webhooks/", "add", url=URL, texts="on", **given)
    assert "may not read themselves" in faults(texts)
    nothing = do(browser, "webhooks/", "add", url=URL, name="ERP")
    assert "Choose at least one" in faults(nothing)
    assert not Subscription.objects.exists()


def test_it_is_changed_tried_switched_off_and_on(browser: Client, shop: SimpleNamespace) -> None:
    one = subscribed(shop, START)
    page = f"webhooks/{one.pk}/"
    unit = shop.units["tehran"].pk
    do(browser, page, "change", name="Till", url=URL, events="complaint.closed", unit=unit)
    do(browser, page, "try")
    one.refresh_from_db()
    assert (one.name, one.events, one.unit_id) == ("Till", ["complaint.closed"], unit)
    assert one.deliveries.get().event == queries.TRIAL

    do(browser, page, "end")
    assert "Switched off" in browser.get(SET_UP + page).content.decode()
    assert do(browser, page, "try").status_code == 404
    do(browser, page, "resume")
    assert "In order" in browser.get(SET_UP + page).content.decode()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_log_shows_what_went_wrong_and_sends_again(
    at_desk: Callable[[str], Client],
    shop: SimpleNamespace,
    file: Callable[..., Complaint],
    language: str,
) -> None:
    one = subscribed(shop, START)
    case = file()
    follow_on(NOW)
    [sent] = actions.take(at=NOW)
    actions.settle(sent.id, Outcome(410, Trouble.STATUS, "<b>gone</b>"), at=NOW)
    page = f"/{language}/desk/set-up/webhooks/{one.pk}/log/"
    keeper, reader = at_desk("zahra"), at_desk("parvin")

    shown = reader.get(page).content.decode()
    assert case.ref in shown
    assert "&lt;b&gt;gone&lt;/b&gt;" in shown
    assert case.ref not in keeper.get(page).content.decode()
    assert one.name in keeper.get(f"/{language}/desk/set-up/").content.decode()
    answer = keeper.post(page, {"id": sent.id})
    assert answer.status_code == 200  # it is switched off: said, and nothing is queued
    actions.resume(one.pk, by=shop.parvin, at=NOW)
    assert keeper.post(page, {"act": "all"}).status_code == 302
    assert Delivery.objects.get(pk=sent.id).state == "waiting"
    assert keeper.post(page, {"id": "x"}).status_code == 404
    for query in ("?state=delivered&event=complaint.received", "?state=none", "?before=x"):
        assert keeper.get(page + query).status_code == 200


def test_a_longer_log_costs_no_more_and_goes_on_on_the_next_page(
    browser: Client, shop: SimpleNamespace
) -> None:
    one = subscribed(shop, START)
    page = f"{PAGE}{one.pk}/log/"

    def cost() -> int:
        actions.try_out(one.pk, by=shop.zahra, at=NOW)
        browser.get(page)
        with CaptureQueriesContext(connection) as found:
            browser.get(page)
        return len(found)

    few = cost()
    for _ in range(queries.PAGE):
        actions.try_out(one.pk, by=shop.zahra, at=NOW)
    assert cost() == few < 20

    first = browser.get(page)
    second = browser.get(page + first.context["next"])
    assert [len(each.context["lines"]) for each in (first, second)] == [queries.PAGE, 2]
    assert second.context["next"] == ""


def test_the_events_stand_by_what_they_concern_and_can_be_chosen_together(browser: Client) -> None:
    groups = dict(webhook_events.choices())
    each = [name for those in groups.values() for name, _said in those[1:]]
    assert sorted(each) == sorted(queries.offered())
    named = {
        f"complaint.{code}" for _group, _title, codes in webhook_events.GROUPS for code in codes
    }
    assert named == set(each)  # a new event is put where it belongs
    page = browser.get(SET_UP + "webhooks/").text
    assert page.count('<fieldset class="choices">') == len(groups)

    chosen = ["all:time", "complaint.closed", "complaint.held"]
    do(browser, "webhooks/", "add", name="ERP", url=URL, events=chosen)
    one = Subscription.objects.get()
    (of_time,) = (codes for group, _title, codes in webhook_events.GROUPS if group == "time")
    assert one.events == sorted(f"complaint.{code}" for code in ("closed", *of_time))
    shown = browser.get(f"{SET_UP}webhooks/{one.pk}/").text
    assert shown.count(" checked") == len(of_time) + 1
