"""Complaints: filed, listed by what is due next, read."""

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Status
from pydantic import Field

from pasokh.api import calls
from pasokh.api.calls import Call, called
from pasokh.api.v1 import known, seen
from pasokh.api.v1.base import operation
from pasokh.api.v1.uploads import Uploads, taken
from pasokh.api.v1.values import (
    LARGEST,
    LONGEST,
    Both,
    Day,
    Language,
    Line,
    Moment,
    Named,
    Said,
    Told,
    Truth,
    Words,
    both,
    named,
    one_of,
    text,
)
from pasokh.casework.complaints import queries
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.matter import Matter, NewIssue
from pasokh.casework.complaints.queries import CasePage, Filters, Key
from pasokh.casework.complaints.terms import Complainant
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.directory.people.terms import Kind, Need
from pasokh.directory.people.ways import Way
from pasokh.kernel.clock import now

CHANNEL = "api"
#: Lines of a list at most, and unless asked otherwise.
MOST, USUAL = 100, 25


Narrative: Any = text(1, LONGEST)
Name: Any = text(1, 400)
Value: Any = text(1, 1000)
Reference: Any = text(1, 150)


class Reach(Said):
    """One way to reach a person, as they gave it."""

    way: one_of(Way)  # type: ignore[valid-type]
    value: Value


class Person(Said):
    """Somebody who complains or speaks for who does; the first way to reach them is preferred."""

    name: Name
    language: Language = "fa"
    kind: one_of(Kind) = Kind.INDIVIDUAL  # type: ignore[valid-type]
    reached: Annotated[list[Reach], Field(max_length=10)] = []
    needs: Annotated[list[one_of(Need)], Field(max_length=9)] = []  # type: ignore[valid-type]
    needs_note: Words = ""


class Matterly(Said):
    """One issue of a complaint that tells of several."""

    text: Narrative
    category: known.Category | None = None


class Filing(Said):
    """A complaint as it came to the program."""

    narrative: Annotated[Narrative, Field(description="What happened, in the person's own words.")]
    language: Language = "fa"
    who: Annotated[
        Person | None, Field(description="Who complains; null for an anonymous person.")
    ] = None
    on_behalf_of: Annotated[
        Person | None, Field(description="For whom `who` speaks, if for somebody else.")
    ] = None
    complainant_kind: one_of(Complainant) = Complainant.CUSTOMER  # type: ignore[valid-type]
    confidential: Truth = False
    client_reference: Annotated[
        Reference | None,
        Field(
            description="The program's own id of it: one reference is filed once, for ever.",
        ),
    ] = None
    unit: known.Unit | None = None
    category: known.Category | None = None
    issues: Annotated[list[Matterly], Field(max_length=50)] = []
    received_at: Annotated[
        Moment | None, Field(description="When it was received; now if it is left out.")
    ] = None
    remedy_wanted: Words = ""
    incident_on: Day | None = None
    product: known.Product | None = None
    product_model: Line = ""
    serial_number: Line = ""
    purchase_place: Line = ""
    purchased_on: Day | None = None
    guarantee: Line = ""
    order_number: Line = ""
    attachments: Uploads = []


class Filed(Told):
    """What the person takes away. The tracking code is told once and stored nowhere.

    `again` says that this reference of the program was filed before; there is no code then.
    """

    reference: str
    tracking_code: str | None
    again: bool


@operation(
    "POST",
    "complaints",
    {201: Filed, 200: Filed},
    name="file_complaint",
    tag="complaints",
    right="complaint.receive",
)
def file_complaint(request: HttpRequest, response: HttpResponse, body: Filing) -> Status[Filed]:
    """File a complaint.

    It is acknowledged in the person's language and its clocks begin. With a `client_reference`
    it is never filed twice: the second time, the first one's reference is answered with 200.
    """
    call = called(request)
    at = now()
    with calls.at_once(call):
        receipt = intake.receive_within(_incoming(call, body, at), by=call.actor, at=at)
    response["Location"] = f"/api/v1/complaints/{receipt.ref}"
    told = Filed(reference=receipt.ref, tracking_code=receipt.code, again=receipt.again)
    return Status(200 if receipt.again else 201, told)


def _incoming(call: Call, body: Filing, at: datetime) -> Incoming:
    own = body.client_reference
    return Incoming(
        channel=CHANNEL,
        language=body.language,
        matter=_matter(body),
        received_at=body.received_at or at,
        who=_who(body.who),
        on_behalf_of=_who(body.on_behalf_of),
        complainant_kind=Complainant(body.complainant_kind),
        confidential=body.confidential,
        source_id=None if own is None else f"{call.actor.code}:{own}",
        unit=body.unit or call.caller.unit,
        category=body.category,
        issues=tuple(NewIssue(one.text, one.category) for one in body.issues),
        files=taken(body.attachments, at),
    )


def _matter(body: Filing) -> Matter:
    return Matter(
        narrative=body.narrative,
        remedy_wanted=body.remedy_wanted,
        incident_on=body.incident_on,
        product_id=body.product,
        product_model=body.product_model,
        serial_number=body.serial_number,
        purchase_place=body.purchase_place,
        purchased_on=body.purchased_on,
        guarantee=body.guarantee,
        order_number=body.order_number,
    )


def _who(person: Person | None) -> Who | None:
    if person is None:
        return None
    return Who(
        person.name,
        person.language,
        kind=Kind(person.kind),
        reached=tuple((Way(one.way), one.value) for one in person.reached),
        needs=tuple(str(need) for need in person.needs),
        needs_note=person.needs_note,
    )


