"""A deadline that somebody outside named, beside the clocks of the regime (ISO 10003:2018). Pure.

It is kept, warned of and judged like a clock, but nothing is counted, held or extended: it ends
with the day that the authority's letter names, whatever became of the file.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pasokh.casework.deadlines.clocks import Face, State
from pasokh.casework.deadlines.warning import warn_at
from pasokh.casework.deadlines.working import Answer, Code, Line
from pasokh.directory.organisation.calendar import Calendar
from pasokh.policy.regimes.pack import Length, Unit

#: What such a clock is called.
NAME = "authority"

#: How long before it a warning comes.
WARN = Length(2, Unit.WORKING_DAYS)

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True)
class Imposed:
    """A day by which an authority wants an answer: since when it is known, when it was given.

    `turn` numbers the authorities' letters of one file.
    """

    stage: int
    turn: int
    since: datetime
    due_on: date
    answered_at: datetime | None = None


def face(imposed: Imposed, calendar: Calendar) -> Face:
    """How the clock of a day named by an authority stands, with its working."""
    due_at = calendar.midnight(imposed.due_on) - _TICK
    stop = imposed.answered_at
    state = State.RUNNING if stop is None else State.MET if stop <= due_at else State.MISSED
    return Face(
        name=NAME,
        stage=imposed.stage,
        round=imposed.turn,
        state=state,
        duty=True,
        started_at=imposed.since,
        due_at=due_at,
        warn_at=None if stop else warn_at(WARN, due_at, imposed.since, calendar),
        stopped_at=stop,
        answer=Answer(due_at, _working(imposed, due_at, calendar.zone)),
    )


def _working(imposed: Imposed, due_at: datetime, zone: str) -> tuple[Line, ...]:
    on = imposed.due_on
    return (
        Line(Code.NAMED, on=on, since=imposed.since, facts={"zone": zone}),
        Line(Code.DUE, on=on, until=due_at, facts={"time": "24:00", "zone": zone}),
    )
