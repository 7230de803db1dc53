"""Letters that somebody else looks at before they leave: approved, or sent back with a reason."""

from datetime import datetime

from django.db import transaction

from pasokh.casework.complaints.actions.bracket import put, take
from pasokh.casework.complaints.actions.telling import EFFECTS, told
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.rules import letter_refusal
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.correspondence.writing import actions as writing
from pasokh.casework.correspondence.writing import events
from pasokh.kernel import actors
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused

#: Who writes down that an approved letter stands on the page of an anonymous person.
STANDS = actors.clock(
    "approve-letter",
    *(f"complaint.{effect.step}" for effect in EFFECTS.values()),
    "complaint.write",
)


@transaction.atomic
def approve_letter(ref: str, *, letter: int, by: Actor, at: datetime) -> Letter:
    """Let a letter leave that somebody else has written (ISO 10002:2018, 7.8)."""
    case = take(ref, Step.APPROVE, by)
    row = _waiting(case, letter, by)
    if reason := letter_refusal(LetterKind(row.kind), State(case.state)):
        raise Refused(reason, kind=row.kind, state=case.state)
    writing.approve(row, at=at)
    put(case, events.LetterApproved(stage=row.stage, kind=row.called, letter=row.pk), by=by, at=at)
    if case.anonymous and row.kind in EFFECTS:
        told(ref, letter=row.pk, way=Way.STANDING, proof={}, happened_at=at, by=STANDS, at=at)
    return row


@transaction.atomic
def send_back_letter(ref: str, *, letter: int, reason: str, by: Actor, at: datetime) -> Letter:
    """Give a letter back to its writer, with the reason; it leaves no more (7.8)."""
    case = take(ref, Step.APPROVE, by)
    if not reason.strip():
        raise Refused("reasons-missing", ref=ref)
    row = _waiting(case, letter, by)
    writing.take_back(row, at=at)
    correspondence.remark(row, said=reason.strip())
    fact = events.LetterSentBack(stage=row.stage, kind=row.called, letter=row.pk)
    put(case, fact, by=by, at=at, private={"reason": reason})
    return row


def _waiting(case: Complaint, letter: int, by: Actor) -> Letter:
    """A letter that waits for approval, for somebody who may give it: a person, not its writer."""
    row = correspondence.letter_of(case.pk, letter)
    if row.state != LetterState.APPROVAL or row.copy_of_id:
        raise Refused("letter-waits-for-nothing")
    if by.kind is not Kind.STAFF or row.writer == by.code:
        raise Refused("approval-needs-another")
    return row
