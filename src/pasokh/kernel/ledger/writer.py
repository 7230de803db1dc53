"""The only pen. Every verb's *put* ends here, in the verb's own transaction."""

import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from pasokh.kernel import events, rows
from pasokh.kernel.actors import Actor
from pasokh.kernel.ledger import log
from pasokh.kernel.ledger.models import Entry

SUBJECT = re.compile(r"[a-z][a-z_-]*(:[A-Za-z0-9][A-Za-z0-9._-]*)?")
SALT = 32

#: Waits for the subjects, then reads their chains; see migration 0004.
_CHAINS = "SELECT ids, subject, number, hash FROM ledger_chains(%s::int, %s::text[], %s::bigint[])"

#: The number and the hash of the last entry of each subject.
Chains = dict[str, tuple[int, bytes | None]]


@dataclass
class _Act:
    """What is to be written: an entry without its place in a chain, its facts, its sealed texts.

    `begins` says that its subject is new.
    """

    entry: Entry
    begins: bool
    facts: Mapping[str, Any]
    salt: bytes | None
    sealed: bytes | None


_together: ContextVar[list[_Act] | None] = ContextVar("together", default=None)


def record(
    event: events.Event,
    *,
    subject: str,
    by: Actor,
    at: datetime,
    private: Mapping[str, Any] | None = None,
    happened_at: datetime | None = None,
    begins: bool = False,
) -> Entry:
    """Write an act in its subject's chain, in the transaction under way, and return the entry.

    `at` is when it is written down; `happened_at` when it was done, if earlier (a letter that
    came yesterday). `private` holds texts and names: sealed beside the entry, erasable. `begins`
    says that the subject was made just now, so its chain need not be looked for; were there one,
    the database would refuse the entry. A verb that records on several subjects does so in sorted
    order, since each is locked in turn.
    Raises TypeError or ValueError for a fact that has no canonical form.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("an act and its entry belong in one transaction")
    if not SUBJECT.fullmatch(subject):
        raise ValueError(f"not a subject: {subject!r}")
    sealed = log.sealable(private) if private else None
    salt = secrets.token_bytes(SALT) if sealed is not None else None
    name, version = events.declared(event)
    entry = rows.made(
        Entry,
        subject=subject,
        event=name,
        version=version,
        actor=by.code,
        happened_at=happened_at or at,
        recorded_at=at,
        seal=log.seal(salt, sealed) if salt and sealed else None,
    )
    act, waiting = _Act(entry, begins, events.facts(event), salt, sealed), _together.get()
    if waiting is None:
        _write([act])
    else:
        waiting.append(act)
    return entry


@contextmanager
def together() -> Iterator[None]:
    """Write what is recorded in this block at its end, in as many statements as one entry takes.

    An entry has no number before. For a verb that records on several subjects and lets every
    refusal pass: an act that was taken back inside the block would still be told.
    """
    if _together.get() is not None:
        yield
        return
    waiting: list[_Act] = []
    token = _together.set(waiting)
    try:
        yield
    finally:
        _together.reset(token)
    if waiting:
        _write(waiting)


def _write(acts: Sequence[_Act]) -> None:
    """Chain the acts to what their subjects have, all subjects locked in sorted order."""
    new = {act.entry.subject for act in acts if act.begins}
    known = sorted({act.entry.subject for act in acts} - new)
    keys, chains = _chains(known, len(acts)) if known else (rows.taken(*[Entry] * len(acts)), {})
    chains |= dict.fromkeys(new, (0, None))
    for act, pk in zip(acts, keys, strict=True):
        entry = act.entry
        number, previous = chains[entry.subject]
        entry.pk, entry.number = pk, number + 1
        entry.canonical = canonical(entry, act.facts, previous)
        entry.hash = log.leaf_hash(entry.canonical)
        chains[entry.subject] = entry.number, entry.hash
    _put(acts)


def _chains(subjects: list[str], many: int) -> tuple[Sequence[int], Chains]:
    """Lock subjects and see how their chains end; with keys for so many entries."""
    with connection.cursor() as cursor:
        cursor.execute(_CHAINS, [many, subjects, [lock_key(one) for one in subjects]])
        found = cursor.fetchall()
    return found[0][0], {subject: (number or 0, last) for _, subject, number, last in found}


def _put(acts: Sequence[_Act]) -> None:
    """Write the entries, what is sealed beside them, and that they wait for their place."""
    sealed = [
        {"entry_id": act.entry.pk, "salt": act.salt, "json": act.sealed}
        for act in acts
        if act.sealed is not None
    ]
    with rows.at_once():
        rows.insert(*(act.entry for act in acts))
        if sealed:
            rows.insert_told("ledger_sealed", sealed)
        rows.insert_told("ledger_pending", [{"entry_id": act.entry.pk} for act in acts])


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
