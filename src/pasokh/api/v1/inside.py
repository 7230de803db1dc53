"""What colleagues keep beside a file: notes, conversations, outside bodies and authorities."""

from datetime import date, datetime

from pasokh.api.v1.hanging import hangs, in_order
from pasokh.api.v1.values import Named, Told
from pasokh.casework.complaints.queries import CasePage


class NoteTold(Told):
    """An internal note; `author` is null where a program wrote it."""

    id: int
    text: str
    author: Named | None
    at: datetime


@hangs("notes", NoteTold)
def notes(page: CasePage) -> list[NoteTold]:
    """The internal notes of a file, oldest first; the complainant never sees them."""
    return [NoteTold.of(one) for one in in_order(page, "notes")]


class Conversation(Told):
    """A conversation as it was logged, with the promise that was made in it."""

    id: int
    incoming: bool
    reached: bool
    channel: str
    said: str
    promised: str
    promised_by: datetime | None
    kept_at: datetime | None
    by: Named | None
    at: datetime


@hangs("contacts", Conversation)
def contacts(page: CasePage) -> list[Conversation]:
    """The conversations that were logged, oldest first."""
    return [Conversation.of(one) for one in in_order(page, "contacts")]


class ReferralTold(Told):
    """A matter in the hands of an outside body."""

    id: int
    body: Named
    their_ref: str
    referred_at: datetime
    ended_at: datetime | None
    outcome: str
    ruling: str


@hangs("referrals", ReferralTold)
def referrals(page: CasePage) -> list[ReferralTold]:
    """The outside bodies that have or had the matter, and what they found (ISO 10003)."""
    found = sorted(page.rows["referrals"], key=lambda one: (one.referred_at, one.pk))
    return [ReferralTold.of(one) for one in found]


class InquiryTold(Told):
    """A letter by which an authority asks, and our answer, which counts from `answered_at` on."""

    id: int
    referral: int
    body: Named
    letter_number: str
    dated_on: date
    officer: str
    asks: str
    number_in: str
    received_at: datetime
    due_on: date | None
    answer: str
    number_out: str
    sent_by: str
    proof: str
    answered_at: datetime | None


@hangs("inquiries", InquiryTold)
def inquiries(page: CasePage) -> list[InquiryTold]:
    """The letters of authorities about a file, in the order in which they came."""
    found = [
        InquiryTold.of(one, referral=each.pk, body=each.body, letter_number=one.number)
        for each in page.rows["referrals"]
        for one in each.inquiries.all()
    ]
    return sorted(found, key=lambda one: (one.received_at, one.id))
