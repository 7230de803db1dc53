"""What people do with subscriptions. Secrets are returned once and never shown again."""

import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from pasokh.casework.webhooks import events, queries, signing
from pasokh.casework.webhooks.models import Delivery, Subscription
from pasokh.casework.webhooks.terms import BOTH_FOR, DeliveryState, Why
from pasokh.kernel import targets
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.writer import record


@dataclass(frozen=True)
class Terms:
    """What a receiver is told, and where; `unit` is None for the whole organisation."""

    name: str
    url: str
    events: tuple[str, ...]
    unit: int | None = None
    confidential: bool = False
    texts: bool = False


@transaction.atomic
def subscribe(terms: Terms, *, by: Actor, at: datetime) -> tuple[Subscription, str]:
    """Tell a program of events from now on; returns the secret in clear, for this once."""
    _allowed(by)
    _fit(terms, by)
    one, secret = Subscription(number=uuid.uuid4(), made_at=at), signing.new_secret()
    one.secret = queries.kept_of(one, secret)
    _write(one, terms)
    fact = events.Subscribed(**_facts(terms))
    record(fact, subject=one.subject, by=by, at=at, private=_names(one), begins=True)
    return one, secret


@transaction.atomic
def change(pk: int, terms: Terms, *, by: Actor, at: datetime) -> Subscription:
    """Change what a program is told, and where.

    Whoever moves texts to another address must be allowed to read them.
    """
    one = _taken(pk, by)
    _fit(terms, by)
    _write(one, terms)
    fact = events.Changed(**_facts(terms))
    record(fact, subject=one.subject, by=by, at=at, private=_names(one))
    return one


@transaction.atomic
def rotate(pk: int, *, by: Actor, at: datetime) -> str:
    """Give a new secret; for a day the former one signs beside it."""
    one, secret = _taken(pk, by), signing.new_secret()
    one.former, one.former_until = one.secret, at + BOTH_FOR
    one.secret = queries.kept_of(one, secret)
    one.save()
    record(events.SecretRotated(), subject=one.subject, by=by, at=at)
    return secret


@transaction.atomic
def end(pk: int, *, by: Actor, at: datetime) -> None:
    """Tell a program of nothing any more; what waits for it is given up and can be replayed."""
    finish(_taken(pk, by), Why.BY_HAND, by=by, at=at)


def finish(one: Subscription, why: Why, *, by: Actor, at: datetime) -> None:
    """End a locked subscription, in the transaction under way."""
    one.ended_at, one.ended_why = at, why
    one.save()
    waiting = one.deliveries.filter(state=DeliveryState.WAITING)
    waiting.update(state=DeliveryState.GIVEN_UP, ended_at=at)
    record(events.Ended(why=str(why)), subject=one.subject, by=by, at=at)


@transaction.atomic
def resume(pk: int, *, by: Actor, at: datetime) -> None:
    """Tell a program of events again, of those that happen from now on."""
    one = _taken(pk, by)
    _readable(Terms(one.name, one.url, (), one.unit_id, one.confidential, one.texts), by)
    one.made_at, one.ended_at, one.ended_why = at, None, ""
    one.failures, one.failing_since, one.rests_until = 0, None, None
    one.save()
    record(events.Resumed(), subject=one.subject, by=by, at=at)


@transaction.atomic
def try_out(pk: int, *, by: Actor, at: datetime) -> Delivery:
    """Queue an event about no complaint, so that a receiver can be tried."""
    one = _working(_taken(pk, by))
    row = Delivery(subscription=one, event=queries.TRIAL, number=uuid.uuid4())
    row.state, row.queued_at, row.next_at = DeliveryState.WAITING, at, at
    row.save()
    _now(one)
    record(events.Tried(), subject=one.subject, by=by, at=at)
    return row


@transaction.atomic
def replay(pk: int, delivery: int, *, by: Actor, at: datetime) -> None:
    """Queue one delivery of the log once more, under the id it had."""
    one = _working(_taken(pk, by))
    if not _again(one, at, pk=delivery):
        raise Refused("no-such-delivery")
    record(events.Replayed(deliveries=1), subject=one.subject, by=by, at=at)


@transaction.atomic
def replay_all(pk: int, *, by: Actor, at: datetime) -> int:
    """Queue everything once more that was given up; returns how much that is."""
    one = _working(_taken(pk, by))
    if many := _again(one, at, state=DeliveryState.GIVEN_UP):
        record(events.Replayed(deliveries=many), subject=one.subject, by=by, at=at)
    return many


def _again(one: Subscription, at: datetime, **which: object) -> int:
    under_way = (DeliveryState.WAITING, DeliveryState.SENDING)
    rows = one.deliveries.filter(**which).exclude(state__in=under_way)
    _now(one)
    return rows.update(
        state=DeliveryState.WAITING, queued_at=at, next_at=at, tries=0, ended_at=None
    )


def _now(one: Subscription) -> None:
    """Let a receiver be spoken to at once: somebody mended something and wants to see it."""
    if one.rests_until:
        one.rests_until = None
        one.save(update_fields=["rests_until"])


def _allowed(by: Actor) -> None:
    if not by.may(queries.RIGHT):
        raise Refused("webhook-not-yours")


def _taken(pk: int, by: Actor) -> Subscription:
    """A subscription, locked, for somebody who may change it."""
    _allowed(by)
    if one := Subscription.objects.select_for_update().filter(pk=pk).first():
        return one
    raise Refused("no-such-webhook")


def _working(one: Subscription) -> Subscription:
    if one.ended_at:
        raise Refused("webhook-ended")
    return one


def _fit(terms: Terms, by: Actor) -> None:
    """Refuse terms that cannot be kept, or that give away what `by` may not read."""
    if code := queries.url_problem(terms.url):
        raise Refused(code)
    if not terms.events or not set(terms.events) <= set(queries.offered()):
        raise Refused("webhook-without-events")
    _readable(terms, by)
    if (terms.texts or terms.confidential) and targets.read(terms.url).scheme != "https":
        raise Refused("webhook-needs-tls")


def _readable(terms: Terms, by: Actor) -> None:
    given = {"texts": terms.texts, "confidential": terms.confidential}
    if not queries.may_give(by, terms.unit, **given):
        raise Refused("webhook-gives-too-much")


def _write(one: Subscription, terms: Terms) -> None:
    one.name, one.url, one.events = terms.name, terms.url, sorted(terms.events)
    one.unit_id, one.confidential, one.texts = terms.unit, terms.confidential, terms.texts
    one.save()


def _facts(terms: Terms) -> dict[str, Any]:
    return {name: value for name, value in asdict(terms).items() if name not in ("name", "url")}


def _names(one: Subscription) -> dict[str, str]:
    return {"name": one.name, "url": one.url}
