"""The same mail once more: another copy was sorted already."""

from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.channels.mail_in.known import Known, Verdict
from pasokh.channels.mail_in.parsed import Parsed


def judge(mail: Parsed, known: Known) -> Verdict | None:
    """Refuse what is here already, by the same bytes or by number, sender and words."""
    if known.copy_of is None:
        return None
    return Verdict(Disposition.REFUSED, "duplicate", {"mail": known.copy_of})
