"""The working of a deadline: every day or span counted or skipped, and why. Pure.

A working is data: codes, dates, instants and facts. `sentences` renders it for a reader,
`dump` and `load` keep it on a row, `readd` adds it up again without the engine that wrote it.
Runs of days (or of hours) that stand there for the same reason share one line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any


class Code(StrEnum):
    """What a line of a working says."""

    START = "start"  # the milestone, its instant and local date
    NO_START = "no-start"  # nothing to count from yet
    NAMED = "named"  # the day that an authority's letter named, and when that reached us
    LENGTH = "length"  # how much is to be counted
    EXTENSION = "extension"  # how much more
    AFTER_CUTOFF = "after-cutoff"  # arrived too late on this day to count as arrived
    DAY_ZERO = "day-zero"  # the day it starts, not itself counted
    COUNTED = "counted"
    HALF_DAY = "half-day"  # counted, though a holiday shortens it
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    OUTSIDE_HOURS = "outside-hours"
    HOLD = "hold"
    ROLLED = "rolled"  # the day or span a deadline was moved on to
    ROLLED_BACK = "rolled-back"  # the day or instant a deadline was brought back to
    LEFT = "left"  # what remains to be counted when the hold ends
    NO_WORKING_TIME = "no-working-time"  # the calendar has none for ten years
    DUE = "due"
    UNKNOWN = "unknown"  # the last date whose holidays are known lies before the deadline


#: Lines that use up the length.
COUNTING = frozenset({Code.COUNTED, Code.HALF_DAY})

#: Lines that tile the time from the start to the deadline, without gap or overlap.
TILES = COUNTING | {
    Code.AFTER_CUTOFF,
    Code.DAY_ZERO,
    Code.WEEKEND,
    Code.HOLIDAY,
    Code.OUTSIDE_HOURS,
    Code.HOLD,
    Code.ROLLED,
}

_NO_FACTS: Mapping[str, Any] = MappingProxyType({})
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Line:
    """One line: days `on` to `to` (both included), or the span `since` to `until` (not included).

    `amount` is in days on a line of days, in the clock's unit on LENGTH and EXTENSION, and in
    days or, where hours are counted, seconds on LEFT. An open span has no `until`.
    """

    code: Code
    on: date | None = None
    to: date | None = None
    since: datetime | None = None
    until: datetime | None = None
    amount: int = 0
    facts: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def told(self) -> Mapping[str, Any]:
        """This line as plain JSON data: what is not empty of it."""
        told: dict[str, Any] = {"code": str(self.code)}
        if self.on:
            told["on"] = self.on.isoformat()
        if self.to:
            told["to"] = self.to.isoformat()
        if self.since:
            told["since"] = _text(self.since)
        if self.until:
            told["until"] = _text(self.until)
        if self.amount:
            told["amount"] = self.amount
        if self.facts:
            told["facts"] = dict(self.facts)
        return told


@dataclass(frozen=True)
class Answer:
    """A deadline with its working; `at` is None while there is none, and the working says why."""

    at: datetime | None
    working: tuple[Line, ...]


class Tally:
    """A working while it is being written; joins runs as they come."""

    def __init__(self) -> None:
        self._lines: list[Line] = []
        self._run: _Run | None = None

    def note(self, code: Code, **line: Any) -> None:
        """Write a line that stands alone."""
        self._flush()
        self._lines.append(Line(code, **line))

    def day(self, code: Code, on: date, facts: Mapping[str, Any] = _NO_FACTS) -> None:
        """Write one day, joined to the line before when that ran up to it for the same reason."""
        run = self._run
        if run and run.code is code and run.to == on - _DAY and run.facts == facts:
            run.to = on
            run.days += 1
            return
        self._flush()
        self._run = _Run(code, on, on, facts)

    def span(
        self,
        code: Code,
        since: datetime,
        until: datetime | None,
        facts: Mapping[str, Any] = _NO_FACTS,
    ) -> None:
        """Write one span of time, joined to the line before when that ran up to it alike."""
        last = self._lines[-1]
        if last.code is code and last.until == since and last.since and last.facts == facts:
            self._lines[-1] = replace(last, until=until)
            return
        self._lines.append(Line(code, since=since, until=until, facts=facts))

    def answer(self, at: datetime | None) -> Answer:
        self._flush()
        return Answer(at, tuple(self._lines))

    def _flush(self) -> None:
        if run := self._run:
            amount = run.days if run.code in COUNTING else 0
            self._lines.append(Line(run.code, run.on, run.to, amount=amount, facts=run.facts))
            self._run = None


@dataclass
class _Run:
    """Days on end that are written for the same reason, until another comes."""

    code: Code
    on: date
    to: date
    facts: Mapping[str, Any]
    days: int = 1


def dump(answer: Answer) -> dict[str, Any]:
    """The answer as plain JSON data; `load` reads it back to an equal answer."""
    return {
        "at": _text(answer.at),
        "working": [line.told for line in answer.working],
    }


def load(data: Mapping[str, Any]) -> Answer:
    """The answer that `dump` wrote."""
    return Answer(_instant(data["at"]), tuple(_load_line(line) for line in data["working"]))


def expand(working: Iterable[Line]) -> Iterator[Line]:
    """The working with one line for each day, as the calendar laboratory shows it."""
    for line in working:
        if line.on is None or line.to is None or line.on == line.to:
            yield line
            continue
        each = 1 if line.code in COUNTING else 0
        for step in range((line.to - line.on).days + 1):
            on = line.on + step * _DAY
            yield replace(line, on=on, to=on, amount=each)


def _load_line(data: Mapping[str, Any]) -> Line:
    return Line(
        Code(data["code"]),
        on=_date(data.get("on")),
        to=_date(data.get("to")),
        since=_instant(data.get("since")),
        until=_instant(data.get("until")),
        amount=data.get("amount", 0),
        facts=data.get("facts", _NO_FACTS),
    )


def _text(at: datetime | None) -> str | None:
    return at.astimezone(UTC).isoformat() if at else None


def _instant(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
