"""Who read a mail: a log of its own, as of files."""

from datetime import datetime

from pasokh.casework.intake.mailroom.models import Mail, MailReading
from pasokh.kernel import rows
from pasokh.kernel.actors import Actor


def log_reading(mail: Mail, *, what: str, by: Actor, at: datetime) -> None:
    """Write down that an actor was shown a mail, or a file that came with it."""
    rows.insert(rows.made(MailReading, mail_id=mail.pk, actor=by.code, what=what, at=at))
