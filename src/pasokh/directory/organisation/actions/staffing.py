"""Colleagues: who they are, what they may, how much they may promise, when they are away."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest

from pasokh.directory.organisation import events, queries
from pasokh.directory.organisation.actions.bracket import (
    allow,
    alone,
    chain_of,
    change,
    known_language,
    named,
    put,
    still_here,
    take_staff,
    take_unit,
    tell,
    unless_taken,
    words,
)
from pasokh.directory.organisation.models import (
    Absence,
    RoleAssignment,
    SpendingLimit,
    Staff,
)
from pasokh.directory.organisation.roles import Role
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.writer import record
from pasokh.kernel.money import currencies

MANAGE = "staff.manage"
CONFIGURE = "organisation.configure"


class Particulars(TypedDict, total=False):
    """What may be corrected of a colleague; only what is given is changed."""

    number: str
    name: Bilingual
    post: Bilingual
    unit_id: int | None
    line_manager_id: int | None
    language: str


@transaction.atomic
def add_staff(
    number: str,
    *,
    name: Bilingual,
    post: Bilingual,
    unit_id: int | None = None,
    line_manager_id: int | None = None,
    language: str = "fa",
    by: Actor,
    at: datetime,
) -> Staff:
    """Add a colleague, who may do nothing until appointed and cannot sign in until given one."""
    allow(MANAGE, by, unit=unit_id)
    named(name)
    known_language(language)
    _check_place(unit_id, line_manager_id, at)
    staff = Staff(number=number, name=name, post=post, language=language, active_from=at)
    staff.unit_id, staff.line_manager_id = unit_id, line_manager_id
    with unless_taken("staff-number-taken", number=number):
        staff.save()
    event = events.StaffAdded(unit=unit_id, line_manager=line_manager_id, active_from=at)
    private = {"number": number, "name": words(name), "post": words(post)}
    tell(staff, event, by=by, at=at, private=private)
    return staff


@transaction.atomic
def correct_staff(
    staff_id: int, *, by: Actor, at: datetime, **particulars: Unpack[Particulars]
) -> Staff:
    """Correct what is written of a colleague; old and new are kept, sealed."""
    if "line_manager_id" in particulars:
        alone("line managers")
    staff = _manage(staff_id, by, at)
    _check(staff, particulars, by, at)
    if told := change(staff, particulars):
        event = events.StaffCorrected(
            changed=tuple(told), unit=staff.unit_id, line_manager=staff.line_manager_id
        )
        with unless_taken("staff-number-taken", number=staff.number):
            put(staff, event, by=by, at=at, private=told)
    return staff


@transaction.atomic
def end_staff(staff_id: int, *, until: datetime, by: Actor, at: datetime) -> Staff:
    """Say until when a colleague is one; from then on they hold no right and no sign-in works."""
    with _an_administrator_remains():
        staff = _manage(staff_id, by, at)
        if until < staff.active_from:
            raise Refused("ends-before-it-begins")
        staff.active_until = until
        staff.roles.filter(Q(valid_until=None) | Q(valid_until__gt=until)).update(
            valid_until=Greatest(until, F("valid_from"))
        )
        put(staff, events.StaffEnded(until=until), by=by, at=at)
    return staff


@transaction.atomic
def reinstate_staff(staff_id: int, *, by: Actor, at: datetime) -> Staff:
    """Take back a colleague who left; the roles they had stay ended."""
    staff = Staff.objects.select_for_update(no_key=True).filter(pk=staff_id).first()
    if staff is None or staff.active_until is None:
        raise Refused("staff-not-ended", staff=staff_id)
    allow(MANAGE, by, unit=staff.unit_id)
    staff.active_until = None
    put(staff, events.StaffReinstated(), by=by, at=at)
    return staff


@transaction.atomic
def appoint(
    staff_id: int,
    role: Role,
    *,
    unit_id: int | None = None,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> RoleAssignment:
    """Give a colleague a role in a unit and all below it, or everywhere (ISO 10002:2018, 5.4)."""
    allow(MANAGE, by, unit=unit_id)
    _check_reach(role, unit_id)
    staff, begins = take_staff(staff_id, at), valid_from or at
    if unit_id is not None:
        take_unit(unit_id)
    _check_period(begins, valid_until)
    held = RoleAssignment(staff=staff, role=role, unit_id=unit_id, by=by.code)
    held.valid_from, held.valid_until = begins, valid_until
    _refuse_twice(held)
    held.save()
    tell(staff, _appointed(held), by=by, at=at)
    return held


@transaction.atomic
def dismiss(assignment_id: int, *, by: Actor, at: datetime) -> RoleAssignment:
    """End a role now; it stays written that it was held. One administrator always remains."""
    with _an_administrator_remains():
        held = _take_role(assignment_id, by, at)
        held.valid_until = max(at, held.valid_from)
        held.save()
        tell(held.staff, _dismissed(held, held.valid_until), by=by, at=at)
    return held


@transaction.atomic
def set_limit(
    role: Role, currency: str, *, amount: int, unit_id: int | None = None, by: Actor, at: datetime
) -> SpendingLimit:
    """Set the most a role may promise as a remedy, in a currency's smallest units."""
    allow(CONFIGURE, by, unit=unit_id)
    if currency not in currencies():
        raise Refused("currency-unknown", currency=currency)
    if amount < 0:
        raise Refused("amount-negative")
    alone("limits")
    limit = SpendingLimit.objects.filter(role=role, currency=currency, unit=unit_id).first()
    before = limit.amount if limit else None
    limit = limit or SpendingLimit(role=role, currency=currency, unit_id=unit_id)
    limit.amount = amount
    limit.save()
    record(_limit_set(limit, before), subject=chain_of(unit_id), by=by, at=at)
    return limit


