"""The bracket around every verb: take (lock, legality, authority), then put (save, deadlines,
ledger). No verb can forget one of them, and nothing else writes a complaint.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models.expressions import RawSQL

from pasokh.casework.complaints import milestones, rules
from pasokh.casework.complaints.actions import searching
from pasokh.casework.complaints.lifecycle import OPEN, State, Step, next_state
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.rules import CaseFacts
from pasokh.casework.complaints.terms import Closing, Verdict
from pasokh.casework.correspondence.delivery import UNSENT, LetterKind
from pasokh.casework.deadlines import actions as deadlines
from pasokh.casework.deadlines.due import due
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import rows
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.events import Event
from pasokh.kernel.ledger.writer import record
from pasokh.policy.regimes import packs
from pasokh.policy.regimes.pack import Pack


def take(ref: str, step: Step, by: Actor) -> Complaint:
    """Lock a file and enter a step, or refuse: the file is then in its next state, unsaved."""
    return enter(locked(ref), step, by)


def locked(ref: str) -> Complaint:
    """The file of a reference, locked until the transaction ends, with what the rules read.

    Who waited for the lock has the new row, but what hangs on it as it was before the wait: that
    is read again.
    """
    case: Complaint = _locked(ref)
    return case if case.version == vars(case)["version_before"] else _locked(ref)


def _locked(ref: str) -> Any:
    found = rows.found(Complaint, _LOCKED, [*_PARAMS, ref, ref], more=(*FACTS, "version_before"))
    if not found:
        raise Refused("no-such-complaint", ref=ref)
    return found[0]


def enter(case: Complaint, step: Step, by: Actor) -> Complaint:
    """Let a locked file enter a step when rules allow it."""
    if reason := rules.refusal(step, facts(case), by):
        raise Refused(reason, step=str(step), state=case.state, ref=case.ref)
    before = case.state
    _move(case, step)
    if before in OPEN and case.state not in OPEN:
        case.state_before = before
    return case


def begin(case: Complaint, step: Step = Step.RECEIVE) -> Complaint:
    """Put a file that is not yet saved into its first state."""
    _move(case, step)
    return case


def _move(case: Complaint, step: Step) -> None:
    before = State(case.state_before) if case.state_before else None
    after = next_state(State(case.state) if case.state else None, step, before=before)
    if after is None:
        raise Refused("step-not-open", step=str(step), state=case.state, ref=case.ref)
    case.state = after  # the only line that assigns a state


def put(
    case: Complaint,
    event: Event,
    *,
    by: Actor,
    at: datetime,
    happened: datetime | None = None,
    private: Mapping[str, Any] | None = None,
) -> Complaint:
    """Save a file that entered a step: its row, its deadlines, its entry in the ledger."""
    with rows.at_once():
        redraw(case, at=at)
        case.version += 1
        begins = case._state.adding
        rows.insert(case) if begins else rows.update(case)
        searching.index(case, event, private or {})
        record(
            event,
            subject=case.subject,
            by=by,
            at=at,
            happened_at=happened,
            private=private,
            begins=begins,
        )
    return case


def redraw(case: Complaint, *, at: datetime) -> list[deadlines.Moved]:
    """Draw the file's deadlines anew and keep the next one on the file's own row.

    What ended elsewhere has none: its time was never ours.
    """
    if case.closing == Closing.ELSEWHERE:
        case.due_at, case.due_clock = None, ""
        return []
    calendar = organisation.calendar_for(case.unit_id)
    draw = deadlines.begin if case._state.adding else deadlines.redraw
    drawn = draw(clocks_of(case), calendar=calendar, pack=pack_of(case), at=at)
    case.due_at, case.due_clock = drawn.due_at, drawn.due_clock
    return drawn.moves


def clocks_of(case: Complaint) -> deadlines.CaseClocks:
    """What the deadline engine reads of a file."""
    return deadlines.CaseClocks(
        id=case.pk,
        ref=case.ref,
        stage=case.stage,
        milestones={
            stage: milestones.times(case.milestones, stage) for stage in range(1, case.stage + 1)
        },
        ended=case.state not in OPEN,
        anonymous=case.anonymous,
        accepted=case.verdict == Verdict.ACCEPTED,
    )


def pack_of(case: Complaint) -> Pack:
    """The regime under which the file was received, with the organisation's own numbers."""
    return packs.chosen(case.regime, frozenset(case.regime_parameters.items()))


def window(case: Complaint, name: str, since: datetime) -> datetime | None:
    """When a published period of this file's regime ends that began at an instant."""
    return period_ends(pack_of(case), name, case.stage, case.unit_id, since)


def period_ends(pack: Pack, name: str, stage: int, unit: int, since: datetime) -> datetime | None:
    """When a published period of some rules ends that began at an instant."""
    rule = pack.clock(name, stage) or pack.periods[name]
    calendar = organisation.calendar_for(unit)
    return due(rule, dict.fromkeys(rule.starts, since), (), calendar).at


