"""Worked examples, one for each rule and each trap of the regimes we know."""

from datetime import UTC, date, datetime, time

import pytest
from tests.casework.deadlines.worlds import (
    DAY,
    NINE_TO_FIVE,
    at,
    closed,
    hold,
    local,
    london,
    more,
    rule,
    tehran,
)

from pasokh.casework.deadlines.due import due
from pasokh.casework.deadlines.working import Answer, Code, Line
from pasokh.directory.organisation.calendar import Calendar, Week
from pasokh.policy.regimes import packs
from pasokh.policy.regimes.pack import DayZero, EndOfDay, OutOfHours, Roll, Unit

LONDON, TEHRAN = london(), tehran()
#: A Wednesday.
RECEIVED = at(LONDON, 2026, 6, 10, 11, 30)


def deadline(
    clock: object, start: datetime, calendar: Calendar = LONDON, *given: object
) -> str | None:
    answer = due(clock, {"received": start}, (), calendar, *given)  # type: ignore[arg-type]
    return local(calendar, answer.at)


def codes(answer: Answer) -> list[Code]:
    return [line.code for line in answer.working]


# The units


def test_working_days_count_from_the_day_after_to_close_of_business() -> None:
    assert deadline(rule(3), RECEIVED) == "2026-06-15 17:00"


def test_calendar_days_that_end_on_a_weekend_roll_to_the_next_working_day() -> None:
    assert deadline(rule(3, Unit.CALENDAR_DAYS), RECEIVED) == "2026-06-15 17:00"
    assert deadline(rule(3, Unit.CALENDAR_DAYS, roll=Roll.SAME), RECEIVED) == "2026-06-13 23:59"
    assert deadline(rule(3, Unit.CALENDAR_DAYS, roll=Roll.PREVIOUS), RECEIVED) == "2026-06-12 17:00"


def test_a_deadline_is_never_rolled_back_before_the_day_it_began() -> None:
    saturday = at(LONDON, 2026, 6, 13, 12)
    clock = rule(1, Unit.CALENDAR_DAYS, roll=Roll.PREVIOUS)

    assert deadline(clock, saturday) == "2026-06-13 23:59"


def test_weeks_are_seven_calendar_days() -> None:
    assert deadline(rule(8, Unit.WEEKS), RECEIVED) == "2026-08-05 17:00"


def test_months_end_on_the_same_day_or_the_last_of_a_shorter_month() -> None:
    end_of_january = at(LONDON, 2026, 1, 31, 10)
    clock = rule(1, Unit.MONTHS, roll=Roll.SAME, ends=EndOfDay.MIDNIGHT)

    assert deadline(clock, end_of_january) == "2026-02-28 23:59"
    assert deadline(rule(12, Unit.MONTHS, ends=EndOfDay.MIDNIGHT), RECEIVED) == "2027-06-10 23:59"


def test_working_hours_stop_over_night_and_over_the_weekend() -> None:
    friday = at(LONDON, 2026, 6, 12, 16)

    assert deadline(rule(1, Unit.WORKING_HOURS), friday) == "2026-06-12 17:00"
    assert deadline(rule(4, Unit.WORKING_HOURS), friday) == "2026-06-15 12:00"


def test_working_hours_that_begin_out_of_hours_count_from_the_opening() -> None:
    assert deadline(rule(2, Unit.WORKING_HOURS), at(LONDON, 2026, 6, 13, 3)) == "2026-06-15 11:00"


def test_split_days_and_lunch_are_left_out_of_working_hours() -> None:
    split = ((time(8), time(12)), (time(13), time(17)))
    calendar = Calendar("UTC", (Week(date(2000, 1, 1), (split,) * 7),), (), None, "1")  # type: ignore[arg-type]
    ten = datetime(2026, 6, 10, 10, tzinfo=UTC)

    assert deadline(rule(3, Unit.WORKING_HOURS), ten, calendar) == "2026-06-10 14:00"


def test_a_week_that_knows_only_one_working_day_counts_right() -> None:
    tuesdays = ((), NINE_TO_FIVE, (), (), (), (), ())
    calendar = Calendar("UTC", (Week(date(2000, 1, 1), tuesdays),), (), None, "1")

    assert deadline(rule(2), RECEIVED, calendar) == "2026-06-23 17:00"


