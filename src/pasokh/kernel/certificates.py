"""What an X.509 certificate says of itself: whose it is, by which addresses, and what for. Pure.

Nothing here says whether it is to be believed.
"""

from collections.abc import Iterator

from cryptography import x509
from cryptography.exceptions import InternalError, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from pasokh.kernel.text import visible

#: Bits of an RSA key: fewer prove nothing, more would only cost time.
FEWEST, MOST = 2048, 8192
#: Characters of a name that are kept, and addresses of a certificate.
LONGEST, ADDRESSES = 200, 20

#: What a stranger's certificate may answer with when it is read.
ODD = (
    *(ValueError, TypeError, OverflowError, UnsupportedAlgorithm, InternalError),
    *(x509.InvalidVersion, x509.DuplicateExtension, x509.ExtensionNotFound),
    *(x509.UnsupportedGeneralNameType, x509.AttributeNotFound),
)

_MAIL = frozenset(
    {ExtendedKeyUsageOID.EMAIL_PROTECTION, ExtendedKeyUsageOID.ANY_EXTENDED_KEY_USAGE}
)


def addresses(certificate: x509.Certificate) -> list[str]:
    """The mail addresses that a certificate names, in small letters."""
    return list(dict.fromkeys(_addresses(certificate)))[:ADDRESSES]


def _addresses(certificate: x509.Certificate) -> Iterator[str]:
    try:
        kind = x509.SubjectAlternativeName
        names = certificate.extensions.get_extension_for_class(kind).value
        yield from (one.casefold() for one in names.get_values_for_type(x509.RFC822Name))
    except ODD:
        pass
    try:
        for one in certificate.subject.get_attributes_for_oid(NameOID.EMAIL_ADDRESS):
            yield str(one.value).casefold()
    except ODD:
        pass


def named(name: x509.Name) -> str:
    """What somebody is called in a certificate, on one line."""
    try:
        for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
            if found := name.get_attributes_for_oid(oid):
                return _line(str(found[0].value))
        return _line(name.rfc4514_string())
    except ODD:
        return ""


def whose(certificate: x509.Certificate) -> str:
    """Name and address of a certificate's holder."""
    name = named(certificate.subject)
    found = [_line(one) for one in addresses(certificate)[:1]]
    return " · ".join(dict.fromkeys(filter(None, [name, *found])))


def _line(said: str) -> str:
    return " ".join(visible(said[: 4 * LONGEST]).text.split())[:LONGEST]


def signs_mail(certificate: x509.Certificate) -> bool:
    """Whether it is for signing mail, as far as it says what it is for."""
    try:
        usage = _usage(certificate)
        signs = usage is None or usage.digital_signature or usage.content_commitment
        return signs and _for_mail(certificate)
    except ODD:
        return False


def opens_mail(certificate: x509.Certificate) -> bool:
    """Whether mail can be encrypted to it: by RSA, of a length that is safe."""
    try:
        key, usage = certificate.public_key(), _usage(certificate)
        fits = isinstance(key, rsa.RSAPublicKey) and FEWEST <= key.key_size <= MOST
        return fits and (usage is None or usage.key_encipherment) and _for_mail(certificate)
    except ODD:
        return False


def _usage(certificate: x509.Certificate) -> x509.KeyUsage | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def _for_mail(certificate: x509.Certificate) -> bool:
    try:
        meant = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return True
    return bool(_MAIL & set(meant))
