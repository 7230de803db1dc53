"""Bytes that people wrote into text: by evidence first, by what they claim second. Pure.

A charset's name is a claim. Bytes that are UTF-8 are read as UTF-8; bytes that claim a Western
charset and would hold hardly a plain letter are tried as the Arabic, Cyrillic, Greek and Hebrew
ones, and the reading whose letters are the common ones of its script wins. The bytes are kept by
whoever calls, so a better reading can be made later.
"""

import binascii
import codecs
import re
import string
from functools import lru_cache

#: Characters of a text that are weighed.
WEIGHED = 4000

_ALIASES = {
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "chinesebig5"), "gb18030"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "windows-31j"), "cp932"),
    **dict.fromkeys(("ks_c_5601-1987", "euc-kr", "ksc5601", "ks_c_5601"), "cp949"),
    **dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "ansi", "x-ansi", "iso8859-1"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "latin5"), "cp1254"),
    **dict.fromkeys(("iso-8859-8-i", "iso-8859-8-e"), "iso-8859-8"),
    **dict.fromkeys(("utf8mb4", "unicode-1-1-utf-8", "x-utf-8", "utf_8"), "utf-8"),
    **dict.fromkeys(("us-ascii", "ascii", "ansi_x3.4-1968", "7bit", "default"), "ascii"),
    **dict.fromkeys(("x-mac-arabic", "macarabic"), "mac-arabic"),
    **dict.fromkeys(("windows-874", "tis-620", "iso-8859-11"), "cp874"),
    "unicode-1-1-utf-7": "utf-7",
    "iso-2022-jp": "iso2022_jp_ext",
    "big5": "big5hkscs",
}
_NOT_FOR_MAIL = frozenset(
    ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem")
)
_WINDOWS = re.compile(r"(?:windows|win|cp|x-cp|ms|ibm)[-_ ]?(\d{3,4})")
_STATEFUL = ("iso2022", "utf-7", "hz", "utf-16", "utf-32")
_DOUBLE_BYTE = ("gb18030", "cp932", "cp949", "big5hkscs", "euc_jp", "johab")
_WESTERN = frozenset(
    ("", "ascii", "utf-8", "cp1252", "cp1254", "iso8859-15", "cp850", "cp437", "mac-roman")
)

#: The commonest letters of what is written in a charset: right readings have many of them.
_COMMON = {
    "cp1256": frozenset("اینردمتهوبلسشکقعفگيكىةأئپ،"),
    "iso8859-6": frozenset("اينردمتهوبلسكىةأق"),
    "cp1251": frozenset("оеаинтсрвлкмдпуя"),
    "koi8-r": frozenset("оеаинтсрвлкмдпуя"),
    "cp1253": frozenset("αοιετσνηυρπκμλςά"),
    "cp1255": frozenset("יוהלאמרתבשנדעח"),
}
_LETTERS = string.ascii_letters.encode()
_HIGH_WORD = re.compile(rb"[\x80-\xff]{2,}")
_WORD = re.compile(
    r"=\?([^?\s*]{1,60})(?:\*[^?\s]{0,20})?\?([bBqQ])\?"
    r"((?:[^?=]++|=(?!\?[^=])|\?(?!=))*+)\?="
)
_BETWEEN = re.compile(r"(\?=)\s+(?==\?[^?\s]{1,80}\?[bBqQ]\?)")
#: UTF-8 that was read as windows-1252 and written as UTF-8 again, in Arabic letters.
_TWICE = re.compile("[ØÙÚÛ][\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]")


@lru_cache(maxsize=500)
def codec(claimed: str) -> str | None:
    """The codec for a charset's name as mails write it, or None for one that is not known."""
    name = claimed.strip().strip("\"'").lower()[:60]
    windows = _WINDOWS.fullmatch(name)
    name = _ALIASES.get(name, f"cp{windows[1]}" if windows else name)
    try:
        found = codecs.lookup(name)
    except (LookupError, ValueError):
        return None
    text = getattr(found, "_is_text_encoding", True)
    name = found.name.replace("-", "_")
    return found.name if text and name not in _NOT_FOR_MAIL else None


def text(raw: bytes, claimed: str) -> tuple[str, str]:
    """Text of the bytes, and a fault's code (empty for none).

    `unknown-charset`: the name says nothing; `wrong-charset`: the bytes are something else than
    they claim; `broken-text`: some bytes belong to no character.
    """
    found = codec(claimed) if claimed else ""
    name = found or ""
    unknown = "unknown-charset" if found is None else ""
    if raw.isascii() and not (name.startswith(_STATEFUL) and _can_be(raw, name)):
        return raw.decode("ascii"), unknown
    if marked := _by_mark(raw):
        return marked, unknown
    read, fault = _high(raw, name) if not name.startswith(_STATEFUL) else _stateful(raw, name)
    if _TWICE.search(read, 0, WEIGHED) and (once := _once(read)):
        return once, "wrong-charset"
    return read, unknown or fault


def _can_be(raw: bytes, name: str) -> bool:
    """Whether plain letters can be in a charset at all: those of two bytes have zeros."""
    return b"\0" in raw or not name.startswith(("utf-16", "utf-32"))


def _by_mark(raw: bytes) -> str | None:
    """The text behind a byte order mark."""
    if raw.startswith(codecs.BOM_UTF8):
        return raw[3:].decode("utf-8", "replace")
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return raw.decode("utf-16", "replace")
    return None


