"""Count a clock whose length is in working days, calendar days, weeks or months. Pure.

A day is not counted when a hold was open as it ended. A deadline never falls inside a hold:
it waits for the next day that is free.
"""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from pasokh.casework.deadlines.question import (
    HORIZON,
    Question,
    add_months,
    holiday,
    idle,
    of_extension,
    of_length,
)
from pasokh.casework.deadlines.working import Answer, Code, Tally
from pasokh.policy.regimes.pack import DayZero, EndOfDay, Length, OutOfHours, Roll, Unit

_DAY = timedelta(days=1)
_TICK = timedelta(microseconds=1)

#: Midnight as an end of day is written so, and is the last moment of its own date.
MIDNIGHT = "24:00"


class _Endless(Exception):  # noqa: N818  stops a count, and is caught in this module
    """The calendar has no working time within the horizon."""


def count(question: Question) -> Answer:
    """Count days from the start to the deadline.

    Of the start only its date matters, and whether it came too late on it.
    """
    local = question.calendar.local(question.start)
    on, cutoff = local.date(), _cutoff(question, local.date())
    late = cutoff if cutoff is not None and local.time() >= cutoff else None
    asked = question.clock, on, late, question.holds, question.extended
    walked = question.calendar.once(asked, partial(_walked, question, on, late))
    return Answer(walked.at, (question.begins(on), *walked.working))


def _cutoff(question: Question, on: date) -> time | None:
    """From when on a start is the next day's; on a day that never opens, from its beginning."""
    cutoff = question.clock.cutoff
    if cutoff is None or isinstance(cutoff, time):
        return cutoff
    today = question.calendar.day(on)
    return today.hours[-1][1] if today.worked else time.min


def _walked(question: Question, on: date, late: time | None) -> Answer:
    """The deadline, and the working after its first line."""
    tally = Tally()
    try:
        return _Walk(question, tally, on, late).answer()
    except _Endless:
        tally.note(Code.NO_WORKING_TIME)
        return tally.answer(None)


