"""Checks every entry: bytes against hash, columns and seal, and each subject's chain."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from pasokh.kernel.ledger import log
from pasokh.kernel.ledger.findings import Finding, finding

_ROWS = """
SELECT entry.id, entry.subject, entry.number, entry.event, entry.version, entry.actor,
       entry.happened_at, entry.recorded_at, entry.seal, entry.hash, entry.canonical,
       sealed.salt, sealed.json, sequenced.index, node.hash, pending.entry_id
FROM ledger_entry AS entry
LEFT JOIN ledger_sealed AS sealed ON sealed.entry_id = entry.id
LEFT JOIN ledger_sequenced AS sequenced ON sequenced.entry_id = entry.id
LEFT JOIN ledger_node AS node ON node.level = 0 AND node.index = sequenced.index
LEFT JOIN ledger_pending AS pending ON pending.entry_id = entry.id
ORDER BY entry.subject, entry.number
"""
_LOST = """
SELECT entry_id FROM ledger_pending
WHERE NOT EXISTS (SELECT FROM ledger_entry WHERE id = entry_id) ORDER BY entry_id
"""


class Row(NamedTuple):
    """An entry with what lies beside it."""

    id: int
    subject: str
    number: int
    event: str
    version: int
    actor: str
    happened_at: datetime
    recorded_at: datetime
    seal: bytes | None
    hash: bytes
    canonical: bytes
    salt: bytes | None
    json: bytes | None
    place: int | None
    node: bytes | None
    pending: int | None

    def found(self, code: str, what: str, **facts: str | int) -> Finding:
        return finding(code, what, subject=self.subject, number=self.number, **facts)

    def columns(self) -> dict[str, Any]:
        """What the columns say, as the bytes would say it."""
        return {
            "actor": self.actor,
            "event": self.event,
            "happened_at": log.instant(self.happened_at),
            "id": self.id,
            "number": self.number,
            "recorded_at": log.instant(self.recorded_at),
            "seal": bytes(self.seal).hex() if self.seal else None,
            "subject": self.subject,
            "version": self.version,
        }


def check() -> Iterator[Finding]:
    """Yield what is wrong with the entries, subject by subject."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS)
        previous: Row | None = None
        for values in cursor:
            row = Row(*values)
            before = previous if previous and previous.subject == row.subject else None
            yield from _entry(row, before)
            previous = row
    with connection.cursor() as cursor:
        cursor.execute(_LOST)
        for (entry,) in cursor.fetchall():
            yield finding("removed", "pending", entry=entry)


def _entry(row: Row, before: Row | None) -> Iterator[Finding]:
    yield from _gap(row, before)
    fields = read(bytes(row.canonical))
    if fields is not None and fields.get("id") != row.id:
        yield row.found("reordered", "entry", other=str(fields.get("id")))
    elif fields is None or log.leaf_hash(bytes(row.canonical)) != bytes(row.hash):
        yield row.found("altered", "entry")
    else:
        yield from _columns(row, fields)
        yield from _link(row, fields, before)
    yield from _sealed(row)
    if row.place is None and row.pending is None:
        yield row.found("added", "entry")
    if row.place is not None and row.pending is not None:
        yield row.found("added", "pending")


def read(canonical: bytes) -> dict[str, Any] | None:
    """Return what an entry's bytes say; None when they are not canonical."""
    try:
        fields = json.loads(canonical)
        return fields if log.canonical(fields) == canonical else None
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def _gap(row: Row, before: Row | None) -> Iterator[Finding]:
    start = before.number + 1 if before else 1
    if start < row.number:
        yield finding("removed", "entry", subject=row.subject, start=start, stop=row.number - 1)


def _columns(row: Row, fields: dict[str, Any]) -> Iterator[Finding]:
    wrong = [name for name, value in row.columns().items() if fields.get(name) != value]
    if wrong:
        yield row.found("altered", "columns", columns=", ".join(wrong))


def _link(row: Row, fields: dict[str, Any], before: Row | None) -> Iterator[Finding]:
    """Compare with the entry before: its hash or, had that been altered, its leaf in the tree."""
    if before is None and row.number > 1:
        return
    if before is not None and before.number + 1 != row.number:
        return
    known = [bytes(last).hex() for last in (before.hash, before.node) if last] if before else [None]
    if fields.get("previous") not in known:
        yield row.found("altered", "link")


def _sealed(row: Row) -> Iterator[Finding]:
    if row.salt is None or row.json is None:
        return
    if row.seal is None:
        yield row.found("added", "sealed")
    elif log.seal(bytes(row.salt), bytes(row.json)) != bytes(row.seal):
        yield row.found("altered", "sealed")
