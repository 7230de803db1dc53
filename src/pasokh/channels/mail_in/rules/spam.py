"""What the mail server marked as spam on the way here.

Anybody can write such a mark; whoever marks their own mail harms nobody else. An answer of a party
is heard all the same, for it is judged before.
"""

from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.channels.mail_in.known import Known, Verdict
from pasokh.channels.mail_in.parsed import Parsed

_MARKS = ("x-spam-flag", "x-spam-status", "x-spam")


def judge(mail: Parsed, known: Known) -> Verdict | None:
    """Put aside what a server marked; it stays, and can be released."""
    said = (mail.header(name).strip().lower() for name in _MARKS)
    marked = any(one.startswith(("yes", "true")) for one in said)
    return Verdict(Disposition.SPAM, "marked-as-spam") if marked else None
