"""All the clocks of one complaint, drawn from what is known of it. Pure.

Drawing decides nothing about the present moment: whether a running clock is late is a question
of its deadline and of whoever asks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from enum import StrEnum

from pasokh.casework.deadlines.due import Extended, Interval, due, start_of
from pasokh.casework.deadlines.warning import warn_at
from pasokh.casework.deadlines.working import Answer, Code, Line
from pasokh.directory.organisation.calendar import Calendar
from pasokh.policy.regimes.pack import ClockRule, Only, Owner, Pack


class State(StrEnum):
    """How a clock stands. A running clock may be late; only its stopping makes it missed."""

    RUNNING = "running"
    HELD = "held"
    MET = "met"
    MISSED = "missed"
    VOID = "void"


class Why(StrEnum):
    """Why a clock stands otherwise than before."""

    STARTED = "started"
    STOPPED = "stopped"
    VOID = "void"
    HELD = "held"
    RESUMED = "resumed"
    START = "start"  # its start was corrected
    EXTENDED = "extended"
    POLICY = "policy"  # the length itself was changed
    CALENDAR = "calendar"  # a holiday or a working week was


#: Clocks that still wait for something, and clocks whose verdict stands.
GOING = frozenset({State.RUNNING, State.HELD})
SETTLED = frozenset({State.MET, State.MISSED})


@dataclass(frozen=True)
class CaseClocks:
    """What deadlines read of a complaint: its milestones by stage, whether it has ended, and
    whether its decision was accepted.
    """

    id: int
    ref: str
    stage: int
    milestones: Mapping[int, Mapping[str, datetime]]
    ended: bool = False
    anonymous: bool = False
    accepted: bool = False


@dataclass(frozen=True)
class Face:
    """How one clock of one stage stands, whether drawn now or kept on a row.

    `round` counts the turns of a clock that repeats. `duty` is false for a time that is the
    complainant's own.
    """

    name: str
    stage: int
    round: int
    state: State
    duty: bool
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    stopped_at: datetime | None
    answer: Answer

    @property
    def key(self) -> tuple[str, int, int]:
        return self.name, self.stage, self.round


@dataclass(frozen=True)
class Moved:
    """One clock that stands otherwise than before: its old and new deadline, and why."""

    clock: str
    stage: int
    old: datetime | None
    new: datetime | None
    why: Why

    def fact(self) -> dict[str, str]:
        """This move as the ledger keeps it: codes and UTC instants, an empty text for no date."""
        return {
            "clock": self.clock,
            "stage": str(self.stage),
            "old": self.old.astimezone(UTC).isoformat() if self.old else "",
            "new": self.new.astimezone(UTC).isoformat() if self.new else "",
            "why": str(self.why),
        }


@dataclass(frozen=True)
class Given:
    """The holds and extensions of one complaint; extensions by clock and stage."""

    holds: Sequence[Interval] = ()
    extensions: Mapping[tuple[str, int], Sequence[Extended]] = field(default_factory=dict)


def draw(
    case: CaseClocks, kept: Sequence[Face], given: Given, *, calendar: Calendar, pack: Pack
) -> list[Face]:
    """Every clock of the present stage, and what becomes of the kept ones.

    A clock that has stopped stays as it was kept unless its start or its end was corrected,
    and is then judged by what was known when it stopped. A kept clock that no longer runs is
    void: of an earlier stage, of an ended complaint, or without its start.
    """
    drawn: dict[tuple[str, int, int], Face] = {}
    latest = {(face.name, face.stage): face for face in sorted(kept, key=lambda f: f.round)}
    for rule in pack.of_stage(case.stage):
        before = latest.get((rule.name, case.stage))
        for face in _draw(rule, case, before, given, calendar):
            drawn[face.key] = face
    for face in kept:
        if face.key not in drawn and face.state in GOING:
            drawn[face.key] = _void(face)
    return list(drawn.values())


def changes(kept: Sequence[Face], drawn: Sequence[Face]) -> list[Moved]:
    """What a drawing changed, in its order: clocks that began or stopped, dates that moved."""
    before = {face.key: face for face in kept}
    pairs = ((before.get(face.key), face) for face in drawn)
    return [
        Moved(face.name, face.stage, old.due_at if old else None, face.due_at, why)
        for old, face in pairs
        if (why := _why(old, face))
    ]


def _draw(
    rule: ClockRule, case: CaseClocks, before: Face | None, given: Given, calendar: Calendar
) -> list[Face]:
    """The turns of one clock that are drawn now: none, the present one, or also the one before."""
    milestones = case.milestones.get(case.stage, {})
    leading = start_of(rule, milestones)
    if leading is None or not _concerns(rule, case):
        return []
    start = milestones[leading]
    stop = _stop(rule, milestones, start)
    if before is None:
        return [_face(rule, case, 1, stop, given, calendar)]
    if _turns(rule, before, leading, start):
        after = _face(rule, case, before.round + 1, stop, given, calendar)
        return [_stopped(before, start), after]
    if before.state in SETTLED and (before.started_at, before.stopped_at) == (start, stop):
        return [before]
    return [_face(rule, case, before.round, stop, given, calendar)]


def _concerns(rule: ClockRule, case: CaseClocks) -> bool:
    return rule.only is None or (rule.only is Only.ANONYMOUS) == case.anonymous


def _turns(rule: ClockRule, before: Face, leading: str, start: datetime) -> bool:
    """Whether a repeating clock has been satisfied once more, and begins its next turn."""
    later = leading == rule.starts[0] and start > before.started_at
    return rule.repeats and later and before.state in GOING


def _stop(rule: ClockRule, milestones: Mapping[str, datetime], start: datetime) -> datetime | None:
    """When the first of the milestones that satisfy a clock was reached, after its start."""
    reached = (milestones[name] for name in rule.satisfied_by if name in milestones)
    return min((at for at in reached if at >= start), default=None)


def _face(
    rule: ClockRule,
    case: CaseClocks,
    turn: int,
    stop: datetime | None,
    given: Given,
    calendar: Calendar,
) -> Face:
    """One turn of a clock; a stopped one is judged by the holidays known when it stopped."""
    milestones = case.milestones[case.stage]
    calendar = calendar.as_known(stop) if stop else calendar
    extensions = given.extensions.get((rule.name, case.stage), ())
    answer = due(rule, milestones, given.holds, calendar, extensions)
    start = milestones[start_of(rule, milestones) or ""]
    warn = None
    if rule.warn and answer.at and not stop and not case.ended:
        warn = warn_at(rule.warn, answer.at, start, calendar)
    return Face(
        name=rule.name,
        stage=case.stage,
        round=turn,
        state=_state(answer.at, stop, case.ended),
        duty=rule.owner is Owner.ORGANISATION,
        started_at=start,
        due_at=answer.at,
        warn_at=warn,
        stopped_at=stop,
        answer=answer,
    )


def _state(due_at: datetime | None, stop: datetime | None, ended: bool) -> State:
    if stop:
        return State.MET if due_at is None or stop <= due_at else State.MISSED
    if ended:
        return State.VOID
    return State.RUNNING if due_at else State.HELD


def _stopped(face: Face, at: datetime) -> Face:
    state = _state(face.due_at, at, ended=False)
    return replace(face, state=state, stopped_at=at, warn_at=None)


def _void(face: Face) -> Face:
    return replace(face, state=State.VOID, warn_at=None)


def _why(old: Face | None, new: Face) -> Why | None:
    """Why a clock stands otherwise than before; None when it stands the same."""
    if old is None:
        return Why.STARTED
    if old.state is not new.state and (why := _BY_STATE.get(new.state)):
        return why
    if old.state is not new.state:
        return Why.RESUMED
    if old.due_at == new.due_at:
        return None
    if old.started_at != new.started_at:
        return Why.START
    for code, why in _BY_LINES.items():
        if _lines(old, code) != _lines(new, code):
            return why
    return Why.CALENDAR


def _lines(face: Face, code: Code) -> list[Line]:
    return [line for line in face.answer.working if line.code is code]


_BY_STATE = {
    State.VOID: Why.VOID,
    State.HELD: Why.HELD,
    State.MET: Why.STOPPED,
    State.MISSED: Why.STOPPED,
}
_BY_LINES = {
    Code.EXTENSION: Why.EXTENDED,
    Code.LENGTH: Why.POLICY,
    Code.HOLD: Why.HELD,
}
