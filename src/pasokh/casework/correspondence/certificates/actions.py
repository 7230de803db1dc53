"""Give, use and retire the certificates with which the office's mail is signed and opened."""

from datetime import datetime

from django.db import transaction

from pasokh.casework.correspondence.certificates import events
from pasokh.casework.correspondence.certificates.models import MailCertificate
from pasokh.casework.correspondence.certificates.terms import USE
from pasokh.kernel import sealed
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.events import Event
from pasokh.kernel.jobs import later
from pasokh.kernel.ledger.writer import record

RIGHT = "organisation.configure"


@transaction.atomic
def give_certificate(
    content: bytes, *, passphrase: str, by: Actor, at: datetime
) -> MailCertificate:
    """Take over a certificate with its key (PKCS #12 or PEM); the key is sealed, never shown.

    Mail that no key opened so far is read again.
    """
    _allow(by)
    row, key = _read(content, passphrase)
    if not row.begins <= at < row.ends:
        raise Refused("certificate-ended")
    unretired = MailCertificate.objects.filter(retired_at=None)
    if unretired.filter(fingerprint=row.fingerprint).exists():
        raise Refused("certificate-there")
    row.encrypts = unretired.filter(encrypts=True).exists()
    row.given_at, row.sealed = at, sealed.seal(USE, row.fingerprint, key)
    _put_to_use(row)
    _tell(row, events.CertificateGiven(fingerprint=row.fingerprint), by, at, begins=True)
    return row


@transaction.atomic
def encrypt(*, by: Actor, at: datetime) -> None:
    """Encrypt letters from now on to whoever has a certificate that is known and valid."""
    _turned(events.Encrypting(), by, at, on=True)


@transaction.atomic
def encrypt_no_more(*, by: Actor, at: datetime) -> None:
    """Let letters leave readable for every server on their way."""
    _turned(events.NotEncrypting(), by, at, on=False)


@transaction.atomic
def retire_certificate(certificate: int, *, by: Actor, at: datetime) -> None:
    """Use a certificate no more, and forget its key: what was encrypted to it stays closed."""
    row = _taken(certificate, by)
    row.retired_at, row.sealed, row.encrypts = at, b"", False
    row.save()
    _tell(row, events.CertificateRetired(), by, at)


def _put_to_use(row: MailCertificate) -> None:
    """Save it, and have mail read again that no key opened so far."""
    row.save()
    later("read-closed-mail", lock="read-closed-mail", after=0, until=0)


def _turned(fact: Event, by: Actor, at: datetime, *, on: bool) -> None:
    """Turn it for all, so that whichever is retired or given changes nothing of it."""
    _allow(by)
    rows = MailCertificate.objects.select_for_update().filter(retired_at=None)
    if (newest := rows.order_by("-given_at", "-pk").first()) is None:
        raise Refused("no-such-certificate")
    if rows.exclude(encrypts=on).update(encrypts=on):
        _tell(newest, fact, by, at)


def _read(content: bytes, passphrase: str) -> tuple[MailCertificate, str]:
    """A row as the file tells it, and the key in clear."""
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415  slow import

    from pasokh.casework.correspondence.certificates import reading  # noqa: PLC0415  slow import
    from pasokh.kernel import certificates  # noqa: PLC0415  slow import

    pair = reading.read(content, passphrase)
    own = pair.chain[0]
    if not (named := certificates.addresses(own)):
        raise Refused("certificate-not-for-mail")
    row = MailCertificate(
        fingerprint=own.fingerprint(SHA256()).hex(),
        name=certificates.whose(own)[:300],
        issuer=certificates.named(own.issuer),
        addresses=named,
        chain=pair.pem,
        begins=own.not_valid_before_utc,
        ends=own.not_valid_after_utc,
    )
    return row, pair.key


def _taken(certificate: int, by: Actor) -> MailCertificate:
    _allow(by)
    rows = MailCertificate.objects.select_for_update()
    if (row := rows.filter(pk=certificate, retired_at=None).first()) is None:
        raise Refused("no-such-certificate")
    return row


def _tell(
    row: MailCertificate, fact: Event, by: Actor, at: datetime, *, begins: bool = False
) -> None:
    record(fact, subject=row.subject, by=by, at=at, begins=begins)


def _allow(by: Actor) -> None:
    if not by.may(RIGHT):
        raise Refused("not-authorised")
