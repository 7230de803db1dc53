"""Refer a matter to an outside body, and record its end (ISO 10002:2018, 7.9; ISO 10003:2018)."""

from datetime import datetime
from enum import StrEnum

from django.db import transaction

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints import events
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.disputes.models import Referral
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused


class Ruling(StrEnum):
    """What an outside body made of the organisation's decision."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"
    OVERTURNED = "overturned"
    SETTLED = "settled"
    DROPPED = "dropped"


@transaction.atomic
def refer(ref: str, *, body: int, their_ref: str, by: Actor, at: datetime) -> Referral:
    """Record that a matter went to an outside body; the file stays in the state it is in."""
    found = Complaint.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise Refused("no-such-complaint", ref=ref)
    if Referral.objects.filter(complaint=found, body=body, ended_at=None).exists():
        raise Refused("already-referred", body=body)
    row = Referral.objects.create(
        complaint=found, body_id=body, their_ref=their_ref, referred_at=at
    )
    fact = events.Referred(referral=row.pk, body=body)
    complaints.refer(ref, fact=fact, by=by, at=at)
    return row


@transaction.atomic
def end_referral(
    ref: str, *, referral: int, outcome: Ruling, ruling: str, by: Actor, at: datetime
) -> Referral:
    """Record that an outside body has finished, and what it ruled."""
    rows = Referral.objects.select_for_update().filter(complaint__ref=ref, pk=referral)
    if (row := rows.first()) is None or row.ended_at is not None:
        raise Refused("no-such-referral", referral=referral)
    row.ended_at, row.outcome, row.ruling = at, outcome, ruling
    row.save(update_fields=["ended_at", "outcome", "ruling"])
    fact = events.ReferralEnded(referral=row.pk, outcome=str(outcome))
    complaints.end_referral(ref, fact=fact, ruling=ruling, by=by, at=at)
    return row
