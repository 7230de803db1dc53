"""Tokens: given, replaced with an overlap, revoked, and exchanged for a short-lived one."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Least

from pasokh.directory.clients import events, queries, terms
from pasokh.directory.clients.actions.keeping import take_client
from pasokh.directory.clients.models import Client, ClientToken
from pasokh.directory.clients.terms import Purpose
from pasokh.directory.organisation.actions.bracket import tell
from pasokh.kernel import codes
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused

#: How every token of ours begins, so that one that leaked is recognised by whoever looks for them.
PREFIX = "psk_"
_HINT = 4


@dataclass(frozen=True)
class Exchanged:
    """A short-lived token in clear, for so many seconds and these rights."""

    token: str
    seconds: int
    grants: tuple[str, ...]


@transaction.atomic
def give_token(
    client_id: int, *, expires_at: datetime | None = None, by: Actor, at: datetime
) -> str:
    """Give a program a token, and return it in clear: it is stored nowhere."""
    client = take_client(client_id, by)
    if expires_at is not None and expires_at <= at:
        raise Refused("ends-in-the-past")
    token, row = _made(client, Purpose.KEY, expires_at, at)
    tell(client, events.TokenGiven(token=row.pk, expires_at=expires_at), by=by, at=at)
    return token


@transaction.atomic
def rotate_token(
    client_id: int, token_id: int, *, overlap: timedelta, by: Actor, at: datetime
) -> str:
    """Replace a token by another with the same end; both open for the overlap, then the new one."""
    if not timedelta() <= overlap <= terms.LONGEST_OVERLAP:
        raise Refused("overlap-too-long", days=terms.LONGEST_OVERLAP.days)
    client = take_client(client_id, by)
    old = _key(client, token_id, at)
    token, row = _made(client, Purpose.KEY, old.expires_at, at)
    until = min(at + overlap, old.expires_at or at + overlap)
    ClientToken.objects.filter(pk=old.pk).update(expires_at=until)
    old.got.update(expires_at=Least("expires_at", until))
    fact = events.TokenRotated(token=row.pk, instead_of=old.pk, overlaps_until=until)
    tell(client, fact, by=by, at=at)
    return token


@transaction.atomic
def revoke_token(client_id: int, token_id: int, *, by: Actor, at: datetime) -> None:
    """Revoke a token and what was got for it: they open nothing from now on."""
    client = take_client(client_id, by)
    old = _key(client, token_id, at)
    ClientToken.objects.filter(pk=old.pk).update(revoked_at=at)
    old.got.filter(revoked_at=None).update(revoked_at=at)
    tell(client, events.TokenRevoked(token=old.pk), by=by, at=at)


@transaction.atomic
def exchange(
    client_id: int, secret: str, *, wanted: frozenset[str] | None, at: datetime
) -> Exchanged:
    """Give a short-lived token for a kept one (RFC 6749, 4.4); refused alike whatever is wrong."""
    key = _secret(client_id, secret, at)
    if key.got.filter(queries.in_force(at)).count() >= terms.MOST_ACCESS:
        raise Refused("too-many-tokens")
    granted = tuple(right for right in key.client.grants if wanted is None or right in wanted)
    if wanted is not None and wanted != set(granted):
        raise Refused("grant-unknown", right=min(wanted - set(granted)))
    until = min(at + terms.ACCESS_LASTS, key.expires_at or at + terms.ACCESS_LASTS)
    token, row = _made(key.client, Purpose.ACCESS, until, at, got_for=key)
    ClientToken.objects.filter(pk=row.pk).update(grants=wanted and list(granted))
    ClientToken.objects.filter(pk=key.pk).update(used_at=at)
    return Exchanged(token, int((until - at).total_seconds()), granted)


def _secret(client_id: int, secret: str, at: datetime) -> ClientToken:
    """The kept token that a program shows as its secret, locked."""
    keys = ClientToken.objects.select_related("client").filter(
        queries.in_force(at),
        purpose=Purpose.KEY,
        client=client_id,
        client__retired_at=None,
        token_hash=queries.token_hash(secret),
    )
    if (key := keys.select_for_update(of=("self",)).first()) is None:
        raise Refused("client-secret-wrong")
    return key


def _made(
    client: Client,
    purpose: Purpose,
    expires_at: datetime | None,
    at: datetime,
    got_for: ClientToken | None = None,
) -> tuple[str, ClientToken]:
    token = PREFIX + codes.new_token()
    row = ClientToken.objects.create(
        client=client,
        purpose=purpose,
        token_hash=queries.token_hash(token),
        hint=token[-_HINT:],
        got_for=got_for,
        made_at=at,
        expires_at=expires_at,
    )
    return token, row


def _key(client: Client, token_id: int, at: datetime) -> ClientToken:
    mine = ClientToken.objects.filter(queries.in_force(at), purpose=Purpose.KEY, client=client)
    if (found := mine.filter(pk=token_id).first()) is None:
        raise Refused("no-such-token")
    return found
