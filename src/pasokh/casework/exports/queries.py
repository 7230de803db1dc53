"""Exports as whoever asked for them may see them: their own."""

from datetime import datetime

from pasokh.casework.exports.models import Export
from pasokh.casework.exports.states import State
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused

#: Exports in the list.
SHOWN = 30


def own(actor: Actor) -> list[Export]:
    """The exports of a colleague, the newest first."""
    if actor.kind is not Kind.STAFF:
        return []
    return list(Export.objects.filter(by=int(actor.id)).order_by("-id")[:SHOWN])


def to_fetch(actor: Actor, export_id: int, at: datetime) -> Export:
    """An export of a colleague's own that is ready and whose days are not over."""
    found = Export.objects.filter(pk=export_id, state=State.READY, expires_at__gt=at).first()
    if found is None or actor.kind is not Kind.STAFF or found.by_id != int(actor.id):
        raise Refused("no-such-export")
    return found


def at_work(export_id: int) -> Export | None:
    """An export for the job that makes it; None where it was removed."""
    return Export.objects.filter(pk=export_id).first()
