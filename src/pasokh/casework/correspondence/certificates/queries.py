"""Which certificates sign and open mail."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from pasokh.casework.correspondence.certificates.models import MailCertificate
from pasokh.casework.correspondence.certificates.terms import USE
from pasokh.kernel import sealed

#: How long before its end somebody is told that a certificate ends.
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Held:
    """A certificate with those that vouch for it, and its key, all in PEM; the key never shown."""

    chain: str
    key: str = field(repr=False)


def certificates() -> list[MailCertificate]:
    """Those that are not retired, the newest first."""
    return list(MailCertificate.objects.filter(retired_at=None).order_by("-given_at", "-pk"))


def signs(address: str, at: datetime) -> MailCertificate | None:
    """The certificate that signs mail from an address at an instant."""
    return _signing(certificates(), address, at)


def _signing(found: list[MailCertificate], address: str, at: datetime) -> MailCertificate | None:
    valid = (one for one in found if one.begins <= at <= one.ends)
    return next((one for one in valid if address.strip().casefold() in one.addresses), None)


def outgoing(address: str, at: datetime) -> tuple[Held | None, bool]:
    """What signs mail from an address, and whether letters are encrypted, in one statement.

    BrokenError where the key cannot be opened here.
    """
    found = certificates()
    row = _signing(found, address, at)
    return _held(row) if row else None, any(one.encrypts for one in found)


def openers() -> Iterator[Held]:
    """Everything that may open mail, the newest first; BrokenError as `signer`."""
    yield from map(_held, certificates())


def ending(address: str, at: datetime) -> MailCertificate | None:
    """The certificate that signed or signs mail from an address, if it ends soon or has ended and
    none takes its place.
    """
    named = [one for one in certificates() if address.strip().casefold() in one.addresses]
    last = max(named, key=lambda one: one.ends, default=None)
    return last if last and last.ends < at + SOON else None


def _held(row: MailCertificate) -> Held:
    return Held(row.chain, sealed.unseal(USE, row.fingerprint, bytes(row.sealed)))
