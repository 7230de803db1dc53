"""Handing back a file that passed between the complainant and us."""

from typing import cast

from django.http import Http404, HttpResponse

from pasokh.casework.complaints.queries.passed import Handed, file_given
from pasokh.casework.inspection import queries as inspection
from pasokh.kernel import files
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.portal.follow import following
from pasokh.portal.pages import Visit
from pasokh.ui import errors, served
from pasokh.ui.sentences import sentence


@following
def given(request: Visit, person: Actor, number: int) -> HttpResponse:
    """A file of the complaint that is followed, and of no other, to be saved."""
    file = _handed(person, number)
    try:
        content, name = inspection.handed(file.digest, file.name, own=file.own)
    except Refused as refused:
        return errors.closed(request, sentence(refused))
    except FileNotFoundError:
        raise Http404 from None
    return cast(HttpResponse, served.saved(content, name))  # streamed, which the types keep apart


@following
def small(request: Visit, person: Actor, number: int) -> HttpResponse:
    """The small picture of a file, which we drew."""
    try:
        drawn = inspection.picture(_handed(person, number).digest, "small")
    except Refused:
        drawn = None
    if drawn is None:
        raise Http404
    return cast(HttpResponse, served.drawn(drawn.content, drawn.kind))


@following
def sound(request: Visit, person: Actor, number: int) -> HttpResponse:
    """A recording, to be listened to."""
    file = _handed(person, number)
    try:
        kind = inspection.require(file.digest).sound
        content = files.open(file.digest) if kind else None
    except (Refused, FileNotFoundError):
        content = None
    if content is None:
        raise Http404
    return cast(HttpResponse, served.played(request, content, kind))


def _handed(person: Actor, number: int) -> Handed:
    try:
        return file_given(person, number)
    except Refused:
        raise Http404 from None
