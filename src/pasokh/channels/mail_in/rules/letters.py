"""Which letter of ours a program's mail speaks of."""

from typing import Any

from pasokh.channels.mail_in.known import Known, OurLetter
from pasokh.channels.mail_in.parsed import Parsed


def of(mail: Parsed, known: Known, recipient: str) -> OurLetter | None:
    """The letter that went to a recipient; else the one that the mail brings back or answers.

    Where several are spoken of and none went to the recipient, none is meant for certain.
    """
    for letter in known.letters.values():
        if recipient and letter.to.casefold() == recipient.casefold():
            return letter
    named = [*mail.returned, *mail.in_reply_to, *reversed(mail.references)]
    found = [known.letters[each] for each in named if each in known.letters]
    found = found or list(known.letters.values())
    return found[0] if len({letter.id for letter in found}) == 1 else None


def facts(mail: Parsed, known: Known, recipient: str) -> dict[str, Any]:
    """Number, file and Message-ID of the letter, as a verdict tells them."""
    letter = of(mail, known, recipient)
    return {"letter": letter.id, "ref": letter.ref, "sign": letter.sign} if letter else {}


def bare(said: str) -> str:
    """An address out of `rfc822; <who@where>`."""
    return said.rpartition(";")[2].strip().strip("<>").strip()
