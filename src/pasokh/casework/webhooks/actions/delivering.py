"""What happens to deliveries: queued by the ledger's follower, taken by the sweep, settled.

A delivery that is taken counts as tried before anybody hears of it. One found *sending* by a new
sweep belongs to a worker that was killed; it is sent again under its id, so that a receiver hears
of everything at least once and knows what it has had.
"""

import random
import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from pasokh.casework.complaints.queries.fence import visible_to
from pasokh.casework.webhooks import payload, queries, signing
from pasokh.casework.webhooks.actions.subscribing import finish
from pasokh.casework.webhooks.models import Delivery, Subscription
from pasokh.casework.webhooks.terms import (
    DISABLED_AFTER,
    KEPT,
    REMEMBERED,
    DeliveryState,
    Trouble,
    Why,
    over,
    pause,
    rest,
    succeeded,
)
from pasokh.kernel import actors
from pasokh.kernel.ledger.models import Entry
from pasokh.kernel.text import visible

#: Deliveries for one receiver in one sweep; the next sweep goes on.
AT_ONCE = 20
GONE = 410
BY = actors.clock("send-webhooks")


@dataclass(frozen=True)
class Outgoing:
    """One delivery as it is to be sent: everything said and signed."""

    id: int
    subscription: int
    url: str
    body: bytes
    headers: dict[str, str] = field(repr=False)


@dataclass(frozen=True)
class Outcome:
    """What became of an attempt: the answer's status, or the trouble there was.

    `after` is how long the receiver asked to be left alone; `said` how its answer began.
    """

    status: int | None = None
    trouble: Trouble | None = None
    said: str = ""
    after: timedelta | None = None


@transaction.atomic
def queue(entry: Entry, ref: str) -> int:
    """Queue an entry of the log for everybody who is to be told of it; returns how many."""
    place, told = entry.sequenced.index, []
    live = Subscription.objects.filter(ended_at=None, events__contains=[entry.event])
    asking = live.filter(through__lt=place, made_at__lte=entry.recorded_at)
    for one in asking.select_for_update().order_by("pk"):
        if visible_to(queries.reader(one)).filter(ref=ref).exists():
            told.append(one)
    Delivery.objects.bulk_create([_row(one, entry, ref) for one in told])
    Subscription.objects.filter(pk__in=[one.pk for one in told]).update(through=place)
    return len(told)


def _row(one: Subscription, entry: Entry, ref: str) -> Delivery:
    return Delivery(
        subscription=one,
        entry=entry,
        event=entry.event,
        ref=ref,
        number=uuid.uuid4(),
        state=DeliveryState.WAITING,
        queued_at=entry.recorded_at,
        next_at=entry.recorded_at,
    )


@transaction.atomic
def lose_sight(*, at: datetime) -> int:
    """Queue again what a killed worker was sending; returns how much that was."""
    left = Delivery.objects.select_for_update().filter(state=DeliveryState.SENDING)
    for row in left:
        row.attempts = _remembered(row, Outcome(trouble=Trouble.LOST), at)
        row.state, row.next_at = DeliveryState.WAITING, at
        row.save()
    return len(left)


@transaction.atomic
def take(*, at: datetime) -> list[Outgoing]:
    """Take what is due, for each receiver a handful, and say and sign it."""
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=at)
    ids = due.order_by().values_list("subscription", flat=True).distinct()
    ready = Subscription.objects.filter(pk__in=ids, ended_at=None).exclude(rests_until__gt=at)
    taken: list[Outgoing] = []
    for one in ready.order_by("failures", "pk"):
        rows = due.filter(subscription=one).select_for_update(of=("self",), skip_locked=True)
        with_facts = rows.select_related("entry__sealed").order_by("next_at", "pk")
        taken += _spoken(one, list(with_facts[:AT_ONCE]), at)
    return taken


def _spoken(one: Subscription, rows: list[Delivery], at: datetime) -> list[Outgoing]:
    """Say each delivery; what the receiver may not be told any more is withheld."""
    refs = [row.ref for row in rows if row.ref]
    seen = set(visible_to(queries.reader(one)).filter(ref__in=refs).values_list("ref", flat=True))
    keys, said = queries.keys(one, at), []
    for row in rows:
        if row.ref and row.ref not in seen:
            row.state, row.ended_at = DeliveryState.WITHHELD, at
            continue
        row.state, row.tries = DeliveryState.SENDING, row.tries + 1
        body = _body(one, row)
        headers = signing.headers(row.message_id, body, keys, at)
        said.append(Outgoing(row.pk, one.pk, one.url, body.encode(), headers))
    Delivery.objects.bulk_update(rows, ["state", "tries", "ended_at"])
    return said


