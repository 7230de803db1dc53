"""Scanned letters: those that wait to be filed, and what became of the others."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pasokh.casework.exports.lists.listed import Columns, Listed, Narrowed, named, reads
from pasokh.casework.intake.scans import queries
from pasokh.casework.intake.scans.models import Scan
from pasokh.kernel.actors import Actor

_STATES: dict[Any, Any] = {
    Scan.State.READING: _("Being looked through"),
    Scan.State.WAITING: _("Waits to be filed"),
    Scan.State.FILED: _("Filed"),
    Scan.State.DIVIDED: _("Divided into its letters"),
    Scan.State.SET_ASIDE: _("Set aside"),
}
_COLUMNS: Columns = {
    "name": (_("File"), lambda one, _words: one.name),
    "state": (_("State"), lambda one, _words: named(_STATES, one.state)),
    "reference": (_("Reference"), lambda one, _words: one.complaint.ref if one.complaint else ""),
    "pages": (_("Pages"), lambda one, _words: str(one.pages or "")),
    "received": (_("Received"), lambda one, words: words.at(one.received_at)),
    "received_iso": (_("Received (ISO)"), lambda one, words: words.iso(one.received_at)),
    "by": (_("Handed in by"), lambda one, _words: str(one.dropped_by.name)),
    "settled": (_("Settled"), lambda one, words: words.at(one.settled_at)),
    "reason": (_("Why"), lambda one, _words: one.reason),
}


def _found(actor: Actor) -> QuerySet[Scan]:
    found = queries.visible_to(actor).select_related("complaint", "dropped_by")
    return found.order_by("-pk")


def _count(actor: Actor, _narrowed: Narrowed, _now: datetime) -> int:
    return _found(actor).count()


def _rows(actor: Actor, _narrowed: Narrowed, _now: datetime) -> Iterator[Scan]:
    return _found(actor).iterator(500)


SCANS = Listed(*("scans", _("Scans"), reads(queries.RIGHT), _count, _rows, _COLUMNS))
