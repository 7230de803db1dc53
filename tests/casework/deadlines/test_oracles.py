"""Working hours and days against two libraries that count them in their own ways."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import workclock
from django_bizcal import WorkingCalendar
from hypothesis import given
from hypothesis import strategies as st
from tests.casework.deadlines import worlds

from pasokh.casework.deadlines.due import due
from pasokh.directory.organisation.calendar import Calendar, Hours
from pasokh.policy.regimes.pack import Unit

DAYS = [0, 1, 2, 3, 4, 5, 6]


def rust(calendar: Calendar) -> workclock.Schedule:
    """The calendar as `workclock` has it."""
    [week] = calendar.weeks
    rules: list[object] = [
        workclock.WorkDay(start, end, days=[day])
        for day, hours in enumerate(week.days)
        for start, end in hours
    ]
    rules.append(workclock.Holidays([holiday.on for holiday in calendar.holidays]))
    return workclock.Schedule(rules, time_zone=ZoneInfo(calendar.zone))


def bizcal(calendar: Calendar) -> WorkingCalendar:
    """The calendar as `django-bizcal` has it."""
    [week] = calendar.weeks
    return WorkingCalendar(
        tz=calendar.zone,
        weekly_schedule={day: list(week.days[day]) for day in DAYS},
        day_overrides={holiday.on: () for holiday in calendar.holidays},
    )


@st.composite
def office_hours(draw: st.DrawFn) -> Hours:
    """One or two spans between six and twenty o'clock, clear of every change of clocks."""
    quarters = draw(st.lists(st.integers(24, 80), min_size=2, max_size=4, unique=True).map(sorted))
    pairs = zip(quarters[::2], quarters[1::2], strict=False)
    return tuple((time(a // 4, a % 4 * 15), time(b // 4, b % 4 * 15)) for a, b in pairs)


@st.composite
def offices(draw: st.DrawFn) -> Calendar:
    some = st.sampled_from([worlds.REST, draw(office_hours()), draw(office_hours())])
    days = draw(st.tuples(*[some] * 7).filter(any))
    found = tuple(draw(worlds.holidays))
    week = worlds.Week(date(2000, 1, 1), days)
    return Calendar(draw(worlds.zones), (week,), found, None, "office")


@given(offices(), worlds.starts, st.integers(1, 60))
def test_working_hours_agree_with_workclock(
    calendar: Calendar, start: datetime, hours: int
) -> None:
    answer = due(worlds.rule(hours, Unit.WORKING_HOURS), {"received": start}, (), calendar)

    assert answer.at == rust(calendar).add(start, hours=hours)


@given(offices(), worlds.starts, st.integers(1, 20))
def test_working_hours_agree_with_bizcal(calendar: Calendar, start: datetime, hours: int) -> None:
    answer = due(worlds.rule(hours, Unit.WORKING_HOURS), {"received": start}, (), calendar)

    assert answer.at == bizcal(calendar).add_business_hours(start, hours)


@given(offices(), worlds.starts, st.integers(1, 40))
def test_working_days_are_the_days_that_bizcal_calls_so(
    calendar: Calendar, start: datetime, days: int
) -> None:
    answer = due(worlds.rule(days), {"received": start}, (), calendar)
    oracle = bizcal(calendar)
    day = calendar.local(start).date()
    left = days
    while left:
        day += worlds.DAY
        left -= bool(oracle.business_windows_for_day(day))

    assert answer.at == oracle.business_windows_for_day(day)[-1].end


def test_hours_over_nowruz_are_those_both_libraries_find() -> None:
    nowruz = [worlds.closed(date(2026, 3, 20) + n * worlds.DAY) for n in range(5)]
    calendar = worlds.tehran(*nowruz)
    start = worlds.at(calendar, 2026, 3, 18, 14)

    found = {
        hours: due(worlds.rule(hours, Unit.WORKING_HOURS), {"received": start}, (), calendar).at
        for hours in (3, 10)
    }

    assert found[3] == worlds.at(calendar, 2026, 3, 19, 9)
    assert found[10] == rust(calendar).add(start, hours=10)
    assert found[10] == bizcal(calendar).add_business_hours(start, 10)
