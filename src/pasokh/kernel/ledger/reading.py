"""The entries of a subject with what is sealed beside them, for whoever tells what happened."""

from collections.abc import Sequence

from pasokh.kernel import rows
from pasokh.kernel.ledger.models import Entry

# The database reads the sealed JSON, so an entry comes with its texts in the same statement.
_ENTRIES = f"""
SELECT {rows.columns(Entry)}, convert_from(sealed.json, 'UTF8')::json
FROM ledger_entry LEFT JOIN ledger_sealed sealed ON sealed.entry_id = ledger_entry.id
WHERE subject = %s
"""  # noqa: S608  our names
_OLDEST, _NEWEST = " ORDER BY number", " ORDER BY number DESC LIMIT 1"


def entries(subject: str, *, of: Sequence[str] = ()) -> list[Entry]:
    """All entries of a subject, or those of some events, oldest first; one statement."""
    if not of:
        return _found(_ENTRIES + _OLDEST, subject)
    return _found(f"{_ENTRIES} AND event = ANY(%s){_OLDEST}", subject, list(of))


def last(subject: str, event: str) -> Entry | None:
    """The newest entry of one event."""
    found = _found(f"{_ENTRIES} AND event = %s{_NEWEST}", subject, event)
    return found[0] if found else None


def _found(statement: str, *values: object) -> list[Entry]:
    return rows.found(Entry, statement, values, more=("private",))
