"""Take in scanned letters and lay each where it belongs: a new complaint, or one that is there.

A letter that files itself by its reference sheet is filed in the name of the clerk who handed it
in, with that clerk's rights of the moment; whatever is refused waits for a person.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext, override

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.matter import File
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries import complaint_for
from pasokh.casework.inspection import actions as inspection
from pasokh.casework.intake.scans import events
from pasokh.casework.intake.scans.marks import BLANK, CASE, Mark
from pasokh.casework.intake.scans.models import Scan, Sheet
from pasokh.casework.intake.scans.queries import RIGHT, visible_to
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.jobs import later
from pasokh.kernel.ledger.writer import record

#: The channel of what came on paper.
CHANNEL = "letter"
KINDS = frozenset({"application/pdf", "image/jpeg", "image/png", "image/tiff"})
#: Looks at a scan that may end the worker before it is left to a person, and how long apart.
MOST_READINGS, APART = 3, timedelta(minutes=2)
MOST_SHEETS = 100


@transaction.atomic
def drop(file: File, *, received_at: datetime, by: Actor, at: datetime) -> Scan:
    """Take in one scanned file, once; its sheets are looked for in the background."""
    unit = _unit(by)
    if file.kind not in KINDS:
        raise Refused("scan-kind", name=file.name)
    if received_at > at:
        raise Refused("in-the-future", happened=received_at.isoformat())
    new = Scan(unit_id=unit, received_at=received_at, dropped_by_id=int(by.id), dropped_at=at)
    row = _kept(new, file)
    inspection.ask([file.digest], at=at)
    record(events.Dropped(digest=file.digest), subject=_subject(row), by=by, at=at)
    later("read-scan", scan=row.pk)
    return row


@transaction.atomic
def begin_reading(scan: int, *, at: datetime) -> Scan | None:
    """Count a look at a scan before it is made; None where another worker looks, or it is done."""
    row = Scan.objects.select_for_update().filter(pk=scan, state=Scan.State.READING).first()
    if row is None or (row.read_at and row.read_at > at):
        return None
    row.readings, row.read_at = row.readings + 1, at + APART
    if row.readings > MOST_READINGS:
        row.state, row.why = Scan.State.WAITING, "scan-unreadable"
    row.save()
    return row if row.state == Scan.State.READING else None


@transaction.atomic
def leave(scan: int, *, why: str, pages: int = 0) -> None:
    """Let a scan wait for a person, and say why."""
    reading = Scan.objects.filter(pk=scan, state=Scan.State.READING)
    reading.update(state=Scan.State.WAITING, why=why, pages=pages)


@dataclass(frozen=True)
class NewPart:
    """One letter of a scan of several: its own file, and the sheet that lay on it."""

    file: File
    mark: Mark | None
    pages: int


@transaction.atomic
def divide(scan: int, parts: Sequence[NewPart], *, by: Actor, at: datetime) -> list[Scan]:
    """Make a scan of its own of each letter in one file; empty where that was done before."""
    whole = Scan.objects.select_for_update().filter(pk=scan, state=Scan.State.READING).first()
    if whole is None:
        return []
    whole.state, whole.settled_at = Scan.State.DIVIDED, at
    whole.pages = sum(part.pages for part in parts)
    whole.save()
    record(events.Divided(parts=len(parts)), subject=_subject(whole), by=by, at=at)
    inspection.ask([part.file.digest for part in parts], at=at)
    return [_part(whole, part, at) for part in parts]


@transaction.atomic
def file_by_sheet(scan: int, mark: Mark | None, *, pages: int, at: datetime) -> str:
    """File a scan where its reference sheet says, in the name of whoever handed it in.

    Returns the reference; empty where it waits for a person, with why.
    """
    row = Scan.objects.select_for_update().filter(pk=scan, state=Scan.State.READING).first()
    if row is None:
        return ""
    row.pages = pages
    try:
        with transaction.atomic():
            return _by_sheet(row, mark, at)
    except Refused as refused:
        row.state, row.why = Scan.State.WAITING, refused.code[:40]
        row.save()
        return ""


@transaction.atomic
def file_onto(
    scan: int, ref: str, *, text: str, received_at: datetime, by: Actor, at: datetime
) -> str:
    """File a scan onto a complaint that is there, as what the complainant added on paper."""
    row = _waiting(scan, by)
    case = complaint_for(by, ref)
    _hear(row, case, text, received_at, by, at)
    _settle(row, case, by=by, at=at)
    return case.ref


@transaction.atomic
def taken(scan: int, *, by: Actor) -> File:
    """Lock a scan of which a new complaint is being made, and give its file.

    To be called in the transaction that makes it: of two clerks, one is late.
    """
    row = _waiting(scan, by)
    return File(row.digest, row.name, row.kind, row.size)


@transaction.atomic
def entered(scan: int, ref: str, *, by: Actor, at: datetime) -> None:
    """Write down which complaint was made of a scan that was `taken`."""
    _settle(_waiting(scan, by), Complaint.objects.get(ref=ref), by=by, at=at)


@transaction.atomic
def set_aside(scan: int, *, reason: str, by: Actor, at: datetime) -> None:
    """Leave a scan out that is not for the complaints office, and say why."""
    if not reason.strip():
        raise Refused("nothing-said")
    row = _waiting(scan, by)
    row.state, row.reason = Scan.State.SET_ASIDE, reason
    row.settled_by_id, row.settled_at = int(by.id), at
    row.save()
    private = {"reason": reason}
    record(events.SetAside(), subject=_subject(row), by=by, at=at, private=private)


@transaction.atomic
def print_sheets(many: int, *, by: Actor, at: datetime) -> list[int]:
    """Number blank reference sheets, to be laid on letters before they are scanned."""
    _unit(by)
    made = [Sheet(printed_by_id=int(by.id), printed_at=at) for _ in range(min(many, MOST_SHEETS))]
    return [sheet.pk for sheet in Sheet.objects.bulk_create(made)]


def _kept(row: Scan, file: File) -> Scan:
    row.digest, row.name, row.kind, row.size = file.digest, file.name, file.kind, file.size
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("scan-known", name=file.name) from error
    return row


def _part(whole: Scan, part: NewPart, at: datetime) -> Scan:
    row = Scan(
        unit_id=whole.unit_id,
        received_at=whole.received_at,
        dropped_by_id=whole.dropped_by_id,
        dropped_at=whole.dropped_at,
        part_of=whole,
        pages=part.pages,
        said=part.mark.value if part.mark and part.mark.kind == CASE else "",
        sheet=_sheet(part.mark),
        # Not the schedule's to read: it is filed, or left, right after it was made.
        read_at=at + APART,
    )
    return _kept(row, part.file)


def _sheet(mark: Mark | None) -> Sheet | None:
    blank = mark is not None and mark.kind == BLANK
    return Sheet.objects.filter(pk=int(mark.value)).first() if mark and blank else None


def _by_sheet(row: Scan, mark: Mark | None, at: datetime) -> str:
    if mark is None:
        raise Refused("scan-has-no-sheet")
    ref = mark.value
    if mark.kind != CASE:
        row.sheet = Sheet.objects.select_for_update().filter(pk=int(mark.value)).first()
        if row.sheet is None or row.sheet.complaint is None:
            raise Refused("scan-sheet-unused")
        ref = row.sheet.complaint.ref
    row.said = ref[:20]
    clerk = organisation.actor_for_staff(row.dropped_by_id, at)
    if clerk is None:
        raise Refused("scan-by-nobody")
    case = complaint_for(clerk, ref)
    with override(case.language):
        text = gettext("Received on paper; see the scan.")
    _hear(row, case, text, row.received_at, clerk, at)
    _settle(row, case, by=clerk, at=at, by_its_sheet=True)
    return case.ref


def _hear(
    row: Scan, case: Complaint, text: str, received: datetime, by: Actor, at: datetime
) -> None:
    complaints.hear(
        case.ref,
        text=text,
        files=[File(row.digest, row.name, row.kind, row.size)],
        channel=CHANNEL,
        happened_at=received,
        by=by,
        at=at,
    )


def _settle(
    row: Scan, case: Complaint, *, by: Actor, at: datetime, by_its_sheet: bool = False
) -> None:
    row.state, row.complaint, row.why = Scan.State.FILED, case, ""
    row.settled_by_id, row.settled_at = int(by.id), at
    row.save()
    if row.sheet_id:
        Sheet.objects.filter(pk=row.sheet_id, complaint=None).update(complaint=case)
    fact = events.Filed(complaint=case.ref, by_its_sheet=by_its_sheet)
    record(fact, subject=_subject(row), by=by, at=at)


def _waiting(scan: int, by: Actor) -> Scan:
    row = visible_to(by).select_for_update(of=("self",)).filter(pk=scan).first()
    if row is None:
        raise Refused("no-such-scan")
    if row.state != Scan.State.WAITING:
        raise Refused("scan-settled")
    return row


def _unit(by: Actor) -> int:
    """The unit for which somebody takes letters in: the first desk, or one of their own."""
    reach = by.reach(RIGHT)
    if reach is None:
        return organisation.front_unit()
    if not reach:
        raise Refused("not-authorised")
    front = organisation.front_unit()
    return front if front in reach else min(reach)


def _subject(row: Scan) -> str:
    return f"scan:{row.pk}"
