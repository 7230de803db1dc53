"""Letters as others read them: what waits to be sent, what troubles, what was sent.

None of these is fenced, for none is shown to a person as it is: whoever shows letters gives the
complaints that person may see, as `among`.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from pasokh.casework.correspondence import composed
from pasokh.casework.correspondence.composed import Composed
from pasokh.casework.correspondence.delivery import LetterState
from pasokh.casework.correspondence.models import Letter, Telling
from pasokh.directory.people.ways import Way

#: States from which a letter may set out; an uncertain one sets out once more.
_LEAVING = (LetterState.QUEUED, LetterState.UNCERTAIN)
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")


@dataclass(frozen=True)
class Outgoing:
    """A letter about to leave by mail. `confirmed` says whether the address is surely theirs."""

    id: int
    ref: str
    kind: str
    to: int | None
    address: str
    confirmed: bool
    message_id: str
    letter: Composed


@dataclass(frozen=True)
class Outbox:
    """How the outbox stands. `way` is `smtp`, `folder` (nothing leaves the house) or `none`.

    `told` are the last words of a mail server that put a letter off or could not be reached,
    without the address that servers repeat: whoever looks after the mail need not learn it.
    """

    way: str
    waiting: int
    since: datetime | None
    put_off: int
    to_print: int
    failed: int
    told: str


@dataclass(frozen=True)
class Trouble:
    """A letter that somebody must look after, with what the mail server said of it."""

    id: int
    ref: str
    kind: str
    state: LetterState
    at: datetime
    why: str


def unkept(limit: int) -> list[Letter]:
    """Letters whose text was not kept yet, the oldest first."""
    rows = Letter.objects.filter(text__isnull=True).exclude(state=LetterState.CANCELLED)
    return list(rows.order_by("id")[:limit])


def to_send(at: datetime, *, limit: int) -> list[Outgoing]:
    """The letters that mail may take at an instant, the oldest first, in one statement."""
    due = Q(try_at=None) | Q(try_at__lte=at)
    rows = _by_mail(_LEAVING).filter(due, text__isnull=False, to__refused_at=None)
    return [_outgoing(*row) for row in rows.order_by("id").values_list(*_COLUMNS)[:limit]]


_COLUMNS = (
    *("id", "complaint__ref", "kind", "to_id", "to__value", "to__confirmed_at"),
    *("message_id", "text"),
)


def outbox() -> Outbox:
    """How the outbox stands, in three statements."""
    waiting = _by_mail(_LEAVING)
    counts = waiting.aggregate(
        waiting=Count("id"), since=Min("queued_at"), put_off=Count("id", filter=Q(attempts__gt=0))
    )
    letters = Letter.objects.aggregate(
        failed=Count("id", filter=Q(state=LetterState.FAILED)),
        to_print=Count("id", filter=Q(state=LetterState.QUEUED, to__kind=Way.POST)),
    )
    told = waiting.exclude(failure="").order_by("-changed_at").values_list("failure", flat=True)
    return Outbox(way=way(), told=_ADDRESS.sub("…", told.first() or ""), **counts, **letters)


def way() -> str:
    """By which way letters leave: `smtp`, `folder` or `none`."""
    if settings.MAIL_FOLDER:
        return "folder"
    return "smtp" if settings.SMTP_URL else "none"


def troubled(*, limit: int, among: QuerySet[Any] | None = None) -> list[Trouble]:
    """The letters that failed, came back, or wait for an address nobody may use; newest first.

    One whose content reached the person another way is no trouble any more.
    """
    barred = Q(state=LetterState.QUEUED, to__refused_at__isnull=False)
    rows = Letter.objects.filter(_LOST | barred).exclude(_TOLD).select_related("complaint")
    return _trouble(rows.order_by("-changed_at", "-id"), limit, among)


def by_hand(*, limit: int, among: QuerySet[Any]) -> list[Trouble]:
    """The letters that wait for somebody's hands, oldest first: those that go by post, and all
    of them while there is no mail server.
    """
    rows = Letter.objects.filter(state=LetterState.QUEUED, to__refused_at=None)
    if way() != "none":
        rows = rows.filter(to__kind=Way.POST)
    return _trouble(rows.select_related("complaint").order_by("queued_at", "id"), limit, among)


_LOST = Q(state__in=[LetterState.FAILED, LetterState.RETURNED])
_TOLD = Exists(Telling.objects.filter(letter=OuterRef("pk"), undone_at=None))


def _trouble(rows: QuerySet[Letter], limit: int, among: QuerySet[Any] | None) -> list[Trouble]:
    if among is not None:
        rows = rows.filter(complaint__in=among)
    return [
        Trouble(
            row.pk,
            row.complaint.ref,
            row.kind,
            LetterState(row.state),
            row.changed_at,
            row.failure,
        )
        for row in rows[:limit]
    ]


def kept(letter: Letter) -> Composed | None:
    """A letter's text as it was kept, or None while nothing was."""
    return composed.load(letter.text) if letter.text else None


def _by_mail(states: tuple[LetterState, ...]) -> QuerySet[Letter]:
    return Letter.objects.filter(state__in=states, to__kind=Way.EMAIL)


def _outgoing(
    pk: int,
    ref: str,
    kind: str,
    to: int | None,
    address: str,
    confirmed_at: datetime | None,
    message_id: str,
    text: Any,
) -> Outgoing:
    confirmed = confirmed_at is not None
    return Outgoing(pk, ref, kind, to, address, confirmed, message_id, composed.load(text))
