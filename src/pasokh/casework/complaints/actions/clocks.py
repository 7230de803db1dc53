"""Holding, resuming and extending the clocks (ISO 10002:2018, 7.3)."""

from datetime import datetime

from django.db import transaction

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import locked, pack_of, put, redraw, take
from pasokh.casework.complaints.actions.telling import post
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.deadlines import actions as deadlines
from pasokh.casework.deadlines.models import Extension
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.writer import record


@transaction.atomic
def hold(ref: str, *, category: str, reason: str, by: Actor, at: datetime) -> Complaint:
    """Hold the clocks for a reason of a named category; a record, never a state."""
    case = take(ref, Step.HOLD, by)
    if not reason.strip():
        raise Refused("reasons-missing", ref=ref)
    deadlines.hold(case.pk, category=category, reason=reason, by=by.code, at=at)
    fact = events.Held(stage=case.stage, category=category)
    return put(case, fact, by=by, at=at, private={"reason": reason})


@transaction.atomic
def resume(ref: str, *, by: Actor, at: datetime) -> Complaint:
    """Let held clocks run on."""
    case = take(ref, Step.RESUME, by)
    deadlines.resume(case.pk, at=at)
    return put(case, events.Resumed(stage=case.stage), by=by, at=at)


@transaction.atomic
def extend(ref: str, *, clock: str, amount: int, reason: str, by: Actor, at: datetime) -> Complaint:
    """Extend a deadline as far as the regime allows, and tell the complainant why (7.3)."""
    case = take(ref, Step.EXTEND, by)
    _may_extend(case, clock, reason, by)
    row = deadlines.extend(
        case.pk,
        pack=pack_of(case),
        stage=case.stage,
        clock=clock,
        amount=amount,
        reason=reason,
        by=by.code,
        at=at,
    )
    _tell_new_date(case, row, at)
    fact = events.Extended(stage=case.stage, clock=clock, amount=amount, unit=row.unit)
    return put(case, fact, by=by, at=at, private={"reason": reason})


def _tell_new_date(case: Complaint, granted: Extension, at: datetime) -> None:
    """Write the letter once the new deadline is drawn: it names that very date."""
    moved = {(move.clock, move.stage): move.new for move in redraw(case, at=at)}
    until = moved.get((granted.clock, granted.stage))
    facts = {"clock": granted.clock} | ({"until": until.isoformat()} if until else {})
    letter = post(case, LetterKind.EXTENSION, facts, at=at)
    deadlines.told_by(granted, letter=letter.pk)


def _may_extend(case: Complaint, clock: str, reason: str, by: Actor) -> None:
    """Some regimes want a named right beyond that of the step."""
    rule = pack_of(case).clock(clock, case.stage)
    wanted = rule.extension.right if rule and rule.extension else ""
    if wanted and not by.may(wanted, unit=case.unit_id):
        raise Refused("not-authorised", step=str(Step.EXTEND))
    if not reason.strip():
        raise Refused("reasons-missing", ref=case.ref)


@transaction.atomic
def redraw_for_calendar(ref: str, *, why: str, by: Actor, at: datetime) -> list[deadlines.Moved]:
    """Redraw an open file after its calendar changed, and say in the ledger what moved and why."""
    if not by.may("deadlines.redraw"):
        raise Refused("not-authorised", ref=ref)
    case = locked(ref)
    moves = redraw(case, at=at)
    if moves:
        case.version += 1
        case.save()
        fact = events.DeadlinesRedrawn(why=why, moves=tuple(move.fact() for move in moves))
        record(fact, subject=case.subject, by=by, at=at)
    return moves
