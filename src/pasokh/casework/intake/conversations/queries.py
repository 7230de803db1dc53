"""What conversations are about, and who may ask how a complaint stands: only a party of it."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count, Q

from pasokh.casework.complaints.lifecycle import OPEN
from pasokh.casework.complaints.models import Complaint, Message
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake.conversations.models import Conversation, Heard, Party, Source
from pasokh.casework.intake.conversations.steps import At, Talk
from pasokh.casework.intake.conversations.terms import CHANNELS, SourceKind, Stage
from pasokh.directory.people.models import ContactPoint
from pasokh.directory.people.ways import Way
from pasokh.kernel import codes, configuration, sealed


@dataclass(frozen=True)
class Place:
    """A source of messages in use. `token` is a bot's own; `shown` what its messages must show."""

    id: int
    kind: SourceKind
    name: str
    base: str
    token: str = field(default="", repr=False)
    shown: str = field(default="", repr=False)


@dataclass(frozen=True)
class Listed:
    """A source as set-up lists it, with what came from it in thirty days."""

    id: int
    kind: SourceKind
    name: str
    made_at: datetime
    trouble: str
    heard: int
    failed: int


@dataclass(frozen=True)
class Coming:
    """A message, or its answers, that waits: `told` is what was sealed."""

    id: int
    place: Place
    stage: Stage
    who: bytes
    told: Any
    tries: int


def place_at(secret: str) -> Place | None:
    """The source whose messages come to an address with this secret."""
    rows = Source.objects.filter(token_hash=secret_hash(secret), ended_at=None)
    return _place(row) if (row := rows.first()) else None


def place(source: int) -> Place | None:
    """A source in use."""
    row = Source.objects.filter(pk=source, ended_at=None).first()
    return _place(row) if row else None


def sources(since: datetime) -> list[Listed]:
    """The sources in use, in one statement."""
    lately = Q(heard__at__gt=since)
    rows = Source.objects.filter(ended_at=None).annotate(
        came=Count("heard", filter=lately),
        lost=Count("heard", filter=lately & Q(heard__stage=Stage.FAILED)),
    )
    return [
        Listed(row.pk, SourceKind(row.kind), row.name, row.made_at, row.trouble, row.came, row.lost)
        for row in rows.order_by("pk")
    ]


@configuration.kept
def hears_texts() -> bool:
    """Whether an answer by text reaches us."""
    return Source.objects.filter(kind=SourceKind.SMS, ended_at=None).exists()


def waiting(at: datetime, *, limit: int) -> list[Coming]:
    """The messages and answers that are to be looked at, the oldest first."""
    rows = Heard.objects.filter(
        stage__in=[Stage.WAITING, Stage.ANSWERING], try_at__lte=at, source__ended_at=None
    )
    return [
        Coming(
            row.pk,
            _place(row.source),
            Stage(row.stage),
            bytes(row.who),
            unsealed(row.sealed),
            row.tries,
        )
        for row in rows.select_related("source").order_by("pk")[:limit]
    ]


def talk(source: int, who: bytes, at: datetime) -> Talk:
    """How far somebody's conversation has come; a new one where there is none any more."""
    rows = Conversation.objects.filter(source=source, who=who, expires_at__gt=at)
    if (row := rows.first()) is None:
        return Talk()
    told = unsealed(row.sealed)
    return Talk(**{**told, "at": At(told["at"]), "files": tuple(told["files"])})


def own(source: int, who: bytes, number: str) -> list[Complaint]:
    """The files that somebody may ask about: filed from this chat, or naming this very number.

    A number counts where whoever complains can be sure to read it: it was confirmed.
    """
    filed = Party.objects.filter(source=source, who=who).values("complaint")
    mine = Q(pk__in=filed)
    if number:
        points = ContactPoint.objects.filter(
            kind=Way.PHONE, key=number, refused_at=None, confirmed_at__isnull=False
        )
        people = points.values("person")
        mine |= Q(representative__in=people)
        mine |= Q(complainant__in=people, representative=None)
    return list(Complaint.objects.filter(mine, confidential=False).order_by("-pk")[:20])


def filed_as(place: Place, their_id: str) -> str:
    """The reference of the file that a message of a source began; empty where it began none."""
    own = {"channel": CHANNELS[place.kind], "source_id": f"{place.id}:{their_id}"}
    return Complaint.objects.filter(**own).values_list("ref", flat=True).first() or ""


def untold_receipt(ref: str) -> int | None:
    """The acknowledgement of a file that has told nothing yet."""
    rows = Letter.objects.filter(complaint__ref=ref, kind=LetterKind.ACKNOWLEDGEMENT)
    untold = rows.exclude(tellings__undone_at=None, tellings__isnull=False)
    return untold.order_by("pk").values_list("pk", flat=True).first()


def asked(case: Complaint) -> bool:
    """Whether the last word on an open file is a question or a message of ours."""
    if case.state not in OPEN:
        return False
    last = Message.objects.filter(complaint=case).order_by("-at", "-pk").first()
    return last is not None and not last.incoming


def secret_hash(secret: str) -> bytes:
    """The keyed hash under which the secret of an address is kept."""
    return codes.keyed_hash("message-source", secret, str(settings.SECRET_KEY).encode())


def who_hash(source: int, who: str) -> bytes:
    """The keyed hash of whose chat or number it is; each source has its own."""
    return codes.keyed_hash("message-party", f"{source}:{who}", str(settings.SECRET_KEY).encode())


def unsealed(kept: Any) -> Any:
    """What was sealed of a message or a conversation."""
    return json.loads(sealed.unseal("conversation", "", bytes(kept)))


def _place(row: Source) -> Place:
    try:
        held = json.loads(sealed.unseal("message-source", row.kind, bytes(row.sealed)))
    except sealed.BrokenError:
        held = {}
    return Place(row.pk, SourceKind(row.kind), row.name, row.base, **held)
