"""Which signs the bytes of a text stand for, told by the bytes themselves. Pure."""

import codecs
from collections.abc import Iterable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Bytes with the highest bit that are looked at to tell one old code page from another.
_SAMPLE = 20_000


def encoding_of(chunks: Iterable[bytes]) -> str | None:
    """The encoding of a text, or None where the bytes are no text.

    A mark at the beginning decides; then strict UTF-8 over the whole text; then zeros at every
    second place (UTF-16); and at last which old code page makes words of it.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    head, high, utf8 = b"", bytearray(), True
    for chunk in chunks:
        if not head:
            head = chunk[:4096]
            if marked := next((name for mark, name in _MARKS if head.startswith(mark)), None):
                return marked
            if b"\0" in head:
                return _with_zeros(head)
        if utf8:
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                utf8 = False
        if len(high) < _SAMPLE and not chunk.isascii():
            high += chunk[: 50 * _SAMPLE]
    if utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            utf8 = False
    return "utf-8" if utf8 else _code_page(bytes(high))


def _with_zeros(head: bytes) -> str | None:
    even, odd = head[0::2].count(0), head[1::2].count(0)
    most = len(head) // 2
    if odd > 0.3 * most and even < 0.05 * most:
        return "utf-16-le"
    if even > 0.3 * most and odd < 0.05 * most:
        return "utf-16-be"
    return None


def _code_page(text: bytes) -> str:
    """Arabic script stands in runs of high bytes; accents of western languages stand alone."""
    high = beside = 0
    for number, byte in enumerate(text):
        if byte >= 0x80:
            high += 1
            around = text[max(number - 1, 0) : number] + text[number + 1 : number + 2]
            beside += any(each >= 0x80 for each in around)
            if high >= _SAMPLE:
                break
    return "cp1256" if beside > 0.5 * high else "cp1252"
