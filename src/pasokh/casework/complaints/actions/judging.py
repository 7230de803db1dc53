"""Assessed, investigated, decided: the verbs that judge (ISO 10002:2018, 7.5 to 7.7)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import mark, not_before, put, take, void
from pasokh.casework.complaints.actions.remedying import remedy_fact
from pasokh.casework.complaints.actions.telling import ENDED, call_back, post
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import Complaint, Decision, Issue, IssueFinding
from pasokh.casework.complaints.terms import (
    Affected,
    Closing,
    Decline,
    Finding,
    Outcome,
    Verdict,
    outcome_of,
)
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.remedies import actions as remedies
from pasokh.casework.remedies.actions import Promise
from pasokh.casework.remedies.models import Remedy
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused


@dataclass(frozen=True)
class Found:
    """What is found about one issue, by its number: the finding, its reasons, its cause.

    `cause` is a taxonomy term; an upheld issue may be decided without one but not closed.
    """

    issue: int
    finding: Finding
    reasons: str
    cause: int | None = None
    others_affected: Affected | None = None


@dataclass(frozen=True)
class Judgement:
    """A decision: what was found of each issue, what is promised, and why.

    `waives_review` marks an offer that says of itself that taking it ends the matter.
    """

    findings: Sequence[Found]
    promises: Sequence[Promise]
    reasons: str
    waives_review: bool = False


@transaction.atomic
def assess(ref: str, *, fact: events.Assessed, notes: str, by: Actor, at: datetime) -> Complaint:
    """Take over an assessment: its priority and whether safety is concerned (7.5)."""
    return _assessed(take(ref, Step.ASSESS, by), fact, notes, by, happened=at, at=at)


@transaction.atomic
def assess_afterwards(
    ref: str, *, fact: events.Assessed, happened_at: datetime, by: Actor, at: datetime
) -> Complaint:
    """Take over an assessment that was made before it is written down, on its own day (7.5)."""
    return _assessed(take(ref, Step.ASSESS, by), fact, "", by, happened=happened_at, at=at)


def _assessed(
    case: Complaint,
    fact: events.Assessed,
    notes: str,
    by: Actor,
    *,
    happened: datetime,
    at: datetime,
) -> Complaint:
    case.priority, case.safety = fact.priority, fact.safety
    if not case.done(Milestone.ASSESSED):
        mark(case, Milestone.ASSESSED, at=at, happened=happened)
    return put(case, fact, by=by, at=at, happened=happened, private={"notes": notes})


@transaction.atomic
def investigate(ref: str, *, plan: str, by: Actor, at: datetime) -> Complaint:
    """Start the investigation, with a plan in proportion to the matter (7.6)."""
    case = take(ref, Step.INVESTIGATE, by)
    mark(case, Milestone.INVESTIGATED, at=at)
    fact = events.InvestigationStarted(stage=case.stage)
    return put(case, fact, by=by, at=at, private={"plan": plan})


@transaction.atomic
def gather(
    ref: str, *, description: str, source: str, digest: str, by: Actor, at: datetime
) -> Complaint:
    """Take over a piece of evidence: its digest in clear, its words sealed (7.6)."""
    case = take(ref, Step.GATHER, by)
    fact = events.EvidenceGathered(stage=case.stage, digest=digest or None)
    private = {"description": description, "source": source}
    return put(case, fact, by=by, at=at, private=private)


@transaction.atomic
def decide(
    ref: str,
    *,
    findings: Sequence[Found],
    promises: Sequence[Promise],
    reasons: str,
    waives_review: bool,
    by: Actor,
    at: datetime,
) -> Complaint:
    """Decide every issue, with reasons, and promise the remedies (7.7).

    Refuses unless each issue has exactly one finding, and amounts beyond the decider's limit.
    `waives_review` marks an offer that says of itself that taking it ends the matter.
    """
    case = take(ref, Step.DECIDE, by)
    said = Judgement(findings, promises, reasons, waives_review)
    return _decided(case, said, by, happened=at, at=at)


@transaction.atomic
def decide_afterwards(
    ref: str, *, judgement: Judgement, happened_at: datetime, by: Actor, at: datetime
) -> Complaint:
    """Write down a decision that was taken before, on its own day (7.7).

    Whoever writes it down answers for it: their rights and limits bear on it.
    """
    case = take(ref, Step.DECIDE, by)
    not_before(case, happened_at, Milestone.ASSESSED, Milestone.INVESTIGATED)
    return _decided(case, judgement, by, happened=happened_at, at=at)


def _decided(
    case: Complaint, said: Judgement, by: Actor, *, happened: datetime, at: datetime
) -> Complaint:
    case.outcome = outcome_of([found.finding for found in said.findings])
    decision = _decision(
        case,
        Outcome(case.outcome),
        said.reasons,
        by,
        at,
        happened=happened,
        waives_review=said.waives_review,
    )
    _find(case, decision, said.findings)
    promised = _promise(case, said.promises, by, at)
    fact = events.Decided(
        stage=case.stage,
        outcome=case.outcome,
        findings=tuple(_finding_fact(found) for found in said.findings),
        remedies=tuple(remedy_fact(remedy) for remedy in promised),
        waives_review=said.waives_review,
    )
    issues = {str(found.issue): found.reasons for found in said.findings}
    private = {"reasons": said.reasons, "issues": issues}
    return put(case, fact, by=by, at=at, happened=happened, private=private)


@transaction.atomic
def decline(ref: str, *, why: Decline, reasons: str, by: Actor, at: datetime) -> Complaint:
    """Decide not to examine the merits, with reasons and a right to review (7.5, 7.8)."""
    return _declined(take(ref, Step.DECLINE, by), why, reasons, by, happened=at, at=at)


@transaction.atomic
def decline_afterwards(
    ref: str, *, why: Decline, reasons: str, happened_at: datetime, by: Actor, at: datetime
) -> Complaint:
    """Write down that the merits were not examined, on the day of that decision (7.5, 7.8)."""
    case = take(ref, Step.DECLINE, by)
    not_before(case, happened_at, Milestone.ASSESSED)
    return _declined(case, why, reasons, by, happened=happened_at, at=at)


def _declined(
    case: Complaint, why: Decline, reasons: str, by: Actor, *, happened: datetime, at: datetime
) -> Complaint:
    case.outcome = Outcome.DECLINED
    _decision(case, Outcome.DECLINED, reasons, by, at, happened=happened, declined_for=why)
    fact = events.Declined(stage=case.stage, why=str(why))
    return put(case, fact, by=by, at=at, happened=happened, private={"reasons": reasons})


@transaction.atomic
def reconsider(ref: str, *, reason: str, by: Actor, at: datetime) -> Complaint:
    """Take a decision back before anyone was told of it, and its promises with it (7.7)."""
    case = take(ref, Step.RECONSIDER, by)
    _standing(case).update(reconsidered_at=at)
    remedies.drop(case.pk, stage=case.stage, at=at)
    case.outcome = ""
    void(case, Milestone.DECIDED, at=at)
    correspondence.cancel(case.pk, stage=case.stage, kinds=(LetterKind.DECISION,), at=at)
    return put(
        case, events.Reconsidered(stage=case.stage), by=by, at=at, private={"reason": reason}
    )


@transaction.atomic
def trace(
    ref: str, *, issue: int, cause: int, others_affected: Affected, by: Actor, at: datetime
) -> Complaint:
    """Trace an upheld issue to its cause and say whether others are affected (7.7, 8.2)."""
    case = take(ref, Step.TRACE, by)
    rows = IssueFinding.objects.filter(decision__in=_standing(case), issue__number=issue)
    if not rows.update(cause=cause, others_affected=others_affected):
        raise Refused("no-such-issue", issue=issue)
    fact = events.CauseTraced(
        stage=case.stage, issue=issue, cause=cause, others_affected=str(others_affected)
    )
    return put(case, fact, by=by, at=at)


@dataclass(frozen=True)
class Settlement:
    """What settling at once must be able to say.

    `danger` is the answer to *is anyone in danger?*, asked of everybody; `how_accepted` says in
    what words or by what sign the complainant accepted, and `accepted_at` when.
    """

    what_was_done: str
    how_accepted: str
    accepted_at: datetime
    danger: bool
    causes: Sequence[Found]
    promises: Sequence[Promise]


@transaction.atomic
def settle(ref: str, *, settlement: Settlement, by: Actor, at: datetime) -> Complaint:
    """Settle on the spot what the complainant accepts on the spot: all steps in one act (7.7-7.9).

    Refuses where anyone is in danger, beyond the settler's limit, or without the acceptance.
    """
    case = take(ref, Step.SETTLE, by)
    fact = _settled(case, settlement, by, happened=at, at=at)
    post(case, LetterKind.SETTLED, {}, at=at)
    return put(case, fact, by=by, at=at, private=_in_words(settlement))


@transaction.atomic
def settle_afterwards(
    ref: str, *, settlement: Settlement, happened_at: datetime, by: Actor, at: datetime
) -> Complaint:
    """Write down that a complaint was settled at once before, on its own day (7.7-7.9).

    Nobody is written to about it now.
    """
    case = take(ref, Step.SETTLE, by)
    not_before(case, happened_at, *Milestone)
    fact = _settled(case, settlement, by, happened=happened_at, at=at)
    private = _in_words(settlement)
    return put(case, fact, by=by, at=at, happened=happened_at, private=private)


def _in_words(settlement: Settlement) -> dict[str, str]:
    return {"done": settlement.what_was_done, "accepted": settlement.how_accepted}


def _settled(
    case: Complaint, settlement: Settlement, by: Actor, *, happened: datetime, at: datetime
) -> events.Settled:
    _may_settle(case, settlement, happened)
    done = settlement.what_was_done
    decision = _decision(case, Outcome.SETTLED, done, by, at, happened=happened)
    _find(case, decision, settlement.causes)
    promised = _promise(case, settlement.promises, by, at)
    case.outcome, case.verdict, case.closing = Outcome.SETTLED, Verdict.ACCEPTED, Closing.SETTLED
    case.closed_at = happened
    _mark_settled(case, settlement, happened, at)
    remedies = tuple(remedy_fact(one) for one in promised)
    return events.Settled(accepted_at=settlement.accepted_at, remedies=remedies)


def _promise(case: Complaint, promises: Sequence[Promise], by: Actor, at: datetime) -> list[Remedy]:
    stage, unit = case.stage, case.unit_id
    issues = {line.issue for line in promises if line.issue is not None}
    if Issue.objects.filter(complaint=case, moved_to=None, pk__in=issues).count() < len(issues):
        raise Refused("no-such-issue", ref=case.ref)
    return remedies.promise(case.pk, promises, stage=stage, unit=unit, by=by, at=at)


def _may_settle(case: Complaint, settlement: Settlement, happened: datetime) -> None:
    if settlement.danger:
        raise Refused("safety-bars-settling", ref=case.ref)
    if not settlement.how_accepted.strip() or not settlement.what_was_done.strip():
        raise Refused("acceptance-missing", ref=case.ref)
    if not case.received_at <= settlement.accepted_at <= happened:
        raise Refused("in-the-future", happened=settlement.accepted_at.isoformat())
    if any(found.finding is not Finding.SETTLED for found in settlement.causes):
        raise Refused("settled-means-settled", ref=case.ref)


def _mark_settled(
    case: Complaint, settlement: Settlement, happened: datetime, at: datetime
) -> None:
    accepted = settlement.accepted_at
    for name in (Milestone.ACKNOWLEDGED, Milestone.ASSESSED):
        if not case.done(name):
            mark(case, name, at=at, happened=accepted)
    mark(case, Milestone.COMMUNICATED, at=at, happened=accepted)
    mark(case, Milestone.ANSWERED, at=at, happened=accepted)
    mark(case, Milestone.CLOSED, at=at, happened=happened)
    call_back(case, ENDED, at=at)


def undo_settlement(case: Complaint, *, at: datetime) -> None:
    """Take back what settling at once had marked, since it did not settle the matter.

    Its decision is kept as one taken back; remedies promised by it stay promised.
    """
    _standing(case).update(reconsidered_at=at)
    case.outcome = case.verdict = ""
    for name in (Milestone.DECIDED, Milestone.COMMUNICATED, Milestone.ANSWERED):
        void(case, name, at=at)
    if case.state == State.RECEIVED:
        void(case, Milestone.ASSESSED, at=at)


def _standing(case: Complaint) -> QuerySet[Decision]:
    return Decision.objects.filter(complaint=case, stage=case.stage, reconsidered_at=None)


def _decision(
    case: Complaint,
    outcome: Outcome,
    reasons: str,
    by: Actor,
    at: datetime,
    *,
    happened: datetime | None = None,
    declined_for: str = "",
    waives_review: bool = False,
) -> Decision:
    if not reasons.strip():
        raise Refused("reasons-missing", ref=case.ref)
    mark(case, Milestone.DECIDED, at=at, happened=happened)
    return Decision.objects.create(
        complaint=case,
        stage=case.stage,
        outcome=outcome,
        reasons=reasons,
        declined_for=declined_for,
        decided_by_id=by.staff,
        handled_by_id=case.handler_id,
        decided_at=happened or at,
        waives_review=waives_review,
    )


def _find(case: Complaint, decision: Decision, findings: Sequence[Found]) -> None:
    issues = {issue.number: issue for issue in Issue.objects.filter(complaint=case, moved_to=None)}
    if sorted(found.issue for found in findings) != sorted(issues):
        raise Refused("finding-for-each-issue", issues=tuple(sorted(issues)))
    if any(not found.reasons.strip() for found in findings):
        raise Refused("reasons-missing", ref=case.ref)
    IssueFinding.objects.bulk_create(
        IssueFinding(
            decision=decision,
            issue=issues[found.issue],
            finding=found.finding,
            reasons=found.reasons,
            cause_id=found.cause,
            others_affected=found.others_affected or "",
        )
        for found in findings
    )


def _finding_fact(found: Found) -> dict[str, str | int]:
    fact: dict[str, str | int] = {"issue": found.issue, "finding": str(found.finding)}
    return fact if found.cause is None else fact | {"cause": found.cause}