def _body(one: Subscription, row: Delivery) -> str:
    entry = row.entry
    if entry is None:
        return payload.trial(row.event, row.queued_at)
    return payload.body(
        entry.event,
        entry.happened_at,
        ref=row.ref,
        number=entry.number,
        version=entry.version,
        recorded_at=entry.recorded_at,
        facts=entry.facts,
        texts=entry.private if one.texts else None,
        with_texts=one.texts,
    )


@transaction.atomic
def put_back(ids: Iterable[int], *, at: datetime) -> None:
    """Put back what was taken and never tried, because the one before it failed."""
    rows = Delivery.objects.filter(pk__in=list(ids), state=DeliveryState.SENDING)
    given_up = rows.filter(subscription__ended_at__isnull=False)
    given_up.update(state=DeliveryState.GIVEN_UP, ended_at=at, tries=F("tries") - 1)
    rows.update(state=DeliveryState.WAITING, next_at=at, tries=F("tries") - 1)


@transaction.atomic
def settle(delivery: int, outcome: Outcome, *, at: datetime) -> None:
    """Write down what became of an attempt, and what follows for the receiver."""
    one, row = _sent(delivery)
    if row.state != DeliveryState.SENDING:
        return
    row.attempts, row.said = _remembered(row, outcome, at), visible(outcome.said).text[:300]
    if succeeded(outcome.status):
        row.state, row.ended_at = DeliveryState.DELIVERED, at
        _well(one)
    else:
        _ill(one, outcome, at)
        _failed(row, one, outcome, at)
    row.save()


def _sent(delivery: int) -> tuple[Subscription, Delivery]:
    """A receiver and a delivery to it, locked in this order."""
    receivers = Subscription.objects.select_for_update()
    one = receivers.get(pk=Delivery.objects.values("subscription").get(pk=delivery)["subscription"])
    return one, Delivery.objects.select_for_update().get(pk=delivery)


def _failed(row: Delivery, one: Subscription, outcome: Outcome, at: datetime) -> None:
    if one.ended_at or outcome.status == GONE or over(row.queued_at, at):
        row.state, row.ended_at = DeliveryState.GIVEN_UP, at
        return
    chance = random.random()  # noqa: S311  it only spreads those who failed together
    row.state = DeliveryState.WAITING
    row.next_at = at + pause(row.tries, chance=chance, asked=outcome.after)


def _well(one: Subscription) -> None:
    if one.failures or one.failing_since:
        one.failures, one.failing_since, one.rests_until = 0, None, None
        one.save(update_fields=["failures", "failing_since", "rests_until"])


def _ill(one: Subscription, outcome: Outcome, at: datetime) -> None:
    """Leave a receiver alone for a while, and for good when it has failed for days."""
    one.failures, one.failing_since = one.failures + 1, one.failing_since or at
    one.rests_until = at + rest(one.failures, asked=outcome.after)
    one.save(update_fields=["failures", "failing_since", "rests_until"])
    if one.ended_at:
        return
    if outcome.status == GONE:
        finish(one, Why.GONE, by=BY, at=at)
    elif at - one.failing_since >= DISABLED_AFTER:
        finish(one, Why.FAILING, by=BY, at=at)


def _remembered(row: Delivery, outcome: Outcome, at: datetime) -> list[dict[str, object]]:
    told: dict[str, object] = {"at": payload.instant(at)}
    if outcome.status is not None:
        told["status"] = outcome.status
    if outcome.trouble:
        told["trouble"] = str(outcome.trouble)
    return [*row.attempts, told][-REMEMBERED:]


@transaction.atomic
def purge(now: datetime) -> None:
    """Forget deliveries that ended long ago, and secrets that sign no more."""
    Delivery.objects.filter(ended_at__lte=now - KEPT).delete()
    old = Subscription.objects.filter(former_until__lte=now)
    old.update(former=None, former_until=None)
