"""An authority of a test's own, people with certificates, and openssl as their program."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

MARYAM = "maryam@example.org"
OFFICE = "shekayat@khaneh.example"


@cache
def rsa_key(number: int, size: int = 2048) -> rsa.RSAPrivateKey:
    """A key that is made once for all tests of a run."""
    del number
    return rsa.generate_private_key(65537, size)


@dataclass(frozen=True)
class Person:
    """Somebody with a certificate, the key, and whoever vouches for it."""

    certificate: x509.Certificate
    key: Any
    chain: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        return bytes(self.key.private_bytes(serialization.Encoding.PEM, form, plain))

    def pkcs12(self, passphrase: str) -> bytes:
        """The certificate with its key as a file that programs hand over."""
        locked = serialization.BestAvailableEncryption(passphrase.encode())
        return pkcs12.serialize_key_and_certificates(
            b"mail", self.key, self.certificate, list(self.chain), locked
        )

    def files(self, folder: Path) -> tuple[str, str]:
        """Certificate and key as files for openssl."""
        place = folder / f"{self.certificate.serial_number}.pem"
        place.write_bytes(self.pem)
        key = place.with_suffix(".key")
        key.write_bytes(self.key_pem)
        return str(place), str(key)


def person(
    address: str = MARYAM,
    *,
    by: Person | None = None,
    name: str = "Maryam Ahmadi",
    key: Any = None,
    began: datetime | None = None,
    ended: datetime | None = None,
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.EMAIL_PROTECTION,
    vouches: bool = False,
) -> Person:
    """Somebody whose certificate is signed by another, or by themselves."""
    own = key or rsa_key(hash((address, vouches)) % 3)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    issuer = by.certificate.subject if by else subject
    now = datetime.now(UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(own.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began or datetime(2026, 1, 1, tzinfo=UTC))
        .not_valid_after(ended or now + timedelta(days=400))
        .add_extension(x509.BasicConstraints(ca=vouches, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(own.public_key()), critical=False)
    )
    if not vouches:
        names = x509.SubjectAlternativeName([x509.RFC822Name(address)])
        builder = builder.add_extension(names, critical=False)
        builder = builder.add_extension(x509.ExtendedKeyUsage([purpose]), critical=False)
    made = builder.sign(by.key if by else own, hashes.SHA256())
    return Person(made, own, (by.certificate, *by.chain) if by else ())


def authority(name: str = "Khaneh Root") -> Person:
    """Somebody who vouches for others."""
    return person(name=name, vouches=True, key=rsa_key(name.__len__() + 10))


def elliptic() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def entity(words: str = "یخچال خراب است.", files: Sequence[tuple[str, bytes]] = ()) -> bytes:
    """What is signed or encrypted of a mail: words and files with their own headers."""
    made = EmailMessage(policy=SMTP)
    made.set_content(words)
    for name, content in files:
        made.add_attachment(content, maintype="image", subtype="png", filename=name)
    del made["MIME-Version"]
    return made.as_bytes()


def openssl(*words: str, put: bytes = b"", ok: bool = True) -> bytes:
    """What openssl says to a command."""
    done = subprocess.run(
        ["openssl", *words], check=False, input=put, capture_output=True, timeout=60
    )
    assert (done.returncode == 0) is ok, done.stderr.decode()
    return done.stdout


def signed(folder: Path, who: Person, content: bytes, *more: str, program: str = "smime") -> bytes:
    """A mail's body with headers of its content, as openssl signs it."""
    certificate, key = who.files(folder)
    chain = folder / "chain.pem"
    chain.write_bytes(b"".join(one.public_bytes(serialization.Encoding.PEM) for one in who.chain))
    between = ["-certfile", str(chain)] if who.chain else []
    told = ["-sign", "-signer", certificate, "-inkey", key, "-crlfeol", "-binary"]
    return openssl(program, *told, *between, *more, put=content)


def encrypted(
    folder: Path, to: Person, content: bytes, *more: str, program: str = "smime"
) -> bytes:
    """A mail's body with headers of its content, as openssl encrypts it."""
    certificate, _key = to.files(folder)
    whom = ["-recip", certificate, *more] if program == "cms" else [*more, certificate]
    return openssl(program, "-encrypt", "-binary", "-crlfeol", *whom, put=content)


def mailed(body: bytes, sender: str = MARYAM, **headers: str) -> bytes:
    """A whole mail around what openssl made."""
    told = {
        "From": sender,
        "To": "tehran@khaneh.example",
        "Subject": "Fridge",
        "Date": "Mon, 04 May 2026 09:20:00 +0330",
        "Message-ID": "<s1@example.org>",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    return "".join(f"{name}: {value}\r\n" for name, value in told.items()).encode() + body
