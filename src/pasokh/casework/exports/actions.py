"""The verbs on exports. A channel makes the file; here it is asked for, kept, told and forgotten.

Whose rights count is asked at the moment of making, and what was handed out stands in the ledger:
filters, number and digest.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from pasokh.casework.exports import events
from pasokh.casework.exports.lists import COMPLAINTS, LISTS, SET_UP
from pasokh.casework.exports.models import Export
from pasokh.casework.exports.states import AT_WORK, Format, State
from pasokh.kernel import files
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.events import Event
from pasokh.kernel.files import Stored
from pasokh.kernel.jobs import later
from pasokh.kernel.ledger.writer import record

#: How long a file may be fetched; files of one colleague in the making; files that are few.
KEPT, MOST, FEW = timedelta(days=7), 3, 2000


@transaction.atomic
def ask(
    list_: str,
    filters: dict[str, Any],
    *,
    format: Format,
    mark: bool,
    language: str,
    by: Actor,
    at: datetime,
) -> Export:
    """Ask for a list as a file; a long one is made in the background."""
    if by.kind is not Kind.STAFF or list_ not in LISTS or not LISTS[list_].may(by):
        raise Refused("not-authorised")
    if Export.objects.filter(by=int(by.id), state__in=AT_WORK).count() >= MOST:
        raise Refused("exports-too-many", most=MOST)
    export = Export(by_id=int(by.id), list=list_, filters=filters, format=format, mark=mark)
    export.rows = LISTS[list_].count(by, filters, at)
    export.language, export.state = language, State.WAITING
    export.asked_at, export.expires_at = at, at + KEPT
    export.save()
    if export.rows > FEW:
        later("make-export", lock=export.subject, export=export.pk)
    return export


@transaction.atomic
def hand_out(
    title: str,
    stored: Stored,
    *,
    rows: int,
    format: Format,
    language: str,
    by: Actor,
    at: datetime,
) -> Export:
    """Keep a list of set-up that its page has written, ready to be fetched, and write it down.

    Whoever may open the page may take its list out; the page asks for that right.
    """
    if by.kind is not Kind.STAFF:
        raise Refused("not-authorised")
    export = Export(by_id=int(by.id), list=SET_UP, filters={"title": title}, format=format)
    export.language, export.state, export.mark = language, State.READY, True
    export.rows = export.done = rows
    export.digest, export.size = stored.digest, stored.size
    export.asked_at, export.expires_at = at, at + KEPT
    export.save()
    fact, private = _told(export)
    record(fact, subject=export.subject, by=by, at=at, private=private)
    return export


@transaction.atomic
def progress(export_id: int, done: int) -> bool:
    """Say how far the making is; False where nobody wants the file any more."""
    waiting = Export.objects.filter(pk=export_id, state__in=AT_WORK)
    return bool(waiting.update(state=State.MAKING, done=done))


@transaction.atomic
def made(export_id: int, stored: Stored, *, rows: int, by: Actor, at: datetime) -> None:
    """Keep the file that was made, and write down what was handed out."""
    export = Export.objects.select_for_update().filter(pk=export_id, state__in=AT_WORK).first()
    if export is None:
        return
    export.state, export.done, export.expires_at = State.READY, rows, at + KEPT
    export.digest, export.size = stored.digest, stored.size
    export.save()
    fact, private = _told(export)
    record(fact, subject=export.subject, by=by, at=at, private=private)


def _told(export: Export) -> tuple[Event, dict[str, str] | None]:
    """What is written down of an export; the words that were looked for are sealed."""
    told = {**export.filters}
    if export.list != COMPLAINTS.name:
        narrowed = tuple(f"{name}={value}" for name, value in sorted(told.items()))
        return (
            events.ListMade(
                list=export.list,
                narrowed=narrowed,
                format=export.format,
                rows=export.done,
                digest=export.digest,
            ),
            None,
        )
    words = str(told.pop("text", ""))
    fact = events.Made(
        format=export.format,
        rows=export.done,
        digest=export.digest,
        with_words=bool(words),
        **told,
    )
    return fact, {"words": words} if words else None


@transaction.atomic
def fail(export_id: int, code: str) -> None:
    """Say that a file could not be made, and why."""
    Export.objects.filter(pk=export_id, state__in=AT_WORK).update(state=State.FAILED, failure=code)


@transaction.atomic
def fetched(export: Export, *, by: Actor, at: datetime) -> None:
    """Write down that a file was downloaded."""
    record(events.Fetched(digest=export.digest), subject=export.subject, by=by, at=at)


@transaction.atomic
def forget(export_id: int, *, by: Actor, at: datetime) -> None:
    """Let go of a file of one's own before its days are over."""
    own = Export.objects.select_for_update().filter(pk=export_id, by=int(by.id))
    if by.kind is not Kind.STAFF or not own.exists():
        raise Refused("no-such-export")
    _let_go(own)


@transaction.atomic
def purge_exports(now: datetime) -> None:
    """Delete the files whose days are over; that they were made stays in the ledger."""
    over = Export.objects.filter(expires_at__lte=now).exclude(state=State.GONE)
    _let_go(over.select_for_update(skip_locked=True))


def _let_go(exports: QuerySet[Export]) -> None:
    gone = list(exports)
    Export.objects.filter(pk__in=[one.pk for one in gone]).update(state=State.GONE)
    for digest in {one.digest for one in gone if one.digest}:
        if not Export.objects.filter(digest=digest).exclude(state=State.GONE).exists():
            transaction.on_commit(partial(files.discard, digest))
