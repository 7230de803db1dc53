"""What the engine is asked: a clock, a start, the holds and extensions that bear on it. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from pasokh.casework.deadlines.working import Code, Line, Tally
from pasokh.directory.organisation.calendar import Calendar, Day
from pasokh.policy.regimes.pack import ClockRule, Length

#: Further than this without working time the engine does not look: about ten years.
HORIZON = 3660


@dataclass(frozen=True)
class Interval:
    """A time for which clocks were on hold: after `from_at`, up to `until_at`; open without one."""

    from_at: datetime
    until_at: datetime | None
    category: str

    def covers(self, at: datetime) -> bool:
        return self.from_at < at and (self.until_at is None or at <= self.until_at)

    @property
    def facts(self) -> dict[str, Any]:
        """What a line says of this hold; `open` while it has no end."""
        return {"category": self.category, **({} if self.until_at else {"open": 1})}


@dataclass(frozen=True)
class Extended:
    """An extension that was granted: how much more, and when."""

    length: Length
    at: datetime


@dataclass(frozen=True)
class Question:
    """One clock with everything its count needs; `holds` are in order of their beginning."""

    clock: ClockRule
    milestone: str
    start: datetime
    holds: tuple[Interval, ...]
    extended: tuple[Extended, ...]
    calendar: Calendar

    def begins(self, on: date) -> Line:
        """The line that says where the count starts; `on` is the local date of the start."""
        facts = {"milestone": self.milestone, "zone": self.calendar.zone}
        return Line(Code.START, on=on, since=self.start, facts=facts)

    def hold_at(self, at: datetime) -> Interval | None:
        """The hold that covers an instant."""
        return next((hold for hold in self.holds if hold.covers(at)), None)

    def held_over(self, on: date) -> Interval | None:
        """The hold that was open when a date ended."""
        return self.hold_at(self.calendar.midnight(on)) if self.holds else None

    def unknown(self, tally: Tally, on: date) -> None:
        """Say so when a deadline lies past the last date whose holidays are known."""
        known = self.calendar.known_until
        if known is None or on > known:
            tally.note(Code.UNKNOWN, on=known)


def idle(day: Day) -> tuple[Code, Mapping[str, Any]]:
    """Why a day that is not worked is not: the holiday, or the weekend."""
    if day.holiday is None:
        return Code.WEEKEND, {}
    return Code.HOLIDAY, holiday(day)


def holiday(day: Day) -> Mapping[str, Any]:
    """The facts of the holiday that takes or shortens a day; none when no holiday does."""
    if day.holiday is None:
        return {}
    return {"name": dict(day.holiday.name), "source": day.holiday.source}


def of_length(length: Length) -> dict[str, Any]:
    """A length as a line states it."""
    return {"amount": length.amount, "facts": {"unit": str(length.unit)}}


def of_extension(extended: Extended) -> dict[str, Any]:
    """An extension as a line states it, with the instant it was granted."""
    return {**of_length(extended.length), "since": extended.at}


def add_months(on: date, months: int) -> date:
    """The same day some months later, or the last of that month where it has no such day."""
    years, month = divmod(on.month - 1 + months, 12)
    first = date(on.year + years, month + 1, 1)
    following = (first + timedelta(days=31)).replace(day=1)
    return min(first + timedelta(days=on.day - 1), following - timedelta(days=1))
