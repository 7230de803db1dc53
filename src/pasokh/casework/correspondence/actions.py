"""Letters queued, sent, told and returned. Called by a verb of the core, inside its transaction."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from pasokh.casework.correspondence.delivery import LetterKind, LetterState, may_become
from pasokh.casework.correspondence.models import Letter, Telling
from pasokh.casework.correspondence.telling import Way, missing
from pasokh.kernel.errors import Refused


def queue(
    complaint: int,
    *,
    stage: int,
    kind: LetterKind,
    language: str,
    to: int | None,
    facts: Mapping[str, str | int],
    at: datetime,
) -> Letter:
    """Put a letter in the outbox; without an address it only stands on the tracking page.

    The fixed Message-ID lets a worker that was killed send once more without doubling.
    """
    state = LetterState.SHOWN_ONLY if to is None else LetterState.QUEUED
    return Letter.objects.create(
        complaint_id=complaint,
        stage=stage,
        kind=kind,
        language=language,
        to_id=to,
        facts=dict(facts),
        state=state,
        message_id=uuid.uuid4().hex,
        queued_at=at,
        changed_at=at,
    )


def move(letter: Letter, state: LetterState, *, at: datetime, failure: str = "") -> Letter:
    """Write down a new fact about a letter's way, or refuse one that cannot follow."""
    if not may_become(LetterState(letter.state), state):
        raise Refused("letter-cannot-become", state=letter.state, new=str(state))
    letter.state, letter.changed_at, letter.failure = state, at, failure
    letter.save(update_fields=["state", "changed_at", "failure"])
    return letter


def tell(letter: Letter, *, way: Way, proof: Mapping[str, str], by: str, at: datetime) -> Telling:
    """Write down that a letter's content reached the person, with its proof."""
    if lacking := missing(way, proof):
        raise Refused("proof-missing", way=str(way), parts=lacking)
    return Telling.objects.create(letter=letter, way=way, by=by, at=at, proof=dict(proof))


def untell(letter: Letter, *, at: datetime) -> None:
    """Undo what sending a letter had told, once it came back."""
    Telling.objects.filter(letter=letter, way=Way.SENT, undone_at=None).update(undone_at=at)


def letter_of(complaint: int, letter: int) -> Letter:
    """A letter of this complaint, locked; another complaint's letter does not exist here."""
    try:
        return Letter.objects.select_for_update().get(pk=letter, complaint_id=complaint)
    except Letter.DoesNotExist:
        raise Refused("no-such-letter", letter=letter) from None


def is_told(complaint: int, *, stage: int, kind: LetterKind) -> bool:
    """Whether some letter of a kind has reached the person in this stage and was not returned."""
    return Telling.objects.filter(
        letter__complaint_id=complaint, letter__stage=stage, letter__kind=kind, undone_at=None
    ).exists()


def cancel(complaint: int, *, stage: int, kind: LetterKind, at: datetime) -> None:
    """Cancel the letters of a kind that have not left the house."""
    Letter.objects.filter(
        complaint_id=complaint, stage=stage, kind=kind, state=LetterState.QUEUED
    ).update(state=LetterState.CANCELLED, changed_at=at)