def test_clock_hours_run_through_the_night_and_may_roll_to_the_opening() -> None:
    evening = at(LONDON, 2026, 6, 12, 20)

    assert deadline(rule(24, Unit.CLOCK_HOURS), evening) == "2026-06-13 20:00"
    assert deadline(rule(24, Unit.CLOCK_HOURS, roll=Roll.NEXT), evening) == "2026-06-15 09:00"
    assert deadline(rule(24, Unit.CLOCK_HOURS, roll=Roll.PREVIOUS), evening) == "2026-06-12 20:00"
    assert deadline(
        rule(10, Unit.CLOCK_HOURS, roll=Roll.PREVIOUS), at(LONDON, 2026, 6, 12, 15)
    ) == ("2026-06-12 17:00")


# The day it begins


def test_the_day_of_receipt_may_be_the_first_day() -> None:
    assert deadline(rule(3, day_zero=DayZero.COUNTED), RECEIVED) == "2026-06-12 17:00"


def test_what_arrives_after_the_cutoff_counts_as_the_next_days() -> None:
    clock = rule(3, cutoff=time(16))

    assert deadline(clock, at(LONDON, 2026, 6, 10, 15, 59)) == "2026-06-15 17:00"
    assert deadline(clock, at(LONDON, 2026, 6, 10, 16)) == "2026-06-16 17:00"
    assert deadline(rule(3, cutoff=EndOfDay.CLOSE), at(LONDON, 2026, 6, 10, 17)) == (
        "2026-06-16 17:00"
    )


def test_what_arrives_on_a_weekend_counts_as_the_rule_says() -> None:
    saturday = at(LONDON, 2026, 6, 13, 12)

    assert deadline(rule(1), saturday) == "2026-06-15 17:00"
    assert deadline(rule(1, out_of_hours=OutOfHours.NEXT_WORKING_DAY), saturday) == (
        "2026-06-16 17:00"
    )


def test_late_on_a_friday_and_late_on_a_saturday_come_to_the_same() -> None:
    late = at(LONDON, 2026, 6, 12, 18)
    as_it_is = rule(1, cutoff=time(16))
    next_worked = rule(1, cutoff=time(16), out_of_hours=OutOfHours.NEXT_WORKING_DAY)

    assert [deadline(as_it_is, late + n * DAY) for n in range(3)] == [
        *("2026-06-15 17:00", "2026-06-15 17:00", "2026-06-16 17:00")
    ]
    assert [deadline(next_worked, late + n * DAY) for n in range(3)] == ["2026-06-16 17:00"] * 3


def test_the_working_says_why_the_start_moved() -> None:
    clock = rule(1, cutoff=time(16), out_of_hours=OutOfHours.NEXT_WORKING_DAY)
    late = due(clock, {"received": at(LONDON, 2026, 6, 12, 18)}, (), LONDON)

    assert codes(late) == [
        *(Code.START, Code.AFTER_CUTOFF, Code.WEEKEND, Code.DAY_ZERO),
        *(Code.LENGTH, Code.COUNTED, Code.DUE),
    ]


def test_without_a_start_there_is_no_deadline_and_the_working_says_what_it_waits_for() -> None:
    answer = due(rule(3, starts=("acknowledged", "received")), {}, (), LONDON)

    assert answer == Answer(
        None, (Line(Code.NO_START, facts={"starts": ["acknowledged", "received"]}),)
    )


def test_the_first_preferred_start_that_exists_is_taken() -> None:
    clock = rule(1, starts=("acknowledged", "received"))
    both = {"received": RECEIVED, "acknowledged": RECEIVED + DAY}

    assert local(LONDON, due(clock, both, (), LONDON).at) == "2026-06-12 17:00"
    assert deadline(clock, RECEIVED) == "2026-06-11 17:00"


def test_a_calendar_without_working_time_gives_no_deadline_and_says_so() -> None:
    never = Calendar("UTC", (), (), None, "1")

    for unit in (Unit.WORKING_DAYS, Unit.WORKING_HOURS):
        answer = due(rule(1, unit), {"received": RECEIVED}, (), never)
        assert answer.at is None
        assert codes(answer)[-1] is Code.NO_WORKING_TIME


# Holds and extensions


@pytest.mark.clause("10002:7.3")
def test_an_open_hold_leaves_no_deadline_and_says_what_is_left() -> None:
    held = hold(at(LONDON, 2026, 6, 15, 10), None)
    answer = due(rule(10), {"received": RECEIVED}, [held], LONDON)

    assert answer.at is None
    assert answer.working[-1] == Line(Code.LEFT, amount=8, facts={"unit": "working-days"})


