"""What the headers say that a program must understand: addresses and Message-IDs. Pure.

Every search is over values that `fields` has cut to length, and none goes back on its steps.
"""

import re
from collections.abc import Iterable, Iterator

from pasokh.channels.mail_in import decoding
from pasokh.channels.mail_in.parsed import Address

#: Addresses of one header and Message-IDs of one; the rest is left out.
MOST_ADDRESSES, MOST_IDS = 200, 100
#: Characters of an address (RFC 5321, 4.5.3.1.3) and of a Message-ID.
LONGEST_ADDRESS, LONGEST_ID = 320, 500

_TOKEN = re.compile(
    r'(?P<quoted>"(?:[^"\\]|\\.){0,500}+")|(?P<comment>\()|(?P<angle><[^<>]*+>?)'
    r'|(?P<end>[,;])|(?P<group>:)|(?P<word>[^\s"(<>,;:]++)|(?P<space>\s++)|.',
    re.S,
)
_BARE = re.compile(r"[^\s@<>(),;:\"'\[\]]{1,200}@[^\s@<>(),;:\"']{1,250}")
_COMMENT = re.compile(r"\((?:[^()\\]|\\.){0,300}+\)")
_ID = re.compile(r"<([^<>]{1,600})>")
_ESCAPED = re.compile(r"\\(.)", re.S)
_QUOTES = str.maketrans("", "", "\"'")


def addresses(raw: bytes, hint: str = "") -> tuple[Address, ...]:
    """The addresses of a header; groups are opened, names alone are left out."""
    said = decoding.header_bytes(raw, hint)
    found = tuple(_Addresses(said).all())
    if not found and "=?" in said:
        found = tuple(_Addresses(decoding.words(said)).all())
    return found


class _Addresses:
    """Reads a list of addresses token by token."""

    def __init__(self, said: str) -> None:
        self.said = said
        self.name: list[str] = []
        self.comment: list[str] = []
        self.address = ""

    def all(self) -> Iterator[Address]:
        """The addresses, as far as `MOST_ADDRESSES`."""
        at = count = 0
        while at < len(self.said) and count < MOST_ADDRESSES:
            token = _TOKEN.match(self.said, at)
            if token is None:
                break
            at = token.end()
            if token.lastgroup == "comment":
                at = self._comment(at)
            elif token.lastgroup == "end":
                if made := self._made():
                    count += 1
                    yield made
            else:
                self._take(token.lastgroup or "", token[0])
        if count < MOST_ADDRESSES and (made := self._made()):
            yield made

    def _take(self, kind: str, text: str) -> None:
        if kind == "quoted":
            self.name.append(_ESCAPED.sub(r"\1", text[1:-1]))
        elif kind == "angle":
            self.address = self.address or text.strip("<>")
        elif kind == "group" and not _BARE.search("".join(self.name)):
            self.name.clear()  # the group's own name
        elif text:
            self.name.append(" " if kind == "space" else text)

    def _comment(self, at: int) -> int:
        """Take a comment, which may hold others; return where it ends."""
        depth, start = 1, at
        while depth and at < len(self.said):
            char = self.said[at]
            depth += (char == "(") - (char == ")")
            at += 2 if char == "\\" else 1
        self.comment.append(self.said[start : at - 1 if not depth else at].strip())
        return at

    def _made(self) -> Address | None:
        """The address that was read since the last comma; begin the next."""
        name, comment, address = "".join(self.name).strip(), " ".join(self.comment), self.address
        self.name, self.comment, self.address = [], [], ""
        if "@" not in address and (bare := _BARE.search(name)):
            address, name = bare[0], name.replace(bare[0], "", 1)
        address = clean(address)
        return (
            Address(address, one_line(decoding.words(name) or decoding.words(comment)))
            if address
            else None
        )


def clean(address: str) -> str:
    """An address as it is compared: no blanks, no route, its domain in lower case; or empty."""
    address = decoding.words(address) if "=?" in address else address
    for _ in range(3):  # one in another
        address = _COMMENT.sub("", address)
    bare = "".join(address.split()).rpartition("mailto:")[2]
    if bare.startswith("@") and ":" in bare:
        bare = bare.partition(":")[2]  # a route, RFC 5322, 4.4
    local, _, domain = bare.rpartition("@")
    domain = domain.strip(".").lower()
    if not local or not domain or len(bare) > LONGEST_ADDRESS:
        return ""
    return one_line(f"{local}@{domain}")


def one_line(text: str) -> str:
    """Text in one line without quotes around it and without what no page can show."""
    if not text.isprintable():
        text = "".join(char if char.isprintable() or char in _JOINERS else " " for char in text)
    kept = " ".join(text.split())
    quoted = len(kept) > 1 and kept[0] == kept[-1] and kept[0] in "\"'"
    return kept[1:-1].strip() if quoted else kept


_JOINERS = frozenset("\u200c\u200d")


def ids(values: Iterable[bytes]) -> tuple[str, ...]:
    """The Message-IDs in the values, each once, without their brackets."""
    found: dict[str, None] = {}
    for raw in values:
        said = decoding.header_bytes(raw)
        named = _ID.findall(said) or [word for word in said.split() if "@" in word.strip("<>")]
        found.update((one_line(each.strip("<> ")), None) for each in named[:MOST_IDS])
    return tuple(each for each in found if each and len(each) <= LONGEST_ID)[:MOST_IDS]
