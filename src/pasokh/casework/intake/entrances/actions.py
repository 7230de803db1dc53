"""What people do with entrances. Secrets are returned once and never shown again."""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from pasokh.casework.intake.entrances import events, given, queries
from pasokh.casework.intake.entrances.models import Entrance
from pasokh.casework.intake.entrances.terms import MOST_ORIGINS, PAIRED_WITHIN, Kind
from pasokh.kernel import actors, codes
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.writer import record

RIGHT = "organisation.configure"
#: Letters of a code: none that looks like another.
_LETTERS, _LENGTH = "abcdefghjkmnpqrstuvwxyz23456789", 10


@dataclass(frozen=True)
class Sign:
    """What is said of an entrance: its name, the unit behind it, the sites that may hold it."""

    name: Bilingual
    unit: int | None = None
    origins: tuple[str, ...] = ()


@transaction.atomic
def add(kind: Kind, sign: Sign, *, by: Actor, at: datetime) -> tuple[Entrance, str]:
    """Open an entrance; returns its secret in clear: a site's key, the link of a tablet."""
    _allowed(by)
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    one = Entrance(kind=kind, code=code, made_at=at)
    secret = _renewed(one, at)
    _write(one, sign)
    fact = events.Added(kind=str(kind), code=code, unit=sign.unit)
    record(fact, subject=one.subject, by=by, at=at, private=_said(one), begins=True)
    return one, secret


@transaction.atomic
def change(pk: int, sign: Sign, *, by: Actor, at: datetime) -> Entrance:
    """Say something else of an entrance."""
    one = _taken(pk, by)
    _write(one, sign)
    fact = events.Changed(kind=one.kind, code=one.code, unit=sign.unit)
    record(fact, subject=one.subject, by=by, at=at, private=_said(one))
    return one


@transaction.atomic
def renew(pk: int, *, by: Actor, at: datetime) -> str:
    """Give a new key, or a new link for a tablet; the former ones are worth nothing any more."""
    one = _taken(pk, by)
    secret = _renewed(one, at)
    one.save()
    fact = events.Renewed(kind=one.kind, code=one.code)
    record(fact, subject=one.subject, by=by, at=at)
    return secret


@transaction.atomic
def end(pk: int, *, by: Actor, at: datetime) -> None:
    """Close an entrance: its form, its poster's code and its tablet lead nowhere any more."""
    one = _taken(pk, by)
    one.ended_at, one.token_hash, one.key = at, None, None
    one.save()
    record(events.Ended(kind=one.kind, code=one.code), subject=one.subject, by=by, at=at)


@transaction.atomic
def pair(token: str, *, at: datetime) -> str:
    """Pair the tablet that opened a link; returns the token by which it is known from now on."""
    found = queries.pairing(token, at)
    one = Entrance.objects.select_for_update().filter(pk=found.pk).first() if found else None
    if one is None or one.pairs_until is None:
        raise Refused("pairing-over")
    fresh = codes.new_token()
    one.token_hash, one.pairs_until = queries.token_hash(fresh), None
    one.save()
    by = actors.clock("pairing page")
    record(events.Paired(code=one.code), subject=one.subject, by=by, at=at)
    return fresh


def _renewed(one: Entrance, at: datetime) -> str:
    if one.kind == Kind.SITE:
        key = given.new_key()
        one.key = queries.kept_key(one, key)
        return key
    if one.kind == Kind.KIOSK:
        token = codes.new_token()
        one.token_hash, one.pairs_until = queries.token_hash(token), at + PAIRED_WITHIN
        return token
    return ""


def _allowed(by: Actor) -> None:
    if not by.may(RIGHT):
        raise Refused("entrance-not-yours")


def _taken(pk: int, by: Actor) -> Entrance:
    """An open entrance, locked, for somebody who may change it."""
    _allowed(by)
    if one := Entrance.objects.select_for_update().filter(pk=pk, ended_at=None).first():
        return one
    raise Refused("no-such-entrance")


def _write(one: Entrance, sign: Sign) -> None:
    if len(sign.origins) > MOST_ORIGINS:
        raise Refused("origins-too-many", most=MOST_ORIGINS)
    one.name, one.unit_id = sign.name, sign.unit
    one.origins = list(dict.fromkeys(map(queries.origin, sign.origins)))
    one.save()


def _said(one: Entrance) -> dict[str, object]:
    return {"name": asdict(one.name), "origins": one.origins}
