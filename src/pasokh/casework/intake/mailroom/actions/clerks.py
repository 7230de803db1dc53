"""What people do with mail: release what was held, refuse it, have it read again."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from pasokh.casework.complaints.queries import complaint_for
from pasokh.casework.intake.mailroom import events
from pasokh.casework.intake.mailroom.actions.sorting import add_to, file_new, settle
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.terms import (
    FILED,
    NO_KEY,
    SORT,
    Disposition,
    Sender,
    Signature,
)
from pasokh.kernel import actors, refs, rows
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.events import Event
from pasokh.kernel.ledger.writer import record

#: A signature that was the sender's is not that of whoever is named instead.
_UNVERIFIED = str(Sender.UNVERIFIED)
#: Who has mail read again when a key was given, and how many mails in one transaction.
KEY_CAME = actors.clock("read-closed-mail", SORT)
AT_ONCE = 100


@dataclass(frozen=True)
class Corrected:
    """Who wrote, and where it belongs, as whoever looked at a mail puts it.

    `words` are used only where the mail itself could not be read.
    """

    sender: str
    sender_name: str
    language: str
    unit: int
    words: str = ""


@transaction.atomic
def release_as_complaint(mail: int, *, corrected: Corrected, by: Actor, at: datetime) -> Mail:
    """Begin a file with a mail that was held, failed or misjudged, after it was put right."""
    held = _take(mail, by)
    before, changes = held.disposition, _correct(held, corrected)
    if not held.sender:
        raise Refused("mail-without-sender")
    held.disposition, held.reason = Disposition.COMPLAINT, "released"
    file_new(held, by=by, at=at)
    return _released(held, before, changes, by, at)


@transaction.atomic
def release_to_case(mail: int, *, ref: str, by: Actor, at: datetime) -> Mail:
    """Add a mail to a file that whoever releases it may see."""
    held = _take(mail, by)
    before = held.disposition
    case = complaint_for(by, refs.read(ref) or ref)
    held.disposition, held.reason = Disposition.ANSWER, "released"
    held.facts = {**held.facts, "ref": case.ref}
    add_to(held, case.ref, by=by, at=at)
    return _released(held, before, {}, by, at)


@transaction.atomic
def refuse_mail(mail: int, *, why: str, by: Actor, at: datetime) -> Mail:
    """Put a mail aside for good, with a reason; it stays and can be looked at."""
    held = _take(mail, by)
    if not why.strip():
        raise Refused("reasons-missing")
    before = held.disposition
    held.disposition, held.reason = Disposition.REFUSED, "by-hand"
    held.facts = {**held.facts, "why": why}
    _tell(held, events.MailRefused(before=before), by, at, {"why": why})
    return settle(held, by=by, at=at)


@transaction.atomic
def read_again(mail: int, *, by: Actor, at: datetime) -> Mail:
    """Give a mail back to be read and sorted anew from its kept bytes."""
    held = _take(mail, by)
    return _to_be_sorted(held, by, at)


@transaction.atomic
def read_closed_again(*, after: int, until: int, at: datetime) -> int | None:
    """Give the next mails back that no key opened, for one was given; the last, or None at the end.

    Those between two numbers, so that it ends however many are held anew meanwhile. One that a
    clerk has in hand at this moment is left to them.
    """
    closed = Mail.objects.filter(disposition=Disposition.HELD, reason=NO_KEY)
    waiting = closed.filter(pk__gt=after, pk__lte=until).order_by("pk")
    found = list(waiting.select_for_update(skip_locked=True)[:AT_ONCE])
    for held in found:
        _to_be_sorted(held, KEY_CAME, at)
    return found[-1].pk if len(found) == AT_ONCE else None


def _to_be_sorted(held: Mail, by: Actor, at: datetime) -> Mail:
    _tell(held, events.MailReadAgain(before=held.disposition), by, at)
    held.disposition, held.reason, held.facts = "", "", {}
    held.sorted_at, held.sorted_by, held.trouble = None, "", ""
    held.tries, held.try_at, held.complaint = 0, None, None
    rows.update(held)
    return held


def _take(mail: int, by: Actor) -> Mail:
    """A mail that stands in no file yet, locked, for who may sort it."""
    locked = Mail.objects.select_related("mailbox").select_for_update(of=("self",))
    found = locked.filter(pk=mail).first()
    if found is None or not by.may(SORT, unit=found.unit_id):
        raise Refused("no-such-mail", mail=mail)
    if found.disposition in FILED:
        raise Refused("mail-filed-already")
    return found


def _correct(mail: Mail, corrected: Corrected) -> dict[str, list[str]]:
    """Put right what was said of a mail, and tell old and new of each."""
    given: dict[str, Any] = {
        "sender": corrected.sender.strip(),
        "sender_name": corrected.sender_name.strip(),
        "language": corrected.language,
        "unit_id": corrected.unit,
    }
    if corrected.words.strip() and not mail.words:
        given["words"] = corrected.words
    before = {name: getattr(mail, name) for name in given}
    for name, value in given.items():
        setattr(mail, name, value)
    if mail.sender != before["sender"] and mail.facts.get("signature") == Signature.VALID:
        mail.facts = {**mail.facts, "signature": str(Signature.ANOTHER), "checked": _UNVERIFIED}
    return {
        name: [str(before[name]), str(value)]
        for name, value in given.items()
        if value != before[name]
    }


def _released(
    mail: Mail, before: str, changes: Mapping[str, list[str]], by: Actor, at: datetime
) -> Mail:
    ref = mail.complaint.ref if mail.complaint else ""
    fact = events.MailReleased(
        before=before, became=mail.disposition, complaint=ref, corrected=tuple(changes)
    )
    _tell(mail, fact, by, at, {"changes": dict(changes)} if changes else None)
    return settle(mail, by=by, at=at)


def _tell(
    mail: Mail, fact: Event, by: Actor, at: datetime, private: Mapping[str, Any] | None = None
) -> None:
    record(fact, subject=mail.subject, by=by, at=at, private=private)
