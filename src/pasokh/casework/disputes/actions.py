"""Matters with outside bodies: referred, asked about, answered, ruled (ISO 10003:2018).

A matter is with a body from the first word of either side until it has finished. What the body
asks comes as letters, each with a day of its own; an answer counts when it has left.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.matter import File
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.disputes import events
from pasokh.casework.disputes.models import Inquiry, Referral
from pasokh.casework.remedies.actions import Promise
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused


class Ruling(StrEnum):
    """What an outside body made of the organisation's decision."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"
    OVERTURNED = "overturned"
    SETTLED = "settled"
    DROPPED = "dropped"


class SentBy(StrEnum):
    """How an answer went to an authority."""

    POST = "post"
    HAND = "hand"
    PORTAL = "portal"
    EMAIL = "email"


@dataclass(frozen=True)
class AuthorityLetter:
    """A letter of an authority: whose, its number, date and officer, what it asks and by when.

    `their_ref` is the authority's number of the matter, `number` that of this letter, `number_in`
    what our secretariat wrote on it.
    """

    body: int
    dated_on: date
    asks: str
    received_at: datetime
    their_ref: str = ""
    number: str = ""
    officer: str = ""
    number_in: str = ""
    due_on: date | None = None
    files: tuple[File, ...] = ()


@transaction.atomic
def refer(ref: str, *, body: int, their_ref: str, by: Actor, at: datetime) -> Referral:
    """Record that a matter went to an outside body; the file stays in the state it is in."""
    found = _locked(ref)
    if Referral.objects.filter(complaint=found, body=body, ended_at=None).exists():
        raise Refused("already-referred", body=body)
    row = Referral.objects.create(
        complaint=found, body_id=body, their_ref=their_ref, referred_at=at
    )
    fact = events.Referred(referral=row.pk, body=body)
    complaints.refer(ref, fact=fact, by=by, at=at)
    return row


@transaction.atomic
def inquire(ref: str, *, letter: AuthorityLetter, by: Actor, at: datetime) -> Inquiry:
    """Take in a letter by which an authority asks about a file, in whatever state that is.

    Its own day runs beside our clocks from then on. Refused: `in-the-future`,
    `authority-day-before-letter`, `nothing-said`.
    """
    _sensible(letter, at)
    row = _entered(_locked(ref), letter)
    complaints.inquire(
        ref,
        fact=_asked(row, letter),
        files=letter.files,
        received_at=letter.received_at,
        private={"asks": letter.asks, "number": letter.number, "officer": letter.officer},
        by=by,
        at=at,
    )
    return row


@transaction.atomic
def write_answer(ref: str, *, inquiry: int, answer: str, by: Actor, at: datetime) -> Inquiry:
    """Write the answer to an authority, or write it anew; nothing has left by that."""
    row = _unanswered(ref, inquiry)
    if not answer.strip():
        raise Refused("nothing-said")
    row.answer = answer
    row.save(update_fields=["answer"])
    fact = events.AuthorityAnswerWritten(inquiry=row.pk)
    private = {"answer": answer}
    complaints.answer_inquiry(ref, fact=fact, happened_at=at, private=private, by=by, at=at)
    return row


@dataclass(frozen=True)
class Sent:
    """How an answer left the house: when, by which way, under which number, and what proves it."""

    at: datetime
    way: SentBy
    number: str
    proof: str


@transaction.atomic
def answered(ref: str, *, inquiry: int, sent: Sent, by: Actor, at: datetime) -> Inquiry:
    """Write down that the answer to an authority left, with its proof: its day is then kept."""
    row = _unanswered(ref, inquiry)
    _really_left(row, sent, at)
    row.answered_at, row.sent_by, row.number_out = sent.at, sent.way, sent.number
    row.proof = sent.proof
    row.save(update_fields=["answered_at", "sent_by", "number_out", "proof"])
    fact = events.AuthorityAnswered(inquiry=row.pk, way=str(sent.way))
    private = {"number": sent.number, "proof": sent.proof}
    complaints.answer_inquiry(ref, fact=fact, happened_at=sent.at, private=private, by=by, at=at)
    return row


@transaction.atomic
def end_referral(
    ref: str,
    *,
    referral: int,
    outcome: Ruling,
    ruling: str,
    orders: Sequence[Promise] = (),
    by: Actor,
    at: datetime,
) -> Referral:
    """Record that an outside body has finished, what it ruled, and what it ordered to be done."""
    case = _locked(ref)
    row = Referral.objects.filter(complaint=case, pk=referral, ended_at=None).first()
    if row is None:
        raise Refused("no-such-referral", referral=referral)
    row.ended_at, row.outcome, row.ruling = at, outcome, ruling
    row.save(update_fields=["ended_at", "outcome", "ruling"])
    fact = events.ReferralEnded(referral=row.pk, outcome=str(outcome))
    complaints.end_referral(ref, fact=fact, ruling=ruling, by=by, at=at)
    if orders:
        complaints.order(ref, orders=orders, referral=row.pk, by=by, at=at)
    return row


def _locked(ref: str) -> Complaint:
    found = Complaint.objects.select_for_update().filter(ref=ref).first()
    if found is None:
        raise Refused("no-such-complaint", ref=ref)
    return found


def _sensible(letter: AuthorityLetter, at: datetime) -> None:
    if not letter.asks.strip():
        raise Refused("nothing-said")
    if letter.received_at > at:
        raise Refused("in-the-future", happened=letter.received_at.isoformat())
    if letter.due_on and letter.due_on < letter.dated_on:
        raise Refused("authority-day-before-letter")


def _entered(case: Complaint, letter: AuthorityLetter) -> Inquiry:
    return Inquiry.objects.create(
        complaint=case,
        referral=_matter(case, letter),
        turn=Inquiry.objects.filter(complaint=case).count() + 1,
        stage=case.stage,
        number=letter.number,
        dated_on=letter.dated_on,
        officer=letter.officer,
        asks=letter.asks,
        number_in=letter.number_in,
        received_at=letter.received_at,
        due_on=letter.due_on,
    )


def _really_left(row: Inquiry, sent: Sent, at: datetime) -> None:
    if not row.answer:
        raise Refused("authority-answer-not-written")
    if not sent.proof.strip():
        raise Refused("proof-missing", parts=("proof",))
    if not row.received_at <= sent.at <= at:
        raise Refused("authority-answered-when")


def _matter(case: Complaint, letter: AuthorityLetter) -> Referral:
    """The open matter with this body, or a new one from the day its letter came."""
    known = Referral.objects.filter(complaint=case, body=letter.body, ended_at=None).first()
    if known is None:
        return Referral.objects.create(
            complaint=case,
            body_id=letter.body,
            their_ref=letter.their_ref,
            referred_at=letter.received_at,
        )
    if letter.their_ref and not known.their_ref:
        known.their_ref = letter.their_ref
        known.save(update_fields=["their_ref"])
    return known


def _asked(row: Inquiry, letter: AuthorityLetter) -> events.AuthorityAsked:
    return events.AuthorityAsked(
        referral=row.referral_id,
        inquiry=row.pk,
        body=letter.body,
        due_on=letter.due_on.isoformat() if letter.due_on else "",
        attachments=tuple(file.digest for file in letter.files),
    )


def _unanswered(ref: str, inquiry: int) -> Inquiry:
    case = _locked(ref)
    row = Inquiry.objects.filter(complaint=case, pk=inquiry, answered_at=None).first()
    if row is None:
        raise Refused("no-such-inquiry", inquiry=inquiry)
    return row
