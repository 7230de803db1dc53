"""The bracket around every verb: take (authority, lock), then put (save, ledger).

Rows are locked with `no_key`: nothing here changes an id, and a stronger lock would let two who
name each other (as deputy, as line manager) wait in a ring for the check of a foreign key.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from psycopg.errors import UniqueViolation

from pasokh.directory.organisation.models import Staff, Unit
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.events import Event
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.writer import lock_key, record


class Kept(Protocol):
    """A row that has a chain of its own in the ledger."""

    @property
    def subject(self) -> str: ...

    def save(self) -> None: ...


def allow(right: str, by: Actor, *, unit: int | None) -> None:
    """Refuse one who does not hold a right in a unit; without a unit, everywhere."""
    if not by.may(right, unit=unit):
        raise Refused("not-authorised", right=right)


def take_unit(unit_id: int) -> Unit:
    """A unit in use, locked until the transaction ends."""
    unit = Unit.objects.select_for_update(no_key=True).filter(pk=unit_id).first()
    if unit is None:
        raise Refused("no-such-unit", unit=unit_id)
    if unit.retired_at:
        raise Refused("unit-retired", unit_code=unit.code)
    return unit


def take_staff(staff_id: int, at: datetime) -> Staff:
    """A colleague who has not left, locked until the transaction ends."""
    return _here(Staff.objects.select_for_update(no_key=True), staff_id, at)


def still_here(staff_id: int, at: datetime) -> Staff:
    """A colleague who has not left, not locked: two who name each other never wait in a ring."""
    return _here(Staff.objects.all(), staff_id, at)


def alone(name: str) -> None:
    """Let only one transaction at a time act on something that no single row stands for."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_key(name)])


@contextmanager
def unless_taken(code: str, **facts: object) -> Iterator[None]:
    """Refuse by a code when a row like the one being written is there already."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            raise Refused(code, **facts) from error
        raise


def change(row: Any, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Set what differs on a row; tell old and new of each, as the ledger seals them."""
    before = {name: getattr(row, name) for name in changes}
    changed = {name: value for name, value in changes.items() if value != before[name]}
    for name, value in changed.items():
        setattr(row, name, value)
    return {name: [_told(before[name]), _told(value)] for name, value in changed.items()}


def put(
    row: Kept, event: Event, *, by: Actor, at: datetime, private: Mapping[str, Any] | None = None
) -> None:
    """Save a row and write the act in its chain."""
    row.save()
    tell(row, event, by=by, at=at, private=private)


def tell(
    row: Kept, event: Event, *, by: Actor, at: datetime, private: Mapping[str, Any] | None = None
) -> None:
    """Write an act in the chain of a row that has just been made, or that it leaves as it is."""
    record(event, subject=row.subject, by=by, at=at, private=private)


def chain_of(unit_id: int | None) -> str:
    """The chain of what belongs to a unit, or to the whole organisation."""
    return "organisation" if unit_id is None else f"unit:{unit_id}"


def named(name: Bilingual) -> None:
    """Refuse a name that is missing in a language."""
    if not (name.fa.strip() and name.en.strip()):
        raise Refused("name-missing")


def known_language(language: str) -> None:
    """Refuse a language that the product does not speak."""
    if language not in ("fa", "en"):
        raise Refused("language-unknown", language=language)


def valid_address(email: str) -> str:
    """An e-mail address without the space around it; refused when it is none."""
    try:
        validate_email(email.strip())
    except ValidationError:
        raise Refused("address-invalid", address=email) from None
    return email.strip()


def words(text: Bilingual) -> dict[str, str]:
    """A text in both languages as the ledger seals it."""
    return asdict(text)


def _here(rows: QuerySet[Staff], staff_id: int, at: datetime) -> Staff:
    staff = rows.filter(pk=staff_id).first()
    if staff is None:
        raise Refused("no-such-staff", staff=staff_id)
    if staff.active_until and staff.active_until <= at:
        raise Refused("staff-ended", staff=staff_id)
    return staff


def _told(value: Any) -> Any:
    return words(value) if isinstance(value, Bilingual) else value
