"""Have stored files checked and drawn, and decide of those in quarantine."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction

from pasokh.casework.inspection import events, verdicts
from pasokh.casework.inspection.models import Inspection, Picture
from pasokh.casework.inspection.queries import apart
from pasokh.casework.inspection.verdicts import Drawn, Finding, Settled, Verdict
from pasokh.kernel import events as known_events
from pasokh.kernel import files, rows
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.writer import record

RIGHT = "file.release"

#: The same bytes given anew after they were deleted are in quarantine once more. Each once and in
#: one order, so that two who ask for the same files do not wait for each other.
_ASK = """
INSERT INTO casework_inspection AS row (
    digest, asked_at, look_at, verdict, scanner, signatures, found, looked, settled, reason,
    drawn, drawings, kind, pages, shown, cleaned
) SELECT digest, min(at), min(at), 'unchecked', '', '', '', 0, '', '', 'waits', 0, '', 0, 0, false
FROM json_to_recordset(%s::json) AS told(digest text, at timestamptz)
GROUP BY digest ORDER BY digest
ON CONFLICT (digest) DO UPDATE SET
    settled = '', settled_by_id = NULL, settled_at = NULL, reason = ''
WHERE row.settled = 'removed'
"""


def ask(digests: Sequence[str], *, at: datetime) -> None:
    """Have files checked and drawn soon, each once, in the caller's transaction."""
    if digests:
        rows.write_told(_ASK, [{"digest": one, "at": at} for one in digests])


@transaction.atomic
def begin(digest: str, *, at: datetime) -> Inspection | None:
    """Count an attempt before it is made; None where there is nothing to do, or nothing yet.

    Until the next attempt is due the file is this one's, whichever worker asks.
    """
    row = Inspection.objects.select_for_update().filter(digest=digest, look_at__lte=at).first()
    if row is None:
        return None
    row.looked += 1
    row.look_at = verdicts.next_try(row.looked, at)
    row.save(update_fields=["looked", "look_at"])
    return row


@transaction.atomic
def judge(digest: str, finding: Finding, *, by: Actor, at: datetime) -> None:
    """Keep what a scanner said of a file, and write it down where it is news."""
    row = Inspection.objects.select_for_update().get(digest=digest)
    news = row.verdict != finding.verdict
    row.verdict, row.judged_at = finding.verdict, at
    row.scanner, row.signatures = finding.scanner[:100], finding.signatures[:100]
    row.found = finding.found[:200]
    if row.verdict == Verdict.INFECTED:
        row.look_at = None
    row.save()
    if news:
        record(_inspected(row), subject=_subject(digest), by=by, at=at)


@transaction.atomic
def begin_drawing(digest: str) -> bool:
    """Count an attempt at drawing; False where two of them ended the worker."""
    row = Inspection.objects.select_for_update().get(digest=digest)
    if row.drawings >= verdicts.MOST_DRAWINGS:
        return False
    row.drawings += 1
    row.save(update_fields=["drawings"])
    return True


@dataclass(frozen=True)
class NewPicture:
    """A picture just drawn and stored: what it is of, and its measures in pixels."""

    what: str
    number: int
    digest: str
    kind: str
    width: int
    height: int


@transaction.atomic
def drew(
    digest: str, *, drawn: Drawn, kind: str, pages: int = 0, pictures: Sequence[NewPicture] = ()
) -> None:
    """Keep the pictures of a file, or that there are none; those from before go."""
    row = Inspection.objects.select_for_update().get(digest=digest)
    Picture.objects.filter(inspection=row).delete()
    Picture.objects.bulk_create([Picture(inspection=row, **vars(one)) for one in pictures])
    row.drawn, row.kind, row.pages = drawn, kind[:100], pages
    row.shown = sum(one.what == "page" for one in pictures)
    row.cleaned = any(one.what == "clean" for one in pictures)
    row.save()


@transaction.atomic
def rest(digest: str) -> None:
    """Look at a file no more, until there is something new to find in it."""
    Inspection.objects.filter(digest=digest).update(look_at=None)


@transaction.atomic
def look_again(*, at: datetime) -> None:
    """Have everything looked at that nobody checked, now that there is a scanner."""
    Inspection.objects.filter(verdict=Verdict.UNCHECKED, look_at=None).update(look_at=at)


@transaction.atomic
def release(digest: str, *, reason: str, by: Actor, at: datetime) -> None:
    """Let a file out of quarantine, because whoever may says that it is harmless."""
    row = _decided(digest, Settled.RELEASED, reason, by, at)
    row.look_at = at if row.drawn == Drawn.WAITS else None
    row.save()
    fact = events.Released(digest=digest)
    record(fact, subject=_subject(digest), by=by, at=at, private={"reason": reason})


@transaction.atomic
def remove(digest: str, *, reason: str, by: Actor, at: datetime) -> None:
    """Delete the bytes of a file in quarantine; what hung on it says so from then on."""
    row = _decided(digest, Settled.REMOVED, reason, by, at)
    row.look_at = None
    row.save()
    pictures = Picture.objects.filter(inspection=row)
    drawn = list(pictures.values_list("digest", flat=True))
    pictures.delete()
    fact = events.Removed(digest=digest)
    record(fact, subject=_subject(digest), by=by, at=at, private={"reason": reason})
    for gone in (digest, *drawn):
        transaction.on_commit(partial(files.discard, gone))


def _decided(digest: str, settled: Settled, reason: str, by: Actor, at: datetime) -> Inspection:
    if not by.may(RIGHT):
        raise Refused("not-authorised")
    if not reason.strip():
        raise Refused("nothing-said")
    row = apart().select_for_update().filter(digest=digest, settled=Settled.NOT).first()
    if row is None:
        raise Refused("not-in-quarantine")
    row.settled, row.reason = settled, reason
    row.settled_by_id, row.settled_at = int(by.id), at
    return row


def _inspected(row: Inspection) -> known_events.Event:
    return events.Inspected(
        digest=row.digest,
        verdict=row.verdict,
        scanner=row.scanner,
        signatures=row.signatures,
        found=row.found,
    )


def _subject(digest: str) -> str:
    return f"file:{digest}"