class _Walk:
    """One count, day by day, writing its working as it goes.

    It begins `on` a date, after the cut-off of which the start came if it was `late`.
    """

    def __init__(self, question: Question, tally: Tally, on: date, late: time | None) -> None:
        self.question = question
        self.clock = question.clock
        self.calendar = question.calendar
        self.tally = tally
        self.zero = self._zero(on, late)
        self.reached: date | None = self.zero

    def answer(self) -> Answer:
        day: date | None = self.zero
        if self.clock.day_zero is DayZero.COUNTED:
            day = self.zero - _DAY
        else:
            self.tally.day(Code.DAY_ZERO, self.zero)
        for need, unit in self._legs(self.zero):
            if day is None:
                self.tally.note(Code.LEFT, amount=need, facts={"unit": str(unit)})
            else:
                day = self._count(day, need, unit)
            self.reached = day
        if day is not None:
            day = self._land(day)
        return self.tally.answer(self._due(day) if day else None)

    def _zero(self, day: date, late: time | None) -> date:
        """The day the start counts as: its own, or a later one if late or on a closed day."""
        if late is not None:
            after = Code.AFTER_CUTOFF, {"time": late.isoformat("minutes")}
            self.tally.day(*_on(day, after if late > time.min else idle(self.calendar.day(day))))
            day += _DAY
        if self.clock.out_of_hours is OutOfHours.SAME_DAY:
            return day
        return self._idle_until_worked(day)

    def _idle_until_worked(self, day: date) -> date:
        for _ in range(HORIZON):
            here = self.calendar.day(day)
            if here.worked:
                return day
            self.tally.day(*_on(day, idle(here)))
            day += _DAY
        raise _Endless

    def _legs(self, zero: date) -> Iterator[tuple[int, Unit]]:
        """The length, then each extension: how many days each needs, and of which kind."""
        anchor, months = zero, 0
        lengths = [(Code.LENGTH, self.clock.length, of_length(self.clock.length))]
        for extended in self.question.extended:
            lengths.append((Code.EXTENSION, extended.length, of_extension(extended)))
        for code, length, line in lengths:
            self.tally.note(code, **line)
            if length.unit is not Unit.MONTHS:
                months = 0
                yield days_of(length), length.unit
                continue
            if not months:
                anchor = self.reached or zero
            before, months = add_months(anchor, months), months + length.amount
            yield (add_months(anchor, months) - before).days, Unit.CALENDAR_DAYS

    def _count(self, day: date, need: int, unit: Unit) -> date | None:
        """The day on which the last of the needed days is counted; None in an open hold."""
        working = unit is Unit.WORKING_DAYS
        idle_for = 0
        while need:
            day += _DAY
            here = self.calendar.day(day)
            if working and not here.worked:
                self.tally.day(*_on(day, idle(here)))
                idle_for += 1
                if idle_for > HORIZON:
                    raise _Endless
                continue
            idle_for = 0
            if hold := self.question.held_over(day):
                self.tally.day(Code.HOLD, day, hold.facts)
                if hold.until_at is None:
                    self.tally.note(Code.LEFT, amount=need, facts={"unit": str(unit)})
                    return None
                continue
            need -= 1
            if working and here.holiday:
                self.tally.day(Code.HALF_DAY, day, holiday(here))
            else:
                self.tally.day(Code.COUNTED, day)
        return day

    def _land(self, nominal: date) -> date | None:
        """Roll from a day that is not worked, and out of a hold; None in an open one."""
        found = self._obstacle(nominal)
        if found is None:
            return nominal
        if self.clock.roll is Roll.PREVIOUS and (back := self._back(nominal)):
            self.tally.note(Code.ROLLED_BACK, on=back, to=back, facts={"from": nominal.isoformat()})
            return back
        day, first = nominal, found[0]
        for _ in range(HORIZON):
            code, facts = found
            if code is Code.HOLD and facts.get("open"):
                self.tally.note(Code.LEFT, facts={"unit": str(Unit.CALENDAR_DAYS)})
                return None
            day += _DAY
            found = self._obstacle(day)
            if found is None:
                self.tally.day(Code.ROLLED, day, {"from": nominal.isoformat(), "why": str(first)})
                return day
            self.tally.day(*_on(day, found))
        raise _Endless

    def _obstacle(self, day: date) -> tuple[Code, Mapping[str, Any]] | None:
        """Why a deadline cannot stand on a day."""
        here = self.calendar.day(day)
        if self.clock.roll is not Roll.SAME and not here.worked:
            return idle(here)
        if hold := self.question.hold_at(self._end(day)[0]):
            return Code.HOLD, hold.facts
        return None

    def _back(self, nominal: date) -> date | None:
        """The last working day before, not before the day the start counts as; None if held."""
        day = nominal
        while day > self.zero and not self.calendar.day(day).worked:
            day -= _DAY
        return None if self.question.hold_at(self._end(day)[0]) else day

    def _end(self, day: date) -> tuple[datetime, str]:
        """The instant a day ends as this clock counts, and the local time it is written as."""
        here = self.calendar.day(day)
        back_to_start = self.clock.roll is Roll.PREVIOUS and day == self.zero
        if self.clock.ends is EndOfDay.CLOSE and here.worked and not back_to_start:
            close = here.hours[-1][1]
            if close != time.max:
                return self.calendar.end(day, close), close.isoformat("minutes")
        return self.calendar.midnight(day) - _TICK, MIDNIGHT

    def _due(self, day: date) -> datetime:
        at, local = self._end(day)
        self.tally.note(
            Code.DUE, on=day, until=at, facts={"time": local, "zone": self.calendar.zone}
        )
        self.question.unknown(self.tally, day)
        return at


def days_of(length: Length) -> int:
    """The days of a length that is not in months."""
    return length.amount * (7 if length.unit is Unit.WEEKS else 1)


def _on(day: date, why: tuple[Code, Mapping[str, Any]]) -> tuple[Code, date, Mapping[str, Any]]:
    return why[0], day, why[1]
