"""Checks the whole log, and compares it with what an outsider holds."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from pasokh.kernel.ledger import chains, keys, log, note, places, tree
from pasokh.kernel.ledger.findings import Finding as Finding
from pasokh.kernel.ledger.findings import finding
from pasokh.kernel.ledger.models import Entry

#: A checkpoint has a few hundred bytes; a receipt carries a complaint's text.
LARGEST = 64 * 1024 * 1024


def whole_log(against: Path | None = None) -> list[Finding]:
    """Return everything wrong with the log, and nothing when it is whole.

    Every hash, chain, place, node, signature, column and seal is computed anew, while work goes
    on: one snapshot is read. `against` is a checkpoint or receipt kept outside; only such a thing
    can show that the organisation itself wrote the log anew.
    """
    with _snapshot():
        found = [*chains.check(), *places.check()]
        return found + (list(_compare(against)) if against else [])


@contextmanager
def _snapshot() -> Iterator[None]:
    """Read what was committed at one moment; inside a test's transaction, what that one sees."""
    nested = connection.in_atomic_block
    with transaction.atomic():
        if not nested:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _compare(path: Path) -> Iterator[Finding]:
    try:
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read(LARGEST)
        receipt = json.loads(text) if text.startswith("{") else None
        checkpoint = receipt.get("checkpoint") if receipt else text
        if receipt:
            yield from _receipt(path, receipt)
        if checkpoint is not None:
            yield from _checkpoint(path, checkpoint)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        yield finding("unreadable", "file", file=path.name)


def _checkpoint(path: Path, text: str) -> Iterator[Finding]:
    """Show by a consistency proof that the log grew from the checkpoint, or say what was done."""
    head, key = note.head(note.split(text)[0]), keys.signer().key
    try:
        key.verify(text)
    except note.BadNote:
        yield finding("foreign", "file", file=path.name)
        return
    last = tree.latest()
    size = last.size if last else 0
    if size < head.size:
        yield finding("shorter", "log", size=size, before=head.size)
    elif last and head.size and not _grew(head, note.Head(key.name, size, bytes(last.root))):
        yield finding("rewritten", "log", before=head.size)


def _grew(old: note.Head, new: note.Head) -> bool:
    try:
        proof = tree.consistency(old.size, new.size)
    except KeyError:
        return False
    return log.consistent(old.size, new.size, old.root, new.root, proof)


def _receipt(path: Path, receipt: dict[str, Any]) -> Iterator[Finding]:
    """Look for the receipt's entry, whose hash the log's key promised to hold."""
    data = receipt["entry"].encode()
    said, signer = json.loads(data), keys.signer()
    at = datetime.fromisoformat(said["recorded_at"])
    try:
        signer.key.verify(receipt["promise"])
    except note.BadNote:
        yield finding("foreign", "file", file=path.name)
        return
    if receipt["promise"] != signer.sign(note.promise(signer.name, log.leaf_hash(data), at)):
        yield finding("unreadable", "file", file=path.name)
        return
    facts: dict[str, Any] = {"subject": str(said["subject"]), "number": int(said["number"])}
    kept = Entry.objects.filter(**facts).first()
    if kept is None:
        yield finding("removed", "receipt", **facts)
    elif bytes(kept.canonical) != data:
        yield finding("altered", "receipt", **facts)
