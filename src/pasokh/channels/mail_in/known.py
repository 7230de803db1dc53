"""What is known of the house when a mail is judged, and what a rule says of it. Pure.

A rule is `judge(mail, known) -> Verdict | None`: the first one that says anything is heard.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.channels.mail_in.limits import Limits


@dataclass(frozen=True)
class OurLetter:
    """A letter of ours that a mail speaks of: its number, its file, to which address it went.

    `sign` is the Message-ID under which it is spoken of.
    """

    id: int
    ref: str
    to: str
    sign: str = ""


@dataclass(frozen=True)
class Known:
    """What was asked of the database beforehand, in a constant number of statements.

    `mailbox` is the address at which the mail came in, `sender` and `recipient` what the servers
    said of it beside the mail (an envelope; None when nobody said). `mailboxes` and `domains` are
    ours, in small letters. `letters` are our letters by the Message-IDs, without brackets, that
    stand anywhere in the mail, in what it encloses too. `keyed` is the file for which the address
    it was sent to speaks, `threads` are the files of the Message-IDs it answers, the nearest first;
    `party_of` those of all these to which its sender belongs. `of_sender` and `of_domain` count
    the mails of the last hour. `copy_of` is the number of an earlier mail that was this one.
    `givers` counts the people who gave the sender's address as theirs. `trusted` is the name under
    which our own server writes authentication results; empty when none is believed.
    `limits` are those the operator set.
    """

    mailbox: str = ""
    mailboxes: frozenset[str] = frozenset()
    domains: frozenset[str] = frozenset()
    sender: str | None = None
    recipient: str | None = None
    letters: Mapping[str, OurLetter] = field(default_factory=dict)
    keyed: str | None = None
    threads: tuple[str, ...] = ()
    party_of: frozenset[str] = frozenset()
    of_sender: int = 0
    of_domain: int = 0
    copy_of: int | None = None
    givers: int = 0
    trusted: str = ""
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True)
class Verdict:
    """What becomes of a mail, why by a code, and facts: codes, numbers and references only.

    A bounce tells `permanent` (bool), `recipient` and, when known, `letter` and `ref`.
    """

    disposition: Disposition
    reason: str
    facts: Mapping[str, Any] = field(default_factory=dict)
