"""Files: sent one by one before what they belong to, then named there by their ids.

They rest in drafts of their own (`casework.intake.drafts`), sealed under the id that only their
sender has, and are forgotten after a day when nothing names them.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest
from ninja import File, Status, UploadedFile
from pydantic import Field

from pasokh.api.calls import called
from pasokh.api.problems import Problem
from pasokh.api.v1.base import operation
from pasokh.api.v1.values import Told
from pasokh.casework.complaints.matter import File as Stored
from pasokh.casework.intake.drafts import actions as drafts
from pasokh.casework.intake.drafts import queries
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.ui.sentences import sentence

#: As many files as come with one form of the portal.
Uploads = Annotated[
    Sequence[Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{32}$")]],
    Field(max_length=drafts.MOST_FILES),
]


class Upload(Told):
    """A file that waits to be named: its id is a secret of its sender."""

    id: str
    name: str
    kind: str
    size: int


@operation(
    "POST",
    "uploads",
    {201: Upload},
    name="upload",
    tag="attachments",
    right="complaint.receive, complaint.hear or complaint.gather",
)
def upload(request: HttpRequest, file: UploadedFile = File(...)) -> Status[Upload]:  # noqa: B008  ninja's way
    """Send a file of at most 25 megabytes, to be named as an attachment within a day."""
    call = called(request)
    if not any(call.actor.reach(right) != frozenset() for right in _RIGHTS):
        raise Refused("not-authorised")
    at = now()
    token = drafts.begin({}, address=f"client:{call.caller.client}", at=at)
    drafts.add_file(token, file.name or "", file.chunks(), at=at)
    opened = queries.opened(token, at)
    if opened is None:
        raise Refused("draft-gone")
    (kept,) = opened.files
    return Status(201, Upload(id=token, name=kept.name, kind=kept.kind, size=kept.size))


_RIGHTS = ("complaint.receive", "complaint.hear", "complaint.gather")


def taken(uploads: Sequence[str], at: datetime) -> tuple[Stored, ...]:
    """The files of such ids, out of their drafts and into the store."""
    found: list[Stored] = []
    for number, token in enumerate(uploads):
        try:
            found += drafts.take_files(token, at=at)
        except Refused as refused:
            if refused.code != "draft-gone":
                raise
            missing = Problem("no-such-upload")
            where = {"pointer": f"#/attachments/{number}", "code": missing.code}
            missing.errors = [{**where, "detail": sentence(missing)}]
            raise missing from None
    return tuple(found)
