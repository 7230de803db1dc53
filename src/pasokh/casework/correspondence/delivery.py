"""The small table of what may happen to a letter. Pure."""

from datetime import timedelta
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
    NEW_CODE = "new_code"
    ADDRESS = "address"
    OTHER_ADDRESS = "other_address"


class LetterState(StrEnum):
    """Facts about a letter's way: nothing here claims that anybody read it."""

    APPROVAL = "approval"  # somebody else looks at it first; it stands nowhere until then
    PENDING = "pending"  # until its time comes it can be taken back, and stands nowhere
    QUEUED = "queued"
    SENDING = "sending"
    UNCERTAIN = "uncertain"
    HANDED_OVER = "handed_over"
    FAILED = "failed"
    RETURNED = "returned"
    LACKING = "lacking"  # the rules ask for more than it says; it stands nowhere until mended
    SHOWN_ONLY = "shown_only"  # no address is known; it stands on the tracking page
    CANCELLED = "cancelled"


class Form(StrEnum):
    """What of a letter goes: all of it, or only word that it stands on the page.

    A notice is for an address that nobody confirmed; a text goes to a number that is theirs.
    """

    FULL = "full"
    NOTICE = "notice"
    TEXT = "text"


#: States in which nothing has left the house.
UNSENT = frozenset(
    {
        *(LetterState.APPROVAL, LetterState.PENDING, LetterState.QUEUED),
        *(LetterState.LACKING, LetterState.CANCELLED),
    }
)
#: States in which nobody outside may read it.
NOWHERE = frozenset(
    {LetterState.APPROVAL, LetterState.PENDING, LetterState.LACKING, LetterState.CANCELLED}
)

#: How long a letter by a person's hand can be taken back, whatever its time.
SECOND_THOUGHTS = timedelta(seconds=10)


_MOVES: dict[LetterState, frozenset[LetterState]] = {
    LetterState.APPROVAL: frozenset(
        {
            *(LetterState.PENDING, LetterState.QUEUED),
            *(LetterState.SHOWN_ONLY, LetterState.CANCELLED),
        }
    ),
    LetterState.LACKING: frozenset(
        {LetterState.QUEUED, LetterState.SHOWN_ONLY, LetterState.CANCELLED}
    ),
    LetterState.PENDING: frozenset(
        {
            LetterState.QUEUED,
            LetterState.SHOWN_ONLY,
            LetterState.HANDED_OVER,
            LetterState.CANCELLED,
        }
    ),
    LetterState.QUEUED: frozenset(
        {
            *(LetterState.SENDING, LetterState.HANDED_OVER, LetterState.CANCELLED),
            *(LetterState.SHOWN_ONLY, LetterState.LACKING),
        }
    ),
    LetterState.SENDING: frozenset(
        {LetterState.HANDED_OVER, LetterState.FAILED, LetterState.UNCERTAIN, LetterState.QUEUED}
    ),
    LetterState.UNCERTAIN: frozenset(
        {
            *(LetterState.SENDING, LetterState.HANDED_OVER, LetterState.RETURNED),
            LetterState.SHOWN_ONLY,
        }
    ),
    LetterState.HANDED_OVER: frozenset({LetterState.RETURNED}),
    LetterState.FAILED: frozenset({LetterState.QUEUED, LetterState.HANDED_OVER}),
    LetterState.RETURNED: frozenset({LetterState.QUEUED, LetterState.HANDED_OVER}),
    LetterState.SHOWN_ONLY: frozenset(
        {LetterState.QUEUED, LetterState.HANDED_OVER, LetterState.LACKING}
    ),
    LetterState.CANCELLED: frozenset(),
}


def may_become(state: LetterState, new: LetterState) -> bool:
    """Whether a letter in one state may pass to another."""
    return new in _MOVES[state]


#: How long to wait after each attempt that a mail server put off; then the last one again.
PAUSES = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
)

#: Attempts after which a letter counts as failed: about two days.
MOST_ATTEMPTS = 16


def pause(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts, the first being 1; None when it is enough."""
    if attempts >= MOST_ATTEMPTS:
        return None
    return PAUSES[min(attempts, len(PAUSES)) - 1]
