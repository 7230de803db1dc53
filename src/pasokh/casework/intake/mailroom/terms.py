"""What becomes of a mail, and how a mailbox is reached. Pure."""

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
#: The channel under which complaints by mail are known.
CHANNEL = "email"
#: The right to see to mail that a person must see to.
SORT = "mail.sort"
#: The right to see who read what.
LOG = "access_log.read"
#: Hosts to which a password may travel in clear.
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
#: Why a mail is held that was encrypted to a key that is not here, or was not then.
NO_KEY = "encrypted-elsewhere"
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
    RENEWED = "renewed"  # a token that we renew ourselves


class Sender(StrEnum):
    """What is known of who sent a mail: by the mail server that a mailbox trusts, or by a valid
    signature of the sender's own.
    """

    VERIFIED = "verified"
    UNVERIFIED = "unverified"
    UNHEARD = "unheard"  # the server says nothing of it
    SIGNED = "signed"


class Signature(StrEnum):
    """What was found of the signature of a mail (S/MIME)."""

    VALID = "valid"
    CHANGED = "changed"  # it was not made over what came in
    EXPIRED = "expired"  # the certificate had ended, or not begun
    UNTRUSTED = "untrusted"  # no authority of ours vouches for the certificate
    ANOTHER = "another"  # the certificate is not the sender's
    STALE = "stale"  # made so long before that it may be another mail's, sent on
    PARTIAL = "partial"  # only a part of the mail is signed
    WEAK = "weak"  # by a method that is not known, or proves nothing any more
    UNJUDGED = "unjudged"  # no authority is set up
    UNREADABLE = "unreadable"


#: Findings under which nobody may take the sender for who they say they are.
UNPROVEN = frozenset({Sender.UNVERIFIED, Sender.UNHEARD})

#: What the secrets of a renewed token are sealed for: the client's, the refresh token, the token.
GRANT, REFRESH, ACCESS = "mailbox-client", "mailbox-refresh", "mailbox-access"
#: The server by which letters leave, where a mailbox is named otherwise.
OUTGOING = "mail-server"

#: How often a mail is tried that could not be sorted, and how long it rests after each.
MOST_TRIES = 5
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 1, 5, 15, 60, 60))


class Door(StrEnum):
    """By which of the three ways one mail came in."""

    IMAP = "imap"
    LMTP = "lmtp"
    PIPE = "pipe"


def pause(tries: int) -> timedelta:
    """How long a mail rests after so many tries, if the last one did not sort it."""
    return PAUSES[min(tries, len(PAUSES) - 1)]
