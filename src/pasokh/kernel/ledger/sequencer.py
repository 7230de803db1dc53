"""Gives entries their place in the log: one loop in the worker calls `run_once`.

An entry waits in `Pending`, not behind a watermark: an id taken early by a transaction that
commits late would be passed over. Places come from the tree's size, not from a SEQUENCE, which
leaves gaps. The transaction must be durable, for its checkpoint is shown to outsiders.
"""

from datetime import datetime

from django.db import connection, transaction

from pasokh.kernel.ledger import log, note, tree
from pasokh.kernel.ledger.models import Pending

#: Entries that share one transaction and one checkpoint.
BATCH = 1000
LOCK = int.from_bytes(b"pskh-seq")

_SEQUENCED = """
INSERT INTO ledger_sequenced (index, entry_id)
SELECT %s + place - 1, entry_id
FROM unnest(%s::bigint[]) WITH ORDINALITY AS entry (entry_id, place)
"""
_NODES = """
INSERT INTO ledger_node (level, index, hash)
SELECT * FROM unnest(%s::smallint[], %s::bigint[], %s::bytea[])
"""
_CHECKPOINT = "INSERT INTO ledger_checkpoint (size, root, note, made_at) VALUES (%s, %s, %s, %s)"
_DONE = "DELETE FROM ledger_pending WHERE entry_id = ANY (%s)"


@transaction.atomic
def run_once(at: datetime) -> int:
    """Sequence what is pending, at most `BATCH` entries, and return how many there were.

    Raises Refused("ledger-key-changed") when another key signed the log so far.
    """
    with connection.cursor() as cursor:
        # In a statement of its own: under READ COMMITTED the next one sees what the last
        # holder committed.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        waiting = list(
            Pending.objects.order_by("entry_id").values_list("entry_id", "entry__hash")[:BATCH]
        )
        if not waiting:
            return 0
        last = tree.latest()
        signer, size = tree.signer(last), last.size if last else 0
        edge = tree.nodes(log.cover(0, size))
        new = log.grow(size, edge, [bytes(leaf) for _, leaf in waiting])
        total = size + len(waiting)
        head = note.Head(signer.name, total, log.root(total, edge | new))
        entries = [entry for entry, _ in waiting]
        cursor.execute(_SEQUENCED, [size, entries])
        levels, indices = zip(*new, strict=True)
        cursor.execute(_NODES, [list(levels), list(indices), list(new.values())])
        cursor.execute(_CHECKPOINT, [total, head.root, signer.sign(head.text), at])
        cursor.execute(_DONE, [entries])
    return len(waiting)
