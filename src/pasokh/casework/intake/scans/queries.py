"""Scans that wait for a clerk, and those that were filed lately, as far as one may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from pasokh.casework.inspection import queries as inspection
from pasokh.casework.inspection.verdicts import Standing
from pasokh.casework.intake.scans.marks import BLANK, CASE, Mark, written
from pasokh.casework.intake.scans.models import Scan
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused

RIGHT = "complaint.receive"
#: Scans on one page, and how many of those filed lately are shown.
PAGE, LATELY = 25, 15
_OPEN = (Scan.State.READING, Scan.State.WAITING)
_SETTLED = (Scan.State.FILED, Scan.State.SET_ASIDE)


@dataclass(frozen=True)
class Scanned:
    """A scanned letter as it is shown: the scan, and what was found in its file."""

    row: Scan
    how: Standing

    @property
    def waits(self) -> bool:
        return self.row.state == Scan.State.WAITING


@dataclass(frozen=True)
class Tray:
    """A page of what waits, the oldest first, with where the next begins; and what was settled."""

    waiting: list[Scanned]
    next: int
    lately: list[Scanned]


def visible_to(actor: Actor) -> QuerySet[Scan]:
    """The scans an actor may see: of units for which they take in complaints, and their own."""
    reach = actor.reach(RIGHT)
    if reach is None:
        return Scan.objects.all()
    own = Q(dropped_by=int(actor.id)) if actor.kind is Kind.STAFF and reach else Q(pk=None)
    return Scan.objects.filter(Q(unit__in=reach) | own)


def tray(actor: Actor, *, after: int = 0) -> Tray:
    """What waits to be filed, a page of it, and what was settled lately."""
    seen = visible_to(actor).select_related("dropped_by", "complaint", "settled_by")
    open_ = seen.filter(state__in=_OPEN, pk__gt=after).order_by("pk")
    waiting = list(open_[: PAGE + 1])
    lately = list(seen.filter(state__in=_SETTLED).order_by("-settled_at", "-pk")[:LATELY])
    how = inspection.standings(row.digest for row in (*waiting, *lately))
    more = waiting[PAGE - 1].pk if len(waiting) > PAGE else 0
    return Tray(_with(waiting[:PAGE], how), more, _with(lately, how))


def scanned(actor: Actor, scan: int) -> Scanned:
    """One scan; refuses in the same words whether it does not exist or may not be seen."""
    rows = visible_to(actor).select_related("dropped_by", "complaint", "settled_by", "part_of")
    if (row := rows.filter(pk=scan).first()) is None:
        raise Refused("no-such-scan")
    return Scanned(row, inspection.standing(row.digest))


def to_read(at: datetime, *, limit: int) -> list[int]:
    """The scans whose sheets nobody has looked for yet, the oldest first."""
    due = Scan.objects.filter(Q(read_at=None) | Q(read_at__lte=at), state=Scan.State.READING)
    return list(due.order_by("dropped_at").values_list("pk", flat=True)[:limit])


def mark_of(row: Scan) -> Mark | None:
    """The sheet under which a letter lay that was parted from others."""
    if row.said:
        return Mark(CASE, row.said)
    return Mark(BLANK, str(row.sheet_id)) if row.sheet_id else None


def code_of_case(ref: str) -> str:
    """What the QR code of a complaint's reference sheet says."""
    return written(Mark(CASE, ref), key())


def code_of_sheet(number: int) -> str:
    """What the QR code of a blank reference sheet says."""
    return written(Mark(BLANK, str(number)), key())


def key() -> bytes:
    """The key with which sheets are made and read."""
    return str(settings.SECRET_KEY).encode()


def _with(rows: list[Scan], how: Mapping[str, Any]) -> list[Scanned]:
    return [Scanned(row, how[row.digest]) for row in rows]
