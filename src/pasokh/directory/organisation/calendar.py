"""Working time as dated data: weeks, holidays and closures, and what was known of them when.

Pure. Wall-clock times are local to the calendar's zone; instants are aware datetimes. A time
the clocks skip in spring is the instant they skip at; a time they repeat in autumn is its first.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

#: Working hours of one day, in order, not overlapping: ((start, end), …). `time.max` as an end
#: means midnight.
Hours = tuple[tuple[time, time], ...]

#: A stretch of working time as two instants in UTC, the end not included.
Span = tuple[datetime, datetime]

T = TypeVar("T")

#: Answers that one calendar keeps; then it begins anew.
_MOST_COUNTED = 500

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Week:
    """The ordinary week from a date on: hours for Monday to Sunday; no hours is a weekend day."""

    valid_from: date
    days: tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]


@dataclass(frozen=True)
class Holiday:
    """One day that is not (wholly) worked, with its source and when we learnt of it.

    `hours` are those still worked on a half day; none on a full holiday.
    """

    on: date
    name: dict[str, str]
    source: str
    known_from: datetime
    withdrawn_at: datetime | None = None
    hours: Hours = ()


@dataclass(frozen=True)
class Day:
    """One date of a calendar: the hours worked, and the holiday that shortens or takes it.

    A day without hours and without holiday is a weekend day; so is a holiday on a weekend.
    """

    on: date
    hours: Hours
    holiday: Holiday | None = None

    @property
    def worked(self) -> bool:
        return bool(self.hours)


@dataclass(frozen=True)
class Calendar:
    """The working time of a unit: its zone, its dated weeks and its holidays.

    `known_until` is the last date for which holidays have been entered; past it a deadline is
    computed all the same, and its working says so. `version` names this state of the data.
    Before the first week's date the first week holds; without a week nothing is worked.
    Withdrawn holidays do not count.
    """

    zone: str
    weeks: tuple[Week, ...]
    holidays: tuple[Holiday, ...]
    known_until: date | None
    version: str

    def as_known(self, at: datetime) -> "Calendar":
        """This calendar with the holidays that were known, and not yet withdrawn, at an instant."""
        if self._all_known_from <= at:
            return self
        known = tuple(
            replace(holiday, withdrawn_at=None) if holiday.withdrawn_at else holiday
            for holiday in self.holidays
            if holiday.known_from <= at
            and (holiday.withdrawn_at is None or at < holiday.withdrawn_at)
        )
        return self if known == self.holidays else replace(self, holidays=known)

    def day(self, on: date) -> Day:
        """The hours of a date, and the holiday that accounts for them."""
        found = self._days.get(on)
        if found is None:
            found = self._days[on] = self._day(on)
        return found

    def spans(self, on: date) -> tuple[Span, ...]:
        """The working time of a date as instants; spans that summer time swallows are left out."""
        found = self._spans.get(on)
        if found is None:
            found = self._spans[on] = self._spans_of(self.day(on))
        return found

    def once(self, asked: Hashable, count: Callable[[], T]) -> T:
        """What was counted with this calendar before under the same question, or is counted now.

        Every verb asks anew what most verbs do not change, and files of one day ask alike.
        """
        found: T | None = self._counted.get(asked)
        if found is None:
            if len(self._counted) >= _MOST_COUNTED:
                self._counted.clear()
            found = self._counted[asked] = count()
        return found

    def local(self, at: datetime) -> datetime:
        """The wall-clock time of an instant in this calendar's zone."""
        return at.astimezone(self.tz)

    def instant(self, on: date, at: time) -> datetime:
        """The instant in UTC at which the wall clock shows a time of a date."""
        return instant(self.tz, on, at)

    def end(self, on: date, at: time) -> datetime:
        """The instant in UTC at which a span ends: as `instant`, and midnight for `time.max`."""
        return self.midnight(on) if at == time.max else instant(self.tz, on, at)

    def midnight(self, on: date) -> datetime:
        """The instant in UTC at which a date is over: the first one of the next date."""
        return instant(self.tz, on + _DAY, time.min)

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @cached_property
    def _days(self) -> dict[date, Day]:
        return {}

    @cached_property
    def _spans(self) -> dict[date, tuple[Span, ...]]:
        return {}

    @cached_property
    def _counted(self) -> dict[Hashable, Any]:
        return {}

    @cached_property
    def _all_known_from(self) -> datetime:
        """From when on each holiday counts as it stands here; never, if one was withdrawn."""
        if any(holiday.withdrawn_at for holiday in self.holidays):
            return datetime.max.replace(tzinfo=UTC)
        since = (holiday.known_from for holiday in self.holidays)
        return max(since, default=datetime.min.replace(tzinfo=UTC))

    @cached_property
    def _closures(self) -> dict[date, list[Holiday]]:
        closures: dict[date, list[Holiday]] = {}
        for holiday in self.holidays:
            if holiday.withdrawn_at is None:
                closures.setdefault(holiday.on, []).append(holiday)
        return closures

    @cached_property
    def _weeks(self) -> tuple[Week, ...]:
        return tuple(sorted(self.weeks, key=lambda week: week.valid_from, reverse=True))

    @cached_property
    def _first(self) -> Week | None:
        return self._weeks[-1] if self._weeks else None

    def _day(self, on: date) -> Day:
        week = next((week for week in self._weeks if week.valid_from <= on), self._first)
        hours: Hours = week.days[on.weekday()] if week else ()
        cause = None
        for holiday in self._closures.get(on, ()):
            left = overlap(hours, holiday.hours)
            if left != hours:
                hours, cause = left, holiday
        return Day(on, hours, cause)

    def _spans_of(self, day: Day) -> tuple[Span, ...]:
        each = ((self.instant(day.on, start), self.end(day.on, end)) for start, end in day.hours)
        return tuple((start, end) for start, end in each if start < end)


def overlap(hours: Hours, others: Hours) -> Hours:
    """The hours that lie in both; so a half day never adds working time to a week."""
    both = ((max(a, c), min(b, d)) for a, b in hours for c, d in others)
    return tuple(sorted((start, end) for start, end in both if start < end))


def instant(tz: ZoneInfo, on: date, at: time) -> datetime:
    """The instant in UTC at which a wall clock shows a time of a date.

    A time shown twice is its first showing. A time never shown is the instant of the change,
    so that hours which the clocks skip have no length instead of moving into the next hour.
    """
    before = datetime.combine(on, at, tzinfo=tz)
    after = before.replace(fold=1)
    if before.utcoffset() == after.utcoffset():
        return before.astimezone(UTC)
    early, late = sorted((before.astimezone(UTC), after.astimezone(UTC)))
    if early.astimezone(tz).replace(tzinfo=None) == before.replace(tzinfo=None):
        return early
    return _change(tz, early, late)


def _change(tz: ZoneInfo, early: datetime, late: datetime) -> datetime:
    """The instant between two at which a zone changes its offset, to the second."""
    offset = early.astimezone(tz).utcoffset()
    early = early.replace(microsecond=0)
    steps = int((late - early) / _SECOND) + 1
    low, high = 0, steps
    while high - low > 1:
        middle = (low + high) // 2
        if (early + middle * _SECOND).astimezone(tz).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return early + high * _SECOND
