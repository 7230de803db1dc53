"""Reads of drafts: by the token that somebody's browser holds, and by nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from pasokh.casework.intake.drafts import sealing
from pasokh.casework.intake.drafts.models import Draft, Knocks
from pasokh.kernel import codes, rows


@dataclass(frozen=True)
class Staged:
    """A file chosen so far: what it is called and is, and where its encrypted bytes are."""

    digest: str
    name: str
    kind: str
    size: int


@dataclass(frozen=True)
class Opened:
    """A draft as its writer sees it; once filed, reference and code instead of what was said.

    `row` is the draft as it was kept when it was opened, `numbers` those taken along for filing it.
    """

    answers: dict[str, Any]
    files: tuple[Staged, ...]
    ref: str = ""
    code: str = ""
    filed_at: datetime | None = None
    row: Draft | None = field(default=None, compare=False, repr=False)
    numbers: dict[rows.Source, list[int]] = field(default_factory=dict, compare=False, repr=False)


def opened(token: str, at: datetime) -> Opened | None:
    """What is kept under a token; None when there is nothing, or not any more."""
    draft = row(token, at)
    return None if draft is None else read(draft, token)


def row(token: str, at: datetime, *, lock: bool = False) -> Draft | None:
    """What is kept under a token, sealed. As SQL, for each step of a complaint begins with it."""
    with connection.cursor() as cursor:
        cursor.execute(ROW + " FOR UPDATE" * lock, {"token": token_hash(token), "at": at})
        found = cursor.fetchone()
    return row_of(found) if found else None


def row_of(found: Sequence[Any]) -> Draft:
    """The draft that a statement found by `ROW`."""
    return rows.loaded(Draft, dict(zip(COLUMNS, found, strict=True)))


COLUMNS = (
    *("id", "number", "token_hash", "sealed", "address"),
    *("made_at", "expires_at", "filed_at"),
)
ROW = f"""
SELECT {", ".join(COLUMNS)} FROM casework_draft
WHERE token_hash = %(token)s AND expires_at > %(at)s
"""  # noqa: S608  the names are ours


def read(draft: Draft, token: str) -> Opened | None:
    """Open a draft's row with its token; None when it was sealed otherwise."""
    try:
        content = sealing.unseal(token, bytes(draft.sealed))
    except sealing.BrokenError:
        return None
    files = tuple(Staged(**file) for file in content.get("files", ()))
    answers, ref, code = content.get("answers", {}), content.get("ref", ""), content.get("code", "")
    return Opened(answers, files, ref, code, draft.filed_at, draft)


def pause(door: str, who: str, at: datetime, *, free: int, longest: timedelta) -> timedelta:
    """How long somebody still has to wait at a door; nothing up to `free` knocks in a row.

    Each further knock doubles the pause, from one second to the longest.
    """
    row = Knocks.objects.filter(door=door, who=who_hash(door, who)).first()
    if row is None or row.count <= free or at - row.last_at >= FORGOTTEN:
        return timedelta()
    wait = min(timedelta(seconds=2 ** min(row.count - free - 1, 20)), longest)
    return max(row.last_at + wait - at, timedelta())


def knocked(door: str, who: str, at: datetime) -> int:
    """How often somebody came to a door in a row."""
    rows = Knocks.objects.filter(door=door, who=who_hash(door, who), last_at__gt=at - FORGOTTEN)
    return rows.values_list("count", flat=True).first() or 0


#: After so long without a knock a row of them is over.
FORGOTTEN = timedelta(minutes=15)


def token_hash(token: str) -> bytes:
    """The keyed hash under which a token is kept."""
    return codes.keyed_hash("draft", token, settings.SECRET_KEY.encode())


def who_hash(door: str, who: str) -> bytes:
    """The keyed hash of an address or a reference; each door has its own."""
    return codes.keyed_hash(f"knock-{door}", who, settings.SECRET_KEY.encode())