def _stateful(raw: bytes, name: str) -> tuple[str, str]:
    """Charsets in which plain letters mean others."""
    try:
        return raw.decode(name), ""
    except (UnicodeError, ValueError):
        pass
    if _is_utf8(raw):
        return raw.decode("utf-8"), "wrong-charset"
    return raw.decode(name, "replace"), "broken-text"


def _high(raw: bytes, name: str) -> tuple[str, str]:
    """Bytes beyond ASCII that claim to be `name`, which may be empty."""
    if _is_utf8(raw) and not _rather(raw, name):
        return raw.decode("utf-8"), "" if name in ("", "utf-8") else "wrong-charset"
    if name == "utf-8" and _mostly_utf8(raw):
        return raw.decode("utf-8", "replace"), "broken-text"
    if name in _WESTERN:
        other = _script_of(raw)
        if other:
            return _plain(raw, other), "" if not name else "wrong-charset"
        if name in ("", "ascii", "utf-8"):
            return _plain(raw, "cp1252"), "" if not name else "wrong-charset"
        return _plain(raw, name), ""
    try:
        return raw.decode(name), ""
    except (UnicodeError, ValueError):
        pass
    other = _script_of(raw) if name not in _DOUBLE_BYTE else None
    if other:
        return _plain(raw, other), "wrong-charset"
    return raw.decode(name, "replace"), "broken-text"


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _rather(raw: bytes, name: str) -> bool:
    """Whether few bytes that happen to be UTF-8 are rather what they claim to be."""
    high = sum(map(len, _HIGH_WORD.findall(raw[:WEIGHED])))
    if name in _DOUBLE_BYTE and high <= 12:
        return _decodes(raw, name)
    common = _COMMON.get(name)
    if common and high <= 8:
        return _share(raw.decode("utf-8"), common) < _share(_plain(raw, name), common)
    return False


def _decodes(raw: bytes, name: str) -> bool:
    try:
        raw.decode(name)
    except (UnicodeError, ValueError):
        return False
    return True


def _mostly_utf8(raw: bytes) -> bool:
    """Whether nearly all high bytes stand in whole characters, as in a text cut in its middle."""
    part = raw[:WEIGHED].decode("utf-8", "replace")
    broken = part.count("\ufffd")
    return sum(char > "\x7f" for char in part) > 4 * broken


def _script_of(raw: bytes) -> str | None:
    """The charset of another script whose letters the high bytes are, or None for a Western text.

    Western texts have a high byte here and there; these have whole words of them.
    """
    part = raw[:WEIGHED]
    letters = len(part) - len(part.translate(None, _LETTERS))
    words = _HIGH_WORD.findall(part)
    high = sum(map(len, words))
    longer = sum(len(word) for word in words if len(word) > 2)
    if high < 3 or longer * 2 < high or high < letters / 8:
        return None
    only = b" ".join(words)
    best, name = max((_share(_plain(only, name), common), name) for name, common in _COMMON.items())
    return name if best > 0.5 else None


def _share(text: str, common: frozenset[str]) -> float:
    """How many of the letters beyond ASCII are common ones."""
    letters = [char for char in text.lower() if char > "\x7f" and not char.isspace()]
    return sum(map(common.__contains__, letters)) / len(letters) if letters else 0.0


def _plain(raw: bytes, name: str) -> str:
    """Decode by a charset of single bytes; what it has no sign for is shown as missing."""
    return raw.decode(name, "replace")


def _once(twice: str) -> str | None:
    """Undo a UTF-8 that was taken for windows-1252 and coded again; None when it was not."""
    try:
        raw = b"".join(_byte(char) for char in twice)
        once = raw.decode("utf-8")
    except UnicodeError:
        return None
    return once if len(once) < len(twice) else None


def _byte(char: str) -> bytes:
    return char.encode("latin-1") if char < "\u0100" else char.encode("cp1252")


def header_bytes(raw: bytes, hint: str = "") -> str:
    """Text of a header's bytes, which may hold raw letters of any charset."""
    return raw.decode("ascii") if raw.isascii() else text(raw, hint)[0]


def header(raw: bytes, hint: str = "") -> str:
    """What a header says: raw letters and encoded words read, folds as single blanks."""
    said = header_bytes(raw, hint)
    return words(said) if "=?" in said else said


def words(said: str) -> str:
    """Replace the encoded words (RFC 2047), also broken ones; words parted inside a letter join."""
    out: list[str] = []
    waiting: tuple[str, bytes] | None = None
    at, said = 0, _BETWEEN.sub(r"\1", said)
    for match in _WORD.finditer(said):
        between = said[at : match.start()]
        charset, raw = match[1].lower(), _word_bytes(match[2], match[3])
        if waiting and not between and waiting[0] == charset:
            waiting = (charset, waiting[1] + raw)
        else:
            out += [_of(waiting), between]
            waiting = (charset, raw)
        at = match.end()
    return "".join([*out, _of(waiting), said[at:]])


def _of(word: tuple[str, bytes] | None) -> str:
    return text(word[1], word[0])[0] if word else ""


def _word_bytes(way: str, coded: str) -> bytes:
    raw = coded.encode("utf-8", "replace")
    if way in "qQ":
        return binascii.a2b_qp(raw.replace(b" ", b"_"), header=True)
    return base64(raw)


def base64(raw: bytes) -> bytes:
    """Decode base64 whose padding may be missing and that may hold other signs."""
    try:
        return binascii.a2b_base64(raw)
    except binascii.Error:
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", raw)
        kept = kept[: len(kept) - 1] if len(kept) % 4 == 1 else kept
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
