"""The stored tree: reading nodes, heads and proofs."""

from collections.abc import Iterable

from django.db import connection

from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger import keys, log, note
from pasokh.kernel.ledger.models import Checkpoint

_NODES = """
SELECT level, index, hash FROM ledger_node
JOIN unnest(%s::smallint[], %s::bigint[]) AS wanted (level, index) USING (level, index)
"""


def latest() -> Checkpoint | None:
    """Return the newest checkpoint; None while nothing has been sequenced."""
    checkpoint: Checkpoint | None = Checkpoint.objects.order_by("-size").first()
    return checkpoint


def signer(last: Checkpoint | None) -> note.Signer:
    """Return the log's key, given its newest checkpoint.

    Raises Refused("ledger-key-changed") when another key signed the log so far: a machine that
    does not share the secrets, or a backup restored without them.
    """
    own = keys.signer()
    try:
        if last:
            own.key.verify(last.note)
    except note.BadNote:
        raise Refused("ledger-key-changed", fingerprint=own.key.fingerprint) from None
    return own


def nodes(places: Iterable[log.Place]) -> dict[log.Place, bytes]:
    """Return the stored hashes of these places; one that is missing is left out."""
    wanted = list(places)
    if not wanted:
        return {}
    levels, indices = zip(*wanted, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_NODES, [list(levels), list(indices)])
        return {(level, index): bytes(digest) for level, index, digest in cursor}


def inclusion(indices: Iterable[int], size: int) -> list[list[bytes]]:
    """Return for each place the proof that the tree of this size holds it; one query for all."""
    return _hashes([log.inclusion_spans(index, size) for index in indices])


def consistency(old: int, new: int) -> list[bytes]:
    """Return the proof that the tree of one size is the beginning of that of another."""
    return _hashes([log.consistency_spans(old, new)])[0]


def _hashes(proofs: list[list[log.Span]]) -> list[list[bytes]]:
    stored = nodes({place for spans in proofs for place in log.places(spans)})
    return [[log.span_hash(span, stored) for span in spans] for spans in proofs]
