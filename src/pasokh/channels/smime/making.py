"""A mail of ours signed, and encrypted to whoever reads it (RFC 8551)."""

import base64
import secrets
from email.message import EmailMessage

from cryptography import x509
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.hazmat.primitives.serialization.pkcs7 import (
    PKCS7EnvelopeBuilder,
    PKCS7Options,
    PKCS7SignatureBuilder,
)

from pasokh.casework.correspondence.certificates import reading
from pasokh.casework.correspondence.certificates.queries import Held
from pasokh.channels.mail import POLICY

_SIGNED = (
    'multipart/signed; protocol="application/pkcs7-signature"; micalg="sha-256"; boundary="{}"'
)
_PART = """\
\r
--{boundary}\r
Content-Type: application/pkcs7-signature; name="smime.p7s"\r
Content-Transfer-Encoding: base64\r
Content-Disposition: attachment; filename="smime.p7s"\r
\r
{signature}--{boundary}--\r
"""


def signed(message: EmailMessage, by: Held) -> EmailMessage:
    """A mail with a signature beside what it says; readers without S/MIME read it as before."""
    entity, pair = _entity(message), reading.opened(by.chain, by.key)
    builder = PKCS7SignatureBuilder().set_data(entity)
    builder = builder.add_signer(pair.chain[0], pair.private, SHA256())
    for one in pair.chain[1:]:
        builder = builder.add_certificate(one)
    options = [PKCS7Options.DetachedSignature, PKCS7Options.Binary]
    signature = _lines(builder.sign(Encoding.DER, options))
    boundary = f"signed-{secrets.token_hex(16)}"
    body = f"--{boundary}\r\n" + entity.decode("ascii")
    body += _PART.format(boundary=boundary, signature=signature)
    return _holding(message, body, {"Content-Type": _SIGNED.format(boundary)})


def encrypted(message: EmailMessage, to: x509.Certificate) -> EmailMessage:
    """A mail that only the holder of a certificate can read; its headers stay in clear."""
    builder = PKCS7EnvelopeBuilder().set_data(_entity(message)).add_recipient(to)
    builder = builder.set_content_encryption_algorithm(AES256)
    body = _lines(builder.encrypt(Encoding.DER, [PKCS7Options.Binary]))
    told = {
        "Content-Type": 'application/pkcs7-mime; smime-type=enveloped-data; name="smime.p7m"',
        "Content-Transfer-Encoding": "base64",
        "Content-Disposition": 'attachment; filename="smime.p7m"',
    }
    return _holding(message, body, told)


def _entity(message: EmailMessage) -> bytes:
    """What a mail says with the headers that tell how it says it, as it stands on the way."""
    inner = EmailMessage(policy=POLICY)
    for name, value in message.items():
        if _of_content(name):
            inner[name] = value
    inner.set_payload(message.get_payload())
    return inner.as_bytes()


def _holding(message: EmailMessage, body: str, told: dict[str, str]) -> EmailMessage:
    """A mail with the same headers that holds something else."""
    outer = EmailMessage(policy=message.policy)
    for name, value in message.items():
        if not _of_content(name):
            outer[name] = value
    for name, value in told.items():
        outer[name] = value
    outer.set_payload(body)
    return outer


def _of_content(name: str) -> bool:
    return name.lower().startswith("content-")


def _lines(content: bytes) -> str:
    return base64.encodebytes(content).decode("ascii").replace("\n", "\r\n")
