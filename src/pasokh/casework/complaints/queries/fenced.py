"""The files behind the fence, for lists: ready to be asked in SQL.

To write a statement costs the ORM more than the database needs to answer it. What the fence says
depends on nothing but the actor's rights, so it is written once for them; what a list asks of it
stands in the list's own module as it is sent.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from pasokh.casework.complaints.queries import contacts
from pasokh.casework.complaints.queries.fence import OWN, actor_of, key_of, visible_to
from pasokh.kernel.actors import Actor, Reach

#: What a list may narrow and order by.
_COLUMNS = (
    *("id", "ref", "state", "due_at", "due_clock", "language", "channel", "received_at"),
    *("unit_id", "handler_id", "complainant_id", "representative_id"),
)


@dataclass(frozen=True)
class Fenced:
    """Files as a subquery called `found` with the columns above.

    `contacts` are the units in whose files whoever asks sees numbers and addresses of people.
    """

    sql: str
    params: tuple[Any, ...] = ()
    contacts: Reach = None

    def where(self, condition: str, *params: Any) -> "Fenced":
        """Those of the files that fulfil a condition."""
        sql = f"SELECT * FROM ({self.sql}) AS found WHERE {condition}"  # noqa: S608  our words
        return replace(self, sql=sql, params=(*self.params, *params))

    def with_contacts(self) -> "Fenced":
        """Those of the files in which numbers and addresses are seen, too."""
        if self.contacts is None:
            return self
        return self.where("unit_id = ANY(%s)", sorted(self.contacts))

    def ask(self, statement: str, *params: Any) -> list[tuple[Any, ...]]:
        """The rows of a statement that begins after `WITH found AS (…)`."""
        found = f"WITH found AS NOT MATERIALIZED ({self.sql})"
        with connection.cursor() as cursor:
            cursor.execute(f"{found}{statement}", [*self.params, *params])
            return cursor.fetchall()


def fenced(actor: Actor) -> Fenced:
    """The files an actor may read, as `visible_to` says."""
    found = _written(*key_of(actor))
    params = tuple(actor.id if one == OWN else one for one in found.params)
    return Fenced(found.sql, params, contacts.seen_in(actor))


@lru_cache(maxsize=1024)
def _written(*key: Any) -> Fenced:
    try:
        sql, params = visible_to(actor_of(*key)).values_list(*_COLUMNS).query.sql_with_params()
    except EmptyResultSet:
        nobody = ", ".join(_COLUMNS)
        return Fenced(f"SELECT {nobody} FROM casework_complaint WHERE false")  # noqa: S608  ditto
    return Fenced(sql, params)
