"""Whether a file may be shown or sent: the one place that decides, for every door."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BufferedReader
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from pasokh.casework.inspection.models import Inspection, Picture
from pasokh.casework.inspection.verdicts import Drawn, Settled, Standing, Verdict, closed
from pasokh.kernel import files
from pasokh.kernel.errors import Refused


@dataclass(frozen=True)
class Shown:
    """A picture that we drew: its bytes, and what a browser is told of them."""

    content: BufferedReader
    kind: str


@dataclass(frozen=True)
class Apart:
    """A file that lies in quarantine, or did until somebody decided."""

    digest: str
    verdict: Verdict
    found: str
    scanner: str
    at: datetime
    settled: Settled
    settled_by: Any
    settled_at: datetime | None
    reason: str


def strict() -> bool:
    """Whether what was not found clean waits, as the house chose."""
    return bool(settings.UNCHECKED_WAITS)


def standings(digests: Iterable[str]) -> Mapping[str, Standing]:
    """How each of these files stands; one that nobody has heard of is not checked."""
    wanted = list(dict.fromkeys(digests))
    rows = Inspection.objects.filter(digest__in=wanted) if wanted else ()
    known = {row.digest: _standing(row) for row in rows}
    return {digest: known.get(digest) or _unheard(digest) for digest in wanted}


def standing(digest: str) -> Standing:
    """How one file stands."""
    return standings([digest])[digest]


def require(digest: str) -> Standing:
    """How a file stands that is to be shown or sent; refuses where it may not be."""
    found = standing(digest)
    if found.closed:
        raise Refused(found.closed)
    return found


def opened(digest: str) -> BufferedReader:
    """The bytes of a file that may be shown or sent; FileNotFoundError when they are not there."""
    require(digest)
    return files.open(digest)


def opened_unless_harmful(digest: str) -> BufferedReader:
    """The bytes of a record that the house itself keeps, such as a mail as it came.

    It may hold what somebody attached, so it is refused where harm was found in it; it waits for
    no check, because nobody but a clerk saves it, and knows what it is.
    """
    found = standing(digest)
    if found.verdict is Verdict.INFECTED and found.closed:
        raise Refused(found.closed)
    return files.open(digest)


def handed(digest: str, name: str, *, own: bool) -> tuple[BufferedReader, str]:
    """The bytes that somebody is given of a file, and under which name.

    Their own file comes back as it was (`own`); of the other side's pictures and documents they
    are given the copy that tells nothing of cameras and authors. What could not be drawn, nobody
    can see through, and what is signed must stay whole, so it is saved as it is. Refuses what may
    not be given, and a picture that is not drawn yet.
    """
    found = require(digest)
    if not own and found.drawn is Drawn.WAITS:
        raise Refused("file-being-prepared")
    if not own and found.cleaned and (clean := picture(digest, "clean")):
        return clean.content, f"{PurePosixPath(name).stem}.{_EXTENSIONS[clean.kind]}"
    return files.open(digest), name


_EXTENSIONS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}


def picture(digest: str, what: str, number: int = 0) -> Shown | None:
    """A picture of a file that may be shown: `small`, a `page` or the `clean` copy."""
    require(digest)
    found = Picture.objects.filter(inspection__digest=digest, what=what, number=number).first()
    if found is None:
        return None
    try:
        return Shown(files.open(found.digest), found.kind)
    except FileNotFoundError:
        return None


def to_look_at(at: datetime, *, limit: int) -> list[str]:
    """The files whose time it is to be checked or drawn, those that waited longest first."""
    due = Inspection.objects.filter(look_at__lte=at).order_by("look_at")
    return list(due.values_list("digest", flat=True)[:limit])


def apart() -> QuerySet[Inspection]:
    """The files in quarantine: what is harmful, and in a strict house what could not be read."""
    bad = Q(verdict=Verdict.INFECTED)
    if strict():
        bad |= Q(verdict=Verdict.UNREADABLE)
    return Inspection.objects.filter(bad).order_by("-judged_at", "-pk")


def quarantine(*, settled: bool, limit: int) -> list[Apart]:
    """What lies in quarantine, or what was decided of it, the newest first."""
    found = apart().filter(settled=Settled.NOT) if not settled else apart().exclude(settled="")
    return [_apart(row) for row in found.select_related("settled_by")[:limit]]


def lies_apart(digest: str) -> Apart | None:
    """A file that lies in quarantine, or did until somebody decided."""
    row = apart().filter(digest=digest).select_related("settled_by").first()
    return _apart(row) if row else None


def unchecked() -> tuple[int, datetime | None]:
    """How many files wait to be checked, and since when."""
    waiting = Inspection.objects.filter(verdict=Verdict.UNCHECKED).order_by("asked_at")
    oldest = waiting.values_list("asked_at", flat=True).first()
    return waiting.count(), oldest


def last_scanner() -> tuple[str, str, datetime] | None:
    """The scanner that answered last, its signatures, and when."""
    judged = Inspection.objects.filter(judged_at__isnull=False).order_by("-judged_at").first()
    if judged is None or judged.judged_at is None:
        return None
    return judged.scanner, judged.signatures, judged.judged_at


def _standing(row: Inspection) -> Standing:
    verdict, settled = Verdict(row.verdict), Settled(row.settled)
    return Standing(
        digest=row.digest,
        verdict=verdict,
        settled=settled,
        kind=row.kind,
        drawn=Drawn(row.drawn),
        pages=row.pages,
        shown=row.shown,
        cleaned=row.cleaned,
        closed=closed(verdict, settled, strict=strict()),
    )


def _unheard(digest: str) -> Standing:
    return Standing(digest, closed=closed(Verdict.UNCHECKED, Settled.NOT, strict=strict()))


def _apart(row: Inspection) -> Apart:
    return Apart(
        digest=row.digest,
        verdict=Verdict(row.verdict),
        found=row.found,
        scanner=f"{row.scanner} {row.signatures}".strip(),
        at=row.judged_at or row.asked_at,
        settled=Settled(row.settled),
        settled_by=row.settled_by,
        settled_at=row.settled_at,
        reason=row.reason,
    )
