"""Assess, in one short form, and tell top management at once when safety is concerned (7.5)."""

from datetime import datetime
from typing import Any

from django.db import transaction

from pasokh.casework.assessment.events import SignificantRead, SignificantTold
from pasokh.casework.assessment.matrix import Answers, Priority, in_range, priority, table_at
from pasokh.casework.assessment.models import Assessment, SignificantNotice
from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints import events
from pasokh.casework.complaints.models import Complaint
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.writer import record


@transaction.atomic
def assess(
    ref: str,
    *,
    answers: Answers,
    immediate_action: str,
    override: int | None,
    override_reason: str,
    by: Actor,
    at: datetime,
) -> Assessment:
    """Assess a complaint: the table gives the priority, a person may change it with a reason."""
    stage = Complaint.objects.filter(ref=ref).values_list("stage", flat=True).first() or 1
    computed = _computed(answers, override, override_reason, at)
    final = override or computed.value
    fact = _fact(answers, computed, final, stage)
    notes = "\n".join(part for part in (immediate_action, override_reason) if part)
    case = complaints.assess(ref, fact=fact, notes=notes, by=by, at=at)
    row = _keep(case, answers, computed, final, immediate_action, override_reason, by, at)
    if answers.safety:
        _tell_top_management(case, at=at, by=by)
    return row


@transaction.atomic
def assess_afterwards(
    ref: str, *, answers: Answers, happened_at: datetime, by: Actor, at: datetime
) -> Assessment:
    """Write down an assessment that was made before, by the table of its own day (7.5)."""
    computed = _computed(answers, None, "", happened_at)
    fact = _fact(answers, computed, computed.value, stage=1)
    case = complaints.assess_afterwards(ref, fact=fact, happened_at=happened_at, by=by, at=at)
    row = _keep(case, answers, computed, computed.value, "", "", by, happened_at)
    if answers.safety:
        _tell_top_management(case, at=at, by=by)
    return row


@transaction.atomic
def read(ref: str, *, by: Actor, at: datetime) -> SignificantNotice:
    """Write down that a member of top management has read of a significant complaint (5.4.1)."""
    found = SignificantNotice.objects.select_for_update().filter(
        complaint__ref=ref, staff=_staff(by)
    )
    if (notice := found.first()) is None:
        raise Refused("not-told", ref=ref)
    if notice.read_at is None:
        notice.read_at = at
        notice.save(update_fields=["read_at"])
        fact = SignificantRead(staff=notice.staff_id)
        record(fact, subject=f"complaint:{ref}", by=by, at=at)
    return notice


def _computed(
    answers: Answers, override: int | None, override_reason: str, at: datetime
) -> Priority:
    if not in_range(answers):
        raise Refused("assessment-out-of-range")
    computed = priority(answers, table_at(at.date()))
    if override is not None and override != computed.value:
        if not 1 <= override <= 4:
            raise Refused("assessment-out-of-range")
        if not override_reason.strip():
            raise Refused("override-needs-reason", computed=computed.value, wanted=override)
    return computed


def _fact(answers: Answers, computed: Priority, final: int, stage: int) -> events.Assessed:
    return events.Assessed(
        stage=stage,
        **_answered(answers),
        priority=final,
        computed_priority=computed.value,
        table=computed.table,
    )


def _answered(answers: Answers) -> dict[str, Any]:
    """The answers of the form itself; vulnerability is read from the file and not kept here."""
    return {name: said for name, said in vars(answers).items() if name != "vulnerable"}


def _keep(
    case: Complaint,
    answers: Answers,
    computed: Priority,
    final: int,
    immediate_action: str,
    override_reason: str,
    by: Actor,
    at: datetime,
) -> Assessment:
    return Assessment.objects.create(
        complaint=case,
        stage=case.stage,
        **_answered(answers),
        immediate_action=immediate_action,
        computed=computed.value,
        lines=[[str(line), points] for line, points in computed.lines],
        table=computed.table,
        priority=final,
        override_reason=override_reason if final != computed.value else "",
        by_id=by.staff,
        at=at,
    )


def _tell_top_management(case: Complaint, *, at: datetime, by: Actor) -> None:
    named = set(case.named_ids)
    told = set(SignificantNotice.objects.filter(complaint=case).values_list("staff_id", flat=True))
    holders = organisation.people_with("complaint.be_warned", case.unit_id, at)
    for staff in sorted({holder.id for holder in holders} - told - named):
        SignificantNotice.objects.create(complaint=case, staff_id=staff, told_at=at)
        record(SignificantTold(staff=staff), subject=case.subject, by=by, at=at)


def _staff(by: Actor) -> int:
    if by.kind is not Kind.STAFF:
        raise Refused("not-authorised")
    return int(by.id)
