"""One mail as it was read: plain values, whatever state its bytes were in. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pasokh.casework.intake.mailroom.terms import Signature


@dataclass(frozen=True)
class Address:
    """A mail address with the name that stood before it; the domain in lower case."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Enclosed:
    """A file that came with a mail: cleaned name, declared kind, bytes. `cid` names inline ones."""

    name: str
    kind: str
    content: bytes
    cid: str = ""


@dataclass(frozen=True)
class Status:
    """What a mail server told of one recipient: `code` is its enhanced status (RFC 3463) or empty.

    `permanent` is None when nothing was said of that: a delay that is only told, or a delivery.
    """

    recipient: str
    permanent: bool | None
    code: str = ""
    said: str = ""


@dataclass(frozen=True)
class Signed:
    """A signature that came with a mail (S/MIME), as it came, and the bytes beside it that it is
    over; None where it holds them itself. `whole` is false where only a part of the mail is signed.
    """

    wrapped: bytes
    beside: bytes | None
    whole: bool


@dataclass(frozen=True)
class Vouched:
    """What was found of a mail's signature, whose it says it is, and who vouches for that."""

    state: Signature
    signer: str = ""
    issuer: str = ""


@dataclass(frozen=True)
class Parsed:
    """A mail, read as well as could be.

    Message-IDs stand without angle brackets. `headers` holds every header by its name in lower
    case, decoded, in order, within limits. `text` is all that was said, HTML turned into text
    where there was no other; `new` is what the person newly wrote and `folded` the rest of `text`
    (quotations, signatures), so that nothing is lost. `delivered_to` are the addresses the servers
    wrote down as the recipient's. `faults` are codes of what could not be read or was beyond a
    limit.

    `statuses` are what a delivery report tells of each recipient (RFC 3464), `feedback` the fields
    of a feedback report (RFC 5965) by their names in lower case, and `returned` the Message-IDs of
    the messages enclosed or quoted in it: the letters that a bounce brings back. `signed` is the
    outermost signature, and `vouched` what was found of it once somebody looked.
    """

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    sender: Address | None = None
    reply_to: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    delivered_to: tuple[str, ...] = ()
    return_path: str | None = None  # "" is the null sender
    subject: str = ""
    date: datetime | None = None
    text: str = ""
    html: str = ""
    new: str = ""
    folded: str = ""
    language: str = ""
    files: tuple[Enclosed, ...] = ()
    headers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    faults: tuple[str, ...] = ()
    statuses: tuple[Status, ...] = ()
    feedback: Mapping[str, str] = field(default_factory=dict)
    returned: tuple[str, ...] = ()
    signed: Signed | None = None
    vouched: Vouched | None = None

    def header(self, name: str) -> str:
        """The first header of a name in lower case; empty when there is none."""
        found = self.headers.get(name, ())
        return found[0] if found else ""
