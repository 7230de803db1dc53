"""What was done to a body so that it passes through old servers, undone. Pure."""

import binascii
import re

from pasokh.channels.mail_in import decoding

#: Of the bytes that are no base64, the share (one in so many) at which a body is not taken for it.
FEW = 50

#: Files inside one text.
MOST_INLINE = 50

_BASE64 = bytes(range(65, 91)) + bytes(range(97, 123)) + b"0123456789+/= \t\r\n"
_PURE = re.compile(rb"[A-Za-z0-9+/\s]*+=*+")
_NAME = re.compile(rb"[a-z0-9-]+")
_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,200})\r?\n", re.M)
_INLINE = re.compile(r"^begin [0-7]{3,4} ([^\n]{1,200})\n(?=[M-])", re.M)


def way(raw: bytes) -> bytes:
    """The name of a way out of a Content-Transfer-Encoding, in lower case."""
    found = _NAME.search(raw.lower())
    return found[0] if found else b""


def undone(raw: bytes, how: bytes) -> tuple[bytes, str]:
    """The bytes as they were sent, and a fault's code (empty for none)."""
    name = way(how)
    if name == b"base64":
        return _base64(raw)
    if name == b"quoted-printable":
        return binascii.a2b_qp(raw), ""
    if name in (b"x-uuencode", b"uuencode", b"x-uue"):
        return _uuencoded(raw)
    return raw, ""


def _base64(raw: bytes) -> tuple[bytes, str]:
    """Decode base64; a foot that a list added is cut off, what is not base64 stays as it is."""
    pure = _PURE.match(raw)
    end = pure.end() if pure else 0
    rest = raw[end:].strip()
    if not rest:
        return decoding.base64(raw), ""
    foreign = len(rest.translate(None, _BASE64))
    if not raw[:end].rstrip().endswith(b"=") and foreign * FEW < len(rest):
        return decoding.base64(raw), "broken-base64"
    if end < len(rest):
        return raw, "broken-base64"
    return decoding.base64(raw[:end]), "broken-base64"


def _uuencoded(raw: bytes) -> tuple[bytes, str]:
    begin = _BEGIN.search(raw)
    if begin is None:
        return raw, "broken-uuencode"
    out = bytearray()
    for line in raw[begin.end() :].split(b"\n"):
        line = line.rstrip(b"\r")
        if line == b"end":
            break
        out += _uu_line(line)
    return bytes(out), ""


def _uu_line(line: bytes) -> bytes:
    """One line; some writers leave blanks off its end or add a sign to it."""
    if not line:
        return b""
    length = (line[0] - 32) & 63
    needed = (length + 2) // 3 * 4
    try:
        return binascii.a2b_uu(line[:1] + line[1 : 1 + needed].ljust(needed))
    except binascii.Error:
        return b""


def inline(text: str) -> tuple[str, list[tuple[str, bytes]]]:
    """A text without the uuencoded files that stand in it, and these by their names."""
    found: list[tuple[str, bytes]] = []
    kept, at = [], 0
    for begin in _INLINE.finditer(text):
        end = text.find("\nend", begin.end())
        if end < 0:
            break
        if begin.start() < at:
            continue
        content, _ = _uuencoded(text[begin.start() : end].encode("ascii", "replace"))
        if content and len(found) < MOST_INLINE:
            found.append((begin[1], content))
            kept.append(text[at : begin.start()])
            at = end + len("\nend")
    return "".join([*kept, text[at:]]), found
