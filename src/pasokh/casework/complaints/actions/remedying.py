"""Remedies carried out, and files in the hands of an outside body (7.9; ISO 10003)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import put, take
from pasokh.casework.complaints.actions.talking import attach
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.matter import File
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.remedies import actions as remedies
from pasokh.casework.remedies.actions import Promise
from pasokh.casework.remedies.models import Remedy
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.events import Event


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
def refer(ref: str, *, fact: Event, by: Actor, at: datetime) -> Complaint:
    """Write down that the matter is with an outside body; the file's state does not change."""
    case = take(ref, Step.REFER, by)
    return put(case, fact, by=by, at=at)


@transaction.atomic
def inquire(
    ref: str,
    *,
    fact: Event,
    files: Sequence[File],
    received_at: datetime,
    private: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> Complaint:
    """Write down that an authority asked about a file; its letter is kept inside the house."""
    case = take(ref, Step.INQUIRE, by)
    attach(case, files, message=None, at=at, inside=True)
    return put(case, fact, by=by, at=at, happened=received_at, private=private)


@transaction.atomic
def answer_inquiry(
    ref: str,
    *,
    fact: Event,
    happened_at: datetime,
    private: Mapping[str, Any],
    by: Actor,
    at: datetime,
) -> Complaint:
    """Write down that an answer to an authority was written, or that it left."""
    case = take(ref, Step.ANSWER_INQUIRY, by)
    return put(case, fact, by=by, at=at, happened=happened_at, private=private)


@transaction.atomic
def end_referral(ref: str, *, fact: Event, ruling: str, by: Actor, at: datetime) -> Complaint:
    """Write down that an outside body has finished, and what it found."""
    case = take(ref, Step.END_REFERRAL, by)
    return put(case, fact, by=by, at=at, private={"ruling": ruling})


@transaction.atomic
def order(
    ref: str, *, orders: Sequence[Promise], referral: int, by: Actor, at: datetime
) -> Complaint:
    """Write down what an outside body ordered: it is owed like a remedy of our own (ISO 10003)."""
    case = take(ref, Step.END_REFERRAL, by)
    rows = remedies.order(case.pk, orders, stage=case.stage, referral=referral)
    fact = events.RemediesOrdered(referral=referral, remedies=tuple(map(remedy_fact, rows)))
    return put(case, fact, by=by, at=at)


def remedy_fact(remedy: Remedy) -> dict[str, str | int]:
    """A promised or ordered remedy as the ledger keeps it."""
    fact: dict[str, str | int] = {
        "remedy": remedy.pk,
        "kind": remedy.kind_id,
        "owner": remedy.owner_id,
        "due_on": remedy.due_on.isoformat(),
    }
    if remedy.amount is not None:
        fact |= {"amount": remedy.amount, "currency": remedy.currency}
    return fact
