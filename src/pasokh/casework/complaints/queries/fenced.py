"""The files behind the fence, for lists: ready to be asked in SQL.

To write a statement costs the ORM more than the database needs to answer it. What the fence says
depends on nothing but the actor's rights, so it is written once for them; what a list asks of it
stands in the list's own module as it is sent.
"""

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from pasokh.casework.complaints.queries.fence import visible_to
from pasokh.kernel.actors import Actor, Kind, Reach

#: What a list may narrow and order by.
_COLUMNS = (
    *("id", "ref", "state", "due_at", "due_clock", "language", "channel", "received_at"),
    *("unit_id", "handler_id", "complainant_id", "representative_id"),
)
#: The rights that `visible_to` looks at.
_RIGHTS = ("complaint.read", "complaint.read_confidential")


@dataclass(frozen=True)
class Fenced:
    """Files as a subquery called `found` with the columns above."""

    sql: str
    params: tuple[Any, ...] = ()

    def where(self, condition: str, *params: Any) -> "Fenced":
        """Those of the files that fulfil a condition."""
        sql = f"SELECT * FROM ({self.sql}) AS found WHERE {condition}"  # noqa: S608  our words
        return Fenced(sql, (*self.params, *params))

    def ask(self, statement: str, *params: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement that begins after `WITH found AS (…)`."""
        found = f"WITH found AS NOT MATERIALIZED ({self.sql})"
        with connection.cursor() as cursor:
            cursor.execute(f"{found}{statement}", [*self.params, *params])
            return cursor.fetchall()


def fenced(actor: Actor) -> Fenced:
    """The files an actor may read, as `visible_to` says."""
    return _written(actor.kind, actor.id, *map(actor.reach, _RIGHTS))


@lru_cache(maxsize=1024)
def _written(kind: Kind, id_: str, *reaches: Reach) -> Fenced:
    actor = Actor(kind, id_, MappingProxyType(dict(zip(_RIGHTS, reaches, strict=True))))
    try:
        sql, params = visible_to(actor).values_list(*_COLUMNS).query.sql_with_params()
    except EmptyResultSet:
        nobody = ", ".join(_COLUMNS)
        return Fenced(f"SELECT {nobody} FROM casework_complaint WHERE false")  # noqa: S608  ditto
    return Fenced(sql, params)
