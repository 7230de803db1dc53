"""What complaints do about facts of other contexts, a moment later."""

from pasokh.kernel.jobs import later
from pasokh.kernel.ledger.models import Entry


def calendar_changed(entry: Entry) -> None:
    """Have the open files redrawn whose working time has changed."""
    kind, _, number = entry.subject.partition(":")
    unit = int(number) if kind == "unit" else 0
    later("redraw-deadlines", lock="redraw-deadlines", unit=unit, after=0, why=entry.event)
