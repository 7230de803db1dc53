"""Verbs fitted to how programs say things: files by their ids, lists instead of tables by number.

Nothing is decided here; each ends in one verb of the domain.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, TypeAdapter, ValidationError

from pasokh.api.problems import Problem
from pasokh.api.v1 import errors, known
from pasokh.api.v1.uploads import Uploads, taken
from pasokh.api.v1.values import (
    Day,
    Id,
    Language,
    Line,
    Moment,
    Said,
    Truth,
    Whole,
    one_of,
)
from pasokh.casework.assessment import actions as assessment
from pasokh.casework.assessment.matrix import Answers
from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.actions.judging import Found, Settlement
from pasokh.casework.complaints.actions.talking import Call
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.complaints.terms import Complainant, Finding, Verdict
from pasokh.casework.investigation import actions as investigation
from pasokh.casework.remedies.actions import Promise
from pasokh.kernel import refs
from pasokh.kernel.actors import Actor

#: A fact may be text, a number, or yes and no; which of them depends on the fact.
Value = Line | Whole | Truth


class IssueVerdict(Said):
    """What the complainant said of one issue."""

    issue: Id
    verdict: one_of(Verdict)  # type: ignore[valid-type]


class IssueCategory(Said):
    """The category of one issue."""

    issue: Id
    category: known.Category


def assess(
    page: CasePage,
    *,
    severity: int,
    safety: bool,
    complexity: int,
    impact: int,
    immediate_needed: bool,
    immediate_possible: bool,
    recurrent: bool,
    immediate_action: str = "",
    override: int | None = None,
    override_reason: str = "",
    by: Actor,
    at: datetime,
) -> Any:
    """Assess a complaint: the table gives the priority; another one needs a reason (7.5)."""
    needs = [one.needs for one in (page.complainant, page.representative) if one and one.needs]
    answers = Answers(
        severity,
        safety,
        complexity,
        impact,
        immediate_needed,
        immediate_possible,
        recurrent,
        vulnerable=bool(needs),
    )
    return assessment.assess(
        page.ref,
        answers=answers,
        immediate_action=immediate_action,
        override=override,
        override_reason=override_reason,
        by=by,
        at=at,
    )


def gather(
    page: CasePage,
    *,
    description: str,
    source: str,
    attachments: Uploads = (),
    by: Actor,
    at: datetime,
) -> None:
    """Add a piece of evidence; each file becomes one of its own under these words (7.6)."""
    told = {"description": description, "source": source, "by": by, "at": at}
    if not attachments:
        investigation.gather(page.ref, digest="", **told)  # type: ignore[arg-type]
    for file in taken(attachments, at):
        investigation.gather_file(page.ref, file=file, **told)  # type: ignore[arg-type]


def hear(
    page: CasePage,
    *,
    text: str,
    channel: str = "api",
    happened_at: datetime,
    attachments: Uploads = (),
    by: Actor,
    at: datetime,
) -> Any:
    """Take in what the complainant adds, with the files that came with it, in any state (7.3)."""
    return actions.hear(
        page.ref,
        text=text,
        files=taken(attachments, at),
        channel=channel,
        happened_at=happened_at,
        by=by,
        at=at,
    )


def settle(
    page: CasePage,
    *,
    what_was_done: str,
    how_accepted: str,
    accepted_at: datetime,
    danger: bool,
    promises: Sequence[Promise] = (),
    by: Actor,
    at: datetime,
) -> Any:
    """Settle on the spot what the complainant accepts on the spot (7.7 to 7.9)."""
    numbers = [issue.number for issue in page.issues if issue.moved_to is None]
    found = [Found(number, Finding.SETTLED, what_was_done) for number in numbers]
    settlement = Settlement(
        what_was_done, how_accepted, accepted_at, danger, causes=found, promises=promises
    )
    return actions.settle(page.ref, settlement=settlement, by=by, at=at)


def verdict(
    page: CasePage,
    *,
    verdict: Verdict,
    issues: Annotated[list[IssueVerdict], Field(max_length=100)] = [],  # noqa: B006  read only
    comment: str = "",
    happened_at: datetime,
    by: Actor,
    at: datetime,
) -> Any:
    """Record what the complainant says of the decision, whole or issue by issue (7.9)."""
    each = {one.issue: one.verdict for one in issues}
    return actions.verdict(
        page.ref,
        verdict=verdict,
        issues=each,
        comment=comment,
        happened_at=happened_at,
        by=by,
        at=at,
    )


def categorise(
    page: CasePage,
    *,
    categories: Annotated[list[IssueCategory], Field(min_length=1, max_length=100)],
    by: Actor,
    at: datetime,
) -> Any:
    """Give issues their categories; the ledger keeps each change (8.2)."""
    each = {one.issue: one.category for one in categories}
    return actions.recategorise(page.ref, categories=each, by=by, at=at)


def join(page: CasePage, *, other: str, by: Actor, at: datetime) -> Any:
    """Show two files together that both may be seen; nothing moves and nothing is lost (8.2)."""
    second = queries.complaint_for(by, refs.read(other) or other)
    return actions.join(page.ref, other=second.ref, by=by, at=at)


def unjoin(page: CasePage, *, other: str, reason: str, by: Actor, at: datetime) -> Any:
    """Show two files together no more that were joined by mistake, and say why (8.2)."""
    second = queries.complaint_for(by, refs.read(other) or other)
    return actions.unjoin(page.ref, other=second.ref, reason=reason, by=by, at=at)


def log_contact(
    page: CasePage,
    *,
    incoming: bool,
    reached: bool,
    channel: str,
    said: str,
    promised: str = "",
    promised_by: datetime | None = None,
    second_attempt: bool = False,
    happened_at: datetime,
    by: Actor,
    at: datetime,
) -> Any:
    """Log a conversation: in or out, reached or not, what was said and promised (7.3)."""
    call = Call(incoming, reached, channel, said, promised, promised_by, second_attempt)
    return actions.log_contact(page.ref, call=call, happened_at=happened_at, by=by, at=at)


def correct(
    page: CasePage, *, field: known.Fact, value: Value, reason: str, by: Actor, at: datetime
) -> Any:
    """Correct one fact of a file; the old and the new are kept with the reason (8.1)."""
    try:
        read = _FACTS.get(field, _LINE).validate_python(value)
    except ValidationError as error:
        wrong = [{**one, "loc": ("body", "body", "value")} for one in error.errors()]
        raise Problem("values-not-taken", errors=errors.told(wrong)) from None
    return actions.correct(page.ref, field=field, value=read, reason=reason, by=by, at=at)


_LINE: TypeAdapter[Any] = TypeAdapter(Line)
#: What each fact may be, where it is no plain text.
_FACTS: dict[str, TypeAdapter[Any]] = {
    "channel": TypeAdapter(known.Channel),
    "language": TypeAdapter(Language),
    "complainant_kind": TypeAdapter(Complainant),
    "confidential": TypeAdapter(Truth),
    "incident_on": TypeAdapter(Day),
    "purchased_on": TypeAdapter(Day),
    "received_at": TypeAdapter(Moment),
    "unit_id": TypeAdapter(known.Unit),
    "product_id": TypeAdapter(known.Product),
}
