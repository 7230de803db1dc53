"""Webhooks against a receiver that verifies signatures, hangs, redirects, is gone or busy."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from standardwebhooks import Webhook
from tests.casework.conftest import HOUR
from tests.channels.receiver import Receiver, receiver

from pasokh.casework.webhooks import actions, queries
from pasokh.casework.webhooks.actions import Terms
from pasokh.casework.webhooks.models import Subscription
from pasokh.channels import webhook_out
from pasokh.channels.webhook_out import send_webhooks
from pasokh.kernel import clock, targets

NOW = clock.now()


@pytest.fixture
def server(settings: Any) -> Iterator[Receiver]:
    settings.OUTGOING_NETWORKS = targets.networks(["127.0.0.1/32"])
    with receiver() as running:
        yield running


def tried(shop: SimpleNamespace, url: str, at: datetime = NOW) -> tuple[Subscription, str]:
    """A receiver for which a test event waits."""
    terms = Terms("ERP", url, ("complaint.closed",))
    one, secret = actions.subscribe(terms, by=shop.zahra, at=at)
    actions.try_out(one.pk, by=shop.zahra, at=at)
    return one, secret


def last(one: Subscription) -> tuple[str, dict[str, Any]]:
    row = one.deliveries.latest("pk")
    return row.state, {name: row.attempts[-1][name] for name in row.attempts[-1] if name != "at"}


@pytest.mark.django_db
def test_a_receiver_verifies_what_it_is_told_by_the_public_library(
    server: Receiver, shop: SimpleNamespace
) -> None:
    now = clock.now()  # receivers refuse what was signed minutes ago
    one, first = tried(shop, server.url("/in"), now)
    second = actions.rotate(one.pk, by=shop.zahra, at=now)

    send_webhooks(now)

    [heard] = server.heard
    for secret in (first, second):
        told = Webhook(secret).verify(heard.body, heard.headers)
        assert told["type"] == queries.TRIAL
    assert heard.headers["content-type"] == "application/json"
    assert last(one) == ("delivered", {"status": 204})


@pytest.mark.django_db
def test_each_answer_has_its_consequence_and_no_receiver_stops_another(
    server: Receiver, shop: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_out, "PATIENCE", 3.0)  # a loaded machine is no slow receiver
    server.replies = {
        "/slow": server.hang,
        "/drip": server.drip,
        "/away": (307, {"Location": server.url("/in")}, b""),
        "/gone": (410, {}, b"no longer here"),
        "/busy": (429, {"Retry-After": "3600"}, b"slowly"),
        "/long": (200, {}, b"x" * 100_000),
        "/nul": (500, {}, b"\0<b>oh</b>"),
    }
    made = {path: tried(shop, server.url(path))[0] for path in (*server.replies, "/in")}

    send_webhooks(NOW)

    assert {path: last(one) for path, one in made.items()} == {
        "/slow": ("waiting", {"trouble": "slow"}),
        "/drip": ("waiting", {"trouble": "slow"}),
        "/away": ("waiting", {"status": 307, "trouble": "redirect"}),
        "/gone": ("given_up", {"status": 410, "trouble": "status"}),
        "/busy": ("waiting", {"status": 429, "trouble": "status"}),
        "/long": ("delivered", {"status": 200}),
        "/nul": ("waiting", {"status": 500, "trouble": "status"}),
        "/in": ("delivered", {"status": 204}),
    }
    assert [one.path for one in server.heard].count("/in") == 1
    assert made["/nul"].deliveries.get().said == "�<b>oh</b>"
    made["/gone"].refresh_from_db()
    assert made["/gone"].ended_why == "gone"
    assert made["/busy"].deliveries.get().next_at >= NOW + HOUR


@pytest.mark.django_db
def test_a_name_that_leads_inside_is_not_spoken_to(
    server: Receiver, shop: SimpleNamespace, settings: Any
) -> None:
    settings.OUTGOING_NETWORKS = ()
    one, _ = tried(shop, f"http://localhost:{server.port}/")

    send_webhooks(NOW)

    assert server.heard == []
    assert last(one) == ("waiting", {"trouble": "refused"})
    assert one.deliveries.get().said == "target-inside"


@pytest.mark.django_db
def test_a_turn_ends_with_the_first_failure_and_what_was_not_tried_is_not_counted(
    server: Receiver, shop: SimpleNamespace
) -> None:
    server.replies["/down"] = (503, {}, b"")
    one, _ = tried(shop, server.url("/down"))
    actions.try_out(one.pk, by=shop.zahra, at=NOW)

    send_webhooks(NOW)
    send_webhooks(NOW)  # it is left alone

    rows = one.deliveries.order_by("pk")
    assert [(row.state, row.tries) for row in rows] == [("waiting", 1), ("waiting", 0)]
    assert len(server.heard) == 1

    del server.replies["/down"]
    send_webhooks(NOW + timedelta(seconds=30))
    assert queries.counts(one)["delivered"] == 2
