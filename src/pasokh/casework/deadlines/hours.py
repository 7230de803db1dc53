"""Count a clock whose length is in working hours or clock hours. Pure.

Working hours are the calendar's spans; clock hours pass day and night. Time on hold is cut out
to the moment.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from pasokh.casework.deadlines.question import (
    HORIZON,
    Interval,
    Question,
    holiday,
    idle,
    of_extension,
    of_length,
)
from pasokh.casework.deadlines.working import COUNTING, Answer, Code, Tally
from pasokh.policy.regimes.pack import Length, Roll, Unit

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_SECOND = timedelta(seconds=1)

Part = tuple[Code, datetime, datetime, Mapping[str, Any]]


def count(question: Question) -> Answer:
    """Count hours from the start to the deadline."""
    asked = question.clock, question.start, question.holds, question.extended
    walked = question.calendar.once(asked, partial(_walked, question))
    begins = question.begins(question.calendar.local(question.start).date())
    return Answer(walked.at, (begins, *walked.working))


def _walked(question: Question) -> Answer:
    """The deadline, and the working after its first line."""
    walk = _Walk(question)
    walk.leg(Code.LENGTH, question.clock.length, of_length(question.clock.length))
    for extended in question.extended:
        walk.leg(Code.EXTENSION, extended.length, of_extension(extended))
    return walk.answer()


class _Walk:
    """One count, span by span; `at` is how far it has come, or None once it cannot go on."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.calendar = question.calendar
        self.tally = Tally()
        self.at: datetime | None = question.start

    def leg(self, code: Code, length: Length, line: Mapping[str, Any]) -> None:
        """Count one length on from where the last one ended."""
        self.tally.note(code, **line)
        need = length.amount * _HOUR
        if self.at is None:
            self._left(need)
            return
        parts = self._worked(self.at) if length.unit is Unit.WORKING_HOURS else self._all(self.at)
        for code, since, until, facts in parts:
            if code not in COUNTING:
                self.tally.span(code, since, until, facts)
                continue
            need = self._use(since, until, need)
            if not need or self.at is None:
                return
        self.at = None
        self.tally.note(Code.NO_WORKING_TIME)

    def _use(self, since: datetime, until: datetime, need: timedelta) -> timedelta:
        """Count a span but for the time on hold in it; what is needed afterwards."""
        while since < until:
            hold = self._hold_after(since, until)
            if hold is None or since < hold.from_at:
                free = min(hold.from_at if hold else until, until, since + need)
                self.tally.span(Code.COUNTED, since, free)
                need, since = need - (free - since), free
                if not need:
                    self.at = free
                    return need
            elif hold.until_at is None:
                self.tally.span(Code.HOLD, since, None, hold.facts)
                self._left(need)
                return need
            else:
                resumed = min(hold.until_at, until)
                self.tally.span(Code.HOLD, since, resumed, hold.facts)
                since = resumed
        return need

    def _hold_after(self, since: datetime, until: datetime) -> Interval | None:
        """The first hold that takes time between two instants."""
        return next(
            (
                hold
                for hold in self.question.holds
                if hold.from_at < until and (hold.until_at is None or hold.until_at > since)
            ),
            None,
        )

    def _left(self, need: timedelta) -> None:
        self.at = None
        self.tally.note(Code.LEFT, amount=int(need / _SECOND), facts={"unit": "seconds"})

    def _all(self, at: datetime) -> Iterator[Part]:
        while True:
            yield Code.COUNTED, at, at + _DAY, {}
            at += _DAY

    def _worked(self, at: datetime) -> Iterator[Part]:
        """The time from an instant on, cut where working time begins and ends."""
        on = self.calendar.local(at).date()
        barren = 0
        while barren < HORIZON:
            for part in self._day(on, at):
                yield part
                barren = -1 if part[0] in COUNTING else barren
            at = self.calendar.midnight(on)
            on += _DAY
            barren += 1

    def _day(self, on: date, at: datetime) -> Iterator[Part]:
        """One date from an instant of it on."""
        day = self.calendar.day(on)
        between = (Code.OUTSIDE_HOURS, holiday(day)) if day.worked else idle(day)
        for since, until in (*self.calendar.spans(on), (self.calendar.midnight(on),) * 2):
            if at < since:
                yield between[0], at, since, between[1]
                at = since
            if at < until:
                yield Code.COUNTED, at, until, {}
                at = until

    def answer(self) -> Answer:
        at = self._land(self.at) if self.at else None
        if at:
            on = self.calendar.local(at).date()
            self.tally.note(Code.DUE, on=on, until=at)
            self.question.unknown(self.tally, on)
        return self.tally.answer(at)

    def _land(self, at: datetime) -> datetime | None:
        """Roll an instant outside working time; one inside it, or at its end, stays."""
        roll = self.question.clock.roll
        if roll is Roll.SAME or self._within(at):
            return at
        if roll is Roll.PREVIOUS:
            back = self._closing_before(at)
            self.tally.note(Code.ROLLED_BACK, until=back, facts={"from": at.isoformat()})
            return back
        for code, since, until, facts in self._worked(at):
            hold = self.question.hold_at(since) if code in COUNTING else None
            if code in COUNTING and hold is None:
                self.tally.note(Code.ROLLED, until=since, facts={"from": at.isoformat()})
                return since
            if hold and hold.until_at is None:
                self.tally.span(Code.HOLD, since, None, hold.facts)
                self._left(timedelta())
                return None
            self.tally.span(
                Code.HOLD if hold else code, since, until, hold.facts if hold else facts
            )
        self.tally.note(Code.NO_WORKING_TIME)
        return None

    def _within(self, at: datetime) -> bool:
        spans = self.calendar.spans(self.calendar.local(at).date())
        return any(since <= at <= until for since, until in spans)

    def _closing_before(self, at: datetime) -> datetime:
        """The end of the last working span before an instant, not before the start."""
        on = self.calendar.local(at).date()
        while on >= self.calendar.local(self.question.start).date():
            ends = [until for _, until in self.calendar.spans(on) if until <= at]
            if ends:
                return max(ends[-1], self.question.start)
            on -= _DAY
        return self.question.start
