"""Outlook's own wrapping of a mail (`winmail.dat`, MS-OXTNEF): files, words, subject. Pure.

A small reader of lengths and values: each length is held against what is left, so broken bytes end
the reading and keep what was found.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from pasokh.channels.mail_in import decoding, rtf

#: Attributes, properties of one object, and files that are read.
MOST_ATTRIBUTES, MOST_PROPERTIES, MOST_FILES = 5000, 2000, 200

_SIGNATURE = 0x223E9F78
_ATTACHMENT = 2  # the level of an attribute
_SUBJECT, _BODY, _CODEPAGE, _MESSAGE = 0x8004, 0x800C, 0x9007, 0x9003
_BEGIN, _TITLE, _DATA, _PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
_FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
_TEXT8, _TEXT16, _BINARY, _OBJECT = 0x1E, 0x1F, 0x102, 0x0D
_MANY = 0x1000


@dataclass
class File:
    """A file in the wrapping."""

    name: str = ""
    kind: str = "application/octet-stream"
    content: bytes = b""
    cid: str = ""


@dataclass
class Wrapped:
    """What a wrapping holds; `fault` is empty when it was read to its end."""

    subject: str = ""
    text: str = ""
    html: str = ""
    files: list[File] = field(default_factory=list)
    fault: str = ""


def read(raw: bytes) -> Wrapped | None:
    """What the wrapping holds, or None for bytes that are none."""
    if len(raw) < 6 or int.from_bytes(raw[:4], "little") != _SIGNATURE:
        return None
    found, charset, packed = Wrapped(), "cp1252", b""
    try:
        for level, name, value in _attributes(raw):
            if level == _ATTACHMENT:
                _of_file(found.files, name, value, charset)
            elif name == _CODEPAGE and len(value) >= 4:
                charset = f"cp{int.from_bytes(value[:4], 'little')}"
            elif name == _MESSAGE:
                packed = _of_message(found, value, charset) or packed
            elif name == _SUBJECT:
                found.subject = found.subject or _text(value, charset)
            elif name == _BODY:
                found.text = found.text or _text(value, charset)
    except (struct.error, ValueError):
        found.fault = "broken-tnef"
    if packed and not found.text and not found.html:
        found.text = rtf.text(rtf.unpacked(packed))
    found.files = [each for each in found.files if each.name or each.content]
    return found


def _attributes(raw: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Level, name and value of each attribute."""
    at = 6
    for _ in range(MOST_ATTRIBUTES):
        if at + 9 > len(raw):
            return
        level, name, _kind, length = struct.unpack_from("<BHHI", raw, at)
        at += 9
        if length > len(raw) - at:
            raise ValueError("an attribute ends behind the end")
        yield level, name, raw[at : at + length]
        at += length + 2  # a checksum


def _of_file(files: list[File], name: int, value: bytes, charset: str) -> None:
    if name == _BEGIN and len(files) < MOST_FILES:
        files.append(File())
    elif not files:
        return
    elif name == _TITLE:
        files[-1].name = files[-1].name or _text(value, charset)
    elif name == _DATA:
        files[-1].content = value
    elif name == _PROPERTIES:
        _properties_of_file(files[-1], value, charset)


def _properties_of_file(file: File, value: bytes, charset: str) -> None:
    short = file.name
    for name, kind, raw in _properties(value):
        if name == 0x3707:  # the long name
            file.name = _said(kind, raw, charset)
        elif name == 0x3704:
            short = short or _said(kind, raw, charset)
        elif name == 0x370E:
            file.kind = _said(kind, raw, charset).lower() or file.kind
        elif name == 0x3712:
            file.cid = _said(kind, raw, charset)
        elif name == 0x3701 and not file.content:
            file.content = raw[16:] if kind == _OBJECT else raw
    file.name = file.name or short


def _of_message(found: Wrapped, value: bytes, charset: str) -> bytes:
    """Take the words out of a message's properties; return its packed rich text."""
    packed = b""
    for name, kind, raw in _properties(value):
        if name == 0x0037:
            found.subject = _said(kind, raw, charset) or found.subject
        elif name == 0x1000:
            found.text = _said(kind, raw, charset) or found.text
        elif name == 0x1013:
            found.html = decoding.text(raw.rstrip(b"\0"), "" if kind == _BINARY else charset)[0]
        elif name == 0x1009:
            packed = raw
    return packed


def _properties(raw: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Id, type and first value of each MAPI property."""
    (count,) = struct.unpack_from("<I", raw, 0)
    at = 4
    for _ in range(min(count, MOST_PROPERTIES)):
        kind, name = struct.unpack_from("<HH", raw, at)
        at = _behind_name(raw, at + 4, name)
        many, kind = bool(kind & _MANY), kind & ~_MANY
        if kind in _FIXED:
            values = struct.unpack_from("<I", raw, at)[0] if many else 1
            at += 4 if many else 0
            yield name, kind, raw[at : at + _FIXED[kind]]
            at += _FIXED[kind] * values
            continue
        if kind not in (_TEXT8, _TEXT16, _BINARY, _OBJECT):
            raise ValueError("a property of an unknown type")
        (values,) = struct.unpack_from("<I", raw, at)
        at += 4
        for number in range(min(values, MOST_PROPERTIES)):
            (length,) = struct.unpack_from("<I", raw, at)
            if length > len(raw) - at - 4:
                raise ValueError("a value ends behind the end")
            if not number:
                yield name, kind, raw[at + 4 : at + 4 + length]
            at += 4 + length + (-length % 4)


def _behind_name(raw: bytes, at: int, name: int) -> int:
    """The place behind the name that a property of its own kind carries."""
    if name < 0x8000:
        return at
    (named,) = struct.unpack_from("<I", raw, at + 16)
    at += 20
    if not named:
        return at + 4
    (length,) = struct.unpack_from("<I", raw, at)
    return at + 4 + length + (-length % 4)


def _said(kind: int, raw: bytes, charset: str) -> str:
    if kind == _TEXT16:
        return raw.decode("utf-16-le", "replace").split("\0")[0]
    return _text(raw, charset)


def _text(raw: bytes, charset: str) -> str:
    return decoding.text(raw.split(b"\0")[0], charset)[0]
