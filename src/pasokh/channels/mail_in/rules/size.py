"""Mail beyond what is read whole: a person looks at it, for a part of it may say what matters."""

from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.channels.mail_in.known import Known, Verdict
from pasokh.channels.mail_in.parsed import Parsed

#: Faults that mean that something was left unread; others are read around.
UNREAD = (
    "unreadable",
    "too-large",
    "too-deep",
    "too-many-parts",
    "headers-cut",
    "text-cut",
    "files-cut",
)


def judge(mail: Parsed, known: Known) -> Verdict | None:
    """Hold a mail of which something was left unread, and say what."""
    fault = next((each for each in UNREAD if each in mail.faults), None)
    return Verdict(Disposition.HELD, "beyond-limits", {"fault": fault}) if fault else None
