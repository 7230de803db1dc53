"""A letter that came back: to whom, for good or for now, and which of ours it was.

What a server tells in the standard form (RFC 3464) and in its own is read in `bounced`; here it is
judged. A delay is told as temporary. Which letter it was is known by its Message-ID, which only its
recipient and the servers on the way have seen.
"""

from typing import Any

from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.channels.mail_in.known import Known, Verdict
from pasokh.channels.mail_in.parsed import Parsed, Status
from pasokh.channels.mail_in.rules import letters

#: Characters of a server's words that are kept.
WORDS = 200


def judge(mail: Parsed, known: Known) -> Verdict | None:
    """Know a bounce by a recipient who was not reached; a report of arrival is put aside."""
    failed = [each for each in mail.statuses if each.permanent is not None]
    if failed:
        status = _ours(failed, mail, known)
        told: dict[str, Any] = {
            "permanent": bool(status.permanent),
            "recipient": status.recipient,
        }
        told |= {"why": why} if (why := _words(status)) else {}
        found = letters.facts(mail, known, status.recipient)
        reason = "letter-returned" if found else "nothing-of-ours"
        return Verdict(Disposition.BOUNCE, reason, told | found)
    if mail.statuses:
        arrived = letters.facts(mail, known, mail.statuses[0].recipient)
        return Verdict(Disposition.AUTOMATIC, "delivery-report", arrived)
    return None


def _words(status: Status) -> str:
    """What the server said: its code, which has words in the reader's language, else its own."""
    said = status.said.partition(";")[2] or status.said
    return status.code or said.strip()[:WORDS]


def _ours(failed: list[Status], mail: Parsed, known: Known) -> Status:
    """The recipient to whom a letter of ours went; else the one who is unreachable for good."""
    to = {letter.to.casefold() for letter in known.letters.values()}
    for status in failed:
        if status.recipient.casefold() in to:
            return status
    return next((each for each in failed if each.permanent), failed[0])
