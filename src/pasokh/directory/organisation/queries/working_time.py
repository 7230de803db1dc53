"""Calendars and regimes: which working time and which rules bind a unit."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Max, Min

from pasokh.directory.organisation import calendar, hours
from pasokh.directory.organisation.models import Holiday, RegimeBinding, WorkingWeek
from pasokh.directory.organisation.queries import structure
from pasokh.directory.organisation.queries.structure import Chain
from pasokh.kernel.configuration import held, kept
from pasokh.kernel.errors import Refused
from pasokh.policy.regimes import packs
from pasokh.policy.regimes.pack import Pack

Weeks = Sequence[calendar.Week]


@dataclass(frozen=True)
class Regime:
    """The pack that binds a unit, and the organisation's own numbers for it."""

    pack: str
    parameters: Mapping[str, int]

    def load(self) -> Pack:
        """The pack with these numbers in it."""
        return packs.load(self.pack).with_parameters(self.parameters)


@kept
def calendar_for(unit_id: int | None) -> calendar.Calendar:
    """The working time of a unit; of the whole organisation for None.

    From its first week on, a unit's weeks come before those above it. Holidays add up: those
    of a unit and of all above it.
    """
    chain = structure.chains([unit_id])[unit_id]
    described, closed = structure.organisation(), _holidays()
    return _calendar(
        described.time_zone if described else "UTC",
        _in_force(chain, _weeks()),
        [holiday for above in chain for holiday in closed.get(above, ())],
    )


def calendars_for(unit_ids: Iterable[int | None]) -> dict[int | None, calendar.Calendar]:
    """The working time of each unit."""
    return {unit: calendar_for(unit) for unit in unit_ids}


def holidays(unit_id: int | None, since: date, until: date) -> list[Holiday]:
    """The holidays and closures entered for a unit itself between two dates, both included."""
    return list(Holiday.objects.filter(unit=unit_id, on__range=(since, until)).order_by("on", "pk"))


def holiday_span(unit_id: int | None) -> tuple[date, date] | None:
    """The first and the last day for which something is entered for a unit itself."""
    entered = Holiday.objects.filter(unit=unit_id).aggregate(first=Min("on"), last=Max("on"))
    return (entered["first"], entered["last"]) if entered["first"] else None


def entered_weeks() -> list[WorkingWeek]:
    """Every working week entered, of the organisation and of single units, the newest first."""
    return list(WorkingWeek.objects.order_by("-valid_from", "pk"))


@held()
def regime_for(unit_id: int | None, received_at: datetime) -> Regime:
    """The regime that binds what a unit received at an instant: the nearest one in force.

    Refused when the organisation has bound none.
    """
    own = own_regimes(received_at)
    for unit in structure.chains([unit_id])[unit_id]:
        if regime := own.get(unit):
            return regime
    raise Refused("no-regime-bound")


def own_regimes(at: datetime) -> dict[int | None, Regime]:
    """The regimes in force at an instant by the unit that has its own; under None that of all."""
    latest = {one.unit_id: one for one in _bindings() if one.valid_from <= at}
    return {unit: Regime(one.pack, one.parameters) for unit, one in latest.items() if one.pack}


@kept
def _bindings() -> tuple[RegimeBinding, ...]:
    return tuple(RegimeBinding.objects.order_by("valid_from", "pk"))


@kept
def _weeks() -> dict[int | None, list[calendar.Week]]:
    found: dict[int | None, list[calendar.Week]] = {}
    for row in WorkingWeek.objects.order_by("valid_from"):
        monday, tuesday, wednesday, thursday, friday, saturday, sunday = map(hours.load, row.days)
        days = (monday, tuesday, wednesday, thursday, friday, saturday, sunday)
        found.setdefault(row.unit_id, []).append(calendar.Week(row.valid_from, days))
    return found


@kept
def _holidays() -> dict[int | None, list[Holiday]]:
    found: dict[int | None, list[Holiday]] = {}
    for row in Holiday.objects.all():
        found.setdefault(row.unit_id, []).append(row)
    return found


def _in_force(chain: Chain, weeks: Mapping[int | None, Weeks]) -> Weeks:
    """The weeks of the nearest unit, after those above it that held before its first."""
    merged: list[calendar.Week] = []
    for unit in chain:
        own = weeks.get(unit, ())
        first = merged[0].valid_from if merged else date.max
        merged = [week for week in own if week.valid_from < first] + merged
    return merged


def _calendar(zone: str, weeks: Weeks, rows: Iterable[Holiday]) -> calendar.Calendar:
    rows = sorted(rows, key=lambda row: (row.on, row.pk))
    known = [row.on for row in rows if row.withdrawn_at is None and not row.closure]
    holidays = tuple(_holiday(row) for row in rows)
    return calendar.Calendar(
        zone=zone,
        weeks=tuple(weeks),
        holidays=holidays,
        known_until=max(known, default=None),
        version=_version(zone, weeks, holidays),
    )


def _holiday(row: Holiday) -> calendar.Holiday:
    return calendar.Holiday(
        on=row.on,
        name=asdict(row.name),
        source=row.source,
        known_from=row.known_from,
        withdrawn_at=row.withdrawn_at,
        hours=hours.load(row.hours),
    )


def _version(zone: str, weeks: Weeks, holidays: Iterable[calendar.Holiday]) -> str:
    data = [zone, *(asdict(week) for week in weeks), *(asdict(holiday) for holiday in holidays)]
    written = json.dumps(data, default=str, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:12]
