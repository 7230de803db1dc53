"""Letters as others read them: what waits to be sent, what troubles, what was sent.

None of these is fenced, for none is shown to a person as it is: whoever shows letters gives the
complaints that person may see, as `among`.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet

from pasokh.casework.correspondence import caps, composed
from pasokh.casework.correspondence.caps import Noticed
from pasokh.casework.correspondence.composed import Composed
from pasokh.casework.correspondence.delivery import NOWHERE, Form, LetterState
from pasokh.casework.correspondence.models import Letter, Sending, Telling
from pasokh.directory.people.ways import Way
from pasokh.kernel import rows

#: States from which a letter may set out; an uncertain one sets out once more.
_LEAVING = (LetterState.QUEUED, LetterState.UNCERTAIN)
#: States of a letter that reaches nobody.
GONE = (LetterState.FAILED, LetterState.RETURNED, LetterState.CANCELLED)
_LOST_STATES = f"'{LetterState.FAILED}', '{LetterState.RETURNED}'"
#: Whether the letter `lost` reached nobody, as a condition; see `to_look_after`.
REACHED_NOBODY = f"""
lost.state IN ({_LOST_STATES}) AND NOT EXISTS (
    SELECT FROM casework_letter later
    WHERE later.complaint_id = lost.complaint_id AND later.id >= lost.id
      AND (later.id = lost.id OR later.copy_of_id IS NULL AND lost.copy_of_id IS NULL) AND (
        later.kind = lost.kind AND later.state NOT IN ({_LOST_STATES}, '{LetterState.CANCELLED}')
        OR EXISTS (SELECT FROM casework_telling WHERE letter_id = later.id AND undone_at IS NULL))
)
"""  # noqa: S608  our words
_ADDRESS = re.compile(r"[^\s<>@]+@[^\s<>@]+")


@dataclass(frozen=True)
class Outgoing:
    """A letter about to leave by mail. `confirmed` says whether the address is surely theirs,
    `failing` whether an earlier mail to it came back.
    """

    id: int
    complaint: int
    ref: str
    kind: str
    to: int | None
    address: str
    confirmed: bool
    failing: bool
    copy: bool
    encloses: bool
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
    held: int
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
    held: str = ""
    lacks: tuple[str, ...] = ()
    complaint: int = 0
    unit: int = 0
    writer: str = ""


def unkept(at: datetime, *, limit: int) -> list[Letter]:
    """Letters that are there at an instant without their text, the oldest first.

    Those that lacked something come last, and only once it is time to look at them again.
    """
    nowhere = [str(each) for each in NOWHERE - {LetterState.LACKING}]
    return rows.found(Letter, _UNKEPT, [nowhere, at, at, limit])


_UNKEPT = f"""
SELECT {rows.columns(Letter)} FROM casework_letter
WHERE text IS NULL AND state <> ALL(%s) AND changed_at <= %s
  AND (state <> '{LetterState.LACKING}' OR try_at <= %s)
ORDER BY state = '{LetterState.LACKING}', id LIMIT %s
"""  # noqa: S608  our words


def to_send(at: datetime, *, limit: int) -> list[Outgoing]:
    """The letters that mail may take at an instant, the oldest first, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_TO_SEND, [list(map(str, _LEAVING)), Way.EMAIL, at, at, limit])
        return [
            Outgoing(*(*row[:-1], composed.load(json.loads(row[-1]))))  # the columns, in order
            for row in cursor.fetchall()
        ]


_TO_SEND = """
SELECT letter.id, complaint.id, complaint.ref, letter.kind, point.id,
       COALESCE(point.value, letter.address), point.id IS NULL OR point.confirmed_at IS NOT NULL,
       point.failing_since IS NOT NULL, letter.copy_of_id IS NOT NULL, EXISTS (
           SELECT FROM casework_enclosure
           WHERE letter_id = COALESCE(letter.copy_of_id, letter.id)
       ),
       letter.message_id, letter.text::text
FROM casework_letter letter
JOIN casework_complaint complaint ON complaint.id = letter.complaint_id
LEFT JOIN directory_contactpoint point ON point.id = letter.to_id
WHERE letter.state = ANY(%s) AND (point.kind = %s OR letter.address <> '')
  AND point.refused_at IS NULL
  AND letter.changed_at <= %s AND (letter.try_at IS NULL OR letter.try_at <= %s)
  AND letter.text IS NOT NULL
ORDER BY letter.id LIMIT %s
"""


def noticed(at: datetime) -> Noticed:
    """The mails of the last hour to addresses that nobody had confirmed."""
    sent = Sending.objects.filter(form=Form.NOTICE, at__gt=at - caps.WITHIN)
    found = Noticed()
    for mailbox, domain, many in sent.values_list("mailbox", "domain").annotate(n=Count("id")):
        found.addresses[mailbox] += many
        found.domains[domain] += many
        found.all += many
    return found


#: Earlier mails that a later one names: enough for every mail program to put them together.
NAMED = 8


