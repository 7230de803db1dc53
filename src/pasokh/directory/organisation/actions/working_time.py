"""Working weeks, holidays, closures, and the pack of rules that binds.

None of these redraws a deadline: who changes a calendar has the open files redrawn.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from django.db import transaction
from django.db.models import QuerySet

from pasokh.directory.organisation import events, hours, queries
from pasokh.directory.organisation.actions.bracket import (
    allow,
    alone,
    chain_of,
    named,
    take_unit,
    words,
)
from pasokh.directory.organisation.calendar import Hours
from pasokh.directory.organisation.models import Holiday, RegimeBinding, WorkingWeek
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.writer import record
from pasokh.policy.regimes import packs


class Announced(Protocol):
    """A holiday as it was announced or is offered; perhaps with the `hours` still worked."""

    @property
    def on(self) -> date: ...

    @property
    def name(self) -> dict[str, str]: ...

    @property
    def source(self) -> str: ...


CALENDAR = "calendar.configure"
CONFIGURE = "organisation.configure"


@transaction.atomic
def set_working_week(
    days: Sequence[Hours],
    *,
    valid_from: date,
    unit_id: int | None = None,
    by: Actor,
    at: datetime,
) -> WorkingWeek:
    """Set the hours of Monday to Sunday from a date on; no hours is a weekend day."""
    _take(CALENDAR, unit_id, by)
    _check_week(days)
    week = WorkingWeek.objects.filter(unit=unit_id, valid_from=valid_from).first()
    week = week or WorkingWeek(unit_id=unit_id, valid_from=valid_from)
    week.days = [hours.dump(day) for day in days]
    week.save()
    event = events.WeekSet(valid_from=valid_from.isoformat(), days=week.days, unit=unit_id)
    record(event, subject=chain_of(unit_id), by=by, at=at)
    return week


@transaction.atomic
def add_holidays(
    days: Iterable[Announced], *, unit_id: int | None = None, by: Actor, at: datetime
) -> list[Holiday]:
    """Enter many holidays at once, each with its source; those there already are passed over.

    They are known from now on, whenever they were announced.
    """
    _take(CALENDAR, unit_id, by)
    held = {_key(holiday) for holiday in _standing(unit_id)}
    wanted = {_key(new): new for new in (_announced(day, unit_id, at) for day in days)}
    fresh = [new for key, new in wanted.items() if key not in held]
    added = Holiday.objects.bulk_create(sorted(fresh, key=lambda holiday: holiday.on))
    if added:
        private = {"names": [words(holiday.name) for holiday in added]}
        record(_added(added), subject=chain_of(unit_id), by=by, at=at, private=private)
    return added


@transaction.atomic
def add_closure(
    on: date,
    *,
    name: Bilingual,
    source: str,
    hours_worked: Hours = (),
    unit_id: int | None = None,
    by: Actor,
    at: datetime,
) -> Holiday:
    """Enter a closure announced for the occasion; `hours_worked` are those still worked."""
    _take(CALENDAR, unit_id, by)
    if _standing(unit_id).filter(on=on, source=source).exists():
        raise Refused("holiday-entered-already", on=on)
    closed = _new(unit_id, on, name, source, hours_worked, at)
    closed.closure = True
    closed.save()
    record(_closed(closed), subject=chain_of(unit_id), by=by, at=at, private={"name": words(name)})
    return closed


@transaction.atomic
def withdraw_holiday(holiday_id: int, *, by: Actor, at: datetime) -> Holiday:
    """Say that a holiday or closure is not one; that it was held to be one stays written."""
    holiday = Holiday.objects.select_for_update(no_key=True).filter(pk=holiday_id).first()
    if holiday is None:
        raise Refused("no-such-holiday", holiday=holiday_id)
    allow(CALENDAR, by, unit=holiday.unit_id)
    if holiday.withdrawn_at:
        raise Refused("holiday-withdrawn-already", on=holiday.on)
    holiday.withdrawn_at = at
    holiday.save()
    record(_withdrawn(holiday), subject=chain_of(holiday.unit_id), by=by, at=at)
    return holiday


@transaction.atomic
def bind_regime(
    pack_id: str,
    *,
    parameters: Mapping[str, int],
    valid_from: datetime,
    unit_id: int | None = None,
    by: Actor,
    at: datetime,
) -> RegimeBinding:
    """Bind a unit and all below it by a pack, with the organisation's numbers, from an instant.

    What was received before keeps the pack it was received under. Time limits need a working week.
    """
    _take(CONFIGURE, unit_id, by)
    if not queries.calendar_for(unit_id).weeks:
        raise Refused("rules-need-a-week")
    pack = packs.load(pack_id).with_parameters(parameters)
    if not pack.in_force(valid_from.date()):
        raise Refused("pack-not-in-force", pack=pack_id)
    bound = RegimeBinding(unit_id=unit_id, pack=pack_id, valid_from=valid_from)
    bound.parameters = dict(parameters)
    bound.save()
    record(_bound(bound, pack.digest), subject=chain_of(unit_id), by=by, at=at)
    return bound


@transaction.atomic
def release_regime(unit_id: int, *, by: Actor, at: datetime) -> RegimeBinding:
    """Let the rules and periods of the unit above, or of the whole, bind a unit again.

    What was received before keeps the periods it was promised.
    """
    _take(CONFIGURE, unit_id, by)
    if unit_id not in queries.own_regimes(at):
        raise Refused("no-rules-of-its-own")
    row = RegimeBinding(unit_id=unit_id, pack="", parameters={}, valid_from=at)
    row.save()
    event = events.RegimeReleased(valid_from=at, unit=unit_id)
    record(event, subject=chain_of(unit_id), by=by, at=at)
    return row


def _take(right: str, unit_id: int | None, by: Actor) -> None:
    """Let one at a time change the working time or the rules of a unit."""
    allow(right, by, unit=unit_id)
    if unit_id is None:
        alone("working time")
    else:
        take_unit(unit_id)


def _check_week(days: Sequence[Hours]) -> None:
    if len(days) != 7:
        raise Refused("week-has-seven-days", days=len(days))
    if not any(days):
        raise Refused("week-without-work")
    for day in days:
        _check_day(day)


def _check_day(worked: Hours) -> None:
    if reason := hours.refusal(worked):
        raise Refused(reason)


def _key(holiday: Holiday) -> tuple[date, str, Bilingual]:
    return holiday.on, holiday.source, holiday.name


def _standing(unit_id: int | None) -> QuerySet[Holiday]:
    return Holiday.objects.filter(unit=unit_id, withdrawn_at=None)


def _announced(day: Announced, unit_id: int | None, at: datetime) -> Holiday:
    worked: Hours = getattr(day, "hours", ())
    return _new(unit_id, day.on, Bilingual(**day.name), day.source, worked, at)


def _new(
    unit_id: int | None, on: date, name: Bilingual, source: str, worked: Hours, at: datetime
) -> Holiday:
    _check_day(worked)
    named(name)
    if not source.strip():
        raise Refused("source-missing", on=on)
    return Holiday(
        unit_id=unit_id, on=on, name=name, source=source, known_from=at, hours=hours.dump(worked)
    )


def _added(holidays: Sequence[Holiday]) -> events.HolidaysAdded:
    return events.HolidaysAdded(
        count=len(holidays),
        first=holidays[0].on.isoformat(),
        last=holidays[-1].on.isoformat(),
        holidays=tuple(holiday.pk for holiday in holidays),
        unit=holidays[0].unit_id,
    )


def _closed(closed: Holiday) -> events.ClosureAdded:
    return events.ClosureAdded(
        holiday=closed.pk, on=closed.on.isoformat(), hours=closed.hours, unit=closed.unit_id
    )


def _withdrawn(holiday: Holiday) -> events.HolidayWithdrawn:
    return events.HolidayWithdrawn(
        holiday=holiday.pk, on=holiday.on.isoformat(), unit=holiday.unit_id
    )


def _bound(bound: RegimeBinding, digest: str) -> events.RegimeBound:
    return events.RegimeBound(
        pack=bound.pack,
        digest=digest,
        parameters=bound.parameters,
        valid_from=bound.valid_from,
        unit=bound.unit_id,
    )
