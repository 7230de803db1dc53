"""Every file of a list, one after the other, whole: for exports. Everything through the fence.

The database holds the result and hands it out piece by piece, so a million files take no more
memory here than ten.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from pasokh.casework.complaints.queries.contacts import called
from pasokh.casework.complaints.queries.queue import Filters, narrowed
from pasokh.kernel.actors import Actor
from pasokh.kernel.fields import Bilingual, read

#: Files that are fetched at once.
PIECE = 500


@dataclass(frozen=True)
class Registered:
    """One file of a register; `words` are the person's own, whole."""

    id: int
    ref: str
    state: str
    stage: int
    priority: int | None
    safety: bool
    received_at: datetime
    due_at: datetime | None
    clock: str
    held: bool
    channel: str
    language: str
    anonymous: bool
    confidential: bool
    model: str
    order_number: str
    outcome: str
    closing: str
    closed_at: datetime | None
    words: str
    who: str
    unit: Bilingual | None
    handler: Bilingual | None
    category: Bilingual | None
    product: Bilingual | None


def count(actor: Actor, filters: Filters, now: datetime) -> int:
    """How many files a list holds."""
    return int(narrowed(actor, filters, now).ask("\nSELECT count(*) FROM found")[0][0])


def registered(actor: Actor, filters: Filters, now: datetime) -> Iterator[Registered]:
    """The files an actor may see that the filters let through, as the queue orders them."""
    found = narrowed(actor, filters, now)
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"WITH found AS NOT MATERIALIZED ({found.sql}){_FILES}", found.params)
        while piece := cursor.fetchmany(PIECE):
            for row in piece:
                who = called(row[-6], row[-5], found.contacts)
                yield Registered(*(*row[:-6], who), *map(read, row[-4:]))


_FILES = """
SELECT file.id, file.ref, file.state, file.stage, file.priority, file.safety, file.received_at,
       file.due_at, file.due_clock,
       EXISTS (SELECT FROM casework_hold WHERE complaint_id = file.id AND until_at IS NULL),
       file.channel, file.language, file.anonymous, file.confidential, file.product_model,
       file.order_number, file.outcome, file.closing, file.closed_at, file.narrative,
       coalesce(person.name, ''), file.unit_id, unit.name, handler.name, category.name, product.name
FROM found
JOIN casework_complaint file ON file.id = found.id
JOIN directory_unit unit ON unit.id = file.unit_id
LEFT JOIN directory_staff handler ON handler.id = file.handler_id
LEFT JOIN directory_person person ON person.id = file.complainant_id
LEFT JOIN LATERAL (
    SELECT first.category_id FROM casework_issue first
    WHERE first.complaint_id = file.id ORDER BY first.number LIMIT 1
) issue ON true
LEFT JOIN policy_term category ON category.id = issue.category_id
LEFT JOIN policy_term product ON product.id = file.product_id
ORDER BY file.due_at, file.id
"""
