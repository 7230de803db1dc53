"""Look for reference sheets in scanned letters, part them there, and let each file itself.

Pages are read in the process apart that draws them. An attempt is counted before it is made;
whatever cannot be read or filed waits for a clerk.
"""

import logging
from datetime import datetime
from io import BufferedReader

from django.conf import settings

from pasokh.casework.complaints.matter import File
from pasokh.casework.inspection import queries as inspection
from pasokh.casework.inspection.verdicts import Verdict
from pasokh.casework.intake.scans import actions, marks, queries
from pasokh.casework.intake.scans.actions import NewPart
from pasokh.casework.intake.scans.marks import Part
from pasokh.casework.intake.scans.models import Scan
from pasokh.channels import inspecting
from pasokh.channels.previews import cell
from pasokh.kernel import actors, files
from pasokh.kernel.errors import Refused

BY = actors.clock("read-scans")
#: Scans in one turn of the schedule; pages looked through; bytes of one letter of several.
TURN, PAGES, LARGEST = 10, 100, 64 << 20

logger = logging.getLogger(__name__)


def read_waiting(now: datetime) -> None:
    """Look at every scan whose sheets nobody has looked for: the line of the schedule."""
    for scan in queries.to_read(now, limit=TURN):
        try:
            read(scan, now)
        except Exception:
            logger.exception("the scan %s could not be read", scan)


def read(scan: int, now: datetime) -> None:
    """Look for reference sheets in one scan, and file what says where it belongs."""
    row = actions.begin_reading(scan, at=now)
    if row is None:
        return
    if row.part_of_id:  # parted from others before a worker was killed
        actions.file_by_sheet(scan, queries.mark_of(row), pages=row.pages, at=now)
    elif _may_be_read(row.digest, now):
        _read(row, now)
    else:
        closed = inspection.standing(row.digest).closed
        actions.leave(scan, why=closed)


def _may_be_read(digest: str, now: datetime) -> bool:
    """Whether a file may be opened, once the scanner was asked about it where there is one."""
    if settings.SCANNER and inspection.standing(digest).verdict is Verdict.UNCHECKED:
        inspecting.inspect(digest, now)
    return inspection.standing(digest).open


def _read(row: Scan, now: datetime) -> None:
    try:
        with files.open(row.digest) as content:
            outcome = cell.read(content, row.kind, most=PAGES)
            if outcome.failed:
                actions.leave(row.pk, why="scan-unreadable")
            elif outcome.pages > PAGES:
                actions.leave(row.pk, why="scan-too-long", pages=outcome.pages)
            else:
                sheets = marks.marked(outcome.marks, queries.key())
                _lay(row, marks.parts(outcome.pages, sheets), outcome.pages, content, now)
    except FileNotFoundError:
        actions.leave(row.pk, why="scan-unreadable")


def _lay(row: Scan, parts: list[Part], pages: int, content: BufferedReader, now: datetime) -> None:
    """Let a letter file itself; or part several first, and let each of them do so."""
    if len(parts) == 1 and (parts[0].first, parts[0].last) == (1, pages):
        actions.file_by_sheet(row.pk, parts[0].mark, pages=pages, at=now)
        return
    try:
        taken = [_taken_out(row, part, content) for part in parts]
    except Refused as refused:
        actions.leave(row.pk, why=refused.code, pages=pages)
        return
    made = actions.divide(row.pk, taken, by=BY, at=now)
    for scan, part in zip(made, parts, strict=False):
        actions.file_by_sheet(scan.pk, part.mark, pages=scan.pages, at=now)


def _taken_out(row: Scan, part: Part, content: BufferedReader) -> NewPart:
    """Some pages of a scan as a PDF of their own, in the store."""
    content.seek(0)
    outcome = cell.part(content, row.kind, part.first, part.last)
    if outcome.failed:
        raise Refused("scan-unreadable")
    made = outcome.pieces[0].content
    stored = files.put([made], LARGEST)
    stem = row.name.rpartition(".")[0] or row.name
    name = files.clean_name(f"{stem}-{part.first}-{part.last}.pdf")
    file = File(stored.digest, name, "application/pdf", stored.size)
    return NewPart(file, part.mark, part.last - part.first + 1)
