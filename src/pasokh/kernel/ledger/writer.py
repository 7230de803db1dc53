"""The only pen. Every verb's *put* ends here, in the verb's own transaction."""

import hashlib
import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import connection

from pasokh.kernel import events
from pasokh.kernel.actors import Actor
from pasokh.kernel.ledger import log
from pasokh.kernel.ledger.models import Entry

SUBJECT = re.compile(r"[a-z][a-z_-]*(:[A-Za-z0-9][A-Za-z0-9._-]*)?")
SALT = 32

_LOCK = "SELECT pg_advisory_xact_lock(%s)"

#: Under READ COMMITTED a statement sees what was committed when it began: hence after the lock.
_NEXT = """
SELECT nextval(pg_get_serial_sequence('ledger_entry', 'id')), last.number, last.hash
FROM (VALUES (1)) AS one LEFT JOIN LATERAL
     (SELECT number, hash FROM ledger_entry WHERE subject = %s ORDER BY number DESC LIMIT 1)
     AS last ON true
"""

_WRITE = """
WITH entry AS (
    INSERT INTO ledger_entry (id, subject, number, event, version, actor,
                              happened_at, recorded_at, seal, hash, canonical)
    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) RETURNING id
), sealed AS (
    INSERT INTO ledger_sealed (entry_id, salt, json)
    SELECT id, %s::bytea, %s::bytea FROM entry WHERE %s::bytea IS NOT NULL
)
INSERT INTO ledger_pending (entry_id) SELECT id FROM entry
"""


def record(
    event: events.Event,
    *,
    subject: str,
    by: Actor,
    at: datetime,
    private: Mapping[str, Any] | None = None,
    happened_at: datetime | None = None,
) -> Entry:
    """Write an act in its subject's chain, in the transaction under way, and return the entry.

    `at` is when it is written down; `happened_at` when it was done, if earlier (a letter that
    came yesterday). `private` holds texts and names: sealed beside the entry, erasable. A verb
    that records on several subjects does so in sorted order, since each is locked in turn.
    Raises TypeError or ValueError for a fact that has no canonical form.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an act and its entry belong in one transaction")
    if not SUBJECT.fullmatch(subject):
        raise ValueError(f"not a subject: {subject!r}")
    sealed = log.sealable(private) if private else None
    salt = secrets.token_bytes(SALT) if sealed is not None else None
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [lock_key(subject)])
        cursor.execute(_NEXT, [subject])
        name, version = events.declared(event)
        entry = Entry(
            subject=subject,
            event=name,
            version=version,
            actor=by.code,
            happened_at=happened_at or at,
            recorded_at=at,
            seal=log.seal(salt, sealed) if salt and sealed else None,
        )
        entry.pk, last, previous = cursor.fetchone()
        entry.number = (last or 0) + 1
        entry.canonical = canonical(entry, events.facts(event), previous)
        entry.hash = log.leaf_hash(entry.canonical)
        cursor.execute(_WRITE, [*_columns(entry), salt, sealed, sealed])
    entry._state.adding, entry._state.db = False, connection.alias
    return entry


def canonical(entry: Entry, facts: Mapping[str, Any], previous: bytes | None) -> bytes:
    """Return the bytes of an entry, as `docs/ledger.md` gives them."""
    return log.canonical(
        {
            "actor": entry.actor,
            "event": entry.event,
            "facts": facts,
            "happened_at": entry.happened_at,
            "id": entry.pk,
            "number": entry.number,
            "previous": bytes(previous).hex() if previous else None,
            "recorded_at": entry.recorded_at,
            "seal": entry.seal.hex() if entry.seal else None,
            "subject": entry.subject,
            "version": entry.version,
        }
    )


def lock_key(subject: str) -> int:
    """Return the 64-bit advisory lock of a subject; two that share one only wait for each other."""
    digest = hashlib.sha256(b"pasokh ledger subject " + subject.encode()).digest()
    return int.from_bytes(digest[:8], signed=True)


def _columns(entry: Entry) -> list[Any]:
    return [getattr(entry, field.attname) for field in Entry._meta.concrete_fields]
