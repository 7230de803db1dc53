"""Secrets that must be read back (a mailbox's password, a provider's key), sealed at rest.

Sealed under a key derived from the installation's own, so that the database alone opens nothing;
each is bound to its use and its owner, and opens nowhere else.
"""

import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12


class BrokenError(ValueError):
    """What was sealed was not sealed here, for this use and this owner."""


def seal(use: str, owner: str, secret: str) -> bytes:
    """Seal a secret for one use (`mailbox`) of one owner; the same never looks the same twice."""
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(use).encrypt(nonce, secret.encode(), owner.encode())


def unseal(use: str, owner: str, sealed: bytes) -> str:
    """Open what `seal` made for this use and owner; BrokenError for anything else."""
    kept = bytes(sealed)
    try:
        return _cipher(use).decrypt(kept[:_NONCE], kept[_NONCE:], owner.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise BrokenError from error


def _cipher(use: str) -> AESGCM:
    return AESGCM(_key(use, str(settings.SECRET_KEY)))


@lru_cache(maxsize=32)
def _key(use: str, key: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"pasokh sealed {use}".encode())
    return kdf.derive(key.encode())
