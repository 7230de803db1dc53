"""The header fields of one part, out of bytes that may be anything. Pure.

Values are unfolded and kept as bytes: what they say is read when somebody asks (`decoding`).
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote_to_bytes

from pasokh.channels.mail_in import decoding

#: Bytes of all fields of one part, of one field, and their number; what is beyond is cut off.
LONGEST_FIELDS, LONGEST_FIELD, MOST_FIELDS = 256_000, 32_000, 1000
#: Pieces of one parameter (RFC 2231, 3).
MOST_PIECES = 100

_FIELD = re.compile(rb"^([!-9;-~]{1,100}+)[ \t]*+:(.*+(?:\n[ \t].*+)*+)", re.M)
_FOLD = re.compile(rb"\r?\n[ \t]")
_KIND = re.compile(r"\s*\"?([\w!#$&^.+-]{1,60})\s*/\s*([\w!#$&^.+*-]{1,100})")
_PARAM = re.compile(
    r';\s*([^\s=;*"]{1,60})(?:\*(\d{1,3}))?(\*)?\s*=\s*(?:"((?:[^"\\]|\\.){0,3000}+)"|([^;]*+))',
    re.S,
)
_ESCAPED = re.compile(r"\\(.)", re.S)
#: A line that is no field is a slip of the pen when one of these follows it, else the text begins.
_KNOWN = frozenset(
    b"from to cc subject date message-id mime-version content-type received return-path "
    b"content-transfer-encoding content-disposition reply-to sender delivered-to x-mailer".split()
)


class Fields:
    """Header fields in their order: names in lower case, values as unfolded bytes."""

    __slots__ = ("_first", "all")

    def __init__(self, found: list[tuple[bytes, bytes]]) -> None:
        self.all = found
        self._first: dict[bytes, bytes] = dict(reversed(found))

    def raw(self, name: str) -> bytes:
        """The first value of a name in lower case; empty when there is none."""
        return self._first.get(name.encode(), b"")

    def every(self, name: str) -> Iterator[bytes]:
        """All values of a name, in order."""
        wanted = name.encode()
        return (value for each, value in self.all if each == wanted)


def read(content: bytes, start: int, end: int) -> tuple[Fields, int, dict[str, None]]:
    """The fields that stand between two places, where the body behind them begins, and faults."""
    faults: dict[str, None] = {}
    if content[start : start + 1] == b"\n" or content[start : start + 2] == b"\r\n":
        return Fields([]), content.index(b"\n", start) + 1, faults
    last, body = _blank(content, start, end)
    if last - start > LONGEST_FIELDS:
        faults["headers-cut"] = None
        last = start + LONGEST_FIELDS
    found, text = _fields(content, start, last)
    if len(found) > MOST_FIELDS:
        faults["headers-cut"] = None
    if text is not None and "headers-cut" not in faults:
        faults["no-blank-line"] = None
        body = text
    return Fields(found[:MOST_FIELDS]), body, faults


def _blank(content: bytes, start: int, end: int) -> tuple[int, int]:
    """Where the fields end and the body begins; both at the end when no line is empty."""
    crlf = content.find(b"\n\r\n", start, end)
    bare = content.find(b"\n\n", start, crlf if crlf >= 0 else end)
    if bare >= 0:
        return bare + 1, bare + 2
    return (crlf + 1, crlf + 3) if crlf >= 0 else (end, end)


def _fields(content: bytes, start: int, last: int) -> tuple[list[tuple[bytes, bytes]], int | None]:
    """The fields of a block, and where a text begins in it that no blank line parts from them."""
    found: list[tuple[bytes, bytes]] = []
    at, text, certain = start, None, 0
    for match in _FIELD.finditer(content, start, last):
        if text is None and match.start() > at:
            text, certain = at, len(found)
        name = match[1].lower()
        if name in _KNOWN:
            text = None
        found.append((name, _unfolded(match[2])))
        at = min(match.end() + 1, last) if content[match.end() : match.end() + 1] == b"\n" else last
    if text is None and content[at:last].strip():
        text, certain = at, len(found)
    return (found, None) if text is None else (found[:certain], text)


def _unfolded(value: bytes) -> bytes:
    value = value[:LONGEST_FIELD]
    return (_FOLD.sub(b" ", value) if b"\n" in value else value).strip()


def kind(raw: bytes, default: str = "text/plain") -> str:
    """The media type that a Content-Type names, in lower case."""
    if not raw:
        return default
    named = _KIND.match(raw.decode("latin-1"))
    if named:
        return f"{named[1]}/{named[2]}".lower()
    return "text/html" if raw.strip().lower() == b"html" else "text/plain"


def params(raw: bytes, hint: str = "") -> dict[str, str]:
    """The parameters of a value, their names in lower case; pieces joined (RFC 2231)."""
    if b";" not in raw:
        return {}
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, piece, coded, quoted, bare in _PARAM.findall(decoding.header_bytes(raw, hint)):
        value = _ESCAPED.sub(r"\1", quoted) if quoted else bare.strip().strip('"')
        key = name.lower()
        if not piece and not coded:
            plain.setdefault(key, decoding.words(value) if "=?" in value else value)
        elif len(pieces.setdefault(key, {})) < MOST_PIECES:
            pieces[key].setdefault(int(piece or 0), (bool(coded), value))
    return plain | {key: _joined(found) for key, found in pieces.items()}


def _joined(found: dict[int, tuple[bool, str]]) -> str:
    """One value out of its numbered pieces, of which some are percent-coded in a charset."""
    charset, raw = "", b""
    for number in sorted(found):
        coded, value = found[number]
        if coded and not raw and value.count("'") >= 2:
            charset, _, value = value.split("'", 2)
        raw += unquote_to_bytes(value) if coded else value.encode(errors="replace")
    text = decoding.text(raw, charset)[0]
    return decoding.words(text) if "=?" in text else text
