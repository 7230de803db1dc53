"""What is queued for whom, what is told, and what becomes of it."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework.conftest import DAY, HOUR, START
from tests.casework.webhooks.receivers import follow_on, subscribed

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.webhooks import actions, queries
from pasokh.casework.webhooks.actions import Outcome
from pasokh.casework.webhooks.models import Delivery, Subscription
from pasokh.casework.webhooks.terms import DISABLED_AFTER, DeliveryState, Trouble
from pasokh.config.wiring import FOLLOWERS
from pasokh.kernel.ledger import erase, follow

pytestmark = pytest.mark.django_db

NOW = START + HOUR
File = Callable[..., Complaint]
DOWN = Outcome(trouble=Trouble.UNREACHABLE)


def told(one: Subscription) -> list[str]:
    return list(one.deliveries.order_by("pk").values_list("ref", flat=True))


def taken(at: datetime = NOW) -> list[dict[str, Any]]:
    return [json.loads(one.body) for one in actions.take(at=at)]


def test_a_receiver_is_told_of_the_files_of_its_units_alone(
    shop: SimpleNamespace, file: File
) -> None:
    everywhere, tehran, shiraz, trusted = (
        subscribed(shop, START),
        subscribed(shop, START, unit=shop.units["tehran"].pk),
        subscribed(shop, START, unit=shop.units["shiraz"].pk),
        subscribed(shop, START, confidential=True),
    )
    plain, hidden = file(), file(confidential=True)
    follow_on(NOW)

    assert told(everywhere) == told(tehran) == [plain.ref]
    assert told(shiraz) == []
    assert told(trusted) == [plain.ref, hidden.ref]


def test_only_what_was_asked_for_and_happened_since_is_queued_and_queued_once(
    shop: SimpleNamespace, file: File
) -> None:
    before = file()
    late = subscribed(shop, START + timedelta(minutes=1), events=("complaint.noted",))
    complaints.note(before.ref, text="x", by=shop.nima, at=NOW)
    follow_on(NOW)
    assert [row.event for row in late.deliveries.all()] == ["complaint.noted"]

    Delivery.objects.all().delete()  # as if they had been purged
    [webhooks] = [one for one in FOLLOWERS if one.name == "webhooks"]
    follow.rebuild(webhooks)
    follow_on(NOW + DAY)

    assert told(late) == []


def test_a_message_is_facts_and_texts_only_where_they_were_asked_for(
    shop: SimpleNamespace, file: File
) -> None:
    subscribed(shop, START)
    subscribed(shop, START, texts=True, name="trusted")
    case = file(narrative="این متن محرمانه است")
    follow_on(NOW)

    plain, trusted = taken()
    assert (plain["type"], plain["timestamp"]) == ("complaint.received", "2026-05-04T06:00:00Z")
    assert (plain["data"]["reference"], plain["data"]["number"]) == (case.ref, 1)
    assert plain["data"]["facts"]["channel"] == "counter"
    assert "محرمانه" not in json.dumps(plain, ensure_ascii=False)
    assert "texts" not in plain["data"]
    assert "محرمانه" in json.dumps(trusted["data"]["texts"], ensure_ascii=False)
    assert trusted["data"]["facts"] == plain["data"]["facts"]


def test_erased_texts_are_told_to_nobody(shop: SimpleNamespace, file: File) -> None:
    one = subscribed(shop, START, texts=True)
    file()
    follow_on(NOW)
    erase.erase([row.entry_id for row in one.deliveries.all() if row.entry_id])

    assert taken()[0]["data"]["texts"] is None


def test_what_became_confidential_meanwhile_is_withheld(shop: SimpleNamespace, file: File) -> None:
    one = subscribed(shop, START)
    case = file()
    follow_on(NOW)
    Complaint.objects.filter(pk=case.pk).update(confidential=True)

    assert taken() == []
    assert queries.counts(one)["withheld"] == 1


def test_where_nobody_asked_following_costs_the_same_however_much_happens(
    shop: SimpleNamespace, file: File
) -> None:
    def cost() -> int:
        follow_on(NOW)
        with CaptureQueriesContext(connection) as found:
            follow.run_once(FOLLOWERS, NOW)
        return len(found)

    idle = cost()
    for _ in range(3):
        file()
    assert cost() == idle


def settled(at: datetime, outcome: Outcome) -> list[str]:
    """Take and settle what is due; gives the ids of the messages."""
    out = actions.take(at=at)
    for each in out:
        actions.settle(each.id, outcome, at=at)
    return [each.headers["webhook-id"] for each in out]


def test_a_delivery_is_tried_for_a_day_under_one_id_and_can_be_replayed(
    shop: SimpleNamespace, file: File
) -> None:
    one = subscribed(shop, START)
    file(at=NOW)
    follow_on(NOW)
    seen, at = [], NOW
    while queries.counts(one)["waiting"]:
        seen += settled(at, DOWN)
        at += timedelta(minutes=5)
        assert at < NOW + 2 * DAY
    row = one.deliveries.get()

    assert len(set(seen)) == 1
    assert 10 <= len(seen) <= 20
    assert row.state == DeliveryState.GIVEN_UP
    assert at >= NOW + DAY
    assert [each["trouble"] for each in row.attempts] == ["unreachable"] * 12

    actions.replay(one.pk, row.pk, by=shop.zahra, at=at)
    assert settled(at, Outcome(200)) == seen[:1]
    assert queries.counts(one)["delivered"] == 1
    one.refresh_from_db()
    assert (one.failures, one.failing_since, one.rests_until) == (0, None, None)


def test_a_receiver_that_fails_for_days_is_left_alone_for_good(
    shop: SimpleNamespace, file: File
) -> None:
    one = subscribed(shop, START)
    at = NOW
    for _ in range(5):
        file(at=at)
        follow_on(at)
        settled(at, DOWN)
        assert queries.troubled() == [one]
        at += DAY
    at = NOW + DISABLED_AFTER
    file(at=at)
    follow_on(at)
    settled(at, DOWN)

    one.refresh_from_db()
    assert (one.ended_why, one.ended_at) == ("failing", at)
    assert queries.counts(one)["waiting"] == queries.counts(one)["sending"] == 0
    assert queries.troubled() == [one]
    assert taken(at + DAY) == []


def test_one_that_is_gone_is_ended_at_once(shop: SimpleNamespace, file: File) -> None:
    one = subscribed(shop, START)
    file()
    follow_on(NOW)
    settled(NOW, Outcome(410, Trouble.STATUS))

    one.refresh_from_db()
    assert one.ended_why == "gone"
    assert queries.counts(one)["given_up"] == 1


def test_whoever_asks_to_be_left_alone_is(shop: SimpleNamespace, file: File) -> None:
    subscribed(shop, START)
    file()
    follow_on(NOW)
    settled(NOW, Outcome(429, Trouble.STATUS, after=HOUR))

    assert taken(NOW + HOUR - timedelta(seconds=1)) == []
    assert len(taken(NOW + 2 * HOUR)) == 1


def test_what_a_killed_worker_was_sending_is_sent_again(shop: SimpleNamespace, file: File) -> None:
    one = subscribed(shop, START)
    file()
    follow_on(NOW)
    first = actions.take(at=NOW)

    assert taken() == []
    assert actions.lose_sight(at=NOW) == 1
    assert settled(NOW, Outcome(204)) == [first[0].headers["webhook-id"]]
    assert [each.get("trouble") for each in one.deliveries.get().attempts] == ["lost", None]
    actions.settle(first[0].id, DOWN, at=NOW)  # the first worker was only slow
    assert queries.counts(one)["delivered"] == 1


def test_the_log_names_files_to_those_who_may_see_them(shop: SimpleNamespace, file: File) -> None:
    one = subscribed(shop, START)
    case = file()
    complaints.note(case.ref, text="x", by=shop.nima, at=NOW)
    follow_on(NOW)

    page, more = queries.log(one, shop.parvin, event="complaint.noted")
    assert ([each.ref for each in page], more) == ([case.ref], None)
    assert [each.ref for each in queries.log(one, shop.zahra)[0]] == ["", ""]
    assert queries.log(one, shop.zahra, state="delivered") == ([], None)


def test_old_deliveries_are_forgotten(shop: SimpleNamespace, file: File) -> None:
    one = subscribed(shop, START)
    file()
    follow_on(NOW)
    settled(NOW, Outcome(200))
    actions.purge(NOW + 29 * DAY)
    assert len(told(one)) == 1
    actions.purge(NOW + 30 * DAY)
    assert told(one) == []
