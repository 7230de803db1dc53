"""What colleagues write to the complainant by hand: with what, to whom else, and when (7.3, 7.6).

It leaves at the time that was chosen, at the desk ten seconds later, and until then it stands
nowhere and can be taken back. The ledger then holds both: the writing and the taking back.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import put, take
from pasokh.casework.complaints.actions.talking import attach, say
from pasokh.casework.complaints.actions.telling import post, second_look
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.matter import File
from pasokh.casework.complaints.models import Attachment, Complaint, Message
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.delivery import SECOND_THOUGHTS, LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.wording import queries as wording
from pasokh.casework.correspondence.writing import actions as writing
from pasokh.casework.correspondence.writing import enclosures
from pasokh.casework.correspondence.writing import events as by_hand
from pasokh.casework.inspection import queries as inspection
from pasokh.directory.people import ways
from pasokh.directory.people.models import ContactPoint
from pasokh.directory.people.ways import Way
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused

#: The most copies of one letter, and how long ahead one can be written.
MOST_COPIES = 5
LATEST = timedelta(days=366)
#: What is quoted in place of a message: the complaint as it came.
NARRATIVE = 0


@dataclass(frozen=True)
class CopyTo:
    """Who else gets a letter: a confirmed way to a party of the case, or an address and why."""

    point: int | None = None
    address: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Along:
    """What goes with a colleague's words: a message they answer, files, copies, a later time.

    `quotes` is a message of the file, or `NARRATIVE`; `enclosed` are files of the case, `files` new
    ones; `reply` is the version of a prepared reply that its writer began with, `added` the code
    of a kind that the organisation added, for a message alone.
    """

    quotes: int | None = None
    enclosed: tuple[int, ...] = ()
    files: tuple[File, ...] = ()
    copies: tuple[CopyTo, ...] = ()
    leaves_at: datetime | None = None
    reply: int | None = None
    added: str = ""


ALONE = Along()


@transaction.atomic
def message(ref: str, *, text: str, along: Along = ALONE, by: Actor, at: datetime) -> Message:
    """Write to the complainant: it stands on the tracking page, and a letter says so (7.3)."""
    case = take(ref, Step.MESSAGE, by)
    sent = say(case, text, incoming=False, channel="web", by=by, at=at)
    letter, told = _send(case, LetterKind.MESSAGE, sent, along, by, at)
    told |= {"letter": letter.pk, "kind": letter.called}
    fact = by_hand.MessageSent(message=sent.pk, channel="web", **told)
    put(case, fact, by=by, at=at, private={"text": text, **_named(along)})
    return sent


@transaction.atomic
def ask(ref: str, *, question: str, along: Along = ALONE, by: Actor, at: datetime) -> Message:
    """Ask the complainant for what the investigation needs (7.6)."""
    case = take(ref, Step.ASK, by)
    asked = say(case, question, incoming=False, channel="web", by=by, at=at)
    letter, told = _send(case, LetterKind.REQUEST, asked, along, by, at)
    fact = events.Asked(stage=case.stage, message=asked.pk, letter=letter.pk, **told)
    put(case, fact, by=by, at=at, private={"question": question, **_named(along)})
    return asked


@transaction.atomic
def take_back(ref: str, *, letter: int, by: Actor, at: datetime) -> Letter:
    """Cancel a letter by a person's hand that has not left yet; it then says nothing to anybody."""
    case = take(ref, Step.WRITE, by)
    row = correspondence.letter_of(case.pk, letter)
    writing.take_back(row, at=at)
    fact = by_hand.LetterTakenBack(stage=row.stage, kind=row.called, letter=row.pk)
    put(case, fact, by=by, at=at)
    return row


@transaction.atomic
def postpone(ref: str, *, letter: int, leaves_at: datetime, by: Actor, at: datetime) -> Letter:
    """Let a letter that has not left yet leave at another time."""
    case = take(ref, Step.WRITE, by)
    row = correspondence.letter_of(case.pk, letter)
    until = max(_in_time(leaves_at, at), at + SECOND_THOUGHTS)
    writing.postpone(row, until=until)
    fact = by_hand.LetterPostponed(stage=row.stage, kind=row.called, letter=row.pk, until=until)
    put(case, fact, by=by, at=at)
    return row


