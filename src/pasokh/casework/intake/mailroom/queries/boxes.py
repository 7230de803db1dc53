"""Our mailboxes."""

from collections.abc import Iterable

from django.conf import settings

from pasokh.casework.intake.mailroom.models import Mailbox
from pasokh.casework.intake.mailroom.terms import Way
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import configuration, rows, sealed

#: What the secrets of mailboxes are sealed for.
_USE = "mailbox"


def mailboxes() -> list[Mailbox]:
    """Every mailbox, those out of use too, by address."""
    return list(Mailbox.objects.select_related("unit").order_by("address"))


def fetched() -> list[Mailbox]:
    """The mailboxes in use whose mail is fetched."""
    found = Mailbox.objects.filter(way=Way.IMAP, retired_at=None, secret__isnull=False)
    return list(found.order_by("pk"))


def mailbox(pk: int) -> Mailbox | None:
    """One mailbox, as it is now."""
    return Mailbox.objects.filter(pk=pk).first()


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
