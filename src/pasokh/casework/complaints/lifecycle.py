"""The lifecycle as one table: which step leads from which state to which.

Menu, guard, documentation and tests all read `MOVES`; nothing else decides. A regime may
narrow the table through its pack, never widen it. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where the file lies. What was done is told by milestones, not by states."""

    RECEIVED = "received"
    ASSESSED = "assessed"
    INVESTIGATING = "investigating"
    DECIDED = "decided"
    COMMUNICATED = "communicated"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    SET_ASIDE = "set_aside"


class Step(StrEnum):
    """What may be done to a complaint. Each is one verb, one address and one right."""

    RECEIVE = "receive"
    RECORD_HISTORY = "record_history"
    ACKNOWLEDGE = "acknowledge"
    UNACKNOWLEDGE = "unacknowledge"
    ASSESS = "assess"
    INVESTIGATE = "investigate"
    GATHER = "gather"
    DECIDE = "decide"
    DECLINE = "decline"
    COMMUNICATE = "communicate"
    UNDELIVERED = "undelivered"
    VERDICT = "verdict"
    SETTLE = "settle"
    RECONSIDER = "reconsider"
    TRACE = "trace"
    REVIEW = "review"
    NOTICE = "notice"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    SET_ASIDE = "set_aside"
    ASK = "ask"
    HOLD = "hold"
    RESUME = "resume"
    EXTEND = "extend"
    REPORT_PROGRESS = "report_progress"
    ASSIGN = "assign"
    NAME = "name"
    WAIVE = "waive"
    LOG_CONTACT = "log_contact"
    WRITE = "write"
    APPROVE = "approve"
    MESSAGE = "message"
    HEAR = "hear"
    NOTE = "note"
    REFER = "refer"
    END_REFERRAL = "end_referral"
    INQUIRE = "inquire"
    ANSWER_INQUIRY = "answer_inquiry"
    FULFIL = "fulfil"
    RATE = "rate"
    CORRECT = "correct"
    JOIN = "join"
    ADD_ISSUE = "add_issue"
    SPLIT = "split"


OPEN = frozenset(
    {State.RECEIVED, State.ASSESSED, State.INVESTIGATING, State.DECIDED, State.COMMUNICATED}
)
UNDECIDED = frozenset({State.RECEIVED, State.ASSESSED, State.INVESTIGATING})
ENDED = frozenset(State) - OPEN
ALL = frozenset(State)


class Target(StrEnum):
    """Where a step leads when that is not one fixed state."""

    SAME = "same"
    BEFORE = "before"  # the state the file had before it ended


@dataclass(frozen=True)
class Move:
    """One line of the table: a step, the states it may be taken from, where it leads, and why.

    `sources` is empty for the steps that begin a file. `clause` is of ISO 10002:2018.
    """

    step: Step
    sources: frozenset[State]
    target: State | Target
    clause: str


def _move(step: Step, sources: Iterable[State], target: State | Target, clause: str) -> Move:
    return Move(step, frozenset(sources), target, clause)


