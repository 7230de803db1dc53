"""When a clock runs out, and the working that shows why (ISO 10002:2018, 7.3). Pure.

No clock on the wall is read here: the same facts give the same answer for ever.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from pasokh.casework.deadlines import days, hours
from pasokh.casework.deadlines.question import Extended as Extended
from pasokh.casework.deadlines.question import Interval as Interval
from pasokh.casework.deadlines.question import Question
from pasokh.casework.deadlines.working import Answer, Code, Line
from pasokh.directory.organisation.calendar import Calendar
from pasokh.policy.regimes.pack import ClockRule


def due(
    clock: ClockRule,
    milestones: Mapping[str, datetime],
    intervals: Sequence[Interval],
    calendar: Calendar,
    extensions: Sequence[Extended] = (),
) -> Answer:
    """Find the deadline of a clock: an instant in UTC with its working.

    None while no milestone starts the clock or a hold is open; the working then says what is
    left. Only holds of a category that pauses this clock count, and only those that began
    before the deadline had passed: a deadline once missed stays missed.
    """
    milestone = start_of(clock, milestones)
    if milestone is None:
        return Answer(None, (Line(Code.NO_START, facts={"starts": list(clock.starts)}),))
    start = milestones[milestone].astimezone(UTC)
    holds = _holds(clock, start, intervals)
    return _settle(Question(clock, milestone, start, (), tuple(extensions), calendar), holds)


def start_of(clock: ClockRule, milestones: Mapping[str, datetime]) -> str | None:
    """The milestone from which a clock counts: the first of its preferences that exists."""
    return next((name for name in clock.starts if name in milestones), None)


def _holds(
    clock: ClockRule, start: datetime, intervals: Sequence[Interval]
) -> tuple[Interval, ...]:
    pauses = {str(category) for category in clock.pauses}
    bearing = (
        hold
        for hold in intervals
        if hold.category in pauses and (hold.until_at is None or hold.until_at > start)
    )
    return tuple(sorted(bearing, key=lambda hold: hold.from_at))


def _settle(question: Question, holds: tuple[Interval, ...]) -> Answer:
    """Count, and count again while the deadline found lets in further holds."""
    count = hours.count if question.clock.length.unit.of_hours else days.count
    answer, used = count(question), 0
    while answer.at is not None:
        bearing = sum(1 for hold in holds if hold.from_at < answer.at)
        if bearing <= used:
            break
        used = bearing
        answer = count(
            Question(
                question.clock,
                question.milestone,
                question.start,
                holds[:used],
                question.extended,
                question.calendar,
            )
        )
    return answer
