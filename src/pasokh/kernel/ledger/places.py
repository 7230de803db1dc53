"""Checks the log's order: every place, the tree above it, and every signed checkpoint."""

from collections import ChainMap
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from pasokh.kernel.ledger import keys, log, note, tree
from pasokh.kernel.ledger.findings import Finding, finding
from pasokh.kernel.ledger.models import Checkpoint, Entry

#: Leaves after which the tree computed so far is compared with the stored one.
STRIDE = 4096

_PLACES = """
SELECT index, sequenced.entry_id, entry.hash, node.hash
FROM ledger_sequenced AS sequenced
FULL JOIN (SELECT index, hash FROM ledger_node WHERE level = 0) AS node USING (index)
LEFT JOIN ledger_entry AS entry ON entry.id = sequenced.entry_id
ORDER BY index
"""
_BEYOND = "SELECT level, index FROM ledger_node WHERE level > 0 AND (index + 1) << level > %s"


class Row(NamedTuple):
    """A place: the entry put there, that entry's hash, and the leaf in the tree."""

    place: int
    entry: int | None
    hash: bytes | None
    leaf: bytes | None


@dataclass
class Walk:
    """The tree computed anew, leaf by leaf, beside the stored one and the signed heads."""

    heads: dict[int, bytes]
    size: int = 0
    edge: dict[log.Place, bytes] = field(default_factory=dict)
    fresh: dict[log.Place, bytes] = field(default_factory=dict)
    wrong: set[log.Place] = field(default_factory=set)
    #: False once a leaf is missing: what lies above it can no longer be computed.
    whole: bool = True
    #: The largest signed size that fits, and the smallest that does not.
    fits: int = 0
    parts: int | None = None

    @property
    def signed(self) -> int:
        return max(self.heads, default=0)

    def step(self, row: Row) -> Iterator[Finding]:
        for missing in range(self.size, min(row.place, self.signed)):
            yield finding("removed", "place", index=missing)
        self.whole = self.whole and row.place == self.size
        self.size = row.place
        if row.hash is None:
            yield finding("removed", "place", index=row.place)
        leaf = row.leaf
        if row.hash is not None and row.leaf != row.hash and row.place < self.signed:
            disputed = self._judge(row)
            yield disputed
            leaf = row.hash if disputed.what == "node" else row.leaf
        self._add(leaf or row.hash)
        if self.size % STRIDE == 0:
            yield from self.compare()

    def compare(self) -> Iterator[Finding]:
        """Compare the computed nodes with the stored; of those that differ, name the lowest."""
        upper = sorted(
            (level, index)
            for level, index in self.fresh
            if level > 0 and (index + 1) << level <= self.signed
        )
        stored = tree.nodes(upper)
        for level, index in upper:
            if stored.get((level, index)) == self.fresh[level, index]:
                continue
            below = {(level - 1, 2 * index), (level - 1, 2 * index + 1)}
            if not below & self.wrong:
                yield finding("altered", "node", level=level, index=index)
            self.wrong.add((level, index))
        self.edge = {place: self._at(place) for place in log.cover(0, self.size) if self.whole}
        self.fresh = {}

    def _add(self, leaf: bytes | None) -> None:
        if leaf is None:
            self.whole = False
        elif self.whole:
            self.fresh |= log.grow(self.size, ChainMap(self.fresh, self.edge), [leaf])
        self.size += 1
        if self.whole and self.size in self.heads:
            nodes = {place: self._at(place) for place in log.cover(0, self.size)}
            if log.root(self.size, nodes) == self.heads[self.size]:
                self.fits = self.size
            elif self.parts is None:
                self.parts = self.size

    def _at(self, place: log.Place) -> bytes:
        return self.fresh[place] if place in self.fresh else self.edge[place]

    def _judge(self, row: Row) -> Finding:
        """Say which of the two was altered when a place's entry and its leaf differ."""
        assert row.hash is not None  # noqa: S101  for the type checker
        assert row.entry is not None  # noqa: S101
        try:
            proof = tree.inclusion([row.place], self.signed)[0]
        except KeyError:
            proof = []
        if log.included(row.hash, row.place, self.signed, proof, self.heads[self.signed]):
            return finding("altered", "node", level=0, index=row.place)
        if Entry.objects.filter(hash=row.leaf).exists():
            return finding("reordered", "place", index=row.place, entry=row.entry)
        return finding("altered", "place", index=row.place, entry=row.entry)


def check() -> Iterator[Finding]:
    """Yield what is wrong with places, tree and checkpoints, in the log's order."""
    heads: dict[int, bytes] = {}
    yield from _heads(heads)
    walk = Walk(heads)
    with connection.chunked_cursor() as cursor:
        cursor.execute(_PLACES)
        for values in cursor:
            yield from walk.step(Row(*values))
    yield from walk.compare()
    if walk.parts is not None:
        yield finding("altered", "log", size=walk.parts, before=walk.fits)
    yield from _end(walk)


def _heads(heads: dict[int, bytes]) -> Iterator[Finding]:
    """Collect the root of each checkpoint that is signed by our key and says what it should."""
    key: note.Key | None = keys.signer().key
    stored = list(Checkpoint.objects.order_by("size").values_list("size", "root", "note"))
    if key and stored and not any(_names(key, text) for _, _, text in stored):
        yield finding("foreign", "log", fingerprint=key.fingerprint)
        key = None
    for size, root, text in stored:
        head = note.Head(key.name if key else _origin(text), size, bytes(root))
        try:
            said = key.verify(text) if key else note.split(text)[0]
            if note.head(said) != head:
                raise note.BadNote
        except note.BadNote:
            yield finding("altered", "checkpoint", size=size)
        else:
            heads[size] = bytes(root)


def _names(key: note.Key, text: str) -> bool:
    try:
        return any(name == key.name and blob[:4] == key.id for name, blob in note.split(text)[1])
    except note.BadNote:
        return False


def _origin(text: str) -> str:
    return text.split("\n", 1)[0]


def _end(walk: Walk) -> Iterator[Finding]:
    """Compare where the log ends with where the newest checkpoint says it ends."""
    last = walk.signed
    if walk.size > last:
        yield finding("added", "end", start=last, stop=walk.size - 1)
    elif walk.size < last:
        yield finding("removed", "end", start=walk.size, size=last)
    with connection.cursor() as cursor:
        cursor.execute(_BEYOND, [max(last, walk.size)])
        for level, index in cursor.fetchall():
            yield finding("added", "node", level=level, index=index)
