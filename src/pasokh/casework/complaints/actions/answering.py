"""What follows a decision: the verdict, a review, closing, reopening, withdrawal (7.8, 7.9)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import (
    enter,
    facts,
    locked,
    mark,
    not_before,
    put,
    take,
    void,
    window,
)
from pasokh.casework.complaints.actions.contract import contract_of
from pasokh.casework.complaints.actions.independence import independent
from pasokh.casework.complaints.actions.judging import undo_settlement
from pasokh.casework.complaints.actions.telling import (
    ANSWERED,
    ENDED,
    REOPENED,
    call_back,
    post,
    second_look,
)
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import Complaint, Issue, Rating, Waiver
from pasokh.casework.complaints.terms import Closing, NotAComplaint, Reopening, Verdict
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused

#: What only the organisation can establish; a complainant speaks for themselves.
ESTABLISHED = frozenset({Verdict.NO_ANSWER, Verdict.UNREACHABLE})


@transaction.atomic
def verdict(
    ref: str,
    *,
    verdict: Verdict,
    issues: Mapping[int, Verdict],
    comment: str,
    happened_at: datetime,
    by: Actor,
    at: datetime,
) -> Complaint:
    """Record what the complainant says of the decision, whole or issue by issue (7.9).

    The issues given must fit the whole: it is accepted only if none of them is not accepted.
    """
    case = take(ref, Step.VERDICT, by)
    if verdict in ESTABLISHED and by.kind is Kind.COMPLAINANT:
        raise Refused("not-authorised", step=str(Step.VERDICT))
    _fits(case, verdict, issues)
    case.verdict = verdict
    _mark_verdict(case, verdict, happened_at, at)
    each: tuple[dict[str, str | int], ...] = tuple(
        {"issue": number, "verdict": str(said)} for number, said in sorted(issues.items())
    )
    fact = events.VerdictGiven(stage=case.stage, verdict=str(verdict), issues=each)
    return put(case, fact, by=by, at=at, happened=happened_at, private=_said(comment))


def _fits(case: Complaint, verdict: Verdict, issues: Mapping[int, Verdict]) -> None:
    if not issues:
        return
    rows = Issue.objects.filter(complaint=case, moved_to=None)
    numbers = set(rows.values_list("number", flat=True))
    if unknown := set(issues) - numbers:
        raise Refused("no-such-issue", issue=min(unknown))
    said = {issues.get(number, verdict) for number in numbers}
    whole = Verdict.NOT_ACCEPTED if Verdict.NOT_ACCEPTED in said else Verdict.ACCEPTED
    if said & ESTABLISHED or verdict is not whole:
        raise Refused("verdict-against-issues", ref=case.ref)


def _mark_verdict(case: Complaint, verdict: Verdict, happened: datetime, at: datetime) -> None:
    void(case, Milestone.REFUSED, at=at)
    if verdict not in ESTABLISHED:
        mark(case, Milestone.ANSWERED, at=at, happened=happened)
        call_back(case, ANSWERED, at=at)
    if verdict is Verdict.NOT_ACCEPTED:
        mark(case, Milestone.REFUSED, at=at, happened=happened)


@transaction.atomic
def review(ref: str, *, reason: str, by: Actor, at: datetime) -> Complaint:
    """Open the next stage: someone else looks again, from the issues on; a reason is optional."""
    case = locked(ref)
    if case.state == State.CLOSED and by.kind is Kind.COMPLAINANT:
        _within(case, "reopen", case.closed_at, at)
    enter(case, Step.REVIEW, by)
    call_back(case, (*ANSWERED, *REOPENED), at=at)
    case.stage += 1
    case.verdict = case.outcome = case.closing = ""
    case.handler, case.closed_at = None, None
    mark(case, Milestone.RECEIVED, at=at)
    post(case, LetterKind.REVIEW, {}, at=at)
    return put(case, events.ReviewOpened(stage=case.stage), by=by, at=at, private=_said(reason))


@transaction.atomic
def waive(ref: str, *, staff: int, reason: str, by: Actor, at: datetime) -> Complaint:
    """Let someone not independent act in this stage, where nobody independent exists (4.7).

    The written reason is told to the complainant. Refused while somebody independent is present.
    """
    case = take(ref, Step.WAIVE, by)
    _may_waive(case, staff, reason, at)
    Waiver.objects.create(
        complaint=case, stage=case.stage, staff_id=staff, reason=reason, given_at=at
    )
    post(case, LetterKind.WAIVER, {"staff": staff}, at=at)
    fact = events.IndependenceWaived(stage=case.stage, staff=staff)
    return put(case, fact, by=by, at=at, private={"reason": reason})


def _may_waive(case: Complaint, staff: int, reason: str, at: datetime) -> None:
    if not reason.strip():
        raise Refused("reasons-missing", ref=case.ref)
    if staff in case.named_ids:
        raise Refused("complained-about", staff=staff)
    if independent(facts(case), at=at):
        raise Refused("somebody-independent", ref=case.ref)


@transaction.atomic
def close(ref: str, *, by: Actor, at: datetime) -> Complaint:
    """Close a file whose closing contract is met; each term not met is named (7.9)."""
    case = take(ref, Step.CLOSE, by)
    fact = _closed(case, happened=at, at=at)
    writer = second_look(case, LetterKind.CLOSING, by)
    post(case, LetterKind.CLOSING, {"term": fact.term}, at=at, writer=writer)
    return put(case, fact, by=by, at=at)


@transaction.atomic
def close_afterwards(ref: str, *, happened_at: datetime, by: Actor, at: datetime) -> Complaint:
    """Write down that a file was closed before, if its contract was met on that day (7.9).

    Nobody is written to about it now.
    """
    case = take(ref, Step.CLOSE, by)
    not_before(case, happened_at, *Milestone)
    fact = _closed(case, happened=happened_at, at=at)
    return put(case, fact, by=by, at=at, happened=happened_at)


def _closed(case: Complaint, *, happened: datetime, at: datetime) -> events.Closed:
    """Let a file close on a day on which its contract is met."""
    terms = contract_of(case, at=happened)
    if terms.unmet:
        raise Refused("closing-contract", unmet=tuple(term.code for term in terms.unmet))
    case.closing, case.closed_at = terms.by, happened
    mark(case, Milestone.CLOSED, at=at, happened=happened)
    call_back(case, ENDED, at=at)
    return events.Closed(
        stage=case.stage, term=str(terms.by), outcome=case.outcome, verdict=case.verdict
    )


#: By which ended state each reason to reopen is known, and the published period it has for the
#: complainant. The organisation itself may always correct its own closing.
_REOPENING: Mapping[Reopening, tuple[State, str]] = {
    Reopening.LATE_ANSWER: (State.CLOSED, "reopen"),
    Reopening.NEW_FACT: (State.CLOSED, "reopen"),
    Reopening.LETTER_RETURNED: (State.CLOSED, "reopen"),
    Reopening.WITHDRAWAL_UNDONE: (State.WITHDRAWN, "withdraw_undo"),
    Reopening.OBJECTION: (State.SET_ASIDE, "reopen"),
}


@transaction.atomic
def reopen(ref: str, *, why: Reopening, reason: str, by: Actor, at: datetime) -> Complaint:
    """Take an ended file up again where it was: same stage, its clocks resumed (7.9)."""
    case = locked(ref)
    _may_reopen(case, why, by, at)
    enter(case, Step.REOPEN, by)
    if case.closing == Closing.SETTLED:
        undo_settlement(case, at=at)
    case.closing, case.closed_at = "", None
    call_back(case, REOPENED, at=at)
    void(case, Milestone.CLOSED, at=at)
    fact = events.Reopened(stage=case.stage, why=str(why), state=case.state)
    return put(case, fact, by=by, at=at, private=_said(reason))


def _may_reopen(case: Complaint, why: Reopening, by: Actor, at: datetime) -> None:
    state, period = _REOPENING[why]
    if case.state != state:
        raise Refused("step-not-open", step=str(Step.REOPEN), state=case.state, ref=case.ref)
    if by.kind is Kind.COMPLAINANT:
        _within(case, period, case.closed_at, at)


@transaction.atomic
def withdraw(ref: str, *, reason: str, by: Actor, at: datetime) -> Complaint:
    """End a file because the complainant withdraws; they are told, and may undo it (7.9)."""
    case = take(ref, Step.WITHDRAW, by)
    case.closed_at = at
    call_back(case, ENDED, at=at)
    if by.kind is not Kind.COMPLAINANT:
        post(case, LetterKind.WITHDRAWN, {}, at=at)
    fact = events.Withdrawn(stage=case.stage, told_by=str(by.kind))
    return put(case, fact, by=by, at=at, private=_said(reason))


@transaction.atomic
def set_aside(ref: str, *, kind: NotAComplaint, reason: str, by: Actor, at: datetime) -> Complaint:
    """End a file that is not a complaint: reasoned, told, and open to objection (7.2)."""
    case = take(ref, Step.SET_ASIDE, by)
    if not reason.strip():
        raise Refused("reasons-missing", ref=ref)
    case.closed_at = at
    call_back(case, ENDED, at=at)
    post(case, LetterKind.SET_ASIDE, {"kind": str(kind)}, at=at)
    return put(case, events.SetAside(kind=str(kind)), by=by, at=at, private={"reason": reason})


@transaction.atomic
def rate(
    ref: str,
    *,
    handling: int | None,
    outcome: int | None,
    comment: str,
    by: Actor,
    at: datetime,
) -> Complaint:
    """Record the two answers, handling and outcome, one to five; never the verdict (8.3)."""
    case = take(ref, Step.RATE, by)
    if any(mark is not None and not 1 <= mark <= 5 for mark in (handling, outcome)):
        raise Refused("rating-out-of-range")
    Rating.objects.update_or_create(
        complaint=case,
        stage=case.stage,
        defaults={"handling": handling, "outcome": outcome, "comment": comment, "at": at},
    )
    fact = events.Rated(stage=case.stage, handling=handling, outcome=outcome)
    return put(case, fact, by=by, at=at, private=_said(comment))


def _within(case: Complaint, period: str, since: datetime | None, at: datetime) -> None:
    until = window(case, period, since) if since else None
    if until is not None and at > until:
        raise Refused("period-over", period=period, until=until.isoformat())


def _said(text: str) -> dict[str, str] | None:
    return {"said": text} if text else None
