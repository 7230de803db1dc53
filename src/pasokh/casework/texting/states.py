"""What may happen to a text message on its way, and what it can tell. Pure.

A report of its arrival can overtake the answer to its sending, and an older report a newer one:
the table says which of them still counts.
"""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from pasokh.casework.correspondence.delivery import LetterKind


class TextState(StrEnum):
    """Facts about a text's way; `delivered` is the telephone's own word, passed on by networks."""

    QUEUED = "queued"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    HANDED_OVER = "handed_over"
    DELIVERED = "delivered"
    FAILED = "failed"  # the gateway never took it
    RETURNED = "returned"  # it was taken and did not arrive
    CANCELLED = "cancelled"


_MOVES: Mapping[TextState, frozenset[TextState]] = {
    TextState.QUEUED: frozenset({TextState.SENDING, TextState.CANCELLED}),
    TextState.SENDING: frozenset(
        {
            *(TextState.HANDED_OVER, TextState.FAILED, TextState.UNCERTAIN, TextState.QUEUED),
            *(TextState.DELIVERED, TextState.RETURNED),
        }
    ),
    TextState.UNCERTAIN: frozenset(
        {
            *(TextState.SENDING, TextState.HANDED_OVER, TextState.CANCELLED),
            *(TextState.DELIVERED, TextState.RETURNED),
        }
    ),
    TextState.HANDED_OVER: frozenset({TextState.DELIVERED, TextState.RETURNED}),
    TextState.DELIVERED: frozenset({TextState.RETURNED}),
    TextState.FAILED: frozenset({TextState.DELIVERED, TextState.RETURNED}),
    TextState.RETURNED: frozenset({TextState.DELIVERED}),
    TextState.CANCELLED: frozenset(),
}


def may_become(state: TextState, new: TextState, *, delivered: bool = False) -> bool:
    """Whether a text may pass to another state; `delivered` says that it once counted as that.

    One that came back after it had been delivered stays so: what contradicts itself is no proof.
    """
    if (state, new) == (TextState.RETURNED, TextState.DELIVERED) and delivered:
        return False
    return new in _MOVES[state]


#: Letters that a delivered text tells whole: that a complaint is received, that it goes on, and
#: that it is ended as the person asked. Of any other letter it says only where it stands.
WHOLE = frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.PROGRESS, LetterKind.WITHDRAWN})

#: Letters that no text stands for: they are about mailboxes.
NEVER = frozenset({LetterKind.OTHER_ADDRESS})


def tells(kind: LetterKind, *, notice_tells: bool) -> bool:
    """Whether a delivered text counts as told (ISO 10002:2018, 7.4 and 7.8).

    `notice_tells` is what the organisation chose: that a delivered notice serves a letter which
    stands on the tracking page all that time.
    """
    return kind in WHOLE or notice_tells


#: When to ask a gateway that sends no reports what became of a text, counted from its answer.
ASKED_AFTER = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=4),
    timedelta(hours=24),
    timedelta(hours=48),
)


def ask_next(asked: int) -> timedelta | None:
    """How long after the handing over to ask again, after so many times; None when it is enough."""
    return ASKED_AFTER[asked] if asked < len(ASKED_AFTER) else None
