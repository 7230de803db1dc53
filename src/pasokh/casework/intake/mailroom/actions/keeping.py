"""Mail kept as it came: its bytes first, then one row, then the answer to whoever brought it.

Until the row is committed nobody was told that we have it, so whoever brought it brings it again;
once it is committed, bringing it again changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from psycopg.errors import UniqueViolation

from pasokh.casework.intake.mailroom.models import Listing, Mail, Mailbox
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import files, rows


@dataclass(frozen=True)
class Handed:
    """One mail as a mail server hands it over: its bytes, and the envelope round it."""

    content: bytes
    door: Door
    sender: str | None
    recipient: str


@transaction.atomic
def begin_mailbox(mailbox: int, *, uid_validity: int, newest: int) -> Mailbox:
    """Note under which numbers a server counts; when it counts anew, so do we.

    The first time a mailbox is opened, what lies in it already is left, unless it is asked for.
    What was kept under former numbers is known again by its content.
    """
    box = Mailbox.objects.select_for_update().get(pk=mailbox)
    if box.uid_validity == uid_validity:
        return box
    skip = newest if box.uid_validity is None and not box.old_mail else 0
    box.uid_validity, box.last_uid, box.told_uid = uid_validity, skip, skip
    box.save(update_fields=("uid_validity", "last_uid", "told_uid"))
    return box


@transaction.atomic
def note_listing(mailbox: int, *, uid_validity: int, uids: Sequence[int], at: datetime) -> None:
    """Count the mail that a mailbox tells of for the first time, before any of it is fetched."""
    box = Mailbox.objects.select_for_update().get(pk=mailbox)
    new = sorted(uid for uid in set(uids) if uid > box.told_uid)
    if not new or box.uid_validity != uid_validity:
        return
    ends = {"first_uid": new[0], "last_uid": new[-1]}
    told = Listing(mailbox=box, uid_validity=uid_validity, many=len(new), at=at, **ends)
    rows.insert(told)
    box.told_uid = new[-1]
    box.save(update_fields=("told_uid",))


def keep_fetched(
    mailbox: Mailbox, *, uid: int, content: bytes, size: int, received_at: datetime, at: datetime
) -> bool:
    """Keep one fetched mail and move past it, in one; False when somebody else did already.

    `size` is the server's word: of a mail that is too large only the head was fetched.
    """
    stored = files.put([content], len(content))
    with transaction.atomic():
        if not _passed(mailbox, uid):
            return False
        made = _mail(mailbox, mailbox.address, Door.IMAP, stored, at)
        made.uid_validity, made.uid = mailbox.uid_validity, uid
        made.listing_id = _listing(mailbox, uid)
        made.received_at, made.size = min(received_at, at), max(size, stored.size)
        rows.insert(made)
    return True


@transaction.atomic
def note_gone(mailbox: Mailbox, *, uid: int) -> None:
    """Move past a mail that was told of and taken away before it could be fetched."""
    if _passed(mailbox, uid) and (listing := _listing(mailbox, uid)):
        found = Listing.objects.select_for_update().get(pk=listing)
        found.gone += 1
        found.save(update_fields=("gone",))


def keep_handed(mailbox: Mailbox, *, handed: Handed, at: datetime) -> bool:
    """Keep a mail that a server hands over; False when this very mail was kept before."""
    stored = files.put([handed.content], len(handed.content))
    made = _mail(mailbox, handed.recipient, handed.door, stored, at)
    made.sent_from = None if handed.sender is None else handed.sender[:320]
    try:
        with transaction.atomic():
            rows.insert(made)
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            return False
        raise
    return True


def _mail(mailbox: Mailbox, recipient: str, door: Door, stored: files.Stored, at: datetime) -> Mail:
    return rows.made(
        Mail,
        mailbox_id=mailbox.pk,
        unit_id=mailbox.unit_id or organisation.front_unit(),
        door=door,
        digest=stored.digest,
        size=stored.size,
        sent_to=recipient[:320],
        received_at=at,
        kept_at=at,
    )


_MOVE_ON = """
UPDATE casework_mailbox SET last_uid = %s WHERE id = %s AND uid_validity = %s AND last_uid < %s
"""


def _passed(mailbox: Mailbox, uid: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_MOVE_ON, [uid, mailbox.pk, mailbox.uid_validity, uid])
        return bool(cursor.rowcount == 1)


def _listing(mailbox: Mailbox, uid: int) -> int | None:
    told = Listing.objects.filter(mailbox=mailbox, uid_validity=mailbox.uid_validity or 0)
    found = told.filter(first_uid__lte=uid, last_uid__gte=uid)
    return found.values_list("pk", flat=True).first()
