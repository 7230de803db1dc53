"""The arithmetic of the log: canonical bytes, hashes, tree and proofs. Knows no database.

Hashes and proofs are those of RFC 9162, section 2.1, with SHA-256. A place in the tree is
`(level, index)`: the complete subtree over the 2^level leaves from index × 2^level.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

#: Integers every reader of JSON holds exactly.
LARGEST = 2**53 - 1

Place = tuple[int, int]
Span = tuple[int, int]


def canonical(value: Mapping[str, Any]) -> bytes:
    """Return the one way of writing a value: UTF-8, sorted keys, no space, no float.

    Integers (to ±(2^53 - 1)), texts, booleans, lists and mappings of them; a time becomes
    UTC text, a member with no value is left out. Equal to RFC 8785 for such values.
    Raises TypeError for anything else and ValueError for what UTF-8 or JSON cannot hold.
    """
    return _dump(_plain(value)).encode()


def sealable(private: Mapping[str, Any]) -> bytes:
    """Return the JSON of texts exactly as received: nothing normalised, nothing left out.

    NUL and lone surrogates become JSON escapes, so every Python text comes back as it was; two
    surrogates in a row come back as the one character they stand for.
    """
    return _dump(_plain(private, keep_none=True)).encode("utf-8", "backslashreplace")


def _dump(value: Any) -> str:
    return _encode(value)


_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
).encode

_AS_IT_IS = frozenset({str, bool, type(None)})


def _plain(value: Any, *, keep_none: bool = False) -> Any:
    if type(value) in _AS_IT_IS:  # most of what is written
        return value
    match value:
        case bool() | None:
            return value
        case str():
            return str.__str__(value)
        case int():
            if abs(value) > LARGEST:
                raise ValueError(f"{value} is beyond what JSON readers hold exactly")
            return int(value)
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case dict() | Mapping():
            if strange := [k for k in value if type(k) is not str and not isinstance(k, str)]:
                raise TypeError(f"a key must be a text: {strange}")
            return {
                key: item if type(item) in _AS_IT_IS else _plain(item, keep_none=keep_none)
                for key, item in value.items()
                if keep_none or item is not None
            }
        case list() | tuple():
            return [_plain(item, keep_none=keep_none) for item in value]
    raise TypeError(f"the ledger does not write {type(value).__name__}")


def instant(at: datetime) -> str:
    """Write an aware time as `2026-03-20T20:30:00.000000Z`."""
    if at.tzinfo is None:
        raise ValueError("a time without a zone is not an instant")
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def seal(salt: bytes, private: bytes) -> bytes:
    """Return what the entry keeps of its sealed texts."""
    return hashlib.sha256(salt + private).digest()


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def cover(start: int, stop: int) -> list[Place]:
    """Return the complete subtrees, left to right, that make up a subtree of the tree."""
    places = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        places.append((level, start >> level))
        start += 1 << level
    return places


def places(spans: Iterable[Span]) -> list[Place]:
    """Return every stored place needed to hash these spans."""
    return [place for span in spans for place in cover(*span)]


def span_hash(span: Span, nodes: Mapping[Place, bytes]) -> bytes:
    """Return the hash of a subtree from the complete subtrees it is made of."""
    if span[0] == span[1]:
        return hashlib.sha256().digest()
    *rest, found = (nodes[place] for place in cover(*span))
    for left in reversed(rest):
        found = node_hash(left, found)
    return found


def root(size: int, nodes: Mapping[Place, bytes]) -> bytes:
    """Return the hash of the whole tree; of nothing, SHA-256 of no bytes."""
    return span_hash((0, size), nodes)


def grow(size: int, edge: Mapping[Place, bytes], leaves: Sequence[bytes]) -> dict[Place, bytes]:
    """Return the complete subtrees that appear when leaf hashes join a tree of this size.

    `edge` holds at least the places of `cover(0, size)`.
    """
    new: dict[Place, bytes] = {}
    for index, found in enumerate(leaves, size):
        level = 0
        new[level, index] = found
        while index & 1:
            left = (level, index - 1)
            found = node_hash(new[left] if left in new else edge[left], found)
            level, index = level + 1, index >> 1
            new[level, index] = found
    return new


def inclusion_spans(index: int, size: int) -> list[Span]:
    """Return the subtrees whose hashes prove that a leaf is in the tree, lowest first."""
    if not 0 <= index < size:
        raise ValueError(f"no leaf {index} in a tree of {size}")
    spans: list[Span] = []
    start, stop = 0, size
    while stop - start > 1:
        split = start + _split(stop - start)
        if index < split:
            spans.append((split, stop))
            stop = split
        else:
            spans.append((start, split))
            start = split
    return spans[::-1]


def consistency_spans(old: int, new: int) -> list[Span]:
    """Return the subtrees whose hashes prove that the tree of `old` leaves grew into `new`."""
    if not 0 < old <= new:
        raise ValueError(f"a tree of {old} cannot grow into one of {new}")
    spans: list[Span] = []
    start, stop, whole = 0, new, True
    while stop != old:
        split = start + _split(stop - start)
        if old <= split:
            spans.append((split, stop))
            stop = split
        else:
            spans.append((start, split))
            start, whole = split, False
    return spans[::-1] if whole else [(start, stop), *spans[::-1]]


def _split(count: int) -> int:
    """The largest power of two below the count."""
    return 1 << ((count - 1).bit_length() - 1)


def included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], head: bytes) -> bool:
    """Whether a proof leads from the leaf hash to the head (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    node, last, found = index, size - 1, leaf
    for item in proof:
        if last == 0:
            return False
        if node & 1 or node == last:
            found = node_hash(item, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, item)
        node, last = node >> 1, last >> 1
    return last == 0 and found == head


def consistent(
    old: int, new: int, old_head: bytes, new_head: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether a proof shows the old tree to be the new one's beginning (RFC 9162, 2.1.4.2)."""
    if not 0 < old <= new:
        return False
    if old == new:
        return not proof and old_head == new_head
    steps = [old_head, *proof] if old & (old - 1) == 0 else list(proof)
    if not steps:
        return False
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    before = after = steps[0]
    for item in steps[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            before, after = node_hash(item, before), node_hash(item, after)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            after = node_hash(after, item)
        node, last = node >> 1, last >> 1
    return last == 0 and before == old_head and after == new_head
