"""What staff do to a letter that is written already: number it, or send it once more (7.3)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import locked, put, take
from pasokh.casework.complaints.actions.talking import attach
from pasokh.casework.complaints.actions.telling import told
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.matter import File
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.texting import queries as texting
from pasokh.directory.people import queries as people
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused


@dataclass(frozen=True)
class Slip:
    """What the post gave for a letter: where it was handed over, its number, a picture of both."""

    to: str
    number: str = ""
    files: tuple[File, ...] = ()


@transaction.atomic
def number_letter(ref: str, *, letter: int, number: str, by: Actor, at: datetime) -> Letter:
    """Write the secretariat's number on a letter that goes on paper."""
    case = take(ref, Step.WRITE, by)
    if not number.strip():
        raise Refused("nothing-said")
    row = correspondence.letter_of(case.pk, letter)
    correspondence.number(row, secretariat_number=number)
    fact = events.LetterNumbered(stage=row.stage, kind=row.called, letter=row.pk)
    put(case, fact, by=by, at=at, private={"number": row.secretariat_number})
    return row


@transaction.atomic
def send_letter_again(ref: str, *, letter: int, by: Actor, at: datetime) -> Letter:
    """Put a letter in the outbox once more that failed or came back, to the address known now."""
    case = take(ref, Step.WRITE, by)
    row = correspondence.letter_of(case.pk, letter)
    if (box := _box(case)) is None:
        raise Refused("no-address", ref=ref)
    correspondence.send_again(row, to=box, at=at)
    fact = events.LetterQueuedAgain(stage=row.stage, kind=row.called, letter=row.pk)
    put(case, fact, by=by, at=at)
    return row


@transaction.atomic
def posted(
    ref: str, *, letter: int, slip: Slip, happened_at: datetime, by: Actor, at: datetime
) -> Complaint:
    """Write down that a letter was taken to the post, with what proves it; it counts as sent."""
    case = locked(ref)
    digests = attach(case, slip.files, message=None, at=at, inside=True)
    given = {"handed_over_to": slip.to.strip(), "number": slip.number.strip()}
    given |= {"slips": " ".join(digests)}
    proof = {name: said for name, said in given.items() if said}
    return told(
        ref, letter=letter, way=Way.SENT, proof=proof, happened_at=happened_at, by=by, at=at
    )


def _box(case: Complaint) -> int | None:
    person = case.representative_id or case.complainant_id
    return people.letter_box(person, texts=texting.leave()) if person else None
