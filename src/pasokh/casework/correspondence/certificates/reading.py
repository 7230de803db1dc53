"""A certificate with its key out of a file, as programs and authorities hand it over. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12

from pasokh.casework.correspondence.certificates.terms import LARGEST, MOST
from pasokh.kernel.certificates import ODD, opens_mail, signs_mail
from pasokh.kernel.errors import Refused


@dataclass(frozen=True)
class Pair:
    """A certificate of ours first, then those that vouch for it; and its key."""

    chain: Sequence[x509.Certificate]
    private: rsa.RSAPrivateKey = field(repr=False)

    @property
    def pem(self) -> str:
        """The certificates as they are kept."""
        pem = serialization.Encoding.PEM
        return "".join(one.public_bytes(pem).decode("ascii") for one in self.chain)

    @property
    def key(self) -> str:
        """The key in PEM, unsealed."""
        encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        plain = serialization.NoEncryption()
        return self.private.private_bytes(encoding, form, plain).decode("ascii")


def read(content: bytes, passphrase: str) -> Pair:
    """Read PKCS #12 or PEM; refuses what is neither, and what can neither sign nor open mail."""
    if len(content) > LARGEST:
        raise Refused("certificate-too-large")
    secret = passphrase.encode() or None
    try:
        pem = b"-----BEGIN " in content
        private, found = _pem(content, secret) if pem else _pkcs12(content, secret)
        own = next((one for one in found if _belongs(one, private)), None)
    except ODD as error:
        raise Refused("certificate-unreadable") from error
    if own is None or private is None:
        raise Refused("certificate-without-key")
    if not isinstance(private, rsa.RSAPrivateKey) or not opens_mail(own):
        raise Refused("certificate-key-kind" if signs_mail(own) else "certificate-not-for-mail")
    if not signs_mail(own):
        raise Refused("certificate-not-for-mail")
    return Pair([own, *(one for one in found if one is not own)][:MOST], private)


def opened(chain: str, key: str) -> Pair:
    """A pair as it was kept: its key was checked when it was taken over, and sealed since."""
    found = x509.load_pem_x509_certificates(chain.encode("ascii"))
    private = serialization.load_pem_private_key(
        key.encode("ascii"), None, unsafe_skip_rsa_key_validation=True
    )
    if not isinstance(private, rsa.RSAPrivateKey):
        raise TypeError("not a key that was kept here")
    return Pair(found, private)


def _pem(content: bytes, secret: bytes | None) -> tuple[object, list[x509.Certificate]]:
    if (at := content.find(b"PRIVATE KEY-----")) < 0:
        return None, []
    begins, locked = content.rfind(b"-----BEGIN", 0, at), b"ENCRYPTED" in content
    private = serialization.load_pem_private_key(content[begins:], secret if locked else None)
    return private, x509.load_pem_x509_certificates(content)


def _pkcs12(content: bytes, secret: bytes | None) -> tuple[object, list[x509.Certificate]]:
    private, own, others = pkcs12.load_key_and_certificates(content, secret)
    return private, [*([own] if own else []), *others]


def _belongs(certificate: x509.Certificate, private: object) -> bool:
    key = getattr(private, "public_key", lambda: None)()
    return key is not None and certificate.public_key() == key
