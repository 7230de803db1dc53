"""Letters written, told and returned, and what each of those means for the file (7.3 to 7.9).

A letter is written by one verb for every kind. What counts is that its content reached the
person: `told` then takes the step that the kind stands for, once; a return undoes it unless
the same content reached them another way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import (
    enter,
    locked,
    mark,
    pack_of,
    put,
    take,
    void,
)
from pasokh.casework.complaints.lifecycle import OPEN, State, Step
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries import letters as composing
from pasokh.casework.complaints.rules import letter_refusal
from pasokh.casework.complaints.terms import Verdict
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.kinds import root
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.correspondence.wording import queries as wording
from pasokh.casework.remedies import actions as remedies
from pasokh.casework.texting import queries as texting
from pasokh.directory.people import queries as people
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.events import Event


@dataclass(frozen=True)
class Effect:
    """What telling a kind of letter does: the step taken, the milestones set, the fact written."""

    step: Step
    milestones: tuple[Milestone, ...]
    told: type
    undo: Step
    undone: type


EFFECTS: Mapping[LetterKind, Effect] = {
    LetterKind.ACKNOWLEDGEMENT: Effect(
        Step.ACKNOWLEDGE,
        (Milestone.ACKNOWLEDGED,),
        events.Acknowledged,
        Step.UNACKNOWLEDGE,
        events.AcknowledgementUndelivered,
    ),
    LetterKind.PROGRESS: Effect(
        Step.REPORT_PROGRESS,
        (Milestone.UPDATED,),
        events.ProgressReported,
        Step.REPORT_PROGRESS,
        events.LetterReturned,
    ),
    LetterKind.DECISION: Effect(
        Step.COMMUNICATE,
        (Milestone.COMMUNICATED, Milestone.ROUTES_TOLD),
        events.Communicated,
        Step.UNDELIVERED,
        events.Undelivered,
    ),
    LetterKind.NOTICE: Effect(
        Step.NOTICE,
        (Milestone.NOTICED,),
        events.Noticed,
        Step.NOTICE,
        events.NoticeUndelivered,
    ),
}


@transaction.atomic
def write(
    ref: str,
    *,
    kind: LetterKind,
    facts: Mapping[str, str | int],
    leaves_at: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Letter:
    """Put a letter to the complainant in the outbox, in their language (ISO 10002:2018, 7.3).

    With `leaves_at` it can be taken back until then; one that an anonymous person finds on the
    page stands there at once. One that needs somebody else's approval waits for it. Refused while
    it would lack what the rules ask for, or a value that its text puts in.
    """
    case = take(ref, Step.WRITE, by)
    if reason := letter_refusal(kind, State(case.state)):
        raise Refused(reason, kind=str(kind), state=case.state)
    later = None if case.anonymous else leaves_at
    letter = post(case, kind, facts, at=at, leaves_at=later, writer=second_look(case, kind, by))
    if lacks := composing.finished(letter).lacks:
        raise Refused("letter-lacks", lacks=lacks)
    put(case, _written(letter), by=by, at=at)
    if case.anonymous and kind in EFFECTS and not letter.writer:
        told(ref, letter=letter.pk, way=Way.STANDING, proof={}, happened_at=at, by=by, at=at)
    return letter


def post(
    case: Complaint,
    kind: LetterKind,
    facts: Mapping[str, str | int],
    *,
    at: datetime,
    leaves_at: datetime | None = None,
    writer: str = "",
) -> Letter:
    """Queue a letter that is part of another verb; the caller writes the fact.

    With a `writer` it waits until somebody else approved it.
    """
    person = case.representative_id or case.complainant_id
    return correspondence.queue(
        case.pk,
        stage=case.stage,
        kind=kind,
        language=case.language,
        to=people.letter_box(person, texts=texting.leave()) if person else None,
        facts=facts,
        at=at,
        leaves_at=leaves_at,
        writer=writer,
    )


def second_look(case: Complaint, kind: str, by: Actor) -> str:
    """The code of who writes a letter that somebody else has to approve; nothing for any other.

    The rules may ask for it, or the organisation, perhaps above an amount promised in this stage.
    What is promised in another currency waits, too: nobody here knows which is more. A kind that
    was added waits where messages do.
    """
    looks, named = wording.second_looks(), {kind, str(root(kind))}
    waiting = {each for each in looks if looks[each] == (None, "")}
    if named & {*pack_of(case).approval, *waiting}:
        return by.code
    limits = [looks[each] for each in named if each in looks]
    promised = remedies.promised(case.pk, stage=case.stage) if limits else {}
    return by.code if any(_above(promised, *limit) for limit in limits) else ""


def _above(promised: Mapping[str, int], amount: int | None, currency: str) -> bool:
    """Whether more is promised than an amount, or anything in another currency."""
    return promised.get(currency, 0) > (amount or 0) or any(
        many for name, many in promised.items() if name != currency
    )


#: What a letter that has not left yet can no longer say, once the person answered the decision,
#: once the file ended, and once it is open again.
ANSWERED = (LetterKind.NOTICE,)
ENDED = (LetterKind.NOTICE, LetterKind.PROGRESS, LetterKind.REQUEST, LetterKind.EXTENSION)
REOPENED = (LetterKind.CLOSING,)


def call_back(case: Complaint, kinds: tuple[LetterKind, ...], *, at: datetime) -> None:
    """Cancel the letters of a stage that were overtaken by what is happening now."""
    correspondence.cancel(case.pk, stage=case.stage, kinds=kinds, at=at)


def let_go(point: int, *, at: datetime) -> None:
    """Send whole what went to an address as a notice only, unless it was overtaken meanwhile.

    So is what went to addresses of the same person that this one took the place of.
    """
    given_up = people.given_up_for(point)
    correspondence.release(point, instead_of=given_up, still=_still_true, at=at)


def _still_true(letter: Letter) -> bool:
    case: Complaint = letter.complaint
    if letter.stage < case.stage or case.state not in OPEN:
        return letter.kind not in ENDED
    answered = case.verdict in (Verdict.ACCEPTED, Verdict.NOT_ACCEPTED)
    return not answered or letter.kind not in ANSWERED


def _named(letter: Letter) -> dict[str, Any]:
    """How the ledger names a letter."""
    return {"stage": letter.stage, "kind": letter.called, "letter": letter.pk}


def _written(letter: Letter) -> events.LetterWritten:
    return events.LetterWritten(**_named(letter), language=letter.language)


@transaction.atomic
def told(
    ref: str,
    *,
    letter: int,
    way: Way,
    proof: Mapping[str, str],
    happened_at: datetime,
    by: Actor,
    at: datetime,
) -> Complaint:
    """Write down that a letter reached the person, with its proof, and take the step it stands for.

    The first telling of a kind in a stage has the effect (acknowledged, communicated, noticed,
    updated); a further one is one more proof.
    """
    case = locked(ref)
    row = correspondence.letter_of(case.pk, letter)
    effect = EFFECTS.get(LetterKind(row.kind)) if row.stage == case.stage else None
    repeated = correspondence.is_told(case.pk, stage=row.stage, kind=LetterKind(row.kind))
    correspondence.tell(row, way=way, proof=proof, by=by.code, at=happened_at)
    if effect is None or (repeated and effect.step is not Step.REPORT_PROGRESS):
        enter(case, Step.WRITE, by)
        fact: Event = events.LetterTold(**_named(row), way=str(way))
    else:
        fact = _take_effect(case, effect, way, happened_at, by, at)
    private = {"proof": dict(proof)} if proof else None
    return put(case, fact, by=by, at=at, happened=happened_at, private=private)


def _take_effect(
    case: Complaint, effect: Effect, way: Way, happened: datetime, by: Actor, at: datetime
) -> Event:
    enter(case, effect.step, by)
    for milestone in effect.milestones:
        mark(case, milestone, at=at, happened=happened)
    fact: Event = effect.told(stage=case.stage, way=str(way))
    return fact


@transaction.atomic
def returned(
    ref: str, *, letter: int, why: str, happened_at: datetime, by: Actor, at: datetime
) -> Complaint:
    """Write down that a letter came back, and when: what it had told is undone (7.8)."""
    case = locked(ref)
    row = correspondence.letter_of(case.pk, letter)
    correspondence.come_back(row, why=why, happened=happened_at, at=at)
    effect = _to_undo(case, row)
    if effect is None or correspondence.is_told(
        case.pk, stage=row.stage, kind=LetterKind(row.kind)
    ):
        enter(case, Step.WRITE, by)
        fact: Event = events.LetterReturned(**_named(row))
    else:
        fact = _undo(case, effect, row, by, at)
    return put(case, fact, by=by, at=at, happened=happened_at, private={"why": why})


def _to_undo(case: Complaint, letter: Letter) -> Effect | None:
    """What the return of a letter undoes: nothing where it told nothing. Once a file has
    ended, nothing either, except that a closed file is open again when its decision or its notice
    before closing never arrived.
    """
    effect = EFFECTS.get(LetterKind(letter.kind))
    if letter.stage != case.stage or effect is None:
        return None
    if letter.form and not case.done(effect.milestones[0]):  # it had left, and told nothing
        return None
    disturbed = case.state == State.CLOSED and effect.undo in _REOPENS
    return effect if case.state in OPEN or disturbed else None


_REOPENS = frozenset({Step.UNDELIVERED, Step.NOTICE})


def _undo(case: Complaint, effect: Effect, letter: Letter, by: Actor, at: datetime) -> Event:
    if case.state == State.CLOSED:
        enter(case, Step.REOPEN, by)
    enter(case, effect.undo, by)
    for milestone in effect.milestones:
        void(case, milestone, at=at)
    if effect.undone is events.LetterReturned:
        return events.LetterReturned(**_named(letter))
    fact: Event = effect.undone(stage=letter.stage, letter=letter.pk)
    return fact
