"""Look at what people gave: through the virus scanner first, then drawn in a process apart.

An attempt is counted and committed before it is made, so a file that ends the worker is not tried
for ever. A scanner that does not answer costs no file its pictures, unless the house is strict.
"""

import logging
from datetime import datetime
from io import BufferedReader

from django.conf import settings

from pasokh.casework.inspection import actions, queries
from pasokh.casework.inspection.actions import NewPicture
from pasokh.casework.inspection.verdicts import DRAWABLE, Drawn, Verdict
from pasokh.casework.intake.drafts.kinds import HEAD, kind_of
from pasokh.channels import antivirus
from pasokh.channels.antivirus import Scanner, Silent
from pasokh.channels.previews import cell
from pasokh.kernel import actors, files
from pasokh.kernel.errors import Refused

BY = actors.clock("inspect-files")
#: Files looked at in one turn of the schedule; pages drawn of one file; bytes of one picture.
TURN, PAGES, PICTURE = 20, 12, 32 << 20

logger = logging.getLogger(__name__)


def inspect_waiting(now: datetime) -> None:
    """Look at every file whose time it is: the line of the schedule."""
    if settings.SCANNER:
        actions.look_again(at=now)
    look(now, most=TURN)


def look(now: datetime, *, most: int) -> int:
    """Look at files that wait, those first that waited longest; how many there were."""
    waiting = queries.to_look_at(now, limit=most)
    for digest in waiting:
        try:
            inspect(digest, now)
        except Exception:
            logger.exception("the file %s could not be looked at", digest)
    return len(waiting)


def inspect(digest: str, now: datetime) -> None:
    """Have one file checked and drawn; where another worker is at it already, nothing."""
    row = actions.begin(digest, at=now)
    if row is None:
        return
    checked = row.verdict != Verdict.UNCHECKED or _checked(digest, now)
    if row.drawn == Drawn.WAITS and queries.standing(digest).open:
        draw(digest)
    if checked and queries.standing(digest).drawn is not Drawn.WAITS:
        actions.rest(digest)


def _checked(digest: str, now: datetime) -> bool:
    """Whether there is nothing left to ask the scanner about a file."""
    try:
        if (at := _scanner()) is None:
            return True
        with files.open(digest) as content:
            finding = antivirus.look_through(at, content)
    except FileNotFoundError:
        return True
    except Silent as why:
        logger.warning("the virus scanner does not answer: %s", why)
        return False
    actions.judge(digest, finding, by=BY, at=now)
    return True


def _scanner() -> Scanner | None:
    try:
        return antivirus.scanner(settings.SCANNER)
    except ValueError as error:
        raise Silent("PASOKH_SCANNER is not the address of a scanner on this machine") from error


def draw(digest: str) -> None:
    """Draw a file in a process apart and keep the pictures, or that there are none."""
    try:
        with files.open(digest) as content:
            kind = kind_of(content.read(HEAD))
            if kind not in DRAWABLE:
                actions.drew(digest, drawn=Drawn.NONE, kind=kind)
                return
            _draw(digest, kind, content)
    except FileNotFoundError:
        actions.drew(digest, drawn=Drawn.FAILED, kind="")


def _draw(digest: str, kind: str, content: BufferedReader) -> None:
    if not actions.begin_drawing(digest):
        actions.drew(digest, drawn=Drawn.FAILED, kind=kind)
        return
    content.seek(0)
    outcome = cell.draw(content, kind, most=PAGES)
    if outcome.failed:
        logger.info("no pictures of the file %s: %s", digest, outcome.failed)
        actions.drew(digest, drawn=Drawn.FAILED, kind=kind)
        return
    try:
        pictures = [_kept(piece) for piece in outcome.pieces]
    except Refused as full:
        logger.warning("pictures of the file %s were not kept: %s", digest, full.code)
        return
    actions.drew(digest, drawn=Drawn.MADE, kind=kind, pages=outcome.pages, pictures=pictures)


def _kept(piece: cell.Piece) -> NewPicture:
    told = piece.header
    stored = files.put([piece.content], PICTURE)
    what, number, kind = str(told["what"]), int(told["number"]), str(told["kind"])
    return NewPicture(what, number, stored.digest, kind, int(told["width"]), int(told["height"]))
