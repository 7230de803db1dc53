"""The organisation's own lists, whose ids and codes bodies name; and what is counted today."""

from typing import Any, Literal

from django.http import HttpRequest

from pasokh.api.calls import called
from pasokh.api.v1 import known
from pasokh.api.v1.base import operation
from pasokh.api.v1.complaints import day
from pasokh.api.v1.values import Both, Told, both
from pasokh.casework.complaints import queries
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.queries import Filters
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind

ANY = "any"


class Entry(Told):
    """An entry of a list. `code` is the organisation's own; `parent` is the code above it."""

    id: int
    code: str
    name: Both
    parent: str | None


#: Each list as its address calls it.
_TERMS = {
    "categories": Kind.CATEGORY,
    "causes": Kind.CAUSE,
    "remedies": Kind.REMEDY,
    "channels": Kind.CHANNEL,
    "products": Kind.PRODUCT,
}
Lists: Any = Literal[(*_TERMS, "units", "outside-bodies", "colleagues")]


@operation(
    "GET",
    "lists/{name}",
    {200: list[Entry]},
    name="read_list",
    tag="lists",
    right=ANY,
)
def read_list(request: HttpRequest, name: Lists) -> list[Entry]:
    """A list of the organisation's own: the entries in use, in their order.

    Colleagues are told only to programs that may give a file to one, name one, or promise remedies.
    """
    call = called(request)
    if kind := _TERMS.get(name):
        return [_entry(one.id, one.code, one.name, one.parent) for one in taxonomy.terms(kind)]
    if name == "units":
        codes = {one.pk: one.code for one in known.units()}
        return [
            _entry(one.pk, one.code, one.name, codes.get(one.parent_id)) for one in known.units()
        ]
    if name == "outside-bodies":
        return [_entry(one.pk, one.code, one.name) for one in taxonomy.outside_bodies()]
    if not any(call.actor.reach(right) != frozenset() for right in _OF_COLLEAGUES):
        raise Refused("not-authorised")
    return [_entry(one.id, one.number, one.name) for one in organisation.colleagues(now())]


_OF_COLLEAGUES = tuple(
    f"complaint.{step}" for step in ("assign", "name", "waive", "decide", "settle")
)


def _entry(id_: int, code: str, name: Any, parent: str | None = None) -> Entry:
    return Entry(id=id_, code=code, name=both(name), parent=parent)


class Count(Told):
    """How many files there are, are late, and are due today; 1001 stands for more than 1000."""

    total: int
    late: int
    due_today: int


class Figures(Told):
    """What is counted of the files that the program may see."""

    open: Count
    by_state: dict[str, int]


@operation(
    "GET", "figures", {200: Figures}, name="read_figures", tag="figures", right="complaint.read"
)
def read_figures(request: HttpRequest) -> Figures:
    """What is counted today, of the files that the program may see."""
    call = called(request)
    today = day()

    def count(state: str) -> queries.QueuePage:
        return queries.queue(call.actor, Filters(state=state), today, size=1)

    opened = count("open")
    return Figures(
        open=Count(total=opened.total, late=opened.late, due_today=opened.today),
        by_state={str(state): count(state).total for state in State},
    )
