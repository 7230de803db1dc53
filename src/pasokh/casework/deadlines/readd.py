"""Add a working up again, independently of the engine that wrote it. Pure.

An auditor's check: the lines must follow one another without gap or overlap, use up exactly
the length and its extensions, and end where the answer says.
"""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pasokh.casework.deadlines.question import add_months
from pasokh.casework.deadlines.working import COUNTING, TILES, Code, Line
from pasokh.directory.organisation.calendar import instant
from pasokh.policy.regimes.pack import Unit

_DAY = timedelta(days=1)


def readd(working: Sequence[Line]) -> datetime | None:
    """The deadline that the lines add up to, or None when they leave it open.

    ValueError, naming the line, when they do not add up.
    """
    if not working or working[0].code is Code.NO_START:
        return None
    if working[0].code is Code.NAMED:
        return _named(*working)
    start = working[0]
    _must(start.code is Code.START and start.since is not None, "no start", start)
    units = {Unit(line.facts["unit"]) for line in working if line.code in _LENGTHS}
    _must(len({unit.of_hours for unit in units}) == 1, "days and hours mixed", start)
    of_hours = next(iter(units)).of_hours
    return _hours(working) if of_hours else _days(working)


def _named(named: Line, due: Line) -> datetime:
    """Check that a day somebody named is the one it is due on."""
    if named.on is None:
        raise ValueError(f"{named.code}: no day")
    _must(due.code is Code.DUE and due.on == named.on, "due on another day", due)
    return _end(ZoneInfo(named.facts["zone"]), named.on, due.facts["time"])


_LENGTHS = (Code.LENGTH, Code.EXTENSION)
_OPEN = {Code.LEFT, Code.NO_WORKING_TIME}


def _days(working: Sequence[Line]) -> datetime | None:
    """Check that the days follow one another and that each length is used up."""
    zone = ZoneInfo(working[0].facts["zone"])
    _must(_local(working[0], zone) == working[0].on, "start on another date", working[0])
    legs = _Legs(working[0])
    for line in working[1:]:
        if line.code in TILES:
            legs.tile(line)
        elif line.code in _LENGTHS:
            legs.open(line)
        elif line.code is Code.LEFT:
            legs.need -= line.amount
        elif line.code is Code.ROLLED_BACK and line.on:
            _must(line.on <= legs.last, "rolled back to a later day", line)
            legs.last = line.on
        elif line.code is Code.DUE:
            legs.close(line)
            _must(line.on == legs.last, "due on another day", line)
            return _end(zone, legs.last, line.facts["time"])
    _must(any(line.code in _OPEN for line in working), "no end", working[-1])
    return None


class _Legs:
    """How far the days have been laid, and how many the present length still needs."""

    def __init__(self, start: Line) -> None:
        assert start.on  # noqa: S101  `_days` has just compared it
        self.last = start.on - _DAY
        self.zero: date | None = None
        self.need = 0
        self.anchor, self.months = start.on, 0

    @property
    def first(self) -> date:
        """The day the start counts as: day zero, or the first one counted."""
        return self.zero or self.last + _DAY

    def tile(self, line: Line) -> None:
        if line.on is None or line.to is None:
            raise ValueError(f"{line.code}: no days")
        _must(line.on == self.last + _DAY and line.to >= line.on, "gap or overlap", line)
        if line.code is Code.DAY_ZERO:
            self.zero = line.on
        if line.code in COUNTING:
            _must(line.amount == (line.to - line.on).days + 1, "a run miscounted", line)
            self.need -= line.amount
            _must(self.need >= 0, "more days than needed", line)
        self.last = line.to

    def open(self, line: Line) -> None:
        """Begin a length, the one before being used up."""
        _must(self.need == 0, "a length not used up", line)
        unit = Unit(line.facts["unit"])
        if unit is not Unit.MONTHS:
            self.months = 0
            self.need = line.amount * (7 if unit is Unit.WEEKS else 1)
            return
        if not self.months:
            self.anchor = self.last if line.code is Code.EXTENSION else self.first
        before = add_months(self.anchor, self.months)
        self.months += line.amount
        self.need = (add_months(self.anchor, self.months) - before).days

    def close(self, line: Line) -> None:
        _must(self.need == 0, "a length not used up", line)


def _hours(working: Sequence[Line]) -> datetime | None:
    """Check that the spans follow one another and that each length is used up."""
    at = working[0].since
    need = timedelta()
    for line in working[1:]:
        if line.code in TILES and line.since:
            _must(line.since == at, "gap or overlap", line)
            if line.until is None:
                return None
            _must(line.until > line.since, "an empty span", line)
            need -= line.until - line.since if line.code in COUNTING else timedelta()
            at = line.until
        elif line.code in _LENGTHS:
            _must(not need, "a length not used up", line)
            need = timedelta(hours=line.amount)
        elif line.code is Code.ROLLED_BACK:
            at = line.until
        elif line.code is Code.DUE:
            _must(not need and line.until == at, "due at another time", line)
            return at
    _must(any(line.code in _OPEN for line in working), "no end", working[-1])
    return None


def _local(start: Line, zone: ZoneInfo) -> date | None:
    return start.since.astimezone(zone).date() if start.since else None


def _end(zone: ZoneInfo, on: date, written: str) -> datetime:
    """The last moment of a day that ends at a local time; 24:00 is the last of its date."""
    if written == "24:00":
        return instant(zone, on + _DAY, time.min) - timedelta(microseconds=1)
    return instant(zone, on, time.fromisoformat(written)).astimezone(UTC)


def _must(holds: bool, fault: str, line: Line) -> None:
    if not holds:
        raise ValueError(f"{line.code}: {fault}")
