"""Kinds of letters that the organisation adds: named, told what they are for, retired."""

from dataclasses import asdict
from datetime import datetime

from django.db import connection, transaction

from pasokh.casework.correspondence import kinds
from pasokh.casework.correspondence.wording import events
from pasokh.casework.correspondence.wording.actions.texts import CHAIN, RIGHT
from pasokh.casework.correspondence.wording.models import AddedKind
from pasokh.kernel import locks
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.events import Event
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.writer import record
from pasokh.kernel.text import fold

#: The most kinds at once: more is no list that a colleague chooses from.
MOST = 60
_LOCK = locks.number("kinds of letters")


@transaction.atomic
def add_kind(*, name: Bilingual, purpose: Bilingual, by: Actor, at: datetime) -> AddedKind:
    """Add a kind of letter; one can write in it as soon as it has a text."""
    row = AddedKind(name=name, purpose=purpose)
    others = _others(row, by)
    if len(others) >= MOST:
        raise Refused("letter-kinds-too-many", most=MOST)
    _named(name, others)
    row.save()
    return _put(row, events.KindAdded(kind=kinds.code(row.pk)), by, at)


@transaction.atomic
def change_kind(
    number: int, *, name: Bilingual, purpose: Bilingual, by: Actor, at: datetime
) -> AddedKind:
    """Name a kind otherwise, or say otherwise what it is for; letters that were kept stay."""
    row = _kind(number)
    others = _others(row, by)
    _named(name, others)
    if (row.name, row.purpose) == (name, purpose):
        return row
    row.name, row.purpose = name, purpose
    row.save()
    return _put(row, events.KindChanged(kind=kinds.code(row.pk)), by, at)


@transaction.atomic
def retire_kind(number: int, *, by: Actor, at: datetime) -> AddedKind:
    """Offer a kind no more; its letters stay, and so does its name."""
    row = _kind(number)
    _others(row, by)
    if row.retired_at:
        raise Refused("letter-kind-retired")
    row.retired_at = at
    row.save()
    return _put(row, events.KindRetired(kind=kinds.code(row.pk)), by, at)


@transaction.atomic
def restore_kind(number: int, *, by: Actor, at: datetime) -> AddedKind:
    """Offer a kind again."""
    row = _kind(number)
    _others(row, by)
    if row.retired_at is None:
        raise Refused("letter-kind-in-use")
    row.retired_at = None
    row.save()
    return _put(row, events.KindRestored(kind=kinds.code(row.pk)), by, at)


def _kind(number: int) -> AddedKind:
    if row := AddedKind.objects.select_for_update().filter(pk=number).first():
        return row
    raise Refused("no-such-letter-kind")


def _others(row: AddedKind, by: Actor) -> list[AddedKind]:
    """The other kinds, once nobody else is changing them."""
    if not by.may(RIGHT):
        raise Refused("not-authorised", right=RIGHT)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    return list(AddedKind.objects.exclude(pk=row.pk))


def _named(name: Bilingual, others: list[AddedKind]) -> None:
    """Refuse a name that is missing in a language, or another kind's in either."""
    for language, said in asdict(name).items():
        if not said.strip():
            raise Refused("letter-kind-unnamed")
        if fold(said) in {fold(one.name.in_(language)) for one in others}:
            raise Refused("letter-kind-taken", name=said.strip())


def _put(row: AddedKind, fact: Event, by: Actor, at: datetime) -> AddedKind:
    told = {"name": asdict(row.name), "purpose": asdict(row.purpose)}
    record(fact, subject=CHAIN, by=by, at=at, private=told)
    return row
