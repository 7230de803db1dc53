"""Remedies carried out, and files in the hands of an outside body (7.9; ISO 10003)."""

from datetime import date, datetime

from django.db import transaction

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import put, take
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.remedies import actions as remedies
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused


@transaction.atomic
def fulfil(
    ref: str, *, remedy: int, done_on: date, proof: str, by: Actor, at: datetime
) -> Complaint:
    """Write down that a promised remedy was carried out, with its proof (7.9)."""
    case = take(ref, Step.FULFIL, by)
    if done_on > at.date():
        raise Refused("in-the-future", happened=done_on.isoformat())
    remedies.fulfil(case.pk, remedy, done_on=done_on, proof=proof)
    fact = events.RemedyFulfilled(remedy=remedy, done_on=done_on.isoformat())
    return put(case, fact, by=by, at=at, private={"proof": proof})


@transaction.atomic
def refer(ref: str, *, fact: events.Referred, by: Actor, at: datetime) -> Complaint:
    """Write down that the matter is with an outside body; the file's state does not change."""
    case = take(ref, Step.REFER, by)
    return put(case, fact, by=by, at=at)


@transaction.atomic
def end_referral(
    ref: str, *, fact: events.ReferralEnded, ruling: str, by: Actor, at: datetime
) -> Complaint:
    """Write down that an outside body has finished, and what it found."""
    case = take(ref, Step.END_REFERRAL, by)
    return put(case, fact, by=by, at=at, private={"ruling": ruling})
