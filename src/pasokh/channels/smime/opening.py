"""Mail that was encrypted to a certificate of ours, opened with its key (RFC 5652, 5083, 3565).

What is said of one that does not open is the same whatever was wrong with its key, so that nobody
learns about keys by sending mail.
"""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.decrepit.ciphers.algorithms import TripleDES
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from pasokh.casework.correspondence.certificates import reading
from pasokh.casework.correspondence.certificates.queries import Held
from pasokh.casework.intake.mailroom.terms import NO_KEY
from pasokh.channels.smime import ber, checking, cms
from pasokh.channels.smime.ber import OCTETS, Broken
from pasokh.channels.smime.cms import Enveloped, Method, Recipient
from pasokh.kernel.certificates import ODD


class Closed(Exception):  # noqa: N818  a state of what came in, not a mistake
    """It was not opened; `code` says why: `encrypted-elsewhere`, `-unknown` or `-broken`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Key:
    """A certificate of ours, and the private key that opens what was encrypted to it."""

    certificate: x509.Certificate
    private: rsa.RSAPrivateKey = field(repr=False)


def key(held: Held) -> Key:
    """A key of ours as it is kept, ready for use."""
    pair = reading.opened(held.chain, held.key)
    return Key(pair.chain[0], pair.private)


_PKCS1, _OAEP = "1.2.840.113549.1.1.1", "1.2.840.113549.1.1.7"
_AES = "2.16.840.1.101.3.4.1."
#: Ciphers by their identifiers: bytes of the key, and whether changes show.
_CIPHERS = {
    **{f"{_AES}{number}": (size, False) for number, size in ((2, 16), (22, 24), (42, 32))},
    **{f"{_AES}{number}": (size, True) for number, size in ((6, 16), (26, 24), (46, 32))},
    "1.2.840.113549.3.7": (24, False),
}
_HASHES: dict[str, Callable[[], hashes.HashAlgorithm]] = {
    "1.3.14.3.2.26": hashes.SHA1,
    "2.16.840.1.101.3.4.2.1": hashes.SHA256,
    "2.16.840.1.101.3.4.2.2": hashes.SHA384,
    "2.16.840.1.101.3.4.2.3": hashes.SHA512,
}


def opened(wrapping: Enveloped, keys: Iterable[Key]) -> bytes:
    """What stands in an encrypted wrapping; raises Closed."""
    for key in keys:
        for recipient in wrapping.recipients:
            if checking.is_meant(key.certificate, recipient.whose):
                return _opened(wrapping, recipient, key.private)
    raise Closed(NO_KEY)


def _opened(wrapping: Enveloped, recipient: Recipient, private: rsa.RSAPrivateKey) -> bytes:
    if wrapping.method.oid not in _CIPHERS:
        raise Closed("encrypted-unknown")
    size, marked = _CIPHERS[wrapping.method.oid]
    if marked != bool(wrapping.mac):
        raise Closed("encrypted-unknown")
    try:
        way = _padding(recipient.method)
    except (Broken, KeyError, StopIteration, *ODD) as error:
        raise Closed("encrypted-unknown") from error
    try:
        key = private.decrypt(recipient.key, way)
    except ODD:
        key = b""
    key = key if len(key) == size else secrets.token_bytes(size)  # RFC 3218, 2.3.2
    try:
        return _with_mark(wrapping, key) if marked else _chained(wrapping, key)
    except (Broken, InvalidTag, StopIteration, *ODD) as error:
        raise Closed("encrypted-broken") from error


def _padding(method: Method) -> padding.AsymmetricPadding:
    """How the key was encrypted; KeyError or Broken for what is not known."""
    if method.oid == _PKCS1:
        return padding.PKCS1v15()
    if method.oid != _OAEP:
        raise KeyError(method.oid)
    told = {part.tag: part for part in ber.read(method.params).parts()} if method.params else {}
    plain: Callable[[], hashes.HashAlgorithm] = hashes.SHA1
    mask: Callable[[], hashes.HashAlgorithm] = hashes.SHA1
    if given := told.get(ber.context(0)):
        plain = _hash(next(given.parts()))
    if given := told.get(ber.context(1)):
        _mgf1, inner = next(given.parts()).parts()
        mask = _hash(inner)
    return padding.OAEP(padding.MGF1(mask()), plain(), None)


def _hash(algorithm: ber.Element) -> Callable[[], hashes.HashAlgorithm]:
    return _HASHES[ber.name(next(algorithm.parts()).held)]


def _chained(wrapping: Enveloped, key: bytes) -> bytes:
    start = ber.read(wrapping.method.params)
    if start.tag != OCTETS:
        raise Broken("no beginning")
    aes = wrapping.method.oid.startswith(_AES)
    kind = algorithms.AES(key) if aes else TripleDES(key)
    cipher = Cipher(kind, modes.CBC(start.held)).decryptor()
    plain = cipher.update(wrapping.content) + cipher.finalize()
    pad = PKCS7(kind.block_size).unpadder()
    return pad.update(plain) + pad.finalize()


def _with_mark(wrapping: Enveloped, key: bytes) -> bytes:
    nonce = next(ber.read(wrapping.method.params).parts()).held
    mode = modes.GCM(nonce, wrapping.mac, min_tag_length=12)
    cipher = Cipher(algorithms.AES(key), mode).decryptor()
    cipher.authenticate_additional_data(wrapping.beside)
    return cipher.update(wrapping.content) + cipher.finalize()


#: What `read` raises, and why, as a fault of the mail.
UNREAD = (Closed, Broken)


def fault(error: Exception) -> str:
    """Why a wrapping was not read, as a fault of the mail."""
    return error.code if isinstance(error, Closed) else "wrapping-broken"


def read(wrapped: bytes, keys: Callable[[], Iterable[Key]]) -> tuple[bytes, bool]:
    """What a wrapping holds, and whether it was signed there; raises Closed or Broken.

    The keys are asked for only when something is encrypted.
    """
    found = cms.read(wrapped)
    if isinstance(found, cms.Enveloped):
        return opened(found, keys()), False
    if found.content is None:
        raise Broken("nothing stands in it")
    return found.content, True