@transaction.atomic
def report_absence(
    staff_id: int,
    *,
    from_at: datetime,
    until_at: datetime,
    deputy_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Absence:
    """Say when a colleague takes no files and who stands in; one's own absence needs no right."""
    _check_period(from_at, until_at)
    if deputy_id == staff_id:
        raise Refused("own-deputy")
    staff = take_staff(staff_id, at)
    _own_or_managed(staff, by)
    if deputy_id is not None:
        still_here(deputy_id, at)
    away = Absence(staff=staff, from_at=from_at, until_at=until_at, deputy_id=deputy_id)
    away.save()
    tell(staff, _absent(away), by=by, at=at)
    return away


@transaction.atomic
def end_absence(absence_id: int, *, by: Actor, at: datetime) -> Absence:
    """Say that a colleague is back before the time given."""
    away = _take_absence(absence_id, by, at)
    away.until_at = max(at, away.from_at)
    away.save()
    event = events.AbsenceEnded(absence=away.pk, until_at=away.until_at)
    tell(away.staff, event, by=by, at=at)
    return away


def _manage(staff_id: int, by: Actor, at: datetime) -> Staff:
    staff = take_staff(staff_id, at)
    allow(MANAGE, by, unit=staff.unit_id)
    return staff


def _take_role(assignment_id: int, by: Actor, at: datetime) -> RoleAssignment:
    rows = RoleAssignment.objects.select_for_update(no_key=True)
    if (held := rows.filter(pk=assignment_id).first()) is None:
        raise Refused("no-such-role", assignment=assignment_id)
    allow(MANAGE, by, unit=held.unit_id)
    if held.valid_until and held.valid_until <= at:
        raise Refused("role-ended", assignment=assignment_id)
    return held


def _take_absence(absence_id: int, by: Actor, at: datetime) -> Absence:
    running = Absence.objects.select_for_update(no_key=True).filter(until_at__gt=at)
    if (away := running.filter(pk=absence_id).first()) is None:
        raise Refused("no-such-absence", absence=absence_id)
    _own_or_managed(away.staff, by)
    return away


def _own_or_managed(staff: Staff, by: Actor) -> None:
    if by.code != staff.subject:
        allow(MANAGE, by, unit=staff.unit_id)


def _check_place(unit_id: int | None, line_manager_id: int | None, at: datetime) -> None:
    if unit_id is not None:
        take_unit(unit_id)
    if line_manager_id is not None:
        still_here(line_manager_id, at)


def _check(staff: Staff, particulars: Particulars, by: Actor, at: datetime) -> None:
    if strange := particulars.keys() - Particulars.__annotations__.keys():
        raise TypeError(f"a colleague has no {', '.join(sorted(strange))}")
    if "name" in particulars:
        named(particulars["name"])
    if "language" in particulars:
        known_language(particulars["language"])
    if "unit_id" in particulars and particulars["unit_id"] != staff.unit_id:
        allow(MANAGE, by, unit=particulars["unit_id"])
        _check_place(particulars["unit_id"], None, at)
    if boss := particulars.get("line_manager_id"):
        _check_place(None, boss, at)
        if staff.pk in queries.line_above(boss):
            raise Refused("manages-each-other")


def _check_reach(role: Role, unit_id: int | None) -> None:
    """Set-up is of the whole organisation, so nobody can be an administrator of a part of it."""
    if role is Role.ADMINISTRATOR and unit_id is not None:
        raise Refused("administrator-is-everywhere")


def _check_period(begins: datetime, ends: datetime | None) -> None:
    if ends is not None and ends <= begins:
        raise Refused("ends-before-it-begins")


def _refuse_twice(held: RoleAssignment) -> None:
    same = RoleAssignment.objects.filter(staff=held.staff, role=held.role, unit=held.unit_id)
    same = same.exclude(valid_until__lte=held.valid_from)
    if held.valid_until is not None:
        same = same.exclude(valid_from__gte=held.valid_until)
    if same.exists():
        raise Refused("role-held-already", role=str(held.role))


@contextmanager
def _an_administrator_remains() -> Iterator[None]:
    alone("administrators")
    before = queries.administrator_exists()
    yield
    if before and not queries.administrator_exists():
        raise Refused("last-administrator")


def _appointed(held: RoleAssignment) -> events.Appointed:
    return events.Appointed(
        assignment=held.pk,
        role=held.role,
        unit=held.unit_id,
        valid_from=held.valid_from,
        valid_until=held.valid_until,
    )


def _dismissed(held: RoleAssignment, until: datetime) -> events.Dismissed:
    return events.Dismissed(
        assignment=held.pk, role=held.role, unit=held.unit_id, valid_until=until
    )


def _limit_set(limit: SpendingLimit, before: int | None) -> events.LimitSet:
    return events.LimitSet(
        role=limit.role,
        currency=limit.currency,
        amount=limit.amount,
        unit=limit.unit_id,
        before=before,
    )


def _absent(away: Absence) -> events.AbsenceReported:
    return events.AbsenceReported(
        absence=away.pk,
        from_at=away.from_at,
        until_at=away.until_at,
        deputy=away.deputy_id,
    )
