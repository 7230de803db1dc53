"""What may be asked of programs. Tokens are asked for by their hashes alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.conf import settings
from django.db.models import Q

from pasokh.directory.clients.models import Client, ClientToken
from pasokh.directory.clients.terms import Purpose
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import codes
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.configuration import kept
from pasokh.kernel.fields import Bilingual


@dataclass(frozen=True)
class Caller:
    """A program that was let in: who acts, and how much of its minute is left.

    `resets` is in seconds, until the minute is over.
    """

    actor: Actor
    client: int
    unit: int | None
    most: int
    left: int
    resets: int


def clients() -> list[Client]:
    """Every program, those in use first."""
    return list(Client.objects.select_related("unit").order_by("retired_at", "pk"))


def client(client_id: int) -> Client | None:
    """One program."""
    return Client.objects.select_related("unit").filter(pk=client_id).first()


def keys_of(client_id: int, at: datetime) -> list[ClientToken]:
    """The tokens that a program keeps and that are in force, the newest first."""
    mine = ClientToken.objects.filter(client=client_id, purpose=Purpose.KEY)
    return list(mine.filter(in_force(at)).order_by("-pk"))


def last_used(client_id: int) -> datetime | None:
    """When a program last came with any of its tokens, to the minute."""
    used = ClientToken.objects.filter(client=client_id, used_at__isnull=False)
    return used.order_by("-used_at").values_list("used_at", flat=True).first()


def in_force(at: datetime) -> Q:
    """What tokens must fulfil to open anything."""
    return Q(revoked_at=None) & (Q(expires_at=None) | Q(expires_at__gt=at))


@kept
def names() -> Mapping[int, Bilingual]:
    """What every program there ever was is called, by id."""
    return dict(Client.objects.values_list("pk", "name"))


def actor(client_id: int, unit: int | None, grants: list[str]) -> Actor:
    """A program as one who acts: each grant reaches its unit and all below, or everywhere."""
    reach = None if unit is None else organisation.subtree(unit)
    return Actor(Kind.CLIENT, str(client_id), MappingProxyType(dict.fromkeys(grants, reach)))


def token_hash(token: str) -> bytes:
    """The hash under which a token is kept."""
    return codes.keyed_hash("client-token", token, settings.SECRET_KEY.encode())
