"""What holds of every deadline, whatever the calendar, the clock and the holds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.casework.deadlines import worlds
from tests.casework.deadlines.worlds import DAY, UNITS_OF_DAYS

from pasokh.casework.deadlines.due import Interval, due
from pasokh.casework.deadlines.readd import readd
from pasokh.casework.deadlines.working import COUNTING, TILES, Answer, Code, dump, expand, load
from pasokh.directory.organisation.calendar import Calendar, Holiday
from pasokh.policy.regimes.pack import ClockRule, OutOfHours, Roll, Unit

WORKING = (Unit.WORKING_DAYS, Unit.WORKING_HOURS)


def find(
    clock: ClockRule, start: datetime, calendar: Calendar, holds: Sequence[Interval] = ()
) -> Answer:
    return due(clock, {"received": start}, holds, calendar)


@pytest.mark.clause("10002:7.3")
@given(st.data(), worlds.rules(), worlds.starts, worlds.calendars(), worlds.holds())
def test_the_working_always_adds_up_to_the_answer(
    data: st.DataObject,
    clock: ClockRule,
    start: datetime,
    calendar: Calendar,
    holds: list[Interval],
) -> None:
    extensions = data.draw(worlds.extensions(clock))
    answer = due(clock, {"received": start}, holds, calendar, extensions)

    assert readd(answer.working) == answer.at
    assert load(dump(answer)) == answer


@given(worlds.rules(UNITS_OF_DAYS), worlds.starts, worlds.calendars(), worlds.holds())
def test_every_day_from_the_start_to_the_deadline_has_exactly_one_line(
    clock: ClockRule, start: datetime, calendar: Calendar, holds: list[Interval]
) -> None:
    answer = find(clock, start, calendar, holds)
    assume(answer.at is not None)
    days = [line.on for line in expand(answer.working) if line.code in TILES]
    first = calendar.local(start).date()

    assert days == [first + n * DAY for n in range(len(days))]


@given(worlds.rules(), worlds.starts, worlds.calendars(), worlds.holidays)
def test_more_holidays_never_make_a_deadline_that_rolls_forward_earlier(
    clock: ClockRule, start: datetime, calendar: Calendar, extra: list[Holiday]
) -> None:
    clock = replace(clock, roll=Roll.NEXT)
    before = find(clock, start, calendar)
    after = find(clock, start, replace(calendar, holidays=(*calendar.holidays, *extra)))
    assume(before.at is not None and after.at is not None)

    assert after.at >= before.at  # type: ignore[operator]


@given(
    worlds.rules(UNITS_OF_DAYS[1:], out_of_hours=OutOfHours.SAME_DAY, cutoff=None),
    worlds.starts,
    worlds.calendars(),
    worlds.holidays,
)
def test_more_holidays_never_make_a_deadline_that_rolls_back_later(
    clock: ClockRule, start: datetime, calendar: Calendar, extra: list[Holiday]
) -> None:
    clock = replace(clock, roll=Roll.PREVIOUS)
    before = find(clock, start, calendar)
    after = find(clock, start, replace(calendar, holidays=(*calendar.holidays, *extra)))
    assume(before.at is not None and after.at is not None)

    assert after.at <= before.at  # type: ignore[operator]


@given(worlds.rules(), worlds.starts, worlds.calendars(), worlds.holds(open_too=False))
def test_holds_only_ever_put_a_deadline_off(
    clock: ClockRule, start: datetime, calendar: Calendar, holds: list[Interval]
) -> None:
    free = find(clock, start, calendar)
    held = find(clock, start, calendar, holds)
    assume(free.at is not None and held.at is not None)

    assert held.at >= free.at  # type: ignore[operator]
    if held.at != free.at:
        assert any(hold.from_at < held.at for hold in holds)  # type: ignore[operator]


@given(worlds.rules(), worlds.starts, worlds.calendars(), worlds.holds())
def test_a_hold_that_begins_after_the_deadline_never_moves_it(
    clock: ClockRule, start: datetime, calendar: Calendar, holds: list[Interval]
) -> None:
    free = find(clock, start, calendar)
    assume(free.at is not None)
    late = [hold for hold in holds if hold.from_at >= free.at]  # type: ignore[operator]

    assert find(clock, start, calendar, late) == free


@given(
    st.integers(1, 60),
    worlds.starts,
    worlds.calendars(),
    st.timedeltas(timedelta(), 40 * DAY),
    st.timedeltas(timedelta(), 40 * DAY),
)
def test_a_hold_shifts_working_days_by_exactly_the_working_days_that_ended_in_it(
    days: int, start: datetime, calendar: Calendar, after: timedelta, length: timedelta
) -> None:
    clock = worlds.rule(days, ends=worlds.EndOfDay.MIDNIGHT)
    held = worlds.hold(start + after, start + after + length)
    free, shifted = find(clock, start, calendar), find(clock, start, calendar, [held])
    assume(free.at is not None and shifted.at is not None)
    counted = [line.on for line in expand(shifted.working) if line.code in COUNTING]
    skipped = [line.on for line in expand(shifted.working) if line.code is Code.HOLD]

    assert len(counted) == days
    assert all(held.covers(calendar.midnight(on)) for on in skipped if on)
    assert not any(held.covers(calendar.midnight(on)) for on in counted if on)
    assert shifted.at == find(worlds.rule(days + len(skipped), ends=clock.ends), start, calendar).at


@given(st.integers(1, 200), worlds.starts, worlds.calendars(), st.timedeltas(timedelta(), 60 * DAY))
def test_a_hold_shifts_clock_hours_by_exactly_its_length(
    hours: int, start: datetime, calendar: Calendar, length: timedelta
) -> None:
    clock = worlds.rule(hours, Unit.CLOCK_HOURS)
    held = worlds.hold(start, start + length)

    assert find(clock, start, calendar, [held]).at == start + timedelta(hours=hours) + length


@given(
    st.sampled_from([*UNITS_OF_DAYS[:3], *WORKING[1:], Unit.CLOCK_HOURS]),
    st.integers(1, 15),
    st.integers(1, 15),
    worlds.starts,
    worlds.calendars(),
    worlds.holds(),
)
def test_an_extension_adds_exactly_its_own_length(
    unit: Unit, length: int, extra: int, start: datetime, calendar: Calendar, holds: list[Interval]
) -> None:
    extended = due(
        worlds.rule(length, unit), {"received": start}, holds, calendar, [worlds.more(extra, unit)]
    )
    longer = find(worlds.rule(length + extra, unit), start, calendar, holds)

    assert extended.at == longer.at


@given(worlds.rules(), worlds.starts, worlds.calendars(), worlds.holds(), worlds.starts)
def test_without_a_deadline_something_is_left_and_the_end_of_the_hold_gives_one(
    clock: ClockRule, start: datetime, calendar: Calendar, holds: list[Interval], until: datetime
) -> None:
    answer = find(clock, start, calendar, holds)
    left = [line for line in answer.working if line.code is Code.LEFT]

    assert (answer.at is None) == bool(left) or answer.working[-1].code is Code.NO_WORKING_TIME
    if left:
        [open_hold] = [hold for hold in holds if hold.until_at is None]
        ended = replace(open_hold, until_at=max(until, open_hold.from_at))
        found = find(clock, start, calendar, [*holds[:-1], ended])
        assert found.working[-1].code is Code.NO_WORKING_TIME or found.at
        assert not found.at or found.at > open_hold.from_at


@given(worlds.rules(), worlds.starts, worlds.calendars())
def test_a_later_start_never_gives_an_earlier_deadline(
    clock: ClockRule, start: datetime, calendar: Calendar
) -> None:
    clock = replace(clock, roll=Roll.NEXT)
    now, later = find(clock, start, calendar), find(clock, start + timedelta(hours=5), calendar)
    assume(now.at is not None and later.at is not None)

    assert now.at <= later.at  # type: ignore[operator]


@given(worlds.rules(WORKING), worlds.starts, worlds.calendars())
def test_a_deadline_in_working_time_falls_in_working_time(
    clock: ClockRule, start: datetime, calendar: Calendar
) -> None:
    answer = find(clock, start, calendar)
    assume(answer.at is not None)
    assert answer.at
    at = answer.at
    on = calendar.local(at - timedelta(microseconds=1)).date()
    spans = calendar.spans(on)

    assert calendar.day(on).worked or clock.roll is Roll.PREVIOUS
    if clock.length.unit is Unit.WORKING_HOURS:
        assert any(since < at <= until for since, until in spans)


@given(worlds.rules(), worlds.starts, worlds.calendars(), worlds.starts, worlds.starts)
def test_learning_of_holidays_never_brings_a_deadline_forward(
    clock: ClockRule, start: datetime, calendar: Calendar, one: datetime, other: datetime
) -> None:
    early, late = sorted((one, other))
    clock = replace(clock, roll=Roll.NEXT)
    learnt = tuple(
        replace(holiday, known_from=early if n % 2 else late)
        for n, holiday in enumerate(calendar.holidays)
    )
    full = replace(calendar, holidays=learnt)
    before, after = (find(clock, start, full.as_known(at)) for at in (early, late))
    assume(before.at is not None and after.at is not None)

    assert before.at <= after.at  # type: ignore[operator]
    assert find(clock, start, full.as_known(late)) == find(clock, start, calendar)


@given(st.integers(1, 48), st.integers(0, 30), st.integers(0, 23))
def test_months_keep_their_day_or_end_with_the_month(months: int, day: int, hour: int) -> None:
    calendar = worlds.london()
    start = datetime(2026, 1, 1, hour, tzinfo=worlds.UTC) + day * DAY
    answer = find(
        worlds.rule(months, Unit.MONTHS, roll=Roll.SAME, ends=worlds.EndOfDay.MIDNIGHT),
        start,
        calendar,
    )
    assert answer.at
    ended = calendar.local(answer.at).date()

    assert ended.day == day + 1 or (ended + DAY).day == 1
    assert (ended.year - 2026) * 12 + ended.month - 1 == months
