"""A working as data: runs share a line, every line survives JSON."""

import json
from datetime import date

from tests.casework.deadlines.worlds import at, closed, hold, london, more, rule

from pasokh.casework.deadlines.due import due
from pasokh.casework.deadlines.working import Code, Line, dump, expand, load

CALENDAR = london(closed(date(2026, 6, 15), "Closure"), known_until=date(2026, 6, 18))
RECEIVED = at(CALENDAR, 2026, 6, 10, 11, 30)
ANSWER = due(rule(6), {"received": RECEIVED}, (), CALENDAR, [more(2)])


def test_days_on_end_that_stand_for_the_same_reason_share_a_line() -> None:
    assert [(line.code, line.on, line.to, line.amount) for line in ANSWER.working[1:5]] == [
        (Code.DAY_ZERO, date(2026, 6, 10), date(2026, 6, 10), 0),
        (Code.LENGTH, None, None, 6),
        (Code.COUNTED, date(2026, 6, 11), date(2026, 6, 12), 2),
        (Code.WEEKEND, date(2026, 6, 13), date(2026, 6, 14), 0),
    ]


def test_a_holiday_is_named_with_its_source() -> None:
    [holiday] = [line for line in ANSWER.working if line.code is Code.HOLIDAY]

    assert holiday == Line(
        Code.HOLIDAY,
        on=date(2026, 6, 15),
        to=date(2026, 6, 15),
        facts={"name": {"en": "Closure", "fa": "تعطیل"}, "source": "test"},
    )


def test_two_holidays_on_end_keep_their_own_names() -> None:
    calendar = london(closed(date(2026, 6, 15), "One"), closed(date(2026, 6, 16), "Two"))
    answer = due(rule(4), {"received": RECEIVED}, (), calendar)
    names = [line.facts["name"]["en"] for line in answer.working if line.code is Code.HOLIDAY]

    assert names == ["One", "Two"]


def test_expanded_a_working_has_a_line_for_each_day() -> None:
    days = [line.on for line in expand(ANSWER.working) if line.code is Code.COUNTED]

    assert days == [date(2026, 6, day) for day in (11, 12, 16, 17, 18, 19, 22, 23)]


def test_an_answer_survives_json() -> None:
    held = due(rule(6), {"received": RECEIVED}, [hold(RECEIVED, None)], CALENDAR)
    waiting = due(rule(6), {}, (), CALENDAR)

    for answer in (ANSWER, held, waiting):
        assert load(json.loads(json.dumps(dump(answer), ensure_ascii=False))) == answer


def test_a_month_of_working_days_is_kept_in_little_space() -> None:
    assert len(json.dumps(dump(due(rule(30), {"received": RECEIVED}, (), london())))) < 2500
