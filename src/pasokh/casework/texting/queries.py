"""Texts as others read them: what waits, what has room, what became of each.

None of these is fenced: whoever shows texts gives the letters that a person may see.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from pasokh.casework.texting.models import Gateway, Text
from pasokh.casework.texting.states import TextState
from pasokh.directory.people.models import ContactPoint
from pasokh.directory.people.ways import Way
from pasokh.kernel import codes, configuration, sealed

#: Under which name the secret of the address for reports is sealed with the credentials.
REPORTS = "reports"
#: Texts in a day to a number that nobody confirmed: it may be a stranger's.
STRANGER = 3
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Leaving:
    """How texts leave: by which wire format, from which number, and within which limits.

    `reports` is the secret in the address to which reports come; empty while there is none.
    """

    id: int
    template: str
    base: str
    sender: str
    notice_tells: bool
    per_number: int
    per_hour: int
    reports: str = field(repr=False)
    credentials: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Waiting:
    """A text about to leave; `kind` is its letter's, empty where it answers somebody.

    `confirmed` says whether the number is surely theirs.
    """

    id: int
    ref: str
    letter: int | None
    kind: str
    to: int | None
    number: str
    confirmed: bool
    language: str
    words: str
    key: str


@dataclass(frozen=True)
class Figures:
    """How texts stand: `segments` is what the last thirty days were billed for."""

    waiting: int
    failed: int
    returned: int
    delivered: int
    sent: int
    segments: int
    trouble: str


@configuration.kept
def gateway() -> Leaving | None:
    """How texts leave; None while they do not."""
    row = Gateway.objects.filter(used=True).first()
    if row is None:
        return None
    known = _credentials(row)
    return Leaving(
        id=row.pk,
        template=row.template,
        base=row.base,
        sender=row.sender,
        notice_tells=row.notice_tells,
        per_number=row.per_number,
        per_hour=row.per_hour,
        reports=known.get(REPORTS, ""),
        credentials=known,
    )


def _credentials(row: Gateway) -> Mapping[str, str]:
    """What the gateway knows us by; nothing when another installation's key had sealed it."""
    try:
        held: dict[str, str] = json.loads(
            sealed.unseal("text-gateway", row.template, bytes(row.sealed))
        )
    except sealed.BrokenError:
        return {}
    return held


def leave() -> bool:
    """Whether letters to a mobile telephone leave by text."""
    return gateway() is not None


def reports_to(token: str) -> Leaving | None:
    """The gateway whose reports come to an address with this secret."""
    row = Gateway.objects.filter(used=True, report_hash=report_hash(token)).first()
    return gateway() if row else None


def report_hash(token: str) -> bytes:
    """The keyed hash under which the secret of an address for reports is kept."""
    return codes.keyed_hash("text-reports", token, settings.SECRET_KEY.encode())


def to_send(at: datetime, *, limit: int, per_number: int, per_hour: int) -> list[Waiting]:
    """The texts that may leave at an instant, the oldest first, as far as the limits have room.

    One to a number that was stopped meanwhile, or that has had its share of a day, stays.
    """
    gone = Text.objects.filter(sent_at__gt=at - HOUR).count()
    room = min(limit, per_hour - gone)
    if room <= 0:
        return []
    with connection.cursor() as cursor:
        known: dict[str, Any] = {"at": at, "day": at - DAY, "most": per_number, "room": room}
        cursor.execute(_TO_SEND, known)
        return [Waiting(*row) for row in cursor.fetchall()]


_TO_SEND = f"""
WITH waiting AS (
    SELECT one.*, point.id AS point, point.confirmed_at IS NOT NULL AS confirmed,
           row_number() OVER (PARTITION BY one.number ORDER BY one.id) AS turn
    FROM casework_text one LEFT JOIN directory_contactpoint point ON point.id = one.to_id
    WHERE one.state IN ('{TextState.QUEUED}', '{TextState.UNCERTAIN}')
      AND (one.try_at IS NULL OR one.try_at <= %(at)s)
      AND point.refused_at IS NULL AND point.texts_stopped_at IS NULL
)
SELECT waiting.id, coalesce(complaint.ref, ''), letter.id, coalesce(letter.kind, ''),
       waiting.point, waiting.number, waiting.confirmed, waiting.language, waiting.words,
       waiting.key
FROM waiting
LEFT JOIN casework_letter letter ON letter.id = waiting.letter_id
LEFT JOIN casework_complaint complaint ON complaint.id = letter.complaint_id
WHERE waiting.turn <= CASE
    WHEN waiting.confirmed OR waiting.letter_id IS NULL THEN %(most)s
    ELSE least(%(most)s, {STRANGER}) END - (
    SELECT count(*) FROM casework_text sent
    WHERE sent.number = waiting.number AND sent.sent_at > %(day)s AND sent.id <> waiting.id
)
ORDER BY waiting.id LIMIT %(room)s
"""  # noqa: S608  our words


def to_ask(at: datetime, *, limit: int) -> list[tuple[int, str, str]]:
    """Texts whose gateway has to be asked what became of them: id, their id, and the number."""
    rows = Text.objects.filter(ask_at__lte=at, state=TextState.HANDED_OVER).order_by("ask_at")
    return list(rows.values_list("pk", "their_id", "number")[:limit])


def of_letters(letters: Iterable[int]) -> dict[int, list[Text]]:
    """The texts of letters, the oldest first, in one statement."""
    found: dict[int, list[Text]] = {}
    for row in Text.objects.filter(letter__in=list(letters)).order_by("pk"):
        found.setdefault(row.letter_id or 0, []).append(row)
    return found


def figures(at: datetime) -> Figures:
    """How texts stand, in two statements."""
    counts = Text.objects.aggregate(
        waiting=Count("id", filter=Q(state__in=[TextState.QUEUED, TextState.UNCERTAIN])),
        failed=Count("id", filter=Q(state=TextState.FAILED)),
        returned=Count("id", filter=Q(state=TextState.RETURNED)),
        delivered=Count("id", filter=Q(state=TextState.DELIVERED)),
        sent=Count("id", filter=Q(sent_at__gt=at - 30 * DAY)),
        segments=Sum("segments", filter=Q(sent_at__gt=at - 30 * DAY)),
    )
    trouble = Gateway.objects.filter(used=True).values_list("trouble", flat=True).first()
    segments = counts.pop("segments") or 0
    return Figures(segments=segments, trouble=trouble or "", **counts)


def lost(*, limit: int, among: QuerySet[Any]) -> list[Text]:
    """The texts of these files that failed or did not arrive, newest first."""
    bad = Text.objects.filter(state__in=[TextState.FAILED, TextState.RETURNED])
    found = bad.filter(letter__complaint__in=among).select_related("letter__complaint")
    return list(found.order_by("-changed_at", "-pk")[:limit])


def holders(number: str) -> QuerySet[ContactPoint]:
    """Everybody's contact point that is this number."""
    return ContactPoint.objects.filter(kind=Way.PHONE, key=number)