def test_an_open_hold_leaves_working_hours_to_the_second() -> None:
    held = hold(at(LONDON, 2026, 6, 11, 10, 15), None)
    answer = due(rule(10, Unit.WORKING_HOURS), {"received": RECEIVED}, [held], LONDON)

    assert answer.working[-1] == Line(Code.LEFT, amount=11700, facts={"unit": "seconds"})


def test_each_day_that_ended_on_hold_is_not_counted() -> None:
    held = hold(at(LONDON, 2026, 6, 12, 10), at(LONDON, 2026, 6, 16, 10))
    answer = due(rule(5), {"received": RECEIVED}, [held], LONDON)

    # Friday and Monday were on hold as they ended; the weekend between them is a weekend.
    assert local(LONDON, answer.at) == "2026-06-19 17:00"
    assert [line.on for line in answer.working if line.code is Code.HOLD] == [
        date(2026, 6, 12),
        date(2026, 6, 15),
    ]


def test_a_hold_over_half_a_year_is_taken_out_whole() -> None:
    """frappe/helpdesk PR 3776: a hold from February to August still showed 42 days."""
    start = at(LONDON, 2026, 1, 30, 12)
    held = hold(at(LONDON, 2026, 2, 2, 9), at(LONDON, 2026, 8, 3, 9))

    assert local(LONDON, due(rule(5), {"received": start}, [held], LONDON).at) == "2026-08-07 17:00"


def test_a_hold_that_began_after_the_deadline_changes_nothing() -> None:
    late = hold(at(LONDON, 2026, 6, 15, 17, 1), at(LONDON, 2026, 7, 1, 9))
    never_ended = hold(at(LONDON, 2026, 6, 15, 17, 1), None)

    for held in (late, never_ended):
        answer = due(rule(3), {"received": RECEIVED}, [held], LONDON)
        assert local(LONDON, answer.at) == "2026-06-15 17:00"


def test_a_deadline_never_falls_inside_a_hold() -> None:
    held = hold(at(LONDON, 2026, 6, 15, 9), at(LONDON, 2026, 6, 15, 18))
    answer = due(rule(3), {"received": RECEIVED}, [held], LONDON)

    assert local(LONDON, answer.at) == "2026-06-16 17:00"


def test_a_hold_of_a_category_that_does_not_pause_a_clock_is_passed_over() -> None:
    held = hold(at(LONDON, 2026, 6, 11, 9), None, category="court")
    answer = due(rule(3, pauses=("complainant",)), {"received": RECEIVED}, [held], LONDON)

    assert local(LONDON, answer.at) == "2026-06-15 17:00"


def test_an_extension_goes_on_counting_where_the_length_ended() -> None:
    assert deadline(rule(3), RECEIVED, LONDON, [more(10)]) == deadline(rule(13), RECEIVED)
    one_month_twice = deadline(rule(1, Unit.MONTHS), RECEIVED, LONDON, [more(1, Unit.MONTHS)])
    assert one_month_twice == deadline(rule(2, Unit.MONTHS), RECEIVED)


# What is known


def test_a_deadline_past_the_last_known_holiday_says_so() -> None:
    known = london(known_until=date(2026, 6, 14))

    assert due(rule(3), {"received": RECEIVED}, (), known).working[-1] == Line(
        Code.UNKNOWN, on=date(2026, 6, 14)
    )
    assert codes(due(rule(2), {"received": RECEIVED}, (), known))[-1] is Code.DUE


def test_an_answer_redrawn_as_it_stood_does_not_know_the_later_closure() -> None:
    learnt = at(LONDON, 2026, 6, 12, 8)
    full = london(closed(date(2026, 6, 12), known_from=learnt))

    before = due(rule(3), {"received": RECEIVED}, (), full.as_known(RECEIVED))
    after = due(rule(3), {"received": RECEIVED}, (), full.as_known(learnt))

    assert [local(LONDON, before.at), local(LONDON, after.at)] == [
        "2026-06-15 17:00",
        "2026-06-16 17:00",
    ]


# Time zones


def test_close_of_business_is_the_local_one_on_both_sides_of_summer_time() -> None:
    friday = at(LONDON, 2026, 3, 27, 12)
    answer = due(rule(1), {"received": friday}, (), LONDON)

    assert answer.at == datetime(2026, 3, 30, 16, tzinfo=UTC)
    assert due(rule(1), {"received": at(LONDON, 2026, 3, 26, 12)}, (), LONDON).at == datetime(
        2026, 3, 27, 17, tzinfo=UTC
    )


