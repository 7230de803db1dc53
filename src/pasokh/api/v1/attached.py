"""The files that hang on a complaint: what is known of them, and their bytes as others see them."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from pasokh.api.calls import called
from pasokh.api.v1 import seen
from pasokh.api.v1.base import operation
from pasokh.api.v1.complaints import read
from pasokh.api.v1.hanging import READ, hangs
from pasokh.api.v1.values import Told
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.inspection import queries as inspection
from pasokh.kernel.errors import Refused
from pasokh.ui import served

ORIGINALS = "complaint.read_originals"


class Attachment(Told):
    """A file that hangs on a complaint; `inside` is never shown to the complainant."""

    id: int
    name: str
    kind: str
    size: int
    digest: str
    at: datetime
    inside: bool


@hangs("attachments", Attachment, tag="attachments")
def attachments(page: CasePage) -> list[Attachment]:
    """The files that hang on a complaint; size and digest are those of the original."""
    return [Attachment.of(one) for one in page.rows["attachments"]]


@operation(
    "GET",
    "complaints/{ref}/attachments/{number}",
    {200: bytes},
    name="fetch_attachment",
    tag="attachments",
    right=READ,
    extra={"x-bytes": True},
)
def fetch_attachment(request: HttpRequest, ref: seen.Ref, number: seen.Number) -> Any:
    """The bytes of a file, to be saved.

    Of a picture or a PDF they are our own copy, without what a camera or a program wrote into it;
    until that is made, 409.
    """
    return _saved(read(called(request), ref, "file"), number, own=False)


@operation(
    "GET",
    "complaints/{ref}/attachments/{number}/original",
    {200: bytes},
    name="fetch_original",
    tag="attachments",
    right=f"{READ} and {ORIGINALS}",
    extra={"x-bytes": True},
)
def fetch_original(request: HttpRequest, ref: seen.Ref, number: seen.Number) -> Any:
    """The bytes of a file as it came, with whatever a camera or a program wrote into it."""
    call = called(request)
    if call.actor.reach(ORIGINALS) == frozenset():
        raise Refused("not-authorised")
    return _saved(read(call, ref, "original"), number, own=True)


def _saved(page: CasePage, number: int, *, own: bool) -> HttpResponseBase:
    found = next((one for one in page.rows["attachments"] if one.pk == number), None)
    if found is None:
        raise Refused("no-such-file")
    if code := page.withheld(found):
        raise Refused(code)
    try:
        content, name = inspection.handed(found.digest, found.name, own=own)
    except FileNotFoundError:
        raise Refused("no-such-file") from None
    return served.saved(content, name)
