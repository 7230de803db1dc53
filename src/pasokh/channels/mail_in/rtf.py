"""The words of the rich text that Outlook packs into its wrapping (MS-OXRTFCP). Pure."""

import re
import struct

#: Bytes that are unpacked, and groups inside each other.
LONGEST, DEEPEST = 4_000_000, 200

_PACKED, _PLAIN = b"LZFu", b"MELA"
_WINDOW = 4096
#: What the window holds before the first byte: the beginnings of nearly every rich text.
_BEFORE = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_TOKEN = re.compile(
    r"\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\(.)|([{}])|[\r\n]+|([^\\{}\r\n]+)",
    re.S | re.I,
)
_UNSEEN = frozenset(
    ("fonttbl", "colortbl", "stylesheet", "info", "pict", "header", "footer", "htmltag", "object")
)
_SIGNS = {"par": "\n", "line": "\n", "tab": "\t", "lquote": "‘", "rquote": "’", "bullet": "•"}
_SIGNS |= {
    "ldblquote": "“",
    "rdblquote": "”",
    "emdash": "—",
    "endash": "–",
    "row": "\n",
    "cell": "\t",
}


def unpacked(raw: bytes) -> bytes:
    """The rich text out of its packing, as far as it can be read; never more than `LONGEST`."""
    if len(raw) < 16:
        return b""
    size, kind = struct.unpack_from("<I", raw, 4)[0], raw[8:12]
    if kind == _PLAIN:
        return raw[16 : 16 + min(size, LONGEST)]
    return _lz(raw, min(size, LONGEST)) if kind == _PACKED else b""


def _lz(raw: bytes, size: int) -> bytes:
    out = bytearray(_BEFORE)
    first, at = len(_BEFORE), 16
    while at < len(raw) and len(out) - first < size:
        flags, at = raw[at], at + 1
        for bit in range(8):
            if at >= len(raw):
                break
            if not flags >> bit & 1:
                out.append(raw[at])
                at += 1
                continue
            if at + 1 >= len(raw):
                return bytes(out[first : first + size])
            pair, at = raw[at] << 8 | raw[at + 1], at + 2
            back = (len(out) - (pair >> 4)) % _WINDOW
            if not back or back > len(out):  # the sign of the end, or a place before the window
                return bytes(out[first : first + size])
            for _ in range((pair & 15) + 2):
                out.append(out[-back])
    return bytes(out[first : first + size])


def text(rich: bytes) -> str:
    """The words of a rich text, its pictures, fonts and tags left out."""
    return _Words().of(rich.decode("latin-1"))


class _Words:
    """Follows the groups of a rich text and keeps what a reader would see."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.seen = [True]
        self.raw = bytearray()  # letters of the code page, which may take two bytes
        self.charset = "cp1252"
        self.skip = 0

    def of(self, rich: str) -> str:
        for command, number, code, sign, brace, words in _TOKEN.findall(rich):
            if code:
                self._code(int(code, 16))
                continue
            self._flush()
            if brace:
                self._brace(brace)
            elif command:
                self._command(command.lower(), int(number) if number else None)
            elif sign == "*":
                self.seen[-1] = False
            elif sign or words:
                self._say({"~": "\xa0", "_": "-"}.get(sign, sign) if sign else words)
        self._flush()
        return "".join(self.out).strip()

    def _code(self, byte: int) -> None:
        if self.skip:
            self.skip -= 1
        elif self.seen[-1]:
            self.raw.append(byte)

    def _flush(self) -> None:
        if self.raw:
            self.out.append(self.raw.decode(self.charset, "replace"))
            self.raw.clear()

    def _brace(self, brace: str) -> None:
        if brace == "{" and len(self.seen) < DEEPEST:
            self.seen.append(self.seen[-1])
        elif brace == "}" and len(self.seen) > 1:
            self.seen.pop()

    def _command(self, command: str, number: int | None) -> None:
        if command in _UNSEEN:
            self.seen[-1] = False
        elif command == "htmlrtf":
            self.seen[-1] = number == 0
        elif command == "ansicpg" and number in (874, 932, 936, 949, 950, *range(1250, 1259)):
            self.charset = f"cp{number}"
        elif command == "u" and number is not None and self.seen[-1]:
            self.out.append(chr(number % 0x10000))
            self.skip = 1
        elif command in _SIGNS and self.seen[-1]:
            self.out.append(_SIGNS[command])

    def _say(self, words: str) -> None:
        if self.skip and words:
            words, self.skip = words[1:], 0
        if self.seen[-1]:
            self.out.append(words)