def test_clock_hours_over_the_change_are_elapsed_hours() -> None:
    evening = at(LONDON, 2026, 3, 28, 20)

    assert deadline(rule(12, Unit.CLOCK_HOURS), evening) == "2026-03-29 09:00"


def test_the_date_of_receipt_is_the_organisations_not_the_viewers() -> None:
    nearly_midnight_utc = datetime(2026, 6, 13, 21, 0, tzinfo=UTC)

    # 00:30 on Sunday in Tehran, still Saturday in London.
    assert deadline(rule(1), nearly_midnight_utc, TEHRAN) == "2026-06-15 16:00"


# Traps of the regimes


@pytest.mark.clause("uk-housing-2024:6.3")
def test_trap_acknowledging_early_brings_a_housing_answer_forward() -> None:
    clock = packs.load("uk-housing-2024").clock("respond", 1)
    assert clock
    early = {"received": RECEIVED, "acknowledged": RECEIVED + DAY}
    late = {"received": RECEIVED, "acknowledged": RECEIVED + 7 * DAY}

    assert due(clock, {"received": RECEIVED}, (), LONDON).at is None
    assert local(LONDON, due(clock, early, (), LONDON).at) == "2026-06-25 17:00"
    assert local(LONDON, due(clock, late, (), LONDON).at) == "2026-07-01 17:00"


def test_trap_weeks_for_one_complaint_and_business_days_for_another() -> None:
    assert deadline(rule(8, Unit.WEEKS, roll=Roll.SAME), RECEIVED) == "2026-08-05 17:00"
    assert deadline(rule(15), RECEIVED) == "2026-07-01 17:00"
    assert deadline(rule(35), RECEIVED) == "2026-07-29 17:00"


def test_trap_three_business_days_from_the_day_after_receipt_to_close_of_business() -> None:
    thursday_before_easter = at(LONDON, 2026, 4, 2, 16, 50)
    easter = london(
        closed(date(2026, 4, 3), "Good Friday"), closed(date(2026, 4, 6), "Easter Monday")
    )

    assert deadline(rule(3), thursday_before_easter, easter) == "2026-04-09 17:00"


def test_trap_a_calendar_period_is_not_shortened_by_holidays() -> None:
    holidays = [closed(date(2026, 6, day)) for day in range(15, 20)]

    assert deadline(rule(30, Unit.CALENDAR_DAYS), RECEIVED, london(*holidays)) == "2026-07-10 17:00"


def test_trap_a_forwarded_complaint_counts_from_our_own_receipt() -> None:
    incident = {"incident": RECEIVED - 20 * DAY, "received": RECEIVED}

    assert local(LONDON, due(rule(1), incident, (), LONDON).at) == "2026-06-11 17:00"


@pytest.mark.clause("10002:7.3")
def test_trap_a_closure_declared_with_hours_of_notice_moves_an_iranian_deadline() -> None:
    nowruz = [closed(date(2026, 3, 21) + n * DAY, "Nowruz") for n in range(4)]
    nature = [closed(date(2026, 4, 1), "Republic"), closed(date(2026, 4, 2), "Nature")]
    clock = packs.load("ir-bank-1393").clock("respond", 1)
    assert clock
    start = {"received": at(TEHRAN, 2026, 2, 21, 10)}
    smog = [closed(date(2026, 3, 1) + n * DAY, "Closed by decree") for n in range(5)]

    before = due(clock, start, (), tehran(*nowruz, *nature))
    after = due(clock, start, (), tehran(*nowruz, *nature, *smog))

    assert [local(TEHRAN, before.at), local(TEHRAN, after.at)] == [
        "2026-04-04 16:00",
        "2026-04-09 12:00",
    ]


def test_trap_a_week_that_loses_its_thursday_from_a_date_on() -> None:
    work = ((time(8), time(16)),)
    with_thursday = Week(date(2000, 1, 1), (work, work, work, work, (), work, work))
    without = Week(date(2026, 6, 13), (work, work, work, (), (), work, work))
    calendar = Calendar("Asia/Tehran", (with_thursday, without), (), None, "1")

    assert deadline(rule(8), at(calendar, 2026, 6, 10, 9), calendar) == "2026-06-21 16:00"