def mark(
    case: Complaint, name: Milestone, *, at: datetime, happened: datetime | None = None
) -> None:
    """Set a milestone of the present stage; nothing happens before receipt or in the future."""
    happened = happened or at
    if happened > at:
        raise Refused("in-the-future", happened=happened.isoformat())
    if name is not Milestone.RECEIVED and happened < case.received_at:
        raise Refused("before-receipt", happened=happened.isoformat())
    case.milestones = milestones.mark(
        case.milestones, case.stage, name, happened=happened, recorded=at
    )


def not_before(case: Complaint, happened: datetime, *names: Milestone) -> None:
    """Refuse an act of a day before the milestones of this stage that it follows."""
    done = milestones.times(case.milestones, case.stage)
    if any(happened < done[name] for name in names if name in done):
        raise Refused("out-of-order", ref=case.ref)


def void(case: Complaint, name: Milestone, *, at: datetime) -> None:
    """Undo a milestone of the present stage; it is kept among the voided."""
    case.milestones = milestones.void(case.milestones, case.stage, name, at=at)


def with_facts(cases: Any) -> Any:
    """A queryset of complaints with everything `facts` reads, in the same statement.

    As SQL, because every verb and page begins with it and the ORM would take longer to write
    it than the database to answer it.
    """
    return cases.annotate(**_FACTS)


def _ids(column: str, table: str, which: str = "") -> RawSQL:
    asked = f"SELECT {column} FROM {table} hanging WHERE {_OF_FILE} {which}"  # noqa: S608  our words
    return RawSQL(f"ARRAY({asked})", (), ArrayField(models.BigIntegerField()))  # noqa: S611  ditto


def _any(table: str, which: str, *params: Any) -> RawSQL:
    asked = f"SELECT FROM {table} hanging WHERE {_OF_FILE} {which}"
    return RawSQL(f"EXISTS ({asked})", params, models.BooleanField())  # noqa: S611  ditto


_OF_FILE = "hanging.complaint_id = casework_complaint.id"
_NOW, _EARLIER = (f"AND hanging.stage {how} casework_complaint.stage" for how in "=<")
_FACTS = {
    "named_ids": _ids("staff_id", "casework_complainedabout"),
    "decider_ids": _ids(
        "decided_by_id", "casework_decision", f"{_EARLIER} AND decided_by_id IS NOT NULL"
    ),
    "earlier_handler_ids": _ids(
        "handled_by_id", "casework_decision", f"{_EARLIER} AND handled_by_id IS NOT NULL"
    ),
    "waived_ids": _ids("staff_id", "casework_waiver", _NOW),
    "is_held": _any("casework_hold", "AND until_at IS NULL"),
    "offer_waives_review": _any(
        "casework_decision", f"{_NOW} AND waives_review AND reconsidered_at IS NULL"
    ),
    "decision_sent": _any(
        *("casework_letter", f"{_NOW} AND kind = %s AND state <> ALL(%s)"),
        *(LetterKind.DECISION, sorted(UNSENT)),
    ),
}
FACTS = tuple(_FACTS)
_LOCKED = f"""
SELECT {rows.columns(Complaint)}, {", ".join(f"({one.sql})" for one in _FACTS.values())},
    (SELECT version FROM casework_complaint before WHERE before.ref = %s)
FROM casework_complaint WHERE ref = %s FOR UPDATE OF casework_complaint
"""  # noqa: S608  our words
_PARAMS = [value for one in _FACTS.values() for value in one.params]


def facts(case: Any) -> CaseFacts:
    """What the rules read of a file fetched by `with_facts`."""
    pack = pack_of(case)
    return CaseFacts(
        ref=case.ref,
        state=State(case.state),
        state_before=State(case.state_before) if case.state_before else None,
        stage=case.stage,
        stages=pack.stages,
        unit=case.unit_id,
        handler=case.handler_id,
        complained_about=frozenset(case.named_ids),
        earlier_judges=frozenset(case.decider_ids) | frozenset(case.earlier_handler_ids),
        waived=frozenset(case.waived_ids),
        closed_steps=frozenset(pack.closed_steps),
        done=frozenset(milestones.times(case.milestones, case.stage)),
        held=case.is_held,
        safety=case.safety,
        verdict=Verdict(case.verdict) if case.verdict else None,
        review_given_up=case.offer_waives_review and case.verdict == Verdict.ACCEPTED,
        decision_sent=case.decision_sent,
    )


@contextmanager
def unchanged(ref: str, *, version: int) -> Iterator[None]:
    """Run a verb only if nobody has acted on the file since it was read at this version.

    Two people acting at once: the second gets a refusal, never a lost update.
    """
    with transaction.atomic():
        found = (
            Complaint.objects.select_for_update().filter(ref=ref).values_list("version", flat=True)
        )
        if (now := found.first()) is not None and now != version:
            raise Refused("changed-meanwhile", ref=ref)
        yield
