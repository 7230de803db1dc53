"""Our mailboxes: added, set up, opened, taken out of use."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from pasokh.casework.intake.mailroom import events
from pasokh.casework.intake.mailroom.models import Mailbox
from pasokh.casework.intake.mailroom.terms import LOOPBACK, Security, SignIn, Way
from pasokh.kernel import sealed
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.events import Event
from pasokh.kernel.ledger.writer import record

CONFIGURE = "organisation.configure"
#: What the secrets of mailboxes are sealed for.
USE = "mailbox"


class Particulars(TypedDict, total=False):
    """How a mailbox is reached; only what is given is changed."""

    unit_id: int | None
    language: str
    way: str
    trusted: str
    host: str
    port: int
    security: str
    sign_in: str
    user: str
    folder: str
    old_mail: bool


@transaction.atomic
def add_mailbox(
    address: str, *, secret: str = "", by: Actor, at: datetime, **particulars: Unpack[Particulars]
) -> Mailbox:
    """Add an address at which people write to us."""
    _allow(by)
    box = Mailbox(address=_address(address), **_with_defaults(particulars))
    _fits(box)
    if Mailbox.objects.filter(address__iexact=box.address).exists():
        raise Refused("mailbox-there-already", address=box.address)
    box.save()
    if secret:
        _seal(box, secret)
    return _put(
        box, events.MailboxAdded(unit=box.unit_id, way=box.way), by, at, {"address": address}
    )


@transaction.atomic
def change_mailbox(
    mailbox: int, *, by: Actor, at: datetime, **particulars: Unpack[Particulars]
) -> Mailbox:
    """Set a mailbox up differently; another folder or server is read from its beginning."""
    box = take_mailbox(mailbox, by)
    before = {name: getattr(box, name) for name in particulars}
    changed = {name: new for name, new in particulars.items() if new != before[name]}
    for name, value in changed.items():
        setattr(box, name, value)
    _fits(box)
    if {"host", "user", "folder"} & changed.keys():
        _start_anew(box)
    told = {name: [str(before[name]), str(new)] for name, new in changed.items()}
    return _put(box, events.MailboxChanged(changed=tuple(changed)), by, at, told)


@transaction.atomic
def give_secret(mailbox: int, *, secret: str, by: Actor, at: datetime) -> Mailbox:
    """Give the password or the token that opens a mailbox; it is sealed and never shown again."""
    box = take_mailbox(mailbox, by)
    if not secret:
        raise Refused("mailbox-secret-missing")
    _seal(box, secret)
    return _put(box, events.SecretGiven(sign_in=box.sign_in), by, at)


@transaction.atomic
def retire_mailbox(mailbox: int, *, by: Actor, at: datetime) -> Mailbox:
    """Take no more mail from a mailbox; what came in stays."""
    box = take_mailbox(mailbox, by)
    box.retired_at = at
    return _put(box, events.MailboxRetired(), by, at)


@transaction.atomic
def restore_mailbox(mailbox: int, *, by: Actor, at: datetime) -> Mailbox:
    """Take mail from a mailbox again, from where it was left."""
    box = take_mailbox(mailbox, by)
    box.retired_at = None
    return _put(box, events.MailboxRestored(), by, at)


def note_look(mailbox: int, *, trouble: str, at: datetime) -> None:
    """Note how a look into a mailbox went: no trouble, or the server's last words."""
    looked: dict[str, Any] = {} if trouble else {"looked_at": at}
    Mailbox.objects.filter(pk=mailbox).update(trouble=trouble[:200], **looked)


def _allow(by: Actor) -> None:
    if not by.may(CONFIGURE):
        raise Refused("not-authorised", right=CONFIGURE)


def take_mailbox(mailbox: int, by: Actor) -> Mailbox:
    """A mailbox, locked, for who may set it up."""
    _allow(by)
    box = Mailbox.objects.select_for_update().filter(pk=mailbox).first()
    if box is None:
        raise Refused("no-such-mailbox", mailbox=mailbox)
    return box


def _put(
    box: Mailbox, fact: Event, by: Actor, at: datetime, private: Mapping[str, Any] | None = None
) -> Mailbox:
    box.save()
    record(fact, subject=box.subject, by=by, at=at, private=private)
    return box


def _address(given: str) -> str:
    try:
        validate_email(given.strip())
    except ValidationError:
        raise Refused("address-invalid", address=given) from None
    return given.strip()


def _with_defaults(given: Particulars) -> dict[str, Any]:
    plain = {
        "language": "fa",
        "way": Way.HANDED,
        "security": Security.TLS,
        "sign_in": SignIn.PASSWORD,
    }
    return {**plain, **given}


def _fits(box: Mailbox) -> None:
    """Refuse what cannot work, and a password that would travel in clear."""
    if box.language not in ("fa", "en"):
        raise Refused("language-unknown", language=box.language)
    if box.way == Way.IMAP and not (box.host.strip() and box.user.strip()):
        raise Refused("mailbox-host-missing")
    if box.way == Way.IMAP and box.security == Security.PLAIN and box.host not in LOOPBACK:
        raise Refused("mailbox-in-clear", host=box.host)


def _seal(box: Mailbox, secret: str) -> None:
    box.secret = sealed.seal(USE, str(box.pk), secret)


def _start_anew(box: Mailbox) -> None:
    box.uid_validity, box.last_uid, box.told_uid = None, 0, 0