MOVES: tuple[Move, ...] = (
    _move(Step.RECEIVE, (), State.RECEIVED, "7.2"),
    _move(Step.RECORD_HISTORY, (), State.CLOSED, "8.2"),
    _move(Step.ASSESS, {State.RECEIVED}, State.ASSESSED, "7.5"),
    _move(Step.ASSESS, {State.ASSESSED, State.INVESTIGATING}, Target.SAME, "7.5"),
    _move(Step.INVESTIGATE, {State.ASSESSED}, State.INVESTIGATING, "7.6"),
    _move(Step.GATHER, {State.ASSESSED, State.INVESTIGATING}, Target.SAME, "7.6"),
    _move(Step.DECIDE, {State.ASSESSED, State.INVESTIGATING}, State.DECIDED, "7.7"),
    _move(Step.DECLINE, {State.RECEIVED, State.ASSESSED}, State.DECIDED, "7.5"),
    _move(Step.COMMUNICATE, {State.DECIDED}, State.COMMUNICATED, "7.8"),
    _move(Step.UNDELIVERED, {State.COMMUNICATED}, State.DECIDED, "7.8"),
    _move(Step.VERDICT, {State.COMMUNICATED}, Target.SAME, "7.9"),
    _move(Step.SETTLE, {State.RECEIVED, State.ASSESSED}, State.CLOSED, "7.7"),
    _move(Step.RECONSIDER, {State.DECIDED}, State.ASSESSED, "7.7"),
    _move(Step.TRACE, {State.DECIDED, State.COMMUNICATED, State.CLOSED}, Target.SAME, "8.2"),
    _move(Step.REVIEW, {State.COMMUNICATED, State.CLOSED}, State.RECEIVED, "7.9"),
    _move(Step.NOTICE, {State.COMMUNICATED}, Target.SAME, "7.9"),
    _move(Step.CLOSE, {State.COMMUNICATED}, State.CLOSED, "7.9"),
    _move(Step.REOPEN, ENDED, Target.BEFORE, "7.9"),
    _move(Step.WITHDRAW, OPEN, State.WITHDRAWN, "7.9"),
    _move(Step.SET_ASIDE, {State.RECEIVED, State.ASSESSED}, State.SET_ASIDE, "7.2"),
    _move(Step.ACKNOWLEDGE, OPEN, Target.SAME, "7.4"),
    _move(Step.UNACKNOWLEDGE, OPEN, Target.SAME, "7.4"),
    _move(Step.ASK, UNDECIDED, Target.SAME, "7.6"),
    _move(Step.HOLD, UNDECIDED | {State.DECIDED}, Target.SAME, "7.3"),
    _move(Step.RESUME, OPEN, Target.SAME, "7.3"),
    _move(Step.EXTEND, UNDECIDED | {State.DECIDED}, Target.SAME, "7.3"),
    _move(Step.REPORT_PROGRESS, OPEN, Target.SAME, "7.3"),
    _move(Step.ASSIGN, OPEN, Target.SAME, "7.3"),
    _move(Step.NAME, OPEN, Target.SAME, "4.7"),
    _move(Step.WAIVE, OPEN, Target.SAME, "4.7"),
    _move(Step.LOG_CONTACT, ALL, Target.SAME, "7.3"),
    _move(Step.WRITE, ALL, Target.SAME, "7.3"),
    _move(Step.APPROVE, ALL, Target.SAME, "7.8"),
    _move(Step.MESSAGE, ALL, Target.SAME, "7.3"),
    _move(Step.HEAR, ALL, Target.SAME, "7.3"),
    _move(Step.NOTE, ALL, Target.SAME, "7.6"),
    _move(Step.REFER, OPEN | {State.CLOSED}, Target.SAME, "7.9"),
    _move(Step.END_REFERRAL, ALL, Target.SAME, "7.9"),
    _move(Step.INQUIRE, ALL, Target.SAME, "7.9"),
    _move(Step.ANSWER_INQUIRY, ALL, Target.SAME, "7.9"),
    _move(Step.FULFIL, ALL, Target.SAME, "7.9"),
    _move(Step.RATE, {State.COMMUNICATED, State.CLOSED}, Target.SAME, "8.3"),
    _move(Step.CORRECT, ALL, Target.SAME, "8.1"),
    _move(Step.JOIN, OPEN, Target.SAME, "8.2"),
    _move(Step.ADD_ISSUE, UNDECIDED, Target.SAME, "7.5"),
    _move(Step.SPLIT, UNDECIDED, Target.SAME, "7.5"),
)

#: The steps that begin a file.
BEGINNING = frozenset(move.step for move in MOVES if not move.sources)

_NO_FILE: frozenset[State | None] = frozenset({None})

_TABLE: dict[tuple[State | None, Step], State | Target] = {
    (source, move.step): move.target for move in MOVES for source in move.sources or _NO_FILE
}


def target(state: State | None, step: Step) -> State | Target | None:
    """Where a step leads from a state (None: no file yet); None when it is not open there."""
    return _TABLE.get((state, step))


def next_state(state: State | None, step: Step, *, before: State | None = None) -> State | None:
    """The state after a step, or None when the step is not open from here.

    `before` is the state an ended file had before it ended; only reopening reads it.
    """
    match target(state, step):
        case Target.SAME:
            return state
        case Target.BEFORE:
            return before
        case found:
            return found


def steps_from(state: State) -> tuple[Step, ...]:
    """The steps open from a state, in the order of the table, each once."""
    return tuple(dict.fromkeys(move.step for move in MOVES if state in move.sources))
