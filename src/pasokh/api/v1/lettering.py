"""Letters as a program has them written, or says how they were told."""

from datetime import datetime
from typing import Any, Literal

from pasokh.api.v1.values import Id, Line, Moment, Said, Words
from pasokh.casework.complaints import actions
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.telling import PROOF, Way
from pasokh.kernel.actors import Actor

#: The ways that somebody else can vouch for; the others Pasokh itself sees.
Vouched = Literal["telephoned", "handed", "sent"]
#: Letters that need no step of their own.
Plain = Literal["closing", "settled", "progress"]


class TellingProof(Said):
    """What proves a way of telling; which parts are needed depends on the way."""

    signed_by: Line = ""
    number: Line = ""
    person: Line = ""
    said: Words = ""
    written_copy_on: Line = ""
    handed_over_to: Line = ""


class HowTold(Said):
    """How a letter was told already: by which way, when, and what proves it."""

    way: Vouched
    proof: TellingProof = TellingProof()
    happened_at: Moment | None = None


def acknowledge(page: CasePage, *, told: HowTold | None = None, by: Actor, at: datetime) -> Any:
    """Confirm receipt: put the letter in the outbox, or say how it was told already (7.4)."""
    return _letter(page, LetterKind.ACKNOWLEDGEMENT, "", told, by, at)


def communicate(page: CasePage, *, told: HowTold | None = None, by: Actor, at: datetime) -> Any:
    """Tell the decision: by its letter, or as it was told already (7.8)."""
    return _letter(page, LetterKind.DECISION, "", told, by, at)


def notice(
    page: CasePage, *, words: Words = "", told: HowTold | None = None, by: Actor, at: datetime
) -> Any:
    """Give notice of the day on which the file will be closed if no answer comes (7.9)."""
    return _letter(page, LetterKind.NOTICE, words, told, by, at)


def report_progress(
    page: CasePage, *, words: Words = "", told: HowTold | None = None, by: Actor, at: datetime
) -> Any:
    """Report what was done and what comes next (7.3)."""
    return _letter(page, LetterKind.PROGRESS, words, told, by, at)


def write(page: CasePage, *, kind: Plain, by: Actor, at: datetime) -> Any:
    """Put a letter in the outbox that needs no step of its own (7.3)."""
    return actions.write(page.ref, kind=LetterKind(kind), facts={}, by=by, at=at)


def told(page: CasePage, *, letter: Id, told: HowTold, by: Actor, at: datetime) -> Any:
    """Say how a letter of the file reached the person, with its proof; the step follows (7.8)."""
    return _told(page, letter, told, by, at)


def _letter(
    page: CasePage, kind: LetterKind, words: str, told: HowTold | None, by: Actor, at: datetime
) -> Any:
    """Write a letter, or take the one that waits where it is only to be said how it was told."""
    waiting = [
        letter.pk
        for letter in page.rows["letters"]
        if (letter.kind, letter.stage) == (kind, page.case.stage)
        and letter.state in (LetterState.QUEUED, LetterState.SHOWN_ONLY)
    ]
    if told and waiting and not words.strip():
        return _told(page, waiting[-1], told, by, at)
    facts = {"words": words} if words.strip() else {}
    letter = actions.write(page.ref, kind=kind, facts=facts, by=by, at=at)
    return _told(page, letter.pk, told, by, at) if told else letter


def _told(page: CasePage, letter: int, told: HowTold, by: Actor, at: datetime) -> Any:
    way = Way(told.way)
    return actions.told(
        page.ref,
        letter=letter,
        way=way,
        proof={part: getattr(told.proof, part) for part in PROOF[way]},
        happened_at=told.happened_at or at,
        by=by,
        at=at,
    )
