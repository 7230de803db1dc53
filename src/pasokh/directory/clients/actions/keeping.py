"""Programs: set up, changed, shut out and let in again."""

from collections.abc import Sequence
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from pasokh.directory.clients import events, terms
from pasokh.directory.clients.models import Client
from pasokh.directory.organisation.actions.bracket import (
    allow,
    change,
    named,
    put,
    take_unit,
    tell,
    words,
)
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual

MANAGE = "client.manage"


class Particulars(TypedDict, total=False):
    """What may be changed of a program; only what is given is changed."""

    name: Bilingual
    unit_id: int | None
    grants: Sequence[str]
    per_minute: int


@transaction.atomic
def add_client(
    *,
    name: Bilingual,
    grants: Sequence[str],
    unit_id: int | None = None,
    per_minute: int = terms.USUAL_RATE,
    by: Actor,
    at: datetime,
) -> Client:
    """Set a program up; it can do nothing until it is given a token."""
    allow(MANAGE, by, unit=None)
    particulars = Particulars(name=name, unit_id=unit_id, grants=grants, per_minute=per_minute)
    client = Client(made_at=at, **_checked(particulars))
    client.save()
    event = events.ClientAdded(
        unit=unit_id, grants=tuple(client.grants), per_minute=client.per_minute
    )
    tell(client, event, by=by, at=at, private={"name": words(name)})
    return client


@transaction.atomic
def change_client(
    client_id: int, *, by: Actor, at: datetime, **particulars: Unpack[Particulars]
) -> Client:
    """Change what a program is called, may do, reaches or how often it may call: at once."""
    client = take_client(client_id, by)
    if told := change(client, dict(_checked(particulars))):
        event = events.ClientChanged(
            changed=tuple(sorted(told)),
            unit=client.unit_id,
            grants=tuple(client.grants),
            per_minute=client.per_minute,
        )
        put(client, event, by=by, at=at, private={"name": words(client.name)})
    return client


@transaction.atomic
def retire_client(client_id: int, *, by: Actor, at: datetime) -> Client:
    """Shut a program out: none of its tokens opens anything from now on."""
    client = take_client(client_id, by)
    client.retired_at = at
    put(client, events.ClientRetired(), by=by, at=at)
    return client


@transaction.atomic
def restore_client(client_id: int, *, by: Actor, at: datetime) -> Client:
    """Let a program in again that was shut out, with the tokens that are still in force."""
    allow(MANAGE, by, unit=None)
    client = Client.objects.select_for_update(no_key=True).filter(pk=client_id).first()
    if client is None or client.retired_at is None:
        raise Refused("client-not-retired")
    client.retired_at = None
    put(client, events.ClientRestored(), by=by, at=at)
    return client


def take_client(client_id: int, by: Actor) -> Client:
    """A program in use, locked until the transaction ends, for one who may change it."""
    allow(MANAGE, by, unit=None)
    client = Client.objects.select_for_update(no_key=True).filter(pk=client_id).first()
    if client is None:
        raise Refused("no-such-client")
    if client.retired_at is not None:
        raise Refused("client-retired")
    return client


def _checked(told: Particulars) -> Particulars:
    """What was told, when it can be so: known rights in the order of their table, each once."""
    if "name" in told:
        named(told["name"])
    if "grants" in told:
        if strange := terms.unknown(told["grants"]):
            raise Refused("grant-unknown", right=strange[0])
        told["grants"] = [right for right in terms.GRANTABLE if right in set(told["grants"])]
        if not told["grants"]:
            raise Refused("grants-missing")
    least, most = terms.LEAST_RATE, terms.MOST_RATE
    if "per_minute" in told and not least <= told["per_minute"] <= most:
        raise Refused("rate-out-of-range", least=least, most=most)
    if (unit := told.get("unit_id")) is not None:
        take_unit(unit)
    return told