def thread(complaint: int, address: str) -> list[tuple[datetime, str]]:
    """The Message-IDs of the letters of a file that went whole to one address, newest first, each
    with when it last set out.
    """
    mailbox = caps.folded(address)
    sent = Sending.objects.filter(letter__complaint=complaint, mailbox=mailbox, form=Form.FULL)
    newest = sent.order_by("-at", "-pk").values_list("message_id", "at")[: 2 * NAMED]
    last: dict[str, datetime] = {}
    for sign, at in newest:
        last.setdefault(sign, at)
    return [(at, sign) for sign, at in last.items()][:NAMED]


def sent_as(message_id: str) -> tuple[Letter, Sending] | None:
    """The letter that set out under a Message-ID, with or without brackets and domain."""
    local = message_id.strip().strip("<>").partition("@")[0]
    found = Sending.objects.filter(message_id=local).select_related("letter__complaint")
    sent = found.select_related("letter__to").order_by("-at").first()
    return (sent.letter, sent) if sent else None


def outbox() -> Outbox:
    """How the outbox stands, in three statements."""
    waiting = _by_mail(_LEAVING)
    counts = waiting.aggregate(
        waiting=Count("id"),
        since=Min("queued_at"),
        put_off=Count("id", filter=Q(attempts__gt=0)),
        held=Count("id", filter=~Q(held="")),
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

    One whose content reached the person another way is no trouble any more, nor is one that a later
    letter took the place of; see `deadlines.kept`.
    """
    barred = Q(state=LetterState.QUEUED, to__refused_at__isnull=False)
    rows = Letter.objects.filter(_LOST | barred).exclude(_TOLD | Q(_REPLACED, copy_of=None))
    rows = rows.select_related("complaint")
    return _trouble(rows.order_by("-changed_at", "-id"), limit, among)


def to_look_after(letters: Sequence[Letter]) -> list[Letter]:
    """Those among all letters of a file, loaded with their tellings, that reached nobody and that
    neither another way nor a later letter made good; see `deadlines.kept`.
    """
    ours = [one for one in letters if not one.copy_of_id]
    return [
        one
        for one in ours
        if one.state in (LetterState.FAILED, LetterState.RETURNED)
        and not any(later.pk >= one.pk and _makes_good(later, one) for later in ours)
    ]


def _makes_good(later: Letter, lost: Letter) -> bool:
    told = any(one.undone_at is None for one in later.tellings.all())
    return told or (later.kind == lost.kind and later.state not in GONE)


def by_hand(*, limit: int, among: QuerySet[Any], texts: bool) -> list[Trouble]:
    """The letters that wait for somebody's hands, oldest first: those that go by post, those by
    mail while there is no mail server, and those to a mobile number while no `texts` leave.
    """
    left = {Way.EMAIL: way() == "none", Way.PHONE: not texts, Way.POST: True}
    ways = [kind for kind, waits in left.items() if waits]
    rows = Letter.objects.filter(state=LetterState.QUEUED, to__refused_at=None, to__kind__in=ways)
    return _trouble(rows.select_related("complaint").order_by("queued_at", "id"), limit, among)


def held(*, limit: int, among: QuerySet[Any]) -> list[Trouble]:
    """The letters that a cap holds back, oldest first; each names its cap."""
    rows = _by_mail(_LEAVING).exclude(held="").order_by("id").select_related("complaint")
    return _trouble(rows, limit, among)


def kept_back(state: LetterState, *, limit: int, among: QuerySet[Any]) -> list[Trouble]:
    """The letters that wait for approval, or lack something, the oldest first."""
    rows = Letter.objects.filter(state=state, copy_of=None).select_related("complaint")
    return _trouble(rows.order_by("queued_at", "id"), limit, among)


_LOST = Q(state__in=[LetterState.FAILED, LetterState.RETURNED])
_TOLD = Exists(Telling.objects.filter(letter=OuterRef("pk"), undone_at=None))
_REPLACED = Exists(
    Letter.objects.filter(
        complaint=OuterRef("complaint"), pk__gt=OuterRef("pk"), copy_of=None
    ).filter(Q(kind=OuterRef("kind")) & ~Q(state__in=GONE) | _TOLD)
)


def _trouble(rows: QuerySet[Letter], limit: int, among: QuerySet[Any] | None) -> list[Trouble]:
    if among is not None:
        rows = rows.filter(complaint__in=among)
    return [
        Trouble(
            row.pk,
            row.complaint.ref,
            row.called,
            LetterState(row.state),
            row.changed_at,
            row.failure,
            row.held,
            tuple(row.lacks),
            row.complaint_id,
            row.complaint.unit_id,
            row.writer,
        )
        for row in rows[:limit]
    ]


def kept(letter: Letter) -> Composed | None:
    """A letter's text as it was kept, or None while nothing was."""
    return composed.load(letter.text) if letter.text else None


def _by_mail(states: tuple[LetterState, ...]) -> QuerySet[Letter]:
    return Letter.objects.filter(Q(to__kind=Way.EMAIL) | ~Q(address=""), state__in=states)
