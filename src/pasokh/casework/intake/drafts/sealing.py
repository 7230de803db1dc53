"""Drafts and their files sealed under a key that is derived from the token and kept nowhere."""

import json
import os
from collections.abc import Iterable, Iterator
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_NONCE = 12
_TAG = 16
_PART = 1 << 20
_MORE, _LAST = b"more", b"last"


class BrokenError(ValueError):
    """What was sealed cannot be opened with this token, or is not what was sealed."""


def seal(token: str, content: dict[str, Any]) -> bytes:
    """Seal a value of JSON; the same value never looks the same twice."""
    nonce = os.urandom(_NONCE)
    plain = json.dumps(content).encode()  # in ASCII: JSON escapes what UTF-8 has no bytes for
    return nonce + AESGCM(_key(token, "draft")).encrypt(nonce, plain, None)


def unseal(token: str, sealed: bytes) -> dict[str, Any]:
    """Open what `seal` made; BrokenError for anything else."""
    try:
        plain = AESGCM(_key(token, "draft")).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except (InvalidTag, ValueError) as error:
        raise BrokenError from error
    content: dict[str, Any] = json.loads(plain)
    return content


def seal_file(token: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Seal a stream part by part: a salt, then each part with its number and whether it is last."""
    salt = os.urandom(_NONCE)
    cipher = AESGCM(_key(token, "file", salt))
    yield salt
    number, held = 0, b""
    for part in _parts(chunks, _PART):
        if number:
            yield cipher.encrypt(_nonce(number), held, _MORE)
        number, held = number + 1, part
    yield cipher.encrypt(_nonce(max(number, 1)), held, _LAST)


def unseal_file(token: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Open what `seal_file` made; BrokenError when a part is missing, changed or out of place."""
    parts = _parts(chunks, _PART + _TAG, first=_NONCE)
    cipher = AESGCM(_key(token, "file", next(parts, b"")))
    number, held = 0, next(parts, b"")
    try:
        for part in parts:
            number += 1
            yield cipher.decrypt(_nonce(number), held, _MORE)
            held = part
        yield cipher.decrypt(_nonce(number + 1), held, _LAST)
    except (InvalidTag, ValueError) as error:
        raise BrokenError from error


def _key(token: str, use: str, salt: bytes | None = None) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=salt, info=f"pasokh {use}".encode())
    return kdf.derive(token.encode())


def _nonce(number: int) -> bytes:
    return number.to_bytes(_NONCE, "big")


def _parts(chunks: Iterable[bytes], size: int, *, first: int = 0) -> Iterator[bytes]:
    """A stream cut anew: a first part of its own size when asked for, then parts of one size."""
    wanted, held = first or size, bytearray()
    for chunk in chunks:
        held += chunk
        while len(held) >= wanted:
            yield bytes(held[:wanted])
            del held[:wanted]
            wanted = size
    if held:
        yield bytes(held)
