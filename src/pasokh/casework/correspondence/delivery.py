"""The small table of what may happen to a letter. Pure."""

from enum import StrEnum


class LetterKind(StrEnum):
    """The letters of a complaint (ISO 10002:2018, 7.3 to 7.9)."""

    ACKNOWLEDGEMENT = "acknowledgement"
    PROGRESS = "progress"
    REQUEST = "request"
    EXTENSION = "extension"
    DECISION = "decision"
    NOTICE = "notice"
    CLOSING = "closing"
    SET_ASIDE = "set_aside"
    WITHDRAWN = "withdrawn"
    SETTLED = "settled"
    REVIEW = "review"
    WAIVER = "waiver"
    MESSAGE = "message"


class LetterState(StrEnum):
    """Facts about a letter's way: nothing here claims that anybody read it."""

    QUEUED = "queued"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    HANDED_OVER = "handed_over"
    FAILED = "failed"
    RETURNED = "returned"
    SHOWN_ONLY = "shown_only"  # no address is known; it stands on the tracking page
    CANCELLED = "cancelled"


#: States in which nothing has left the house.
UNSENT = frozenset({LetterState.QUEUED, LetterState.CANCELLED})


_MOVES: dict[LetterState, frozenset[LetterState]] = {
    LetterState.QUEUED: frozenset(
        {LetterState.SENDING, LetterState.HANDED_OVER, LetterState.CANCELLED}
    ),
    LetterState.SENDING: frozenset(
        {LetterState.HANDED_OVER, LetterState.FAILED, LetterState.UNCERTAIN, LetterState.QUEUED}
    ),
    LetterState.UNCERTAIN: frozenset(
        {LetterState.SENDING, LetterState.HANDED_OVER, LetterState.RETURNED}
    ),
    LetterState.HANDED_OVER: frozenset({LetterState.RETURNED}),
    LetterState.FAILED: frozenset({LetterState.QUEUED, LetterState.HANDED_OVER}),
    LetterState.RETURNED: frozenset({LetterState.QUEUED, LetterState.HANDED_OVER}),
    LetterState.SHOWN_ONLY: frozenset({LetterState.QUEUED, LetterState.HANDED_OVER}),
    LetterState.CANCELLED: frozenset(),
}


def may_become(state: LetterState, new: LetterState) -> bool:
    """Whether a letter in one state may pass to another."""
    return new in _MOVES[state]
