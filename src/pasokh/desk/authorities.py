"""The register of authorities' letters: what came in, what is due when, what went out."""

from django.http import HttpResponse
from django.utils import timezone

from pasokh.casework.disputes import queries
from pasokh.desk import shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.kernel.clock import now

#: Further back nobody leafs; the search finds what is older.
LAST_PAGE = 1000


@staff_required
def register(request: DeskRequest) -> HttpResponse:
    """Letters that wait for an answer, the one due first above, or those that were answered."""
    answered = request.GET.get("show") == "answered"
    said = request.GET.get("page", "")[:5]
    page = max(1, min(int(said), LAST_PAGE)) if said.isascii() and said.isdigit() else 1
    found, more = queries.register(request.actor, answered=answered, page=page)
    known = {
        "letters": found,
        "answered": answered,
        "today": timezone.localdate(now()),
        "previous": _address(answered, page - 1) if page > 1 else "",
        "next": _address(answered, page + 1) if more else "",
    }
    return shell.page(request, "desk/authorities.html", known, at="authorities")


def _address(answered: bool, page: int) -> str:
    return f"?show=answered&page={page}" if answered else f"?page={page}"
