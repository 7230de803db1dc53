"""Letters that somebody must look after: what failed, what came back, what goes by hand."""

from django.http import HttpResponse

from pasokh.casework.complaints.queries import outbox
from pasokh.desk import shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.directory.organisation import queries as organisation


@staff_required
def letters(request: DeskRequest) -> HttpResponse:
    """How the outbox stands, and the letters in it that need somebody's hands."""
    own = organisation.organisation()
    known = {"post": outbox.post(request.actor), "mailbox": own.mailbox if own else ""}
    return shell.page(request, "desk/letters.html", known, at="queue")
