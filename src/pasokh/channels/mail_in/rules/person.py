"""What is left: somebody writes to us, and that is a complaint."""

from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.channels.mail_in.known import Known, Verdict
from pasokh.channels.mail_in.parsed import Parsed


def judge(mail: Parsed, known: Known) -> Verdict:
    """File what somebody wrote; hold what names no sender or says nothing."""
    if mail.sender is None or "@" not in mail.sender.address:
        return Verdict(Disposition.HELD, "no-sender")
    if not (mail.new.strip() or mail.text.strip() or mail.subject.strip()):
        return Verdict(Disposition.HELD, "nothing-said", {"files": len(mail.files)})
    if known.givers:
        return Verdict(Disposition.COMPLAINT, "known-address", {"people": known.givers})
    return Verdict(Disposition.COMPLAINT, "new-address")
