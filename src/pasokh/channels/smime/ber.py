"""ASN.1 as mail programs write it (X.690, BER): one element after another, and no more. Pure.

Nothing is copied until it is asked for. Programs that sign while they read write lengths they do
not know yet as indefinite, so the end of an element may have to be looked for; each look is
counted, and what needs too many is broken.
"""

from collections.abc import Iterator
from dataclasses import dataclass

#: Elements that are looked at in one structure, and how deep in each other.
MOST, DEEPEST = 200_000, 16

INTEGER, OCTETS, OID, SEQUENCE, SET = 0x02, 0x04, 0x06, 0x30, 0x31
LONG_TIME = 0x18  # GeneralizedTime, with four digits for the year
_CONSTRUCTED, _CONTEXT = 0x20, 0x80


class Broken(ValueError):  # noqa: N818  a state of what a stranger sent
    """What was sent is not what it says it is, or is beyond a limit."""


@dataclass
class Budget:
    """How many more elements may be looked at."""

    left: int = MOST

    def spend(self) -> None:
        """Count one look; raises Broken when there were too many."""
        self.left -= 1
        if self.left < 0:
            raise Broken("too many elements")


@dataclass(frozen=True)
class Element:
    """One element of `data`, from `at` to `end`; what it holds stands from `start` to `stop`."""

    data: bytes
    tag: int
    at: int
    start: int
    stop: int
    end: int
    budget: Budget

    @property
    def whole(self) -> bytes:
        """The element as it stands, tag and length and all."""
        return self.data[self.at : self.end]

    @property
    def held(self) -> bytes:
        """The bytes that it holds."""
        return self.data[self.start : self.stop]

    def parts(self) -> Iterator["Element"]:
        """The elements in it, one after another; raises Broken for what is none."""
        if not self.tag & _CONSTRUCTED:
            raise Broken("nothing stands in this element")
        at = self.start
        while at < self.stop:
            part = _element(self.data, at, self.stop, self.budget, 0)
            yield part
            at = part.end

    def octets(self, depth: int = 0) -> bytes:
        """The bytes of an octet string, which may come in pieces."""
        if not self.tag & _CONSTRUCTED:
            return self.held
        if depth > DEEPEST:
            raise Broken("too deep")
        return b"".join(part.octets(depth + 1) for part in self.parts())


def read(data: bytes) -> Element:
    """The one element that bytes begin with; what stands behind it is no part of it."""
    return _element(data, 0, len(data), Budget(), 0)


def context(number: int, *, constructed: bool = True) -> int:
    """The tag of a field that has only a number."""
    return _CONTEXT | (_CONSTRUCTED if constructed else 0) | number


def name(oid: bytes) -> str:
    """An object identifier in dotted form; raises Broken for what is none."""
    if not 0 < len(oid) <= 64 or oid[-1] & 0x80:
        raise Broken("no object identifier")
    numbers, value = [], 0
    for each in oid:
        value = value << 7 | each & 0x7F
        if not each & 0x80:
            numbers.append(value)
            value = 0
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, (first, numbers[0] - 40 * first, *numbers[1:])))


def _element(data: bytes, at: int, end: int, budget: Budget, depth: int) -> Element:
    budget.spend()
    if at + 2 > end or data[at] & 0x1F == 0x1F:
        raise Broken("no element")
    tag, length, start = data[at], data[at + 1], at + 2
    if length == 0x80:
        if not tag & _CONSTRUCTED or depth >= DEEPEST:
            raise Broken("no length")
        stop = _stop(data, start, end, budget, depth)
        return Element(data, tag, at, start, stop, stop + 2, budget)
    if length > 0x80:
        many = length & 0x7F
        if many > 5:
            raise Broken("too long")
        length, start = int.from_bytes(data[start : start + many], "big"), start + many
    if start + length > end:
        raise Broken("cut off")
    return Element(data, tag, at, start, start + length, start + length, budget)


def _stop(data: bytes, at: int, end: int, budget: Budget, depth: int) -> int:
    """Where the mark stands that ends an element of unknown length."""
    while data[at : at + 2] != b"\0\0":
        at = _element(data, at, end, budget, depth + 1).end
    if at + 2 > end:
        raise Broken("cut off")
    return at
