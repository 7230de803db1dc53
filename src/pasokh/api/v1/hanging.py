"""What hangs on a file: issues, messages, attachments, people, clocks, letters, remedies, story."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from pasokh.api.calls import called
from pasokh.api.v1 import seen
from pasokh.api.v1.base import operation
from pasokh.api.v1.complaints import read
from pasokh.api.v1.values import Both, Named, Told, both, named
from pasokh.casework.complaints.queries.case import IssueOnCase
from pasokh.casework.deadlines.queries import ClockOnCase
from pasokh.casework.deadlines.sentences import sentences
from pasokh.casework.inspection import queries as inspection
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.ui import served

READ = "complaint.read"


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


@operation(
    "GET",
    "complaints/{ref}/issues",
    {200: list[Issue]},
    name="list_issues",
    tag="files",
    right=READ,
)
def list_issues(request: HttpRequest, ref: seen.Ref) -> list[Issue]:
    """The issues of a file, with what was found about each."""
    return [_issue(one) for one in _page(request, ref, "issues").issues]


def _issue(one: IssueOnCase) -> Issue:
    found = [
        FindingTold(
            stage=line.stage,
            finding=line.finding,
            reasons=line.reasons,
            cause=_text(line.cause),
            others_affected=line.others_affected,
            standing=line.standing,
        )
        for line in one.findings
    ]
    return Issue(
        id=one.id,
        number=one.number,
        text=one.text,
        category=named(one.category, one.category_name),
        moved_to=one.moved_to,
        verdict=one.verdict,
        findings=found,
    )


class Attachment(Told):
    """A file that hangs on a complaint; `inside` is never shown to the complainant."""

    id: int
    name: str
    kind: str
    size: int
    digest: str
    at: datetime
    inside: bool


class Message(Told):
    """What passed between the complainant and the organisation."""

    id: int
    incoming: bool
    channel: str
    text: str
    at: datetime
    recorded_at: datetime
    attachments: list[int]


@operation(
    "GET",
    "complaints/{ref}/messages",
    {200: list[Message]},
    name="list_messages",
    tag="files",
    right=READ,
)
def list_messages(request: HttpRequest, ref: seen.Ref) -> list[Message]:
    """What passed between the complainant and the organisation, oldest first."""
    rows = _page(request, ref, "messages").rows
    return [
        Message(
            **_plain(one, "id", "incoming", "channel", "text", "at", "recorded_at"),
            attachments=[file.pk for file in rows["attachments"] if file.message_id == one.pk],
        )
        for one in sorted(rows["messages"], key=lambda one: (one.at, one.pk))
    ]


@operation(
    "GET",
    "complaints/{ref}/attachments",
    {200: list[Attachment]},
    name="list_attachments",
    tag="attachments",
    right=READ,
)
def list_attachments(request: HttpRequest, ref: seen.Ref) -> list[Attachment]:
    """The files that hang on a complaint."""
    names = ("id", "name", "kind", "size", "digest", "at", "inside")
    found = _page(request, ref, "attachments").rows["attachments"]
    return [Attachment(**_plain(one, *names)) for one in found]


@operation(
    "GET",
    "complaints/{ref}/attachments/{number}",
    {200: bytes},
    name="fetch_attachment",
    tag="attachments",
    right=READ,
    extra={"x-bytes": True},
)
def fetch_attachment(request: HttpRequest, ref: seen.Ref, number: seen.Number) -> Any:
    """The bytes of a file, to be saved."""
    rows = _page(request, ref, "file").rows["attachments"]
    found = next((one for one in rows if one.pk == number), None)
    if found is None:
        raise Refused("no-such-file")
    try:
        stored = inspection.opened(found.digest)
    except FileNotFoundError:
        raise Refused("no-such-file") from None
    return served.saved(stored, found.name)


class ContactPoint(Told):
    """One way to reach a person."""

    id: int
    way: str
    value: str
    preferred: bool
    confirmed_at: datetime | None
    refused_at: datetime | None


class PersonTold(Told):
    """Somebody of a file. `role` is complainant or representative."""

    id: int
    role: str
    name: str
    kind: str
    language: str
    needs: list[str]
    needs_note: str
    reached: list[ContactPoint]


@operation(
    "GET",
    "complaints/{ref}/persons",
    {200: list[PersonTold]},
    name="list_persons",
    tag="files",
    right=READ,
)
def list_persons(request: HttpRequest, ref: seen.Ref) -> list[PersonTold]:
    """Who complains, and who speaks for them."""
    page = _page(request, ref, "persons")
    found = (("complainant", page.complainant), ("representative", page.representative))
    return [_person(role, one) for role, one in found if one]


def _person(role: str, one: Any) -> PersonTold:
    points = [
        ContactPoint(
            **_plain(point, "id", "value", "preferred", "confirmed_at", "refused_at"),
            way=point.kind,
        )
        for point in one.contact_points.all()
    ]
    names = ("id", "name", "kind", "language", "needs", "needs_note")
    return PersonTold(role=role, **_plain(one, *names), reached=points)


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


@operation(
    "GET",
    "complaints/{ref}/clocks",
    {200: list[Clock]},
    name="list_clocks",
    tag="files",
    right=READ,
)
def list_clocks(request: HttpRequest, ref: seen.Ref) -> list[Clock]:
    """The deadlines of a file in the order in which they began, each with its working."""
    return [_clock(one) for one in _page(request, ref, "clocks").clocks]


def _clock(one: ClockOnCase) -> Clock:
    names = ("name", "stage", "round", "duty", "started_at", "due_at", "stopped_at")
    return Clock(
        **_plain(one, *names),
        state=str(one.state),
        late=one.late(now()),
        working=sentences(one.answer.working, get_language() or "en"),
    )


class Letter(Told):
    """A letter to the complainant and its way."""

    id: int
    kind: str
    stage: int
    language: str
    state: str
    queued_at: datetime
    left_at: datetime | None


@operation(
    "GET",
    "complaints/{ref}/letters",
    {200: list[Letter]},
    name="list_letters",
    tag="files",
    right=READ,
)
def list_letters(request: HttpRequest, ref: seen.Ref) -> list[Letter]:
    """The letters to the complainant."""
    names = ("id", "kind", "stage", "language", "state", "queued_at", "left_at")
    found = _page(request, ref, "letters").rows["letters"]
    return [Letter(**_plain(one, *names)) for one in found]


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


@operation(
    "GET",
    "complaints/{ref}/remedies",
    {200: list[RemedyTold]},
    name="list_remedies",
    tag="files",
    right=READ,
)
def list_remedies(request: HttpRequest, ref: seen.Ref) -> list[RemedyTold]:
    """The remedies promised in a file."""
    names = ("id", "stage", "description", "amount", "currency", "due_on", "done_on", "dropped_at")
    return [
        RemedyTold(
            **_plain(one, *names),
            kind=Named(id=one.kind_id, name=both(one.kind.name)),
            owner=Named(id=one.owner_id, name=both(one.owner.name)),
            issue=one.issue_id,
        )
        for one in _page(request, ref, "remedies").rows["remedies"]
    ]


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


@operation(
    "GET",
    "complaints/{ref}/timeline",
    {200: list[Happened]},
    name="read_timeline",
    tag="files",
    right=READ,
)
def read_timeline(request: HttpRequest, ref: seen.Ref) -> list[Happened]:
    """The story of a file as its ledger tells it, oldest first, in the asked language."""
    names = ("number", "event", "kind", "title", "erased", "by", "actor", "at", "recorded_at")
    found = _page(request, ref, "timeline").timeline
    return [Happened(**_plain(one, *names), texts=list(one.texts)) for one in found]


def _page(request: HttpRequest, ref: str, what: str) -> Any:
    call = called(request)
    return read(call, ref, what)


def _plain(one: Any, *names: str) -> dict[str, Any]:
    return {name: getattr(one, name) for name in names}


def _text(text: Bilingual | None) -> Both | None:
    return both(text) if text else None
