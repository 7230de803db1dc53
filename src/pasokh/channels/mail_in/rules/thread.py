"""Which file a mail answers: by the address it was sent to, then by the Message-IDs it names.

The keyed address is known to whoever had our letter. Message-IDs are handed on with every answer,
so a sender who names one and the address of a party must be verified, where senders are looked at.
"""

from pasokh.casework.intake.mailroom.terms import UNPROVEN, Disposition
from pasokh.channels.mail_in.known import Known, Verdict
from pasokh.channels.mail_in.parsed import Parsed
from pasokh.channels.mail_in.rules import authentication


def judge(mail: Parsed, known: Known) -> Verdict | None:
    """Take an answer from a party of the file; hold anybody else's for a person to decide."""
    refs = [*([known.keyed] if known.keyed else []), *known.threads]
    if not refs:
        return None
    by = "address" if known.keyed == (first := _theirs(refs, known) or refs[0]) else "thread"
    if first not in known.party_of:
        return Verdict(Disposition.HELD, "not-a-party", {"ref": first})
    if by == "thread" and authentication.checked(mail, known) in UNPROVEN:
        return Verdict(Disposition.HELD, "sender-unverified", {"ref": first})
    return Verdict(Disposition.ANSWER, f"by-{by}", {"ref": first})


def _theirs(refs: list[str], known: Known) -> str | None:
    return next((ref for ref in refs if ref in known.party_of), None)
