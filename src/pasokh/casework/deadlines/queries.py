"""Reads of clocks: what to warn of, what has passed, and how a case's clocks stand.

Each question is one indexed statement. None is fenced: what is due next and what is late among
the files that a person may see is asked of the queue (`complaints.queries`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from pasokh.casework.deadlines.clocks import GOING, State
from pasokh.casework.deadlines.models import Clock, Extension, Hold
from pasokh.casework.deadlines.working import Answer, load


@dataclass(frozen=True)
class DueClock:
    """One running clock with what a list needs to name it."""

    id: int
    complaint_id: int
    ref: str
    unit_id: int
    name: str
    stage: int
    due_at: datetime
    duty: bool


@dataclass(frozen=True)
class ClockOnCase:
    """One clock as the page of its case shows it."""

    name: str
    stage: int
    round: int
    state: State
    duty: bool
    started_at: datetime
    due_at: datetime | None
    stopped_at: datetime | None
    answer: Answer

    def late(self, now: datetime) -> bool:
        """Whether the time of a running clock has passed."""
        return self.state is State.RUNNING and self.due_at is not None and self.due_at < now


@dataclass(frozen=True)
class HoldOnCase:
    """One hold as the page of its case shows it."""

    category: str
    reason: str
    from_at: datetime
    until_at: datetime | None


@dataclass(frozen=True)
class ExtensionOnCase:
    """One extension as the page of its case shows it."""

    clock: str
    stage: int
    amount: int
    unit: str
    reason: str
    at: datetime


def to_warn(now: datetime, *, limit: int) -> list[DueClock]:
    """The duties to warn of that nobody was warned of yet; see `actions.warned`."""
    asked = "warned_at IS NULL AND warn_at <= %s AND clock.due_at >= %s ORDER BY warn_at, 1"
    return _to_tell(asked, now, now, limit)


def to_alarm(now: datetime, *, limit: int) -> list[DueClock]:
    """The duties whose time has passed without anyone having been told; see `actions.alarmed`."""
    return _to_tell("alarmed_at IS NULL AND clock.due_at < %s ORDER BY 7, 1", now, limit)


_NEXT_TO_TELL = """
SELECT least(
    (SELECT min(warn_at) FROM casework_clock
     WHERE state = 'running' AND duty AND warned_at IS NULL AND warn_at > %(since)s),
    (SELECT min(due_at) FROM casework_clock
     WHERE state = 'running' AND duty AND alarmed_at IS NULL AND due_at >= %(since)s))
"""


def next_to_tell(since: datetime) -> datetime | None:
    """The first moment from one on at which a duty is to be warned of, or will have passed."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_TO_TELL, {"since": since})
        at: datetime | None = cursor.fetchone()[0]
    return at


def of_case(complaint_id: int) -> list[ClockOnCase]:
    """The clocks of a complaint in the order in which they began, with their workings."""
    return clocks_on_case(Clock.objects.filter(complaint_id=complaint_id))


def holds(complaint_id: int) -> list[HoldOnCase]:
    """The holds of a complaint, first to last."""
    return holds_on_case(Hold.objects.filter(complaint_id=complaint_id))


def extensions(complaint_id: int) -> list[ExtensionOnCase]:
    """The extensions granted to the clocks of a complaint, first to last."""
    return extensions_on_case(Extension.objects.filter(complaint_id=complaint_id))


def clocks_on_case(rows: Iterable[Clock]) -> list[ClockOnCase]:
    """Clocks as the page of their case shows them, in the order in which they began."""
    return [
        ClockOnCase(
            name=row.name,
            stage=row.stage,
            round=row.round,
            state=State(row.state),
            duty=row.duty,
            started_at=row.started_at,
            due_at=row.due_at,
            stopped_at=row.stopped_at,
            answer=load(row.working),
        )
        for row in sorted(rows, key=lambda row: (row.stage, row.started_at, row.pk))
    ]


def holds_on_case(rows: Iterable[Hold]) -> list[HoldOnCase]:
    """Holds as the page of their case shows them."""
    return [HoldOnCase(row.category, row.reason, row.from_at, row.until_at) for row in rows]


def extensions_on_case(rows: Iterable[Extension]) -> list[ExtensionOnCase]:
    """Extensions as the page of their case shows them."""
    return [
        ExtensionOnCase(row.clock, row.stage, row.amount, row.unit, row.reason, row.at)
        for row in rows
    ]


def stale(calendar_version: str, complaint_ids: QuerySet[Any], *, limit: int) -> list[int]:
    """Complaints among those given that have going clocks found with another calendar."""
    going = Clock.objects.filter(state__in=GOING, complaint_id__in=complaint_ids)
    rows = going.exclude(calendar_version=calendar_version).order_by("complaint_id")
    return list(rows.values_list("complaint_id", flat=True).distinct()[:limit])


def _to_tell(which: str, *params: Any) -> list[DueClock]:
    """Of running duties those that are asked for; asked every few minutes."""
    with connection.cursor() as cursor:
        cursor.execute(f"{_DUTIES} AND {which} LIMIT %s", params)
        return [DueClock(*row) for row in cursor.fetchall()]


_DUTIES = """
SELECT clock.id, complaint_id, ref, unit_id, name, clock.stage, clock.due_at, duty
FROM casework_clock clock JOIN casework_complaint complaint ON complaint.id = complaint_id
WHERE clock.state = 'running' AND duty
"""
