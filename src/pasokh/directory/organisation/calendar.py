"""Working time as dated data: weeks, holidays and closures, and what was known of them when.

Pure. Wall-clock times are local to the calendar's zone; instants are aware datetimes.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

#: Working hours of one day, in order, not overlapping: ((start, end), …). `time.max` as an end means midnight.
Hours = tuple[tuple[time, time], ...]


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
class Calendar:
    """The working time of a unit: its zone, its dated weeks and its holidays.

    `known_until` is the last date for which holidays have been entered; past it a deadline is
    computed all the same, and its working says so. `version` names this state of the data.
    """

    zone: str
    weeks: tuple[Week, ...]
    holidays: tuple[Holiday, ...]
    known_until: date | None
    version: str
