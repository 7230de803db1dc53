"""What staff do to a letter that is written already: number it, or send it once more (7.3)."""

from datetime import datetime

from django.db import transaction

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import put, take
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.texting import queries as texting
from pasokh.directory.people import queries as people
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused


@transaction.atomic
def number_letter(ref: str, *, letter: int, number: str, by: Actor, at: datetime) -> Letter:
    """Write the secretariat's number on a letter that goes on paper."""
    case = take(ref, Step.WRITE, by)
    if not number.strip():
        raise Refused("nothing-said")
    row = correspondence.letter_of(case.pk, letter)
    correspondence.number(row, secretariat_number=number)
    fact = events.LetterNumbered(stage=row.stage, kind=row.kind, letter=row.pk)
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
    fact = events.LetterQueuedAgain(stage=row.stage, kind=row.kind, letter=row.pk)
    put(case, fact, by=by, at=at)
    return row


def _box(case: Complaint) -> int | None:
    person = case.representative_id or case.complainant_id
    return people.letter_box(person, texts=texting.leave()) if person else None
