"""What becomes of a mail, and how a mailbox is reached. Pure."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum


class Disposition(StrEnum):
    """What became of one mail: exactly one of these, once it was sorted."""

    COMPLAINT = "complaint"
    ANSWER = "answer"
    HELD = "held"
    BOUNCE = "bounce"
    AUTOMATIC = "automatic"
    LOOP = "loop"
    SPAM = "spam"
    REFUSED = "refused"
    FAILED = "failed"


#: Those on a complaint's file; what the person wrote stands there.
FILED = frozenset({Disposition.COMPLAINT, Disposition.ANSWER})
#: Those that wait for somebody's decision.
WAITING = frozenset({Disposition.HELD, Disposition.FAILED})


class Way(StrEnum):
    """How mail for a mailbox comes in: fetched by IMAP, or handed over by a mail server."""

    IMAP = "imap"
    HANDED = "handed"


class Security(StrEnum):
    """How the line to a mailbox is secured; plain is for this machine alone."""

    TLS = "tls"
    STARTTLS = "starttls"
    PLAIN = "plain"


class SignIn(StrEnum):
    """What opens a mailbox."""

    PASSWORD = "password"  # noqa: S105  a kind, not one
    TOKEN = "token"  # noqa: S105  ditto


#: How often a mail is tried that could not be sorted, and how long it then rests each time.
MOST_TRIES = 5
PAUSES: Mapping[int, timedelta] = {
    1: timedelta(minutes=1),
    2: timedelta(minutes=5),
    3: timedelta(minutes=15),
    4: timedelta(hours=1),
    5: timedelta(0),
}
