"""What the clock does to files: warns, tells of passed deadlines, redraws after calendar changes.

Each sweep is told `now`, may be repeated, and goes on past a file that fails.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import locked
from pasokh.casework.complaints.actions.clocks import redraw_for_calendar
from pasokh.casework.complaints.lifecycle import OPEN
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.deadlines import actions as deadlines
from pasokh.casework.deadlines import queries as clocks
from pasokh.casework.deadlines.queries import DueClock
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.actors import Actor, clock
from pasokh.kernel.events import Event
from pasokh.kernel.jobs import later
from pasokh.kernel.ledger.writer import record

#: Files touched in one turn; a longer sweep goes on in the next.
BATCH = 200

CALENDAR = clock("calendar", "deadlines.redraw")
DEADLINES = clock("deadlines")

logger = logging.getLogger(__name__)

Row = TypeVar("Row")


def warn_of_deadlines(now: datetime) -> None:
    """Write down, once each, that a duty's deadline is near (ISO 10002:2018, 7.3)."""
    due = clocks.to_warn(now, limit=BATCH)
    _each(due, lambda row: _tell(row, events.DeadlineNear, deadlines.warned, now))


def tell_of_passed_deadlines(now: datetime) -> None:
    """Write down, once each, that a duty's deadline has passed (ISO 10002:2018, 7.3)."""
    due = clocks.to_alarm(now, limit=BATCH)
    _each(due, lambda row: _tell(row, events.DeadlinePassed, deadlines.alarmed, now))


def redraw_open(*, unit: int, after: int, why: str, now: datetime) -> int | None:
    """Redraw a batch of open files of a unit and all below it; 0 stands for every unit.

    Returns the id to go on after, or None when all are done.
    """
    files = Complaint.objects.filter(state__in=OPEN, pk__gt=after).order_by("pk")
    if unit:
        files = files.filter(unit__in=organisation.subtree(unit))
    batch = list(files.values_list("pk", "ref")[:BATCH])
    _each(batch, lambda row: redraw_for_calendar(row[1], why=why, by=CALENDAR, at=now))
    return batch[-1][0] if len(batch) == BATCH else None


def redraw_job(*, unit: int, after: int, why: str, now: datetime) -> None:
    """Redraw one batch, and enqueue the next: a sweep that was killed goes on where it was."""
    following = redraw_open(unit=unit, after=after, why=why, now=now)
    if following is not None:
        later("redraw-deadlines", lock="redraw-deadlines", unit=unit, after=following, why=why)


@transaction.atomic
def _tell(
    row: DueClock, fact: type, keep: Callable[..., int], now: datetime, by: Actor = DEADLINES
) -> None:
    """Two workers may see the same clock: the file's lock and the kept mark let one tell."""
    case = locked(row.ref)
    if keep([row.id], at=now):
        told: Event = fact(clock=row.name, stage=row.stage, due_at=row.due_at)
        record(told, subject=case.subject, by=by, at=now)


def _each(rows: Iterable[Row], act: Callable[[Row], object]) -> None:
    """Act on every row; one that fails is reported and does not stop the others."""
    for row in rows:
        try:
            act(row)
        except Exception:
            logger.exception("a sweep failed on %s", row)
