"""Who read a file: a log of its own, apart from what was done to the file."""

from datetime import datetime

from pasokh.casework.complaints.models import Complaint, Reading
from pasokh.kernel import rows
from pasokh.kernel.actors import Actor


def log_reading(case: Complaint, *, what: str, by: Actor, at: datetime) -> None:
    """Write down that an actor was shown a file, or a part of it."""
    rows.insert(rows.made(Reading, complaint_id=case.pk, actor=by.code, what=what, at=at))
