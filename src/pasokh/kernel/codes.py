"""Secrets that people carry, tracking codes and tokens in links: stored only as keyed hashes."""

import hmac
import secrets

from pasokh.kernel.text import digits

_DIGITS = 16
_TOKEN_BYTES = 24


def new_code() -> str:
    """Return a fresh tracking code: 16 random digits (53 bits) in four groups."""
    return _grouped(f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}")


def read_code(text: str) -> str | None:
    """Return the tracking code that somebody wrote, digits and spacing of any kind, or None."""
    if len(text) > 100:
        return None
    said = "".join(char for char in digits(text) if char.isalnum())
    return _grouped(said) if len(said) == _DIGITS and said.isascii() and said.isdigit() else None


def new_token() -> str:
    """Return a fresh token for one link: 192 random bits in 32 letters that a URL may carry."""
    return secrets.token_urlsafe(_TOKEN_BYTES)


def keyed_hash(kind: str, value: str, key: bytes) -> bytes:
    """Return the HMAC-SHA256 under which a secret is stored, 32 bytes; each kind has its own.

    A hash made for one purpose (`tracking-code`, `confirm-address`) is worth nothing for another.
    """
    if len(key) < 32:
        raise ValueError("the key needs at least 32 bytes")
    name = kind.encode()
    return hmac.digest(key, len(name).to_bytes(4, "big") + name + value.encode(), "sha256")


def same(one: bytes, other: bytes) -> bool:
    """Compare two hashes in a time that says nothing about where they differ."""
    return hmac.compare_digest(one, other)


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, _DIGITS, 4))
