"""The gateway by which texts leave: chosen, changed, ended. What it knows us by is sealed."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TypedDict, Unpack

from django.db import transaction

from pasokh.casework.texting import events, queries
from pasokh.casework.texting.models import Gateway
from pasokh.kernel import codes, sealed
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.writer import record

RIGHT = "organisation.configure"
CHAIN = "organisation"


class Limits(TypedDict):
    """How a gateway is used; see the table."""

    base: str
    sender: str
    notice_tells: bool
    per_number: int
    per_hour: int


@transaction.atomic
def set_gateway(
    template: str,
    *,
    credentials: Mapping[str, str],
    by: Actor,
    at: datetime,
    **limits: Unpack[Limits],
) -> None:
    """Let texts leave by a gateway; an empty credential keeps the one that was given before."""
    _allow(by)
    row = Gateway.objects.select_for_update().filter(used=True).first()
    if row is None or row.template != template:
        row = _another(row, template, at)
    known = _known(row, credentials)
    row.sealed = sealed.seal("text-gateway", template, json.dumps(known))
    row.changed_at, row.trouble = at, ""
    for name, value in limits.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.save()
    _record(row, by, at)


def _known(row: Gateway, given: Mapping[str, str]) -> dict[str, str]:
    """The credentials as they are now; refused when one of them was never given."""
    held = queries.gateway() if row.pk else None
    known = {**(held.credentials if held else {})}
    known |= {name: value.strip() for name, value in given.items() if value.strip()}
    if missing := [name for name in given if not known.get(name)]:
        raise Refused("text-credential-missing", name=missing[0])
    return known


def _record(row: Gateway, by: Actor, at: datetime) -> None:
    fact = events.GatewaySet(
        template=row.template,
        notice_tells=row.notice_tells,
        per_number=row.per_number,
        per_hour=row.per_hour,
    )
    record(fact, subject=CHAIN, by=by, at=at, private={"base": row.base, "sender": row.sender})


def _another(row: Gateway | None, template: str, at: datetime) -> Gateway:
    if row is not None:
        row.used = False
        row.sealed = b""
        row.report_hash = None
        row.save()
    return Gateway(template=template, changed_at=at)


@transaction.atomic
def end_gateway(*, by: Actor, at: datetime) -> None:
    """Let no more texts leave; the credentials are forgotten."""
    _allow(by)
    row = Gateway.objects.select_for_update().filter(used=True).first()
    if row is None:
        raise Refused("no-text-gateway")
    row.used, row.sealed, row.report_hash = False, b"", None
    row.save()
    record(events.GatewayEnded(template=row.template), subject=CHAIN, by=by, at=at)


@transaction.atomic
def open_reports(*, by: Actor, at: datetime) -> str:
    """Make a secret for the address to which reports come; the one before opens nothing more."""
    _allow(by)
    row = Gateway.objects.select_for_update().filter(used=True).first()
    if row is None:
        raise Refused("no-text-gateway")
    token = codes.new_token()
    held = queries.gateway()
    known = {**(held.credentials if held else {}), queries.REPORTS: token}
    row.sealed = sealed.seal("text-gateway", row.template, json.dumps(known))
    row.report_hash = queries.report_hash(token)
    row.save()
    record(events.ReportsOpened(template=row.template), subject=CHAIN, by=by, at=at)
    return token


def _allow(by: Actor) -> None:
    if not by.may(RIGHT):
        raise Refused("not-authorised", right=RIGHT)
