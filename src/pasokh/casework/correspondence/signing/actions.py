"""Make, use and retire the keys with which the office signs its mail."""

import base64
from datetime import datetime

from django.db import transaction

from pasokh.casework.correspondence.signing import events
from pasokh.casework.correspondence.signing.models import SigningKey
from pasokh.kernel import sealed
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.writer import record

RIGHT = "organisation.configure"
#: What private keys are sealed for.
USE = "signing-key"
_BITS = 2048  # the longest that every name server carries well (RFC 8301)


@transaction.atomic
def make_key(domain: str, *, by: Actor, at: datetime) -> SigningKey:
    """Make a key for a domain; it signs nothing before its record is published."""
    _allow(by)
    if SigningKey.objects.filter(domain=domain, retired_at=None).exists():
        raise Refused("signing-key-there")
    number = SigningKey.objects.filter(domain=domain).count() + 1
    row = SigningKey(domain=domain, selector=f"pasokh{number}", made_at=at)
    private, row.public = _pair()
    row.sealed = sealed.seal(USE, f"{domain} {row.selector}", private)
    row.save()
    fact = events.KeyMade(domain=domain, selector=row.selector)
    record(fact, subject=row.subject, by=by, at=at, begins=True)
    return row


@transaction.atomic
def use_key(key: int, *, by: Actor, at: datetime) -> None:
    """Sign with a key from now on, because its record is published."""
    row = _taken(key, by)
    if row.used_from is None:
        row.used_from = at
        row.save()
        record(events.KeyUsed(selector=row.selector), subject=row.subject, by=by, at=at)


@transaction.atomic
def retire_key(key: int, *, by: Actor, at: datetime) -> None:
    """Sign with a key no more, and forget its private part."""
    row = _taken(key, by)
    row.retired_at, row.sealed = at, b""
    row.save()
    record(events.KeyRetired(selector=row.selector), subject=row.subject, by=by, at=at)


def _taken(key: int, by: Actor) -> SigningKey:
    _allow(by)
    row = SigningKey.objects.select_for_update().filter(pk=key, retired_at=None).first()
    if row is None:
        raise Refused("no-such-signing-key")
    return row


def _allow(by: Actor) -> None:
    if not by.may(RIGHT):
        raise Refused("not-authorised")


def _pair() -> tuple[str, str]:
    """A fresh key: its private part as PEM, its public part as the record has it."""
    from cryptography.hazmat.primitives import serialization  # noqa: PLC0415  slow import
    from cryptography.hazmat.primitives.asymmetric import rsa  # noqa: PLC0415  slow import

    key = rsa.generate_private_key(public_exponent=65537, key_size=_BITS)
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.TraditionalOpenSSL,
        serialization.NoEncryption(),
    )
    public = key.public_key().public_bytes(
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    return private.decode(), base64.b64encode(public).decode()
