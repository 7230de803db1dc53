"""What authorities write, and how they were answered, as a program tells it."""

from datetime import datetime
from typing import Any

from pasokh.api.v1 import known
from pasokh.api.v1.uploads import Uploads, taken
from pasokh.api.v1.values import Day, Id, Line, Moment, Words, one_of, text
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.disputes import actions as disputes
from pasokh.casework.disputes.actions import AuthorityLetter, Sent, SentBy
from pasokh.kernel.actors import Actor


def inquire(
    page: CasePage,
    *,
    body: known.OutsideBody,
    dated_on: Day,
    asks: Words,
    received_at: Moment,
    their_ref: Line = "",
    letter_number: text(0, 100) = "",  # type: ignore[valid-type]
    officer: Line = "",
    number_in: text(0, 100) = "",  # type: ignore[valid-type]
    due_on: Day | None = None,
    attachments: Uploads = (),
    by: Actor,
    at: datetime,
) -> Any:
    """Enter a letter by which an authority asks about a file, in whatever state that is (7.9)."""
    letter = AuthorityLetter(
        body=body,
        dated_on=dated_on,
        asks=asks,
        received_at=received_at,
        their_ref=their_ref,
        number=letter_number,
        officer=officer,
        number_in=number_in,
        due_on=due_on,
        files=taken(attachments, at),
    )
    return disputes.inquire(page.ref, letter=letter, by=by, at=at)


def answered(
    page: CasePage,
    *,
    inquiry: Id,
    way: one_of(SentBy),  # type: ignore[valid-type]
    proof: Line,
    number_out: text(0, 100) = "",  # type: ignore[valid-type]
    left_at: Moment,
    by: Actor,
    at: datetime,
) -> Any:
    """Write down that the answer to an authority left, and what proves it (7.9)."""
    sent = Sent(left_at, SentBy(way), number_out, proof)
    return disputes.answered(page.ref, inquiry=inquiry, sent=sent, by=by, at=at)
