"""When a delivery is tried, when it is given up, and when a receiver is left alone. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum


class DeliveryState(StrEnum):
    """How one delivery stands."""

    WAITING = "waiting"
    SENDING = "sending"
    DELIVERED = "delivered"
    GIVEN_UP = "given_up"
    WITHHELD = "withheld"  # the receiver may not be told of the file any more


class Why(StrEnum):
    """Why a subscription was ended."""

    BY_HAND = "by_hand"
    GONE = "gone"
    FAILING = "failing"


class Trouble(StrEnum):
    """Why an attempt brought no delivery."""

    STATUS = "status"
    REDIRECT = "redirect"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    TLS = "tls"
    SLOW = "slow"
    LOST = "lost"  # the worker ended over it


#: Between the tries of one delivery; the last one is repeated until the day is over.
PAUSES = (
    *(timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10)),
    *(timedelta(minutes=30), timedelta(hours=1), timedelta(hours=2), timedelta(hours=3)),
)
#: A delivery is tried for so long after it was put in the queue.
GIVEN_UP_AFTER = timedelta(days=1)
#: Nobody is spoken to after so long without one success.
DISABLED_AFTER = timedelta(days=5)
#: A receiver that fails is left alone for at most so long, whatever waits for it.
LONGEST_REST = timedelta(minutes=15)
#: Two secrets sign for so long after a new one was given.
BOTH_FOR = timedelta(days=1)
#: The log of deliveries goes back so far.
KEPT = timedelta(days=30)
#: Attempts of one delivery that are remembered, the newest last.
REMEMBERED = 12


def pause(tries: int, *, chance: float, asked: timedelta | None = None) -> timedelta:
    """How long to wait after so many tries, or longer if the receiver `asked` for it.

    `chance` (0 to 1) spreads those who failed together over a fifth of the pause.
    """
    longer = max(PAUSES[min(tries, len(PAUSES)) - 1], asked or timedelta())
    return min(longer, PAUSES[-1]) * (1 + chance / 5)


def rest(failures: int, *, asked: timedelta | None = None) -> timedelta:
    """How long a receiver is left alone after so many failures in a row."""
    wait = min(timedelta(seconds=5 * 2 ** min(failures - 1, 12)), LONGEST_REST)
    return min(max(wait, asked or timedelta()), PAUSES[-1])


def over(queued_at: datetime, at: datetime) -> bool:
    """Whether a delivery has been tried for long enough."""
    return at - queued_at >= GIVEN_UP_AFTER


def succeeded(status: int | None) -> bool:
    """Whether an answer means that the delivery was taken."""
    return status is not None and 200 <= status < 300
