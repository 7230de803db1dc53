"""Handing back a file that passed between the complainant and us."""

from typing import cast

from django.http import FileResponse, Http404, HttpResponse

from pasokh.casework.complaints.queries import tracking
from pasokh.kernel import files
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.portal.follow import following
from pasokh.portal.pages import Visit

#: Whatever a file is or claims to be, a browser only saves it: it runs nothing and guesses nothing.
SAVED = "application/octet-stream"
SAFE = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@following
def given(request: Visit, person: Actor, number: int) -> HttpResponse:
    """A file of the complaint that is followed, and of no other, to be saved."""
    try:
        digest, name = tracking.file_given(person, number)
        content = files.open(digest)
    except (Refused, FileNotFoundError):
        raise Http404 from None
    answer = FileResponse(
        content, as_attachment=True, filename=name, content_type=SAVED, headers=SAFE
    )
    return cast(HttpResponse, answer)  # a streamed one, which the types keep apart