def _send(
    case: Complaint, kind: LetterKind, sent: Message, along: Along, by: Actor, at: datetime
) -> tuple[Letter, dict[str, Any]]:
    """Queue the letter with all that goes along; what the ledger says of that beside it."""
    wanted = _in_time(along.leaves_at, at) if along.leaves_at else None
    facts: dict[str, str | int] = {"message": sent.pk}
    if along.added:
        facts["added"] = _offered(case, along.added)
    if along.quotes is not None:
        facts["quotes"] = _quotable(case, along.quotes)
    if along.reply is not None:
        facts["reply"] = along.reply
    enclosed = [*_enclosed(case, along.enclosed), *_added(case, along.files, sent, at)]
    _check(enclosed)
    if enclosed:
        facts["files"] = len(enclosed)
    writer = second_look(case, along.added or kind, by)
    letter = post(case, kind, facts, at=at, leaves_at=wanted, writer=writer)
    writing.enclose(letter, [one.pk for one in enclosed])
    _copy(case, letter, along.copies)
    told = {"attachments": tuple(one.digest for one in enclosed), "copies": len(along.copies)}
    return letter, told


def _offered(case: Complaint, kind: str) -> str:
    if all(one.code != kind for one in wording.offered(case.language)):
        raise Refused("no-such-letter-kind")
    return kind


def _check(enclosed: list[Attachment]) -> None:
    """Refuse what may not go out; what is only not looked at yet goes when it was."""
    enclosures.check(enclosed)
    for standing in inspection.standings(one.digest for one in enclosed).values():
        if standing.closed and standing.closed != "file-waits-for-check":
            raise Refused(standing.closed)


def _in_time(leaves_at: datetime, at: datetime) -> datetime:
    if not at < leaves_at < at + LATEST:
        raise Refused("leaves-at-no-time")
    return leaves_at


def _quotable(case: Complaint, message: int) -> int:
    if message != NARRATIVE and not case.messages.filter(pk=message).exists():
        raise Refused("no-such-message", message=message)
    return message


def _enclosed(case: Complaint, wanted: Iterable[int]) -> list[Attachment]:
    found = list(Attachment.objects.filter(complaint=case, pk__in=set(wanted)).order_by("pk"))
    if len(found) != len(set(wanted)):
        raise Refused("no-such-file")
    return found


def _added(
    case: Complaint, files: tuple[File, ...], sent: Message, at: datetime
) -> list[Attachment]:
    attach(case, files, message=sent, at=at)
    return list(Attachment.objects.filter(message=sent).order_by("pk")) if files else []


def _copy(case: Complaint, letter: Letter, copies: tuple[CopyTo, ...]) -> None:
    if len(copies) > MOST_COPIES:
        raise Refused("too-many-copies", most=MOST_COPIES)
    parties = [one for one in (case.complainant_id, case.representative_id) if one]
    known = ContactPoint.objects.filter(
        person__in=parties, kind=Way.EMAIL, confirmed_at__isnull=False, refused_at=None
    )
    points = set(known.values_list("pk", flat=True)) - {letter.to_id}
    for one in dict.fromkeys(copies):
        if one.point is None:
            writing.copy(letter, to=None, address=_named_address(one))
        elif one.point in points:
            writing.copy(letter, to=one.point)
        else:
            raise Refused("copy-to-nobody")


def _named_address(copy: CopyTo) -> str:
    address = ways.email_key(copy.address)
    try:
        validate_email(address)
    except ValidationError:
        raise Refused("address-invalid", address=copy.address) from None
    if not copy.reason.strip():
        raise Refused("copy-needs-a-reason", address=address)
    return address


def _named(along: Along) -> dict[str, Any]:
    """Addresses that a colleague named, and why; sealed beside the fact."""
    named = [[one.address, one.reason] for one in along.copies if one.point is None]
    return {"copies": named} if named else {}
