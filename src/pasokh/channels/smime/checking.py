"""Whether a signature holds, whose it is, and whether somebody trusted says so (RFC 8550, 8551).

Trusted are the authorities that the operator put in and nobody else; nothing is fetched, so whether
a certificate was called back is not known.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import Prehashed
from cryptography.x509 import verification as paths

from pasokh.casework.intake.mailroom.terms import Signature as State
from pasokh.channels.smime import ber, cms
from pasokh.channels.smime.ber import Broken
from pasokh.kernel import certificates
from pasokh.kernel.certificates import FEWEST, MOST, ODD

#: Certificates between a signer and an authority, and those that are tried for it.
DEPTH, BETWEEN = 4, 6
#: How long a mail is on its way at most. What was signed earlier may have been another mail: a
#: signature covers neither the recipient nor what is answered.
FRESH = timedelta(days=7)

_CONTENT_TYPE, _DIGEST = "1.2.840.113549.1.9.3", "1.2.840.113549.1.9.4"
_TIME = "1.2.840.113549.1.9.5"
_HASHES: dict[str, hashes.HashAlgorithm] = {
    "2.16.840.1.101.3.4.2.1": hashes.SHA256(),
    "2.16.840.1.101.3.4.2.2": hashes.SHA384(),
    "2.16.840.1.101.3.4.2.3": hashes.SHA512(),
}
_PKCS1 = {"1.2.840.113549.1.1.1", *(f"1.2.840.113549.1.1.{n}" for n in (11, 12, 13))}
_PSS = "1.2.840.113549.1.1.10"
_ECDSA = {"1.2.840.10045.2.1", *(f"1.2.840.10045.4.3.{n}" for n in (2, 3, 4))}

_BARE = re.compile(rb"(?<!\r)\n")


@dataclass(frozen=True)
class Finding:
    """What was found of a signature: how it stands, whose it says it is, and who vouches for that.

    `certificates` are the signer's, if it is known, before the others that came along.
    """

    state: State
    signer: str = ""
    issuer: str = ""
    certificates: tuple[x509.Certificate, ...] = ()


def check(
    wrapped: bytes,
    content: bytes | None,
    *,
    sender: str,
    authorities: Iterable[x509.Certificate],
    at: datetime,
) -> Finding:
    """Check the signatures of a wrapping over the content beside it, or over its own.

    The best finding of several counts; a wrapping that cannot be read is a finding too.
    """
    try:
        found = cms.read(wrapped)
        if not isinstance(found, cms.Signed) or not found.signatures:
            return Finding(State.UNREADABLE)
        said = [content] if content is not None else [found.content or b""]
        if content is not None and (ended := _BARE.sub(b"\r\n", content)) != content:
            said.append(ended)  # as it stood on the way, before lines were ended as files end them
        known = list(_loaded(found.certificates))
        trusted = list(authorities)
        each = [_one(one, said, known, sender, trusted, at) for one in found.signatures]
    except (Broken, *ODD):
        return Finding(State.UNREADABLE)
    return min(each, key=lambda one: one.state != State.VALID)


def _loaded(certificates: Iterable[bytes]) -> Iterable[x509.Certificate]:
    for one in certificates:
        try:
            yield x509.load_der_x509_certificate(one)
        except ODD:
            continue


def _one(
    signature: cms.Signature,
    said: Sequence[bytes],
    known: list[x509.Certificate],
    sender: str,
    authorities: list[x509.Certificate],
    at: datetime,
) -> Finding:
    certificate = next((one for one in known if is_meant(one, signature.whose)), None)
    if certificate is None:
        return Finding(State.UNREADABLE)
    others = [one for one in known if one is not certificate]
    state = _holds(signature, said, certificate)
    state = state or standing(certificate, others, authorities, at)
    if state is None and sender.casefold() not in certificates.addresses(certificate):
        state = State.ANOTHER
    if state is None and (made := _made_at(signature)) and made + FRESH < at:
        state = State.STALE
    return Finding(
        state or State.VALID,
        certificates.whose(certificate),
        certificates.named(certificate.issuer),
        (certificate, *others),
    )


def is_meant(certificate: x509.Certificate, whose: cms.Whose) -> bool:
    """Whether a certificate is the one that a wrapping names."""
    try:
        if whose.key:
            kind = x509.SubjectKeyIdentifier
            return certificate.extensions.get_extension_for_class(kind).value.digest == whose.key
        issuer = certificate.issuer.public_bytes()
        return certificate.serial_number == whose.serial and issuer == whose.issuer
    except ODD:
        return False


def _holds(
    signature: cms.Signature, said: Sequence[bytes], certificate: x509.Certificate
) -> State | None:
    """What is wrong with a signature itself; None when it was made over one of these."""
    way = _HASHES.get(signature.digest.oid)
    told = signature.told
    if way is None or _CONTENT_TYPE not in told or _DIGEST not in told:
        return State.WEAK
    if told[_DIGEST].octets() not in (_digest(each, way) for each in said):
        return State.CHANGED
    digest = _digest(signature.attributes, way)
    try:
        return _made_by(certificate.public_key(), signature, digest, way)
    except InvalidSignature:
        return State.CHANGED


def _made_at(signature: cms.Signature) -> datetime | None:
    """When it says that it was made; None where it says nothing."""
    if (told := signature.told.get(_TIME)) is None:
        return None
    said = told.held.decode("ascii")
    century = "" if told.tag == ber.LONG_TIME else "19" if said[:2] >= "50" else "20"
    return datetime.strptime(f"{century}{said}", "%Y%m%d%H%M%SZ").replace(tzinfo=UTC)


def _digest(content: bytes, way: hashes.HashAlgorithm) -> bytes:
    hashed = hashes.Hash(way)
    hashed.update(content)
    return hashed.finalize()


def _made_by(
    key: object, signature: cms.Signature, digest: bytes, way: hashes.HashAlgorithm
) -> State | None:
    """Verify by the key; raises InvalidSignature."""
    oid, known = signature.method.oid, Prehashed(way)
    if isinstance(key, rsa.RSAPublicKey) and FEWEST <= key.key_size <= MOST:
        if oid in _PKCS1:
            key.verify(signature.value, digest, padding.PKCS1v15(), known)
            return None
        if oid == _PSS:
            salt = padding.PSS(padding.MGF1(way), padding.PSS.AUTO)
            key.verify(signature.value, digest, salt, known)
            return None
    elif isinstance(key, ec.EllipticCurvePublicKey) and oid in _ECDSA:
        key.verify(signature.value, digest, ec.ECDSA(known))
        return None
    return State.WEAK


def standing(
    certificate: x509.Certificate,
    others: Iterable[x509.Certificate],
    authorities: list[x509.Certificate],
    at: datetime,
) -> State | None:
    """What is wrong with a certificate at an instant; None when an authority stands for it."""
    if not certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc:
        return State.EXPIRED
    if not authorities:
        return State.UNJUDGED
    if not certificates.signs_mail(certificate):
        return State.UNTRUSTED
    policy = paths.PolicyBuilder().store(paths.Store(authorities)).time(at).max_chain_depth(DEPTH)
    policy = policy.extension_policies(ca_policy=_AUTHORITY, ee_policy=_PERSON)
    try:
        policy.build_client_verifier().verify(certificate, list(_between(others)))
    except (paths.VerificationError, *ODD):
        return State.UNTRUSTED
    return None


def _between(others: Iterable[x509.Certificate]) -> list[x509.Certificate]:
    """The first certificates that may lead to an authority, none whose key only costs time."""
    found = []
    for one in others:
        try:
            if getattr(one.public_key(), "key_size", 0) <= MOST:
                found.append(one)
        except ODD:
            continue
    return found[:BETWEEN]


def _may_vouch(_policy: object, _one: object, limits: x509.BasicConstraints) -> None:
    if not limits.ca:
        raise ValueError("this is nobody who may vouch for others")


def _may_sign(_policy: object, _one: object, usage: x509.KeyUsage | None) -> None:
    if usage is not None and not usage.key_cert_sign:
        raise ValueError("this key may not vouch for others")


_PERSON = paths.ExtensionPolicy.permit_all()
_AUTHORITY = (
    paths.ExtensionPolicy.permit_all()
    .require_present(x509.BasicConstraints, paths.Criticality.AGNOSTIC, _may_vouch)
    .may_be_present(x509.KeyUsage, paths.Criticality.AGNOSTIC, _may_sign)
)
