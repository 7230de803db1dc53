"""What hangs on a file: issues, messages, people, clocks, letters, remedies, the story."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

from django.http import HttpRequest
from django.utils.translation import get_language

from pasokh.api.calls import called
from pasokh.api.v1 import seen
from pasokh.api.v1.base import operation
from pasokh.api.v1.complaints import read
from pasokh.api.v1.values import Both, Named, Told, named
from pasokh.casework.complaints.labels import LETTERS
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.deadlines.sentences import sentences
from pasokh.kernel.clock import now

READ = "complaint.read"
T = TypeVar("T", bound=Told)
Tells = Callable[[CasePage], list[T]]


def hangs(
    part: str, kind: type[T], *, name: str = "", tag: str = "files"
) -> Callable[[Tells[T]], Tells[T]]:
    """Declare the operation that lists a part of a file, as a function tells it of the whole."""

    def declare(tell: Tells[T]) -> Tells[T]:
        def listed(request: HttpRequest, ref: seen.Ref) -> list[T]:
            return tell(read(called(request), ref, part))

        listed.__doc__ = tell.__doc__
        operation(
            "GET",
            f"complaints/{{ref}}/{part}",
            {200: list[kind]},  # type: ignore[valid-type]
            name=name or f"list_{part}",
            tag=tag,
            right=READ,
        )(listed)
        return tell

    return declare


class FindingTold(Told):
    """What one stage found about an issue; `standing` is false once it was taken back."""

    stage: int
    finding: str
    reasons: str
    cause: Both | None
    others_affected: str
    standing: bool


class Issue(Told):
    """One thing complained of, and everything found about it."""

    id: int
    number: int
    text: str
    category: Named | None
    moved_to: str | None
    verdict: str
    findings: list[FindingTold]


@hangs("issues", Issue)
def issues(page: CasePage) -> list[Issue]:
    """The issues of a file, with what was found about each."""
    return [Issue.of(one, category=named(one.category, one.category_name)) for one in page.issues]


class Message(Told):
    """What passed between the complainant and the organisation."""

    id: int
    incoming: bool
    channel: str
    text: str
    at: datetime
    recorded_at: datetime
    attachments: list[int]


@hangs("messages", Message)
def messages(page: CasePage) -> list[Message]:
    """What passed between the complainant and the organisation, oldest first."""
    came: dict[int, list[int]] = {}
    for file in page.rows["attachments"]:
        came.setdefault(file.message_id, []).append(file.pk)
    return [Message.of(one, attachments=came.get(one.pk, [])) for one in in_order(page, "messages")]


class ContactPoint(Told):
    """One way to reach a person; `masked` without the right to see people's addresses and numbers:
    `value` is then only enough to tell two apart.
    """

    id: int
    way: str
    value: str
    masked: bool
    preferred: bool
    confirmed_at: datetime | None
    refused_at: datetime | None


class Leave(Told):
    """Leave to act for the person concerned: in what, until when, and whether a file shows it."""

    scope: str
    shown: bool
    until: datetime | None


class PersonTold(Told):
    """Somebody of a file. `role` is complainant or representative; `leave` is by which a
    representative acts, null while nothing shows it.
    """

    id: int
    role: str
    name: str
    kind: str
    language: str
    needs: list[str]
    needs_note: str
    reached: list[ContactPoint]
    leave: Leave | None = None


@hangs("persons", PersonTold)
def persons(page: CasePage) -> list[PersonTold]:
    """Who complains, and who speaks for them."""
    found = (("complainant", page.complainant), ("representative", page.representative))
    return [_person(role, one, page) for role, one in found if one]


def _person(role: str, one: Any, page: CasePage) -> PersonTold:
    points = [
        ContactPoint.of(point, way=point.kind, masked=page.masked)
        for point in one.contact_points.all()
    ]
    held = page.mandate if role == "representative" else None
    leave = Leave.of(held, shown=bool(held.evidence), until=held.valid_until) if held else None
    return PersonTold.of(one, role=role, reached=points, leave=leave)


class Clock(Told):
    """A deadline, and how it was worked out, line by line in the asked language."""

    name: str
    stage: int
    round: int
    state: str
    duty: bool
    started_at: datetime
    due_at: datetime | None
    stopped_at: datetime | None
    late: bool
    working: list[str]


@hangs("clocks", Clock)
def clocks(page: CasePage) -> list[Clock]:
    """The deadlines of a file in the order in which they began, each with its working."""
    at, language = now(), get_language() or "en"
    return [
        Clock.of(one, late=one.late(at), working=sentences(one.answer.working, language))
        for one in page.clocks
    ]


class Letter(Told):
    """A letter to the complainant and its way.

    `letter_kind` is the code of an added kind, if it is of one; `called` the kind in words.
    """

    id: int
    kind: str
    letter_kind: str
    called: str
    stage: int
    language: str
    state: str
    queued_at: datetime
    left_at: datetime | None


@hangs("letters", Letter)
def letters(page: CasePage) -> list[Letter]:
    """The letters to the complainant."""
    return [
        Letter.of(
            one,
            letter_kind=str(one.facts.get("added", "")),
            called=str(LETTERS[one.called]),
        )
        for one in page.rows["letters"]
    ]


class RemedyTold(Told):
    """A remedy that was promised; amounts are in the smallest unit of the currency."""

    id: int
    stage: int
    kind: Named
    owner: Named
    issue: int | None
    description: str
    amount: int | None
    currency: str
    due_on: date
    done_on: date | None
    dropped_at: datetime | None


@hangs("remedies", RemedyTold)
def remedies(page: CasePage) -> list[RemedyTold]:
    """The remedies promised in a file."""
    return [RemedyTold.of(one, issue=one.issue_id) for one in page.rows["remedies"]]


class Happened(Told):
    """One line of the story: what was done, by whom, when it happened and when it was recorded."""

    number: int
    event: str
    kind: str
    title: str
    texts: list[str]
    erased: bool
    by: str
    actor: str
    at: datetime
    recorded_at: datetime


@hangs("timeline", Happened, name="read_timeline")
def timeline(page: CasePage) -> list[Happened]:
    """The story of a file as its ledger tells it, oldest first, in the asked language."""
    return [Happened.of(one) for one in page.timeline]


def in_order(page: CasePage, part: str) -> list[Any]:
    """Rows of a part of a file, oldest first."""
    return sorted(page.rows[part], key=lambda one: (one.at, one.pk))
