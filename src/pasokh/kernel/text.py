"""One way to compare, search, order and show Persian, Arabic and Latin text.

Everything works character by character from tables, so time and length grow in step with the
text and no text can raise: not control characters, not lone surrogates, not a million marks.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, cycle, islice
from typing import Literal, NamedTuple

ZWNJ = "\u200c"
FSI, PDI = "\u2068", "\u2069"
#: Stands for what cannot be stored; the face that every page and paper is set in has it.
GONE = "\ufffd"

#: The longest token in characters; a longer run is cut into pieces of this length.
LONGEST = 40
#: All tokens of a text together, in UTF-8 bytes: `tsvector` holds 2**20 and does not check.
MOST_BYTES = 800_000
#: Words of a question that count, and pieces of each.
MOST_WANTED = 16
#: Characters that `sort_key` looks at.
MOST_SORTED = 120

_LETTERS = {
    **dict.fromkeys("يىےېۍ", "ی"),
    **dict.fromkeys("كڪ", "ک"),
    **dict.fromkeys("ةۃەہھ", "ه"),
    **dict.fromkeys("ٱ", "ا"),
    "٫": ".",
    "٬": ",",
    "ـ": "",
}
_IGNORED = {
    *map(chr, range(0xFE00, 0xFE10)),
    *map(chr, range(0x180B, 0x1810)),
    *map(chr, range(0xE0100, 0xE01F0)),
    *"\u034f\u115f\u1160\u3164",
}
_APOSTROPHES = frozenset("'’‘ʼ`´")
_JOINT = "\ue001"  # a private character: `_Words` takes it out of what people send
_JOINTS = frozenset("-./_:+@#*\\־‐‑‒–—―−")

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_ESCAPED = re.compile("([\udc80-\udcff]+)")

_PREFIXES = ("نمی", "می")
_SUFFIXES = tuple(  # the longest first
    sorted(
        [
            *("ها" + end for end in ["", "ی", "یی", "یم", "یت", "یش", "یمان", "یتان", "یشان"]),
            *("تر" + end for end in ["", "ی", "ین", "ها", "های", "هایی", "ینها", "ینهای"]),
        ],
        key=len,
        reverse=True,
    )
)

_ALEF_MADDA = "\ue000"
_ALPHABET = "ء" + _ALEF_MADDA + "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"


class _Table(dict[int, str]):
    """A table for `str.translate` that works out a character when it first meets it."""

    ROOM = 20_000

    def __missing__(self, code: int) -> str:
        folded = self.work_out(chr(code))
        if len(self) < self.ROOM:  # somebody may send all of Unicode
            self[code] = folded
        return folded

    def work_out(self, char: str) -> str:
        raise NotImplementedError


class _Fold(_Table):
    def work_out(self, char: str) -> str:
        category = unicodedata.category(char)
        if char == ZWNJ:
            return char
        if category == "Cs":
            return "\ufffd"
        if category in ("Cc", "Zs", "Zl", "Zp") or char == "\u200b":
            return " "
        if category == "Cf":
            return ""
        plain = unicodedata.normalize("NFKD", char)
        if category[0] == "L" and plain.startswith(" "):
            plain = plain.strip()  # the isolated forms of Arabic marks
        if category == "No" and "⁄" in plain:
            plain = f" {plain}"  # 1½ is not 11⁄2
        folded = _bare(unicodedata.normalize("NFKD", _bare(plain).casefold()))
        return unicodedata.normalize("NFC", folded)


class _Words(_Table):
    def work_out(self, char: str) -> str:
        if char == ZWNJ or char.isalnum() or unicodedata.category(char)[0] == "M":
            return char
        if char in _APOSTROPHES:
            return ""
        return _JOINT if char in _JOINTS else " "


class _Digits(_Table):
    def work_out(self, char: str) -> str:
        value = unicodedata.decimal(char, None)
        return char if value is None else str(value)


class _Places(_Table):
    def work_out(self, char: str) -> str:
        if char in _ALPHABET:
            return chr(0x21 + _ALPHABET.index(char))
        if char.isascii() and char.isalpha():
            return chr(0x50 + ord(char) - ord("a"))
        if char.isascii() and char.isdigit():
            return chr(0x10 + int(char))
        if not char.isalnum():
            return " "
        return "".join(chr(0x80 | ord(char) >> shift & 0x7F) for shift in (14, 7, 0))


def _bare(text: str) -> str:
    return "".join(
        _LETTERS.get(char, _digit(char))
        for char in text
        if not unicodedata.combining(char) and char not in _IGNORED
    )


def _digit(char: str) -> str:
    value = unicodedata.decimal(char, None)
    return char if value is None else str(value)


_fold, _words, _digits, _places = _Fold(), _Words(), _Digits(), _Places()


def fold(text: str) -> str:
    """Return the form under which texts that people hold to be the same are equal.

    Persian and Arabic letters are one (ي ى ئ → ی, ك → ک, ة ۀ → ه, أ إ آ ٱ → ا, ؤ → و); marks,
    tatweel, bidi and other invisible characters go; digits are ASCII; letters are small; the
    half-space and every other white space is one space. Folding twice changes nothing more.
    """
    return " ".join(_letters(text).replace(ZWNJ, " ").split())


def digits(text: str) -> str:
    """Return the text with every decimal digit of every script in ASCII."""
    return text.translate(_digits)


def tokens(text: str, room: int = MOST_BYTES) -> list[str]:
    """Return what `array_to_tsvector` should hold, so that the text is found however it is typed.

    A word written with a half-space, joined or apart gives the same tokens («می‌خواهم»,
    «میخواهم», «می خواهم»); numbers are there with and without their separators. Each token has
    at most `LONGEST` characters and no white space, all together have at most `room` bytes in
    UTF-8; any text with a letter or a digit has one.
    """
    found = list(dict.fromkeys(_all_tokens(text)))
    if len("".join(found).encode()) <= room:
        return found
    sizes = accumulate(len(token.encode()) for token in found)
    return found[: bisect_right(list(sizes), room)]


def search_query(text: str) -> str:
    """Return a `tsquery` for what somebody typed: all words, each however written, as prefixes.

    An empty answer means that there is nothing to look for.
    """
    terms: dict[str, None] = {}
    for run in _number_runs(_merged(_units(text))):
        whole, parts = "".join(word.text for word in run), [word.text for word in run]
        if len(run) == 1:
            parts = [part for part in run[0].parts if part]
        ways = [_all_of([whole])] + ([_all_of(parts)] if len(parts) > 1 else [])
        terms["(" + " | ".join(ways) + ")"] = None
        if len(terms) == MOST_WANTED:
            break
    return " & ".join(terms) or _all_of(_unfoldable(text))


def sort_key(text: str) -> bytes:
    """Return a key that orders by the Persian alphabet (آ ا ب پ …), digits before, Latin after.

    Byte order in any database is then the order a reader expects. Looks at the first
    `MOST_SORTED` characters; at most three bytes for each.
    """
    marked = text[:MOST_SORTED].replace("ا\u0653", "آ").replace("آ", _ALEF_MADDA)
    folded = fold(marked.replace(ZWNJ, ""))[:MOST_SORTED]
    return b"\x01".join(
        word.encode("latin-1") for word in folded.translate(_places).split(" ") if word
    )


def isolate(text: str) -> str:
    """Return the text fenced off (FSI … PDI), so that its direction cannot disturb its neighbours.

    For names, references and amounts inside a sentence; drops directional controls within,
    which could otherwise close the fence.
    """
    inner = "".join(c for c in text if not ("\u202a" <= c <= "\u202e" or "\u2066" <= c <= PDI))
    return f"{FSI}{inner}{PDI}"


def direction(text: str) -> Literal["rtl", "ltr", "auto"]:
    """Return the direction of the first letter that has one; `auto` when none has."""
    for char in text:
        match unicodedata.bidirectional(char):
            case "R" | "AL":
                return "rtl"
            case "L":
                return "ltr"
    return "auto"


@dataclass(frozen=True)
class Visible:
    """A text that PostgreSQL can hold, and what gave way for it: characters (`U+0000` …), bytes.

    A byte that was no UTF-8 is named as one (`0xFF`); it arrives as Python's surrogate escape.
    """

    text: str
    removed: tuple[str, ...] = ()


def visible(text: str) -> Visible:
    """Return the text as it can be stored: NUL and lone surrogates shown as `GONE`, CRLF as LF.

    Nothing else is changed; a page that shows `removed` keeps nothing from its reader.
    """
    kept = text.replace("\r\n", "\n")
    removed = dict.fromkeys(_UNSTORABLE.findall(kept))
    return Visible(_UNSTORABLE.sub(GONE, kept), tuple(map(_named, removed)))


def original(text: str) -> bytes:
    """Return the bytes in which a text came, those among them that were no UTF-8 as they were."""
    parts = _ESCAPED.split(text)  # every second part is one of escapes
    ways = cycle(("surrogatepass", "surrogateescape"))
    return b"".join(part.encode("utf-8", way) for part, way in zip(parts, ways, strict=False))


def _named(char: str) -> str:
    return f"0x{ord(char) - 0xDC00:02X}" if _ESCAPED.match(char) else f"U+{ord(char):04X}"


class _Word(NamedTuple):
    """A word with its half-spaces and joints taken out, and the parts it was written in."""

    text: str
    parts: tuple[str, ...]


def _letters(text: str) -> str:
    """Fold all but white space and half-spaces. NFC is safe here: no combining mark is left."""
    return unicodedata.normalize("NFC", text.translate(_fold))


def _units(text: str) -> Iterator[_Word]:
    """Words in their order: a number or code with joints is one (`P-000042-7`), a name is not."""
    for chunk in _letters(text).translate(_words).split():
        yield from _known_chunk(chunk) if len(chunk) <= LONGEST else _of_chunk(chunk)


def _of_chunk(chunk: str) -> tuple[_Word, ...]:
    """The words that white space holds apart from others."""
    pieces = [piece for piece in chunk.split(_JOINT) if piece]
    if len(pieces) > 1 and any(char.isdigit() for char in chunk):
        return (_word(part for piece in pieces for part in piece.split(ZWNJ)),)
    return tuple(_word(piece.split(ZWNJ)) for piece in pieces)


#: The same short ones come again and again; long ones would fill the memory.
_known_chunk = lru_cache(maxsize=5000)(_of_chunk)


def _word(parts: Iterable[str]) -> _Word:
    kept = tuple(part for part in parts if part)
    return _Word("".join(kept), kept)


def _merged(words: Iterable[_Word]) -> Iterator[_Word]:
    """Join prefixes and suffixes that stand alone to their word."""
    last: _Word | None = None
    for word in words:
        if not word.text:
            continue
        affix = last and (last.text in _PREFIXES or word.text in _SUFFIXES)
        if last and affix and _belong_together(last.text, word.text):
            last = _Word(last.text + word.text, last.parts + word.parts)
        else:
            if last:
                yield last
            last = word
    if last:
        yield last


def _belong_together(first: str, second: str) -> bool:
    if first in _PREFIXES:
        return len(second) > 1
    return second in _SUFFIXES and 1 < len(first) < LONGEST and first[-1].isalpha()


def _number_runs(words: Iterable[_Word]) -> Iterator[tuple[_Word, ...]]:
    """Groups of digits that follow one another as one (`0912 345 6789`), other words alone."""
    run: tuple[_Word, ...] = ()
    for word in words:
        numeric = word.text.isdigit()
        size = sum(len(each.text) for each in run) + len(word.text)
        if run and not (numeric and run[-1].text.isdigit() and size <= 20):
            yield run
            run = ()
        run += (word,)
    if run:
        yield run


def _all_tokens(text: str) -> list[str]:
    found: list[str] = []
    before: list[str] = []
    for word in _merged(_units(text)):
        found += _known_word(word) if len(word.text) <= LONGEST else _of_word(word)
        if not word.text.isdigit():
            before = []
            continue
        before = [*before[-5:], word.text]
        windows = ("".join(before[start:]) for start in range(len(before) - 1))
        found += (window for window in windows if 7 <= len(window) <= 20)
    return found or _unfoldable(text)


def _of_word(word: _Word) -> tuple[str, ...]:
    """The word, its parts and its stems."""
    found = (word.text, *word.parts, *_stems(word.text))
    return tuple(piece for part in found for piece in _pieces(part))


_known_word = lru_cache(maxsize=5000)(_of_word)


def _stems(word: str) -> Iterator[str]:
    """The parts that a known prefix and the longest known suffix leave, and the affixes."""
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) > 1:
            yield prefix
            yield word[len(prefix) :]
            break
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) > 1:
            yield word[: -len(suffix)]
            yield suffix
            break


def _pieces(run: str) -> Iterator[str]:
    return (run[at : at + LONGEST] for at in range(0, len(run), LONGEST))


def _unfoldable(text: str) -> list[str]:
    """Letters of a text that has nothing but what folding drops (a lone tatweel)."""
    return list(_pieces("".join(char for char in text if char.isalnum())))


def _all_of(words: Iterable[str]) -> str:
    """The `tsquery` for every piece of every word; only letters and digits, so quotes are safe."""
    pieces = islice((piece for word in words for piece in _pieces(word)), MOST_WANTED)
    return " & ".join(f"'{piece}':*" if len(piece) > 2 else f"'{piece}'" for piece in pieces)
