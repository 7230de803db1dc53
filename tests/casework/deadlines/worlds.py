"""Calendars and clocks that the tests of deadlines share, and strategies to draw them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from pasokh.casework.deadlines.due import Extended, Interval
from pasokh.directory.organisation.calendar import Calendar, Holiday, Hours, Week
from pasokh.policy.regimes.pack import (
    ClockRule,
    DayZero,
    EndOfDay,
    HoldCategory,
    Length,
    OutOfHours,
    Roll,
    Unit,
)

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NINE_TO_FIVE: Hours = ((time(9), time(17)),)
EIGHT_TO_FOUR: Hours = ((time(8), time(16)),)
HALF: Hours = ((time(8), time(12)),)
REST: Hours = ()

#: Monday to Friday, nine to five.
LONDON_WEEK = Week(date(2000, 1, 1), (*(NINE_TO_FIVE,) * 5, REST, REST))  # type: ignore[arg-type]
#: Saturday to Wednesday, eight to four, and Thursday until noon.
TEHRAN_WEEK = Week(
    date(2000, 1, 1),
    (EIGHT_TO_FOUR, EIGHT_TO_FOUR, EIGHT_TO_FOUR, HALF, REST, EIGHT_TO_FOUR, EIGHT_TO_FOUR),
)
UNITS_OF_DAYS = tuple(unit for unit in Unit if not unit.of_hours)


def closed(on: date, name: str = "Closed", **given: Any) -> Holiday:
    return Holiday(
        **{
            "on": on,
            "name": {"en": name, "fa": "تعطیل"},
            "source": "test",
            "known_from": LONG_AGO,
            **given,
        }
    )


def london(*holidays: Holiday, known_until: date | None = date(2040, 1, 1)) -> Calendar:
    return Calendar("Europe/London", (LONDON_WEEK,), holidays, known_until, "london-1")


def tehran(*holidays: Holiday, known_until: date | None = date(2040, 1, 1)) -> Calendar:
    return Calendar("Asia/Tehran", (TEHRAN_WEEK,), holidays, known_until, "tehran-1")


def at(calendar: Calendar, *parts: int) -> datetime:
    """The instant of a wall-clock time of a calendar."""
    return datetime(*parts, tzinfo=ZoneInfo(calendar.zone)).astimezone(UTC)  # type: ignore[misc,arg-type]


def local(calendar: Calendar, instant: datetime | None) -> str | None:
    """An instant as the wall clock of a calendar shows it, to the minute."""
    return f"{calendar.local(instant):%Y-%m-%d %H:%M}" if instant else None


def rule(amount: int, unit: Unit = Unit.WORKING_DAYS, **given: Any) -> ClockRule:
    return ClockRule(
        **{
            "name": "decide",
            "length": Length(amount, unit),
            "starts": ("received",),
            "satisfied_by": ("decided",),
            "pauses": tuple(HoldCategory),
            **({"roll": Roll.SAME} if unit.of_hours else {}),
            **given,
        }
    )


def more(amount: int, unit: Unit = Unit.WORKING_DAYS) -> Extended:
    return Extended(Length(amount, unit), LONG_AGO)


def hold(since: datetime, until: datetime | None, category: str = "complainant") -> Interval:
    return Interval(since, until, category)


# Strategies: half a year of 2026 with summer time beginning and ending in it where there is any.

starts = st.timedeltas(timedelta(), timedelta(days=364)).map(
    datetime(2026, 1, 1, tzinfo=UTC).__add__
)
holidays = st.lists(st.integers(0, 520), max_size=12).map(
    lambda days: [closed(date(2025, 12, 20) + day * DAY) for day in days]
)
zones = st.sampled_from(["Europe/London", "Asia/Tehran", "America/St_Johns", "Australia/Lord_Howe"])


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    """One to three spans of one day, to the quarter of an hour; the last may run to midnight."""
    quarters = draw(st.lists(st.integers(0, 96), min_size=2, max_size=6, unique=True).map(sorted))
    pairs = zip(quarters[::2], quarters[1::2], strict=False)
    return tuple((_quarter(start), _quarter(end)) for start, end in pairs)


def _quarter(number: int) -> time:
    return time.max if number == 96 else time(number // 4, number % 4 * 15)


@st.composite
def calendars(draw: st.DrawFn, with_holidays: bool = True) -> Calendar:
    """A calendar with some working time in its ordinary week."""
    some = st.sampled_from([REST, draw(hours()), draw(hours())])
    days = draw(st.tuples(*[some] * 7).filter(any))
    week = Week(date(2000, 1, 1), days)
    found = tuple(draw(holidays)) if with_holidays else ()
    return Calendar(draw(zones), (week,), found, date(2026, 9, 1), "drawn")


@st.composite
def rules(draw: st.DrawFn, units: Iterable[Unit] = tuple(Unit), **fixed: Any) -> ClockRule:
    """A clock of any unit with any of the rules that may go with it."""
    unit = draw(st.sampled_from(tuple(units)))
    most = {Unit.MONTHS: 6, Unit.WEEKS: 10}.get(unit, 40)
    cutoffs = st.one_of(st.none(), st.just(EndOfDay.CLOSE), st.times().map(_to_minute))
    drawn = {
        "day_zero": draw(st.sampled_from(DayZero)),
        "out_of_hours": draw(st.sampled_from(OutOfHours)),
        "ends": draw(st.sampled_from(EndOfDay)),
        "roll": draw(st.sampled_from(Roll)),
        "cutoff": draw(cutoffs),
    }
    return rule(draw(st.integers(1, most)), unit, **{**drawn, **fixed})


def _to_minute(moment: time) -> time:
    return moment.replace(second=0, microsecond=0)


@st.composite
def holds(draw: st.DrawFn, open_too: bool = True) -> list[Interval]:
    """Up to four holds in any order, overlapping or not, of any length up to sixty days."""
    lengths = st.timedeltas(timedelta(), 60 * DAY)
    found = draw(st.lists(st.tuples(starts, lengths), max_size=4))
    intervals = [hold(since, since + length) for since, length in found]
    if open_too and draw(st.booleans()):
        intervals.append(hold(draw(starts), None))
    return intervals


@st.composite
def extensions(draw: st.DrawFn, clock: ClockRule) -> list[Extended]:
    """Up to two extensions in units of the clock's kind."""
    of_hours = clock.length.unit.of_hours
    units = [unit for unit in Unit if unit.of_hours is of_hours and unit is not Unit.MONTHS]
    found = draw(st.lists(st.tuples(st.integers(1, 10), st.sampled_from(units)), max_size=2))
    return [more(amount, unit) for amount, unit in found]
