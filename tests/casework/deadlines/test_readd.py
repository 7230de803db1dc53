"""An altered working is found out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.casework.deadlines.worlds import at, closed, hold, london, rule

from pasokh.casework.deadlines.due import due
from pasokh.casework.deadlines.readd import readd
from pasokh.casework.deadlines.working import Code, Line
from pasokh.policy.regimes.pack import Unit

CALENDAR = london(closed(at(london(), 2026, 6, 15).date() + timedelta()))
RECEIVED = at(CALENDAR, 2026, 6, 10, 11, 30)
HELD = hold(at(CALENDAR, 2026, 6, 17, 9), at(CALENDAR, 2026, 6, 18, 9))
DAYS = due(rule(8), {"received": RECEIVED}, [HELD], CALENDAR)
HOURS = due(rule(20, Unit.WORKING_HOURS), {"received": RECEIVED}, [HELD], CALENDAR)


def test_an_honest_working_gives_the_answer() -> None:
    assert readd(DAYS.working) == DAYS.at
    assert readd(HOURS.working) == HOURS.at
    assert readd(()) is None


@pytest.mark.parametrize("working", [DAYS.working, HOURS.working], ids=["days", "hours"])
def test_a_line_taken_out_is_found(working: tuple[Line, ...]) -> None:
    for taken in range(1, len(working)):
        if working[taken].code is Code.UNKNOWN:
            continue
        with pytest.raises(ValueError, match=r".+: .+"):
            readd(working[:taken] + working[taken + 1 :])


@pytest.mark.parametrize("working", [DAYS.working, HOURS.working], ids=["days", "hours"])
def test_a_line_written_twice_is_found(working: tuple[Line, ...]) -> None:
    for number, line in enumerate(working[1:-1], start=1):
        with pytest.raises(ValueError, match=r".+: .+"):
            readd((*working[:number], line, *working[number:]))


def test_a_day_moved_from_counted_to_skipped_is_found() -> None:
    for number, line in enumerate(DAYS.working):
        if line.code in (Code.COUNTED, Code.WEEKEND, Code.HOLIDAY, Code.HOLD):
            other = Code.WEEKEND if line.code is Code.COUNTED else Code.COUNTED
            amount = 0 if other is Code.WEEKEND else 1
            false = replace(line, code=other, amount=amount)
            with pytest.raises(ValueError, match=r".+: .+"):
                readd((*DAYS.working[:number], false, *DAYS.working[number + 1 :]))


def test_another_hour_of_closing_gives_another_answer() -> None:
    due_line = DAYS.working[-1]
    later = replace(due_line, facts={**due_line.facts, "time": "18:00"})

    assert DAYS.at
    assert readd((*DAYS.working[:-1], later)) == DAYS.at + timedelta(hours=1)


def test_another_date_is_found() -> None:
    due_line = DAYS.working[-1]
    assert due_line.on

    with pytest.raises(ValueError, match="due on another day"):
        readd((*DAYS.working[:-1], replace(due_line, on=due_line.on + timedelta(days=1))))
