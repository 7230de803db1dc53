"""Our mailboxes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from pasokh.casework.intake.mailroom.models import Mailbox, MailboxGrant
from pasokh.casework.intake.mailroom.terms import ACCESS, GRANT, REFRESH, SORT, SignIn, Way
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import configuration, rows, sealed
from pasokh.kernel.actors import Actor

#: What the secrets of mailboxes are sealed for.
_USE = "mailbox"


@dataclass(frozen=True)
class Grant:
    """What renews the token of a mailbox, in clear, and the token while it lasts."""

    row: MailboxGrant
    token_url: str
    client_id: str
    scope: str
    client_secret: str
    refresh_token: str
    access_token: str
    access_until: datetime | None


def mailboxes() -> list[Mailbox]:
    """Every mailbox, those out of use too, by address."""
    return list(Mailbox.objects.select_related("unit", "grant").order_by("address"))


def fetched() -> list[Mailbox]:
    """The mailboxes in use whose mail is fetched."""
    opened = Q(sign_in=SignIn.RENEWED, grant__isnull=False) | (
        ~Q(sign_in=SignIn.RENEWED) & Q(secret__isnull=False)
    )
    found = Mailbox.objects.filter(opened, way=Way.IMAP, retired_at=None)
    return list(found.select_related("grant").order_by("pk"))


def opens(box: Mailbox) -> bool:
    """Whether anything was given that opens a mailbox."""
    given = getattr(box, "grant", None) if box.sign_in == SignIn.RENEWED else box.secret
    return given is not None


def grant_of(box: Mailbox | None) -> Grant | None:
    """What renews the token of a mailbox, or of the server by which letters leave, as it is now;
    BrokenError with another key.
    """
    row = MailboxGrant.objects.filter(mailbox=box).first()
    if row is None:
        return None
    owner = row.owner
    secret, refresh = (
        sealed.unseal(use, owner, bytes(kept))
        for use, kept in ((GRANT, row.client_secret), (REFRESH, row.refresh_token))
    )
    token = row.access_token and sealed.unseal(ACCESS, owner, bytes(row.access_token))
    where = row.token_url, row.client_id, row.scope
    return Grant(row, *where, secret, refresh, token or "", row.access_until)


def outgoing_grant() -> MailboxGrant | None:
    """What was granted for the server by which letters leave."""
    return MailboxGrant.objects.filter(mailbox=None).first()


def rests(at: datetime) -> bool:
    """Whether the server by which letters leave is left alone, for it would not let us in."""
    return MailboxGrant.objects.filter(mailbox=None, rests_until__gt=at).exists()


def troubled(by: Actor) -> list[Mailbox]:
    """The mailboxes in use from which no mail comes, of the units that somebody sorts for."""
    found = Mailbox.objects.filter(way=Way.IMAP, retired_at=None).exclude(trouble="")
    if (reach := by.reach(SORT)) is not None:
        found = found.filter(Q(unit=None) | Q(unit__in=reach))
    return list(found.order_by("address"))


def mailbox(pk: int) -> Mailbox | None:
    """One mailbox, as it is now."""
    return Mailbox.objects.filter(pk=pk).select_related("grant").first()


def secret_of(box: Mailbox) -> str:
    """What opens a mailbox, in clear; BrokenError where the installation has another key."""
    return sealed.unseal(_USE, str(box.pk), bytes(box.secret or b""))


def own_addresses() -> frozenset[str]:
    """Every address of ours in small letters: the mailboxes, and the office's own."""
    own = organisation.organisation()
    office = [own.mailbox] if own and own.mailbox else []
    return frozenset(one.lower() for one in (*_addresses(), *office))


def for_recipient(address: str) -> Mailbox | None:
    """The mailbox in use that an address belongs to, with or without a tag (`complaints+…@`)."""
    whole = address.strip().lower()
    local, at, domain = whole.rpartition("@")
    sign = settings.REPLY_SEPARATOR
    bare = f"{local.partition(sign)[0] if sign else local}{at}{domain}"
    asked = rows.found(Mailbox, _IN_USE, [[whole, bare]], more=("mark",))
    found = {one.address.lower(): one for one in asked}
    if box := found.get(whole) or found.get(bare):
        configuration.seen(vars(box)["mark"])
        return box
    return None


_IN_USE = f"""
SELECT {rows.columns(Mailbox)}, {configuration.MARK} FROM casework_mailbox
WHERE lower(address) = ANY(%s) AND retired_at IS NULL
"""  # noqa: S608  our names


def _addresses() -> Iterable[str]:
    return Mailbox.objects.values_list("address", flat=True)
