"""What S/MIME wraps a mail in (RFC 5652, 5083): signatures, recipients, bytes. Pure.

Only the shape is read here. Whether a signature holds is said by `checking`, and what is encrypted
is opened by `opening`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from pasokh.channels.smime import ber
from pasokh.channels.smime.ber import OCTETS, OID, SEQUENCE, SET, Broken, Element

#: Signatures, certificates and recipients of one wrapping that are looked at.
SIGNATURES, CERTIFICATES, RECIPIENTS = 3, 10, 200
#: Bytes of one certificate.
LARGEST = 64_000

_SIGNED, _ENVELOPED = "1.2.840.113549.1.7.2", "1.2.840.113549.1.7.3"
_AUTHENTICATED = "1.2.840.113549.1.9.16.1.23"


@dataclass(frozen=True)
class Method:
    """How something was done: an algorithm's identifier, and its parameters as they stand."""

    oid: str
    params: bytes = b""


@dataclass(frozen=True)
class Whose:
    """Which certificate is meant: by issuer (as it stands) and number, or by its key's sign."""

    issuer: bytes = b""
    serial: int = 0
    key: bytes = b""


@dataclass(frozen=True)
class Signature:
    """One signature. `attributes` are what is signed, as it is hashed; `told` each by its name."""

    whose: Whose
    digest: Method
    method: Method
    value: bytes
    attributes: bytes
    told: dict[str, Element]


@dataclass(frozen=True)
class Signed:
    """A signed wrapping; `content` is None where it stands beside it in the mail."""

    content: bytes | None
    signatures: tuple[Signature, ...]
    certificates: tuple[bytes, ...]


@dataclass(frozen=True)
class Recipient:
    """Somebody for whom the key of the content was encrypted."""

    whose: Whose
    method: Method
    key: bytes


@dataclass(frozen=True)
class Enveloped:
    """An encrypted wrapping; with a `mac` it is one of those that show every change.

    `beside` are attributes that the mark covers, as they are hashed.
    """

    recipients: tuple[Recipient, ...]
    method: Method
    content: bytes
    mac: bytes = b""
    beside: bytes = b""


def read(data: bytes) -> Signed | Enveloped:
    """Read a wrapping; raises Broken for what is none of those that are known."""
    parts = ber.read(data).parts()
    kind = ber.name(_of(parts, OID).held)
    inner = _inner(_of(parts, ber.context(0)))
    if kind == _SIGNED:
        return _signed(inner)
    if kind in (_ENVELOPED, _AUTHENTICATED):
        return _enveloped(inner, authenticated=kind == _AUTHENTICATED)
    raise Broken("an unknown wrapping")


def _of(parts: Iterator[Element], *tags: int) -> Element:
    """The next part, which must be one of these."""
    part = next(parts, None)
    if part is None or part.tag not in tags:
        raise Broken("not as it should be")
    return part


def _inner(explicit: Element) -> Element:
    found = next(explicit.parts(), None)
    if found is None:
        raise Broken("empty")
    return found


def _signed(inner: Element) -> Signed:
    parts = inner.parts()
    _of(parts, ber.INTEGER)
    _of(parts, SET)
    held = _of(parts, SEQUENCE).parts()
    _of(held, OID)
    wrapped = next(held, None)
    content = None if wrapped is None else _inner(wrapped).octets()
    certificates: tuple[bytes, ...] = ()
    signatures: tuple[Signature, ...] = ()
    for part in parts:
        if part.tag == ber.context(0):
            certificates = tuple(_certificates(part))
        elif part.tag == SET:
            signatures = tuple(map(_signature, _first(part, SIGNATURES)))
    return Signed(content, signatures, certificates)


def _first(element: Element, most: int) -> Iterator[Element]:
    for _count, part in zip(range(most), element.parts(), strict=False):
        yield part


def _certificates(element: Element) -> Iterator[bytes]:
    for part in _first(element, CERTIFICATES):
        if part.tag == SEQUENCE and part.end - part.at <= LARGEST:
            yield part.whole


def _signature(element: Element) -> Signature:
    parts = element.parts()
    _of(parts, ber.INTEGER)
    whose, digest = _whose(next(parts, None)), _method(_of(parts, SEQUENCE))
    part = _of(parts, ber.context(0), SEQUENCE)
    attributes, told = b"", {}
    if part.tag == ber.context(0):
        attributes, told = b"\x31" + part.whole[1:], dict(_told(part))
        part = _of(parts, SEQUENCE)
    return Signature(whose, digest, _method(part), _of(parts, OCTETS).held, attributes, told)


def _told(attributes: Element) -> Iterator[tuple[str, Element]]:
    """Each signed attribute with its one value."""
    for each in attributes.parts():
        parts = each.parts()
        yield ber.name(_of(parts, OID).held), _inner(_of(parts, SET))


def _whose(element: Element | None) -> Whose:
    if element is None:
        raise Broken("nobody is named")
    if element.tag in (ber.context(0, constructed=False), ber.context(0)):
        return Whose(key=element.octets())
    parts = element.parts()
    issuer = _of(parts, SEQUENCE).whole
    return Whose(issuer, int.from_bytes(_of(parts, ber.INTEGER).held, "big", signed=True))


def _method(element: Element) -> Method:
    parts = element.parts()
    oid = ber.name(_of(parts, OID).held)
    params = next(parts, None)
    return Method(oid, params.whole if params else b"")


def _enveloped(inner: Element, *, authenticated: bool) -> Enveloped:
    parts = inner.parts()
    _of(parts, ber.INTEGER)
    part = _of(parts, ber.context(0), SET)
    if part.tag == ber.context(0):  # certificates of whoever sends
        part = _of(parts, SET)
    recipients = tuple(_recipients(part))
    held = _of(parts, SEQUENCE).parts()
    _of(held, OID)
    method = _method(_of(held, SEQUENCE))
    content = _of(held, ber.context(0, constructed=False), ber.context(0)).octets()
    if not authenticated:
        return Enveloped(recipients, method, content)
    part = _of(parts, ber.context(1), OCTETS)
    beside = b"\x31" + part.whole[1:] if part.tag == ber.context(1) else b""
    mac = part if part.tag == OCTETS else _of(parts, OCTETS)
    return Enveloped(recipients, method, content, mac.held, beside)


def _recipients(element: Element) -> Iterator[Recipient]:
    """Those whose key is a certificate's; other ways of giving a key are passed over."""
    for part in _first(element, RECIPIENTS):
        if part.tag == SEQUENCE:
            parts = part.parts()
            _of(parts, ber.INTEGER)
            whose, method = _whose(next(parts, None)), _method(_of(parts, SEQUENCE))
            yield Recipient(whose, method, _of(parts, OCTETS).octets())
