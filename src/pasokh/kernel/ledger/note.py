"""What the log signs: C2SP signed notes by an Ed25519 key. Knows no database and no Django.

A note is a text, an empty line, and signature lines. Three texts are signed, told apart by their
first line: a checkpoint (C2SP tlog-checkpoint; its first line is the log's origin), a promise
and a manifest. An origin has no spaces, so none can pass for another.
"""

import hashlib
import re
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from pasokh.kernel.ledger import log

#: C2SP's number for an Ed25519 key that signs the text itself.
ED25519 = b"\x01"
#: Hexadecimal digits of the fingerprint: 128 bits, what a person can still compare by eye.
FINGERPRINT = 32
SIGNATURE = re.compile(r"— (\S+) ([A-Za-z0-9+/=]+)")
SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


class BadNote(ValueError):  # noqa: N818  what the note is, not what the program did
    """The note is malformed, or not signed by the key it should be signed by."""


@dataclass(frozen=True)
class Key:
    """The public half of a log's key, under the log's origin."""

    name: str
    public: bytes

    @property
    def digest(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()

    @property
    def id(self) -> bytes:
        """The four bytes by which a signature line names its key."""
        return self.digest[:4]

    @property
    def fingerprint(self) -> str:
        """The first 128 bits of the digest in eight groups of four; the first eight are the id."""
        digits = self.digest.hex()[:FINGERPRINT]
        return "-".join(digits[start : start + 4] for start in range(0, FINGERPRINT, 4))

    @property
    def text(self) -> str:
        """The key as C2SP writes a verifier key: `origin+id+base64`."""
        return f"{self.name}+{self.id.hex()}+{_base64(ED25519 + self.public)}"

    def verify(self, note: str) -> str:
        """Return the text of a note this key signed; raise BadNote for every other."""
        text, signatures = split(note)
        for name, blob in signatures:
            if name == self.name and blob[:4] == self.id:
                try:
                    Ed25519PublicKey.from_public_bytes(self.public).verify(blob[4:], text.encode())
                except InvalidSignature:
                    raise BadNote("the signature does not fit the text") from None
                return text
        raise BadNote("not signed by this key")


@dataclass(frozen=True)
class Signer:
    """The key with its private half."""

    name: str
    private: Ed25519PrivateKey

    @property
    def key(self) -> Key:
        return Key(self.name, self.private.public_key().public_bytes_raw())

    def sign(self, text: str) -> str:
        """Return the text as a note. It ends with a newline and holds no empty line at its end."""
        blob = self.key.id + self.private.sign(text.encode())
        return f"{text}\n— {self.name} {_base64(blob)}\n"


@dataclass(frozen=True)
class Head:
    """A log's size and root, as a checkpoint states them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"


def head(text: str) -> Head:
    """Read the text of a checkpoint; lines after the third are extensions and are let be."""
    origin, size, root, *_ = [*text.split("\n"), "", "", ""]
    digest = _bytes(root)
    if not origin or not SIZE.fullmatch(size) or len(digest) != 32:
        raise BadNote("not a checkpoint")
    return Head(origin, int(size), digest)


def promise(origin: str, leaf: bytes, at: datetime) -> str:
    """The text by which the log promises, at a time, to hold an entry with this hash."""
    return f"pasokh promise 1\n{origin}\n{_base64(leaf)}\n{log.instant(at)}\n"


def manifest(origin: str, subject: str, count: int, last: bytes, at: datetime) -> str:
    """The first lines of a bundle's manifest; a line for each file follows."""
    return f"pasokh manifest 1\n{origin}\n{subject}\n{count}\n{_base64(last)}\n{log.instant(at)}\n"


def split(note: str) -> tuple[str, list[tuple[str, bytes]]]:
    """Return a note's text and its signatures as (key name, id and signature)."""
    text, gap, rest = note.rpartition("\n\n")
    lines = rest.split("\n")
    found = [SIGNATURE.fullmatch(line) for line in lines[:-1]]
    if not gap or lines[-1] or not found:
        raise BadNote("not a signed note")
    signatures = [(line[1], _bytes(line[2])) for line in found if line]
    if len(signatures) < len(found):
        raise BadNote("a signature line is malformed")
    return f"{text}\n", signatures


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


def _bytes(text: str) -> bytes:
    try:
        data = b64decode(text, validate=True)
    except (NotBase64, ValueError):
        raise BadNote("not base64") from None
    if _base64(data) != text:
        raise BadNote("not base64 in its one form")
    return data
