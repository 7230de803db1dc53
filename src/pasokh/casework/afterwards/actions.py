"""Write down what was done before, by the very verbs, each on its own day.

The entries in the ledger say both: when it happened, and that it is written down now. Nobody is
written to, and no guard is weakened: where a verb refuses, the file stays where it is.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from django.db import transaction

from pasokh.casework.afterwards.past import FINDINGS, PROVED_BY, Gap, Past, Stage, claimed, gap
from pasokh.casework.assessment import actions as assessment
from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.actions.judging import Found, Judgement, Settlement
from pasokh.casework.complaints.actions.talking import Call
from pasokh.casework.complaints.terms import Finding, Outcome
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.intake.imports import actions as imports
from pasokh.casework.intake.imports.actions import Taken
from pasokh.casework.remedies.actions import Promise
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused

T = TypeVar("T")


@dataclass(frozen=True)
class Led(Taken):
    """A row as it would be filed, with what it tells of its past."""

    past: Past | None = None


@transaction.atomic
def take_rows(sheet_id: int, taken: Sequence[Led], *, after: int, by: Actor, at: datetime) -> bool:
    """File the next rows of a sheet and lead each as far as its past goes; see `imports`."""
    if not imports.take_rows(sheet_id, taken, after=after, by=by, at=at):
        return False
    pasts = {one.number: one.past for one in taken if one.past}
    filed = imports.just_filed(sheet_id, pasts) if pasts else {}
    for number, ref in filed.items():
        if gaps := lead(ref, pasts[number], by=by, at=at):
            imports.fell_short(sheet_id, number, code=gaps[-1].code, facts=told(gaps[-1]))
    return True


def lead(ref: str, past: Past, *, by: Actor, at: datetime) -> list[Gap]:
    """Lead a file that was just received through its past; what could not be written down."""
    gaps = []
    for stage in claimed(past):
        if found := _written(stage, ref, past, by, at):
            gaps.append(found)
            if stage is not Stage.ACKNOWLEDGED:
                break
    return gaps


def told(found: Gap) -> dict[str, object]:
    """The facts of a gap, with the stage that it concerns."""
    return {**found.facts, "stage": str(found.stage)}


def _written(stage: Stage, ref: str, past: Past, by: Actor, at: datetime) -> Gap | None:
    """Take the verb of a stage, or say why not; a refusal takes back what it had begun."""
    if code := gap(stage, past):
        return Gap(stage, code)
    try:
        with transaction.atomic():
            _VERBS[stage](ref, past, by, at)
    except Refused as refused:
        return _refused(stage, refused)
    return None


def _refused(stage: Stage, refused: Refused) -> Gap:
    """Why a verb refused; of a closing contract the first term that is not met."""
    unmet = refused.facts.get("unmet")
    if isinstance(unmet, tuple) and unmet:
        return Gap(stage, str(unmet[0]))
    if refused.code == "not-authorised":
        return Gap(stage, "past-not-authorised")
    return Gap(stage, refused.code, refused.facts)


def _acknowledge(ref: str, past: Past, by: Actor, at: datetime) -> None:
    proof, then = past.acknowledged_by, _known(past.acknowledged)
    _tell(ref, LetterKind.ACKNOWLEDGEMENT, Way.SENT, proof, then, by, at)


def _assess(ref: str, past: Past, by: Actor, at: datetime) -> None:
    answers, then = _known(past.answers), _known(past.assessed)
    assessment.assess_afterwards(ref, answers=answers, happened_at=then, by=by, at=at)


def _settle(ref: str, past: Past, by: Actor, at: datetime) -> None:
    settlement = Settlement(
        what_was_done=past.reasons,
        how_accepted=past.accepted_how,
        accepted_at=_known(past.answered),
        danger=_known(past.danger),
        causes=[Found(1, Finding.SETTLED, past.reasons, past.cause, past.affected)],
        promises=_promises(past, by),
    )
    then = _known(past.closed)
    complaints.settle_afterwards(ref, settlement=settlement, happened_at=then, by=by, at=at)


def _decline(ref: str, past: Past, by: Actor, at: datetime) -> None:
    why, then = _known(past.declined_for), _known(past.decided)
    complaints.decline_afterwards(
        ref, why=why, reasons=past.reasons, happened_at=then, by=by, at=at
    )


def _decide(ref: str, past: Past, by: Actor, at: datetime) -> None:
    if past.outcome is Outcome.DECLINED:
        _decline(ref, past, by, at)
        return
    finding = FINDINGS[Outcome(_known(past.outcome))]
    found = Found(1, finding, past.reasons, past.cause, past.affected)
    said = Judgement([found], _promises(past, by), past.reasons)
    then = _known(past.decided)
    complaints.decide_afterwards(ref, judgement=said, happened_at=then, by=by, at=at)


def _promises(past: Past, by: Actor) -> list[Promise]:
    day = past.remedy_done or past.remedy_due
    if past.remedy is None or day is None:
        return []
    promised = Promise(past.remedy, int(by.id), past.remedy_due or day)
    if past.remedy_done:
        promised = replace(promised, done_on=past.remedy_done, proof=past.remedy_proof)
    if past.amount is not None:
        promised = replace(promised, amount=past.amount, currency=past.currency)
    return [promised]


def _communicate(ref: str, past: Past, by: Actor, at: datetime) -> None:
    way, then = _known(past.way), _known(past.told)
    _tell(ref, LetterKind.DECISION, way, past.proof, then, by, at)


def _notice(ref: str, past: Past, by: Actor, at: datetime) -> None:
    then = _known(past.noticed)
    _tell(ref, LetterKind.NOTICE, Way.SENT, past.notice_proof, then, by, at)
    if past.tried:
        call = Call(
            incoming=False,
            reached=False,
            channel=past.tried_channel,
            said=past.tried_by,
            second_attempt=True,
        )
        complaints.log_contact(ref, call=call, happened_at=past.tried, by=by, at=at)


def _tell(
    ref: str, kind: LetterKind, way: Way, proof: str, then: datetime, by: Actor, at: datetime
) -> None:
    """Write a letter down that had left by another hand: it does not leave again."""
    letter = complaints.write(ref, kind=kind, facts={}, by=by, at=at)
    shown = {PROVED_BY[way]: proof}
    complaints.told(ref, letter=letter.pk, way=way, proof=shown, happened_at=then, by=by, at=at)


def _answer(ref: str, past: Past, by: Actor, at: datetime) -> None:
    said, then = _known(past.verdict), _known(past.answered)
    complaints.verdict(ref, verdict=said, issues={}, comment="", happened_at=then, by=by, at=at)


def _close(ref: str, past: Past, by: Actor, at: datetime) -> None:
    complaints.close_afterwards(ref, happened_at=_known(past.closed), by=by, at=at)


_VERBS: Mapping[Stage, Callable[[str, Past, Actor, datetime], None]] = {
    Stage.ACKNOWLEDGED: _acknowledge,
    Stage.ASSESSED: _assess,
    Stage.SETTLED: _settle,
    Stage.DECIDED: _decide,
    Stage.TOLD: _communicate,
    Stage.NOTICED: _notice,
    Stage.ANSWERED: _answer,
    Stage.CLOSED: _close,
}


def _known(value: T | None) -> T:
    """What `gap` made sure of."""
    if value is None:
        raise Refused("past-not-whole")
    return value
