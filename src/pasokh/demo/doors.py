"""The channels besides portal, desk and mail: opened by the administrator some weeks ago."""

from datetime import datetime, timedelta

from pasokh.casework.correspondence.signing import actions as signing
from pasokh.casework.intake.conversations import actions as conversations
from pasokh.casework.intake.conversations.terms import SourceKind
from pasokh.casework.intake.entrances import actions as entrances
from pasokh.casework.intake.entrances.actions import Sign
from pasokh.casework.intake.entrances.terms import Kind
from pasokh.casework.texting import actions as texting
from pasokh.casework.texting.actions.setting import Limits
from pasokh.casework.webhooks import actions as webhooks
from pasokh.casework.webhooks.actions import Terms
from pasokh.demo.data import read
from pasokh.demo.house import MAIL_DOMAIN, House
from pasokh.directory.clients import actions as clients
from pasokh.kernel.fields import Bilingual

#: Opens nothing anywhere: whom it would open something at is never asked.
_KEY = "demonstration"
_LIMITS = Limits(base="", sender="10008050", notice_tells=True, per_number=8, per_hour=300)


def sign_mail(house: House, at: datetime) -> None:
    """Sign mail from now on."""
    by = house.actor("kiani", at)
    key = signing.make_key(MAIL_DOMAIN, by=by, at=at)
    signing.use_key(key.pk, by=by, at=at)


def open_texts(house: House, at: datetime) -> dict[str, int]:
    """Let texts leave, and messages come in; return from where, by number."""
    by, names = house.actor("kiani", at), read("channels")["sources"]
    texting.set_gateway("kavenegar", credentials={"key": _KEY}, by=by, at=at, **_LIMITS)
    kinds = {"sms": SourceKind.SMS, "bot": SourceKind.BALE, "voice": SourceKind.VOICE}
    return {
        name: conversations.add_source(kind, name=names[kind], base="", token=_KEY, by=by, at=at)[0]
        for name, kind in kinds.items()
    }


def open_entrances(house: House, at: datetime) -> None:
    """A form on the shop's own pages, codes on posters and leaflets, a tablet on a counter."""
    by = house.actor("kiani", at)
    for one in read("channels")["entrance"]:
        unit = house.units[one["unit"]] if "unit" in one else None
        sign = Sign(_both(one), unit, tuple(one.get("origins", ())))
        _made, secret = entrances.add(Kind(one["kind"]), sign, by=by, at=at)
        if one["kind"] == Kind.KIOSK:
            entrances.pair(secret, at=at + timedelta(minutes=6))


def admit_programs(house: House, at: datetime) -> None:
    """Two programs that file and read, with their tokens, and two that are told."""
    by = house.actor("kiani", at)
    for one in read("channels")["program"]:
        unit = house.units[one["unit"]] if "unit" in one else None
        made = clients.add_client(name=_both(one), grants=one["grants"], unit_id=unit, by=by, at=at)
        for days in one["tokens"]:
            ends = at + timedelta(days=days) if days else None
            clients.give_token(made.pk, expires_at=ends, by=by, at=at)
    tell_programs(house, at)


def tell_programs(house: House, at: datetime, *, late: bool = False) -> None:
    """Tell programs of complaints: at first two of them, and another one that joins late."""
    by = house.actor("kiani", at)
    for one in read("channels")["receiver"]:
        if one.get("late", False) is not late:
            continue
        unit = house.units[one["unit"]] if "unit" in one else None
        terms = Terms(one["name"], one["url"], tuple(one["events"]), unit=unit)
        webhooks.subscribe(terms, by=by, at=at)


def _both(told: dict[str, str]) -> Bilingual:
    return Bilingual(fa=told["fa"], en=told["en"])
