"""Reading what a stranger wrote: bounded, plain, and in one form only."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from base64 import b64decode, b64encode
from typing import Any, NamedTuple, NoReturn

from pasokh.kernel.ledger.verifier.curve import signed
from pasokh.kernel.ledger.verifier.words import Wrong

LARGEST_TEXT = 64 * 1024 * 1024
FINGERPRINT = 32
MOST_SIGNATURES = 50
COUNT = re.compile(r"0|[1-9][0-9]{0,14}")
SIGNATURE = re.compile(r"— (\S{1,200}) ([A-Za-z0-9+/=]{1,200})")


class Key(NamedTuple):
    name: str
    public: bytes
    digest: bytes

    @property
    def fingerprint(self) -> str:
        digits = self.digest.hex()[:FINGERPRINT]
        return "-".join(digits[at : at + 4] for at in range(0, FINGERPRINT, 4))


def read(path: str, limit: int = LARGEST_TEXT) -> bytes:
    """Read a plain file of bounded size; no link, no device."""
    found = os.lstat(path)
    if not stat.S_ISREG(found.st_mode) or found.st_size > limit:
        raise Wrong("unreadable")
    with open(path, "rb") as file:
        return file.read(limit)


def digest(path: str, sizes: set[int]) -> str:
    """Return the SHA-256 of a plain file that has one of these sizes; of any other, nothing."""
    found, total = os.lstat(path), hashlib.sha256()
    if not stat.S_ISREG(found.st_mode) or found.st_size not in sizes:
        return ""
    with open(path, "rb") as file:
        for chunk in iter(lambda: file.read(1 << 20), b""):
            total.update(chunk)
    return total.hexdigest()


def parse(data: bytes) -> dict[str, Any]:
    """Read a JSON object without doubled keys, fractions or huge numbers."""
    value = json.loads(
        data.decode(),
        object_pairs_hook=_once,
        parse_int=_small,
        parse_float=_refuse,
        parse_constant=_refuse,
    )
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) < len(pairs):
        raise ValueError("a key stands twice")
    return dict(pairs)


def _small(digits: str) -> int:
    if len(digits) > 17:
        raise ValueError("a number is too large")
    return int(digits)


def _refuse(text: str) -> NoReturn:
    raise ValueError("not an integer")


def base64(text: str, length: int) -> bytes:
    """Read base64 in its one form: a stray bit at the end would be an altered byte unseen."""
    data = b64decode(text, validate=True)
    if len(data) != length or b64encode(data).decode() != text:
        raise ValueError("not base64 of this length")
    return data


def key(text: str) -> Key:
    """Read a C2SP verifier key: `origin+id+base64(0x01 and the public key)`."""
    name, _, rest = text.strip().partition("+")
    number, _, blob = rest.partition("+")
    public = base64(blob, 33)
    full = hashlib.sha256(name.encode() + b"\n" + public).digest()
    if public[0] != 1 or not re.fullmatch(r"\S{1,200}", name) or full[:4].hex() != number:
        raise ValueError("not a key")
    return Key(name, public[1:], full)


def opened(note: str, by: Key) -> list[str]:
    """Return the lines of a signed note, once the key's signature was found to fit."""
    text, gap, rest = note.rpartition("\n\n")
    *lines, end = rest.split("\n")
    found = [SIGNATURE.fullmatch(line) for line in lines[:MOST_SIGNATURES]]
    ours = [line[2] for line in found if line and line[1] == by.name]
    if not gap or end or len(found) < len(lines) or None in found or len(ours) != 1:
        raise Wrong("signature")
    blob = base64(ours[0], 68)
    if blob[:4] != by.digest[:4] or not signed(by.public, blob[4:], f"{text}\n".encode()):
        raise Wrong("signature")
    return text.split("\n")


def head(note: str, by: Key) -> tuple[int, bytes]:
    """Return size and root from a checkpoint of this key's log."""
    lines = opened(note, by)
    if len(lines) < 3 or lines[0] != by.name or not COUNT.fullmatch(lines[1]):
        raise Wrong("unreadable")
    return int(lines[1]), base64(lines[2], 32)
