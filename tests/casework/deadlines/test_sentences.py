"""A working as its readers are told it."""

from datetime import date, datetime

import pytest
from tests.casework.deadlines.worlds import HOUR, at, closed, hold, london, more, rule, tehran

from pasokh.casework.deadlines import imposed
from pasokh.casework.deadlines.clocks import State, Why
from pasokh.casework.deadlines.due import due
from pasokh.casework.deadlines.labels import CLOCKS, HOLDS, MILESTONES, PERIODS, STATES, UNITS, WHY
from pasokh.casework.deadlines.sentences import length, sentences
from pasokh.casework.deadlines.working import Code, Line
from pasokh.directory.organisation.labels import kept_source
from pasokh.policy.regimes import pack
from pasokh.policy.regimes.pack import EndOfDay, Length, Roll, Unit

CALENDAR = london(closed(date(2026, 6, 15), "Closure"), known_until=date(2026, 6, 18))
RECEIVED = at(CALENDAR, 2026, 6, 10, 11, 30)


def test_a_working_reads_from_the_start_to_the_deadline() -> None:
    answer = due(rule(4), {"received": RECEIVED}, (), CALENDAR, [more(1)])

    assert sentences(answer.working, "en") == [
        "It is counted from receipt, Wednesday 10 June 2026, 11:30.",
        "Wednesday 10 June 2026: not counted, the day it begins.",
        "The time allowed is 4 working days.",
        "Thursday 11 June 2026 to Friday 12 June 2026: counted, 2 so far.",
        "Saturday 13 June 2026 to Sunday 14 June 2026: not counted, weekend.",
        "Monday 15 June 2026: not counted, holiday: Closure (test).",
        "Tuesday 16 June 2026 to Wednesday 17 June 2026: counted, 4 so far.",
        "It was extended by 1 working day on Saturday 1 January 2000, 00:00.",
        "Thursday 18 June 2026: counted, 5 so far.",
        "It is due by Thursday 18 June 2026, 17:00.",
    ]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", "not counted, holiday: Eid (Calendar of Iran, estimated date)."),
        ("fa", "تعطیل است و به شمار نمی‌آید: تعطیل (تقویم ایران، تاریخ تخمینی)."),
    ],
)
def test_a_holiday_that_was_on_offer_is_told_with_its_calendar(language: str, told: str) -> None:
    source = kept_source("0.85", "IR", estimated=True)
    calendar = london(closed(date(2026, 6, 15), "Eid", source=source))

    answer = due(rule(4), {"received": RECEIVED}, (), calendar)

    assert [line.endswith(told) for line in sentences(answer.working, language)].count(True) == 1


def test_a_deadline_at_midnight_is_the_end_of_its_day() -> None:
    clock = rule(2, Unit.CALENDAR_DAYS, ends=EndOfDay.MIDNIGHT, roll=Roll.SAME)

    assert sentences(due(clock, {"received": RECEIVED}, (), CALENDAR).working, "en")[-1] == (
        "It is due by the end of Friday 12 June 2026."
    )


def test_hours_are_told_with_their_running_total() -> None:
    clock = rule(6, Unit.WORKING_HOURS)
    told = sentences(due(clock, {"received": RECEIVED}, (), CALENDAR).working, "en")

    assert told[2:] == [
        "Wednesday 10 June 2026, 11:30 to Wednesday 10 June 2026, 17:00: counted, "
        "5 hours and 30 minutes so far.",
        "Wednesday 10 June 2026, 17:00 to Thursday 11 June 2026, 09:00: not counted, "
        "outside working hours.",
        "Thursday 11 June 2026, 09:00 to Thursday 11 June 2026, 09:30: counted, 6 hours so far.",
        "It is due by Thursday 11 June 2026, 09:30.",
    ]


def test_an_open_hold_says_what_is_left() -> None:
    held = [hold(RECEIVED + HOUR, None, "court")]

    assert sentences(due(rule(4), {"received": RECEIVED}, held, CALENDAR).working, "en")[-2:] == [
        "Thursday 11 June 2026: not counted, on hold: before a court.",
        "When the hold ends, 4 working days will be left.",
    ]


def test_what_is_not_known_is_said() -> None:
    late = due(rule(9), {"received": RECEIVED}, (), CALENDAR)
    never = due(rule(1), {"received": RECEIVED}, (), london(known_until=None))

    assert sentences(late.working, "en")[-1] == (
        "Holidays are known up to Thursday 18 June 2026, so the date may still move."
    )
    assert sentences(never.working, "en")[-1] == (
        "No holidays have been entered in the calendar, so the date may still move."
    )


def test_in_persian_dates_are_jalali_and_numbers_persian() -> None:
    calendar = tehran(closed(date(2026, 6, 15)))
    answer = due(rule(2), {"received": at(calendar, 2026, 6, 14, 10)}, (), calendar)
    told = " ".join(sentences(answer.working, "fa"))

    assert "دوشنبه ۲۵ خرداد ۱۴۰۵" in told
    assert "تعطیل" in told
    assert not any(digit in told for digit in "0123456789")


class _Brief:
    """Dates as a machine would show them."""

    def day(self, on: date) -> str:
        return on.isoformat()

    def moment(self, moment: datetime) -> str:
        return moment.isoformat()

    def number(self, number: object) -> str:
        return f"#{number}"


def test_another_way_to_show_dates_may_be_given() -> None:
    told = sentences(due(rule(1), {"received": RECEIVED}, (), CALENDAR).working, "en", _Brief())

    assert told[1:4] == [
        "2026-06-10: not counted, the day it begins.",
        "The time allowed is #1 working day.",
        "2026-06-11: counted, #1 so far.",
    ]


_FACTS = {
    "unit": "working-days",
    "milestone": "received",
    "starts": ["received"],
    "category": "court",
    "name": {"en": "Closure", "fa": "تعطیل"},
    "source": "test",
    "zone": "UTC",
    "time": "16:00",
    "why": "weekend",
    "from": "2026-06-13",
}


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("code", Code)
def test_every_line_has_a_sentence_for_days_and_for_spans(code: Code, language: str) -> None:
    days = Line(code, on=date(2026, 6, 10), to=date(2026, 6, 11), amount=2, facts=_FACTS)
    span = Line(code, since=RECEIVED, until=RECEIVED + HOUR, amount=2, facts=_FACTS)

    assert all("%(" not in told and told for told in sentences([days, span], language))


def test_every_name_a_pack_can_use_has_a_label() -> None:
    assert set(CLOCKS) == {*pack.CLOCKS, imposed.NAME}
    assert set(PERIODS) == set(pack.PERIODS)
    assert set(MILESTONES) == set(pack.MILESTONES)
    assert set(UNITS) == set(Unit)
    assert set(HOLDS) == set(pack.HoldCategory)
    assert set(STATES) == set(State)
    assert set(WHY) == set(Why)


def test_a_length_is_told_in_words() -> None:
    assert length(Length(1, Unit.WORKING_DAYS), "en") == "1 working day"
    assert length(Length(20, Unit.WEEKS), "en") == "20 weeks"