class ComplaintLine(Told):
    """One file in a list: the person's first words, whose turn it is, what is due when."""

    reference: str
    words: str
    state: str
    stage: int
    priority: int | None
    safety: bool
    anonymous: bool
    language: str
    channel: str
    unit: Both
    handler: Both | None
    category: Both | None
    received_at: datetime
    due_at: datetime | None
    due_clock: str
    turn: str
    late: bool


class Listed(Told):
    """One page of a list; `next` is sent as `after` for the next one, null on the last."""

    items: list[ComplaintLine]
    next: str | None
    total: Annotated[int, Field(description="Exact up to 1000; 1001 stands for more.")]
    late: int
    due_today: int


States: Any = Literal[("open", "all", *(str(state) for state in State))]


@operation(
    "GET",
    "complaints",
    {200: Listed},
    name="list_complaints",
    tag="complaints",
    right="complaint.read",
)
def list_complaints(
    request: HttpRequest,
    state: States = "open",
    clock: known.Clock | None = None,
    unit: Annotated[int, Query(ge=1, le=LARGEST)] | None = None,
    owner: Annotated[str, Query(pattern=r"^(nobody|[1-9][0-9]{0,17})$")] = "",
    category: Annotated[int, Query(ge=1, le=LARGEST)] | None = None,
    language: Language | None = None,
    channel: Annotated[str, Query(max_length=40)] = "",
    overdue: bool = False,
    text: Annotated[str, Query(max_length=200)] = "",
    after: Annotated[str, Query(pattern=r"^[0-9T:.+-]*_[0-9]{1,19}$")] | None = None,
    limit: Annotated[int, Query(ge=1, le=MOST)] = USUAL,
) -> Listed:
    """List the files that the program may see, by what is due next, with the queue's filters."""
    call = called(request)
    filters = Filters(
        state=state,
        clock=clock or "",
        unit=unit,
        owner=owner,
        category=category,
        language=language or "",
        channel=channel,
        overdue=overdue,
        text=text,
    )
    at = now()
    page = queries.queue(call.actor, filters, day(), after=Key.read(after or ""), size=limit)
    return Listed(
        items=[_line(one, at) for one in page.lines],
        next=str(page.after) if page.after else None,
        total=page.total,
        late=page.late,
        due_today=page.today,
    )


def day() -> queries.Day:
    """The present, where the office is."""
    local = timezone.localtime(now())
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    return queries.Day.of(local, midnight)


def _line(one: queries.Line, at: datetime) -> ComplaintLine:
    return ComplaintLine(
        reference=one.ref,
        words=one.words,
        state=str(one.state),
        stage=one.stage,
        priority=one.priority,
        safety=one.safety,
        anonymous=one.anonymous,
        language=one.language,
        channel=one.channel,
        unit=both(one.unit),
        handler=both(one.handler) if one.handler else None,
        category=both(one.category) if one.category else None,
        received_at=one.received_at,
        due_at=one.due_at,
        due_clock=one.clock,
        turn=str(one.turn),
        late=one.late(at),
    )


class Complaint(Told):
    """A file as it stands. `steps` are those that the program may take now."""

    reference: str
    version: int
    state: str
    stage: int
    channel: str
    client_reference: str | None
    language: str
    complainant_kind: str
    anonymous: bool
    confidential: bool
    unit: Named
    handler: Named | None
    priority: int | None
    safety: bool
    outcome: str
    verdict: str
    closing: str
    regime: str
    received_at: datetime
    recorded_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    due_clock: str
    narrative: str
    remedy_wanted: str
    incident_on: date | None
    product: Named | None
    product_model: str
    serial_number: str
    purchase_place: str
    purchased_on: date | None
    guarantee: str
    order_number: str
    joined: list[str]
    steps: list[str]


#: What of a file is told as it stands in its row.
_PLAIN = (
    *("version", "state", "stage", "channel", "language", "complainant_kind", "anonymous"),
    *("confidential", "priority", "safety", "outcome", "verdict", "closing", "regime"),
    *("received_at", "recorded_at", "closed_at", "due_at", "due_clock", "narrative"),
    *("remedy_wanted", "incident_on", "product_model", "serial_number", "purchase_place"),
    *("purchased_on", "guarantee", "order_number"),
)


@operation(
    "GET",
    "complaints/{ref}",
    {200: Complaint},
    name="read_complaint",
    tag="complaints",
    right="complaint.read",
)
def read_complaint(request: HttpRequest, response: HttpResponse, ref: seen.Ref) -> Complaint:
    """Read a file. Its ETag is what steps want in If-Match; that it was read is written down."""
    call = called(request)
    page = read(call, ref, "complaint")
    response["ETag"] = seen.etag(page.case)
    return told(page, call)


def read(call: Call, ref: str, what: str) -> CasePage:
    """The file of an address, whole; that it was read is written down."""
    return queries.read_case(call.actor, seen.ref(ref), what=what, at=now())


def told(page: CasePage, call: Call) -> Complaint:
    """A file as it is told."""
    case: Any = page.case
    mine, own = f"{call.actor.code}:", case.source_id
    rows = page.rows
    joined = [one.other.ref for one in rows["links"]]
    return Complaint(
        reference=case.ref,
        **{name: getattr(case, name) for name in _PLAIN},
        client_reference=own.removeprefix(mine) if own and own.startswith(mine) else None,
        unit=Named(id=case.unit_id, name=both(case.unit.name)),
        handler=named(case.handler_id, case.handler.name if case.handler else None),
        product=named(case.product_id, case.product.name if case.product else None),
        joined=[*joined, *(one.complaint.ref for one in rows["linked_from"])],
        steps=[str(step) for step in page.steps],
    )
