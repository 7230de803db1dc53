"""Files by their content: stored once under their SHA-256, without name, extension or kind."""

import errno
import hashlib
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from io import BufferedReader
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from django.conf import settings

from pasokh.kernel.errors import Refused
from pasokh.kernel.text import ZWNJ

_DIGEST = re.compile(r"[0-9a-f]{64}")
_FULL = {errno.ENOSPC, errno.EDQUOT}
_LONGEST_NAME = 150  # bytes in UTF-8: every file system and every mail program takes it
_LONGEST_EXTENSION = 16
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"]
)


@dataclass(frozen=True)
class Stored:
    """What is kept about a file: its SHA-256 in hexadecimal and its size in bytes."""

    digest: str
    size: int


def put(chunks: Iterable[bytes], limit: int) -> Stored:
    """Store a stream of at most `limit` bytes and return its digest and size.

    The file appears whole or not at all; the same content is stored once, and storing it again
    mends a damaged copy. Refuses with `file-too-large` (limit) and `no-space`, leaving nothing.
    """
    try:
        return _put(chunks, limit)
    except OSError as error:
        if error.errno in _FULL:
            raise Refused("no-space") from error
        raise


def open(digest: str) -> BufferedReader:
    """Open a stored file for reading; FileNotFoundError when it is not there."""
    return _place(digest).open("rb")


def verify(digest: str) -> bool:
    """Whether the stored bytes are there and still have this digest."""
    try:
        with open(digest) as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return False


def discard(digest: str) -> None:
    """Delete stored bytes that nothing refers to; what is not there is gone already."""
    with suppress(FileNotFoundError):
        _place(digest).unlink()


def clean_name(name: str) -> str:
    """Return a file name that is safe to show, to send and to save anywhere; never empty.

    Folders, control characters, directional overrides and what cannot be seen go (the half-space
    stays between Persian letters); the extension stays.
    """
    last = re.split(r"[/\\]", name[-2000:].rstrip("/\\"))[-1]
    safe = _half_spaces("".join(_safe(char) for char in last))
    seen = " ".join(unicodedata.normalize("NFC", safe).split()).strip(" .")
    path = PurePosixPath(seen or "file")
    stem, extension = path.stem, path.suffix
    if len(extension) > _LONGEST_EXTENSION or len(extension.encode()) > 2 * _LONGEST_EXTENSION:
        stem, extension = path.name, ""
    if stem.split(".")[0].strip().casefold() in _RESERVED:
        stem = f"_{stem}"
    room = _LONGEST_NAME - len(extension.encode())
    short = stem.encode()[:room].decode(errors="ignore").strip(f" .{ZWNJ}")
    return (short or "file") + extension


def _put(chunks: Iterable[bytes], limit: int) -> Stored:
    root = Path(settings.FILES)
    incoming = root / "incoming"
    root.mkdir(mode=0o700, parents=True, exist_ok=True)
    _make(incoming)
    descriptor, draft = tempfile.mkstemp(dir=incoming)  # 0600, on the same file system
    try:
        with os.fdopen(descriptor, "wb") as file:
            stored = _write(chunks, limit, file)
        place = _place(stored.digest)
        _make(place.parent.parent, place.parent)
        os.replace(draft, place)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(draft)
        raise
    for folder in (place.parent, place.parent.parent):
        _sync(folder)
    _named(place.parent.parent)
    return stored


def _write(chunks: Iterable[bytes], limit: int, file: BinaryIO) -> Stored:
    digest, size = hashlib.sha256(), 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise Refused("file-too-large", limit=limit)
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    os.fsync(file.fileno())
    return Stored(digest.hexdigest(), size)


def _place(digest: str) -> Path:
    if not _DIGEST.fullmatch(digest):
        raise ValueError("not a digest")
    return Path(settings.FILES) / digest[:2] / digest[2:4] / digest


def _make(*folders: Path) -> None:
    for folder in folders:  # one by one: `parents=True` would give parents another mode
        folder.mkdir(mode=0o700, exist_ok=True)


@cache
def _named(folder: Path) -> None:
    """Make the name of one of the first folders survive: once in a process, for it stays."""
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    """Make a new name in a folder survive a power cut; Windows has no such call."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _safe(char: str) -> str:
    if char == ZWNJ:
        return char
    if char in '<>:"|?*':
        return "_"
    match unicodedata.category(char):
        case "Cc" | "Cf":
            return ""
        case "Cs" | "Co" | "Cn":
            return "_"
        case "Zs" | "Zl" | "Zp":
            return " "
    return char


def _half_spaces(name: str) -> str:
    """Keep the half-space only where Persian writes it: between two Arabic letters."""
    parts = [part for part in name.split(ZWNJ) if part]
    joined = parts[:1]
    for before, after in pairwise(parts):
        persian = {unicodedata.bidirectional(before[-1]), unicodedata.bidirectional(after[0])}
        joined += [ZWNJ if persian == {"AL"} else "", after]
    return "".join(joined)
