"""A feedback report (RFC 5965): a mail provider tells that somebody called our letter unwanted."""

from typing import Any

from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.channels.mail_in.known import Known, Verdict
from pasokh.channels.mail_in.parsed import Parsed
from pasokh.channels.mail_in.rules import letters

#: Kinds of reports that the register names; any other is told as `other`.
KINDS = frozenset({"abuse", "fraud", "virus", "not-spam", "auth-failure", "opt-out"})


def judge(mail: Parsed, known: Known) -> Verdict | None:
    """Put a report aside as a program's mail, with the letter of ours that it is about."""
    kind = mail.feedback.get("feedback-type", "").strip().lower()
    if not kind:
        return None
    told: dict[str, Any] = {"feedback": kind if kind in KINDS else "other"}
    recipient = letters.bare(mail.feedback.get("original-rcpt-to", ""))
    return Verdict(
        Disposition.AUTOMATIC, "feedback-report", told | letters.facts(mail, known, recipient)
    )
