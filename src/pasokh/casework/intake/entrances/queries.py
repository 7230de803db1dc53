"""Reads of entrances: by the code in an address, by the token of a tablet, or all of them."""

from datetime import datetime

from django.conf import settings

from pasokh.casework.intake.entrances.models import Entrance
from pasokh.casework.intake.entrances.terms import Kind
from pasokh.kernel import codes, sealed, targets
from pasokh.kernel.errors import Refused

_KEY = "entrance"


def entrances() -> list[Entrance]:
    """Every entrance that is open, in the order in which they were made."""
    return list(Entrance.objects.filter(ended_at=None).select_related("unit").order_by("pk"))


def entrance(kind: Kind, code: str) -> Entrance | None:
    """An open entrance of one kind; None when there is none."""
    return Entrance.objects.filter(kind=kind, code=code[:20], ended_at=None).first()


def by_number(pk: int) -> Entrance:
    """An open entrance; refuses with `no-such-entrance`."""
    found = Entrance.objects.filter(pk=pk, ended_at=None).select_related("unit").first()
    if found is None:
        raise Refused("no-such-entrance")
    return found


def kiosk_of(token: str) -> Entrance | None:
    """The entrance of a paired tablet; None when its token was taken back."""
    rows = Entrance.objects.filter(kind=Kind.KIOSK, ended_at=None, pairs_until=None)
    return rows.filter(token_hash=token_hash(token)).first() if token else None


def pairing(token: str, at: datetime) -> Entrance | None:
    """The entrance that a link pairs a tablet with, while it works."""
    rows = Entrance.objects.filter(kind=Kind.KIOSK, ended_at=None, pairs_until__gt=at)
    return rows.filter(token_hash=token_hash(token)).first()


def token_hash(token: str) -> bytes:
    """The keyed hash under which a tablet's token is kept."""
    return codes.keyed_hash("kiosk", token, settings.SECRET_KEY.encode())


def key_of(one: Entrance) -> str:
    """The key of a site in clear, for checking what its page has signed."""
    return sealed.unseal(_KEY, one.code, bytes(one.key or b""))


def kept_key(one: Entrance, key: str) -> bytes:
    """The key of a site as it is kept."""
    return sealed.seal(_KEY, one.code, key)


def origin(written: str) -> str:
    """The one form of a site's origin: `https://shop.example.org`; refuses what is none."""
    try:
        target = targets.read(written.strip())
    except Refused:
        raise Refused("origin-unreadable", origin=written.strip()[:200]) from None
    if target.path != "/":
        raise Refused("origin-unreadable", origin=written.strip()[:200])
    return f"{target.scheme}://{target.authority}"
