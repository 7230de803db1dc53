"""The files that hang on a case: what is known of each, its pictures, and its bytes.

Every one of these addresses asks `casework.inspection` whether the file may be shown. What the
browser shows are pictures that we drew; the file itself is only ever saved. The original of a
picture is given where somebody asks for it, and that is written down by its own name.
"""

from typing import Any

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.complaints.queries.case import MAIL
from pasokh.casework.inspection import queries as inspection
from pasokh.casework.intake.mailroom import queries as mailroom
from pasokh.desk import access, shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.mail import facts
from pasokh.kernel import files
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.ui import errors, served
from pasokh.ui.sentences import sentence

ORIGINALS = "complaint.read_originals"


@staff_required
def look(request: DeskRequest, ref: str, digest: str) -> HttpResponse:
    """What is known of a file, and its pages as pictures; of a mail what was folded away, too."""
    page, found = _attached(request, ref, digest)
    actions.log_reading(page.case, what="file", by=request.actor, at=now())
    how = page.standings[digest]
    known = {"page": page.loaded(), "case": page.case, "one": found, "how": how}
    why = how.closed or page.withheld(found)
    known["why"] = sentence(Refused(why)) if why else ""
    known["numbers"] = range(1, how.shown + 1) if how.open else ()
    if found.kind == MAIL and (mail := mailroom.behind(request.actor, page.case.pk, digest)):
        known["mail"], known["facts"] = mail, facts(mail)
    return shell.page(request, "desk/attached.html", known, at="queue")


@staff_required
def file(request: DeskRequest, ref: str, digest: str) -> HttpResponseBase:
    """A file somebody attached, to be saved; of a picture the copy without traces."""
    return _saved(request, ref, digest, own=False)


@staff_required
def original(request: DeskRequest, ref: str, digest: str) -> HttpResponseBase:
    """A file as it came, traces and all, because somebody asked for just that."""
    return _saved(request, ref, digest, own=True)


def _saved(request: DeskRequest, ref: str, digest: str, *, own: bool) -> HttpResponseBase:
    page, found = _attached(request, ref, digest)
    try:
        if own and not request.actor.may(ORIGINALS, unit=page.case.unit_id):
            raise Refused("not-authorised")
        if code := page.withheld(found):
            raise Refused(code)
        content, name = inspection.handed(digest, found.name, own=own)
    except Refused as refused:
        return errors.closed(request, sentence(refused))
    except FileNotFoundError as gone:
        raise Http404 from gone
    what = "original" if own else "file"
    actions.log_reading(page.case, what=what, by=request.actor, at=now())
    return served.saved(content, name)


@staff_required
def picture(request: DeskRequest, ref: str, digest: str, number: int = 0) -> HttpResponseBase:
    """A page of a file as we drew it, or the small picture of the first."""
    _attached(request, ref, digest)
    return drawn(digest, number)


def drawn(digest: str, number: int) -> HttpResponseBase:
    """A picture of a file that the reader may see: a page by its number, or the small one."""
    try:
        found = inspection.picture(digest, "page" if number else "small", number)
    except Refused:
        found = None
    if found is None:
        raise Http404
    return served.drawn(found.content, found.kind)


@staff_required
def sound(request: DeskRequest, ref: str, digest: str) -> HttpResponseBase:
    """A recording, to be listened to."""
    _attached(request, ref, digest)
    try:
        kind = inspection.require(digest).sound
        if not kind:
            raise Http404
        return served.played(request, files.open(digest), kind)
    except (Refused, FileNotFoundError) as gone:
        raise Http404 from gone


def _attached(request: DeskRequest, ref: str, digest: str) -> tuple[CasePage, Any]:
    page = access.case_page(request, ref)
    found = next((one for one in page.rows["attachments"] if one.digest == digest), None)
    if found is None:
        raise Http404
    return page, found
