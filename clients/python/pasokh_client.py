"""A client for the programs' interface of Pasokh. Written from its OpenAPI document: do not edit.

Needs Python 3.11 and nothing else.

    pasokh = Pasokh("https://complaints.example", token="psk_…")
    filed = pasokh.file_complaint(narrative="It came broken.", language="en")
    file = pasokh.read_complaint(filed["reference"])
    pasokh.hold(file["reference"], category="expert", reason="It is tested.", seen=etag(file))
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from typing import Any, Literal, NotRequired, TypedDict, cast
from urllib.error import HTTPError
from urllib.parse import quote, urlencode
from urllib.request import Request, urlopen

Sent = tuple[int, Mapping[str, str], bytes]
Send = Callable[[Request], Sent]


class AcknowledgeBody(TypedDict):
    """How receipt is confirmed."""

    told: NotRequired[HowTold | None]


class AddContactBody(TypedDict):
    """One more way to reach a person of the file."""

    person: int
    kind: Literal["email", "phone", "post", "other"]
    value: str
    read_back: NotRequired[bool]


class AddIssueBody(TypedDict):
    """One more matter of the complaint."""

    text: str
    category: NotRequired[int | None]


class AnswerInquiryBody(TypedDict):
    """What an authority is told."""

    inquiry: int
    answer: str


class AskBody(TypedDict):
    """A question to the complainant."""

    question: str
    quotes: NotRequired[int | None]
    enclosed: NotRequired[list[int]]
    attachments: NotRequired[list[str]]
    leaves_at: NotRequired[str | None]


class AssessBody(TypedDict):
    """How serious and how urgent it is."""

    severity: int
    safety: bool
    complexity: int
    impact: int
    immediate_needed: bool
    immediate_possible: bool
    recurrent: bool
    immediate_action: NotRequired[str]
    override: NotRequired[int | None]
    override_reason: NotRequired[str]


class AssignBody(TypedDict):
    """Who gets the file."""

    staff: int


class Attachment(TypedDict):
    """A file that hangs on a complaint; `inside` is never shown to the complainant."""

    id: int
    name: str
    kind: str
    size: int
    digest: str
    at: str
    inside: bool


class Both(TypedDict):
    """A text that the organisation wrote in both languages."""

    fa: str
    en: str


class CategoriseBody(TypedDict):
    """The categories of issues."""

    categories: list[IssueCategory]


class Clock(TypedDict):
    """A deadline, and how it was worked out, line by line in the asked language."""

    name: str
    stage: int
    round: int
    state: str
    duty: bool
    started_at: str
    due_at: str | None
    stopped_at: str | None
    late: bool
    working: list[str]


class CommunicateBody(TypedDict):
    """How the decision is told."""

    told: NotRequired[HowTold | None]


class Complaint(TypedDict):
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
    received_at: str
    recorded_at: str
    closed_at: str | None
    due_at: str | None
    due_clock: str
    narrative: str
    remedy_wanted: str
    incident_on: str | None
    product: Named | None
    product_model: str
    serial_number: str
    purchase_place: str
    purchased_on: str | None
    guarantee: str
    order_number: str
    joined: list[str]
    steps: list[str]


class ComplaintLine(TypedDict):
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
    received_at: str
    due_at: str | None
    due_clock: str
    turn: str
    late: bool


class ConfirmContactBody(TypedDict):
    """Which number or address agreed."""

    point: int


class ContactPoint(TypedDict):
    """One way to reach a person; `masked` without the right to see people's addresses and numbers: `value` is then only enough to tell two apart."""

    id: int
    way: str
    value: str
    masked: bool
    preferred: bool
    confirmed_at: str | None
    refused_at: str | None


class Conversation(TypedDict):
    """A conversation as it was logged, with the promise that was made in it."""

    id: int
    incoming: bool
    reached: bool
    channel: str
    said: str
    promised: str
    promised_by: str | None
    kept_at: str | None
    by: Named | None
    at: str


class CorrectBody(TypedDict):
    """One fact put right."""

    field: Literal["channel", "language", "complainant_kind", "confidential", "remedy_wanted", "incident_on", "product_id", "product_model", "serial_number", "purchase_place", "purchased_on", "guarantee", "order_number", "received_at", "unit_id"]
    value: str | int | bool
    reason: str


class CorrectNameBody(TypedDict):
    """A name put right."""

    person: int
    name: str
    reason: str


class Count(TypedDict):
    """How many files there are, are late, and are due today; 1001 stands for more than 1000."""

    total: int
    late: int
    due_today: int


class DecideBody(TypedDict):
    """A finding for each issue, reasons and remedies."""

    findings: list[Found]
    promises: NotRequired[list[Promise]]
    reasons: str
    waives_review: NotRequired[bool]


class DeclineBody(TypedDict):
    """Why the merits are not examined."""

    why: Literal["out_of_scope", "too_late", "before_a_court", "already_answered"]
    reasons: str


class Done(TypedDict):
    """What a step left: where the file lies now, and the id of what was written by it. `state` and `version` are null when the file is no longer the program's to see. `other` is the reference of a file that began by it."""

    reference: str
    state: str | None
    stage: int | None
    version: int | None
    id: NotRequired[int | None]
    other: NotRequired[str | None]


class EndReferralBody(TypedDict):
    """What an outside body found."""

    referral: int
    outcome: Literal["confirmed", "changed", "overturned", "settled", "dropped"]
    ruling: NotRequired[str]
    orders: NotRequired[list[Promise]]


class Entry(TypedDict):
    """An entry of a list. `code` is the organisation's own; `parent` is the code above it."""

    id: int
    code: str
    name: Both
    parent: str | None


class ErrorDetail(TypedDict):
    """One error: where it is, and what is wrong there."""

    pointer: NotRequired[str | None]
    parameter: NotRequired[str | None]
    code: str
    detail: str


class ExtendBody(TypedDict):
    """Which deadline, by how much, and why."""

    clock: Literal["acknowledge", "assess", "update", "decide", "communicate", "respond", "verdict", "silence", "internal", "standing", "authority"]
    amount: int
    reason: str


class Figures(TypedDict):
    """What is counted of the files that the program may see."""

    open: Count
    by_state: dict[str, int]


class Filed(TypedDict):
    """What the person takes away. The tracking code is told once and stored nowhere. `again` says that this reference of the program was filed before; there is no code then."""

    reference: str
    tracking_code: str | None
    again: bool


class Filing(TypedDict):
    """A complaint as it came to the program."""

    narrative: str
    language: NotRequired[Literal["fa", "en"]]
    who: NotRequired[Person | None]
    on_behalf_of: NotRequired[Person | None]
    complainant_kind: NotRequired[Literal["customer", "colleague"]]
    confidential: NotRequired[bool]
    client_reference: NotRequired[str | None]
    unit: NotRequired[int | None]
    category: NotRequired[int | None]
    issues: NotRequired[list[Matterly]]
    received_at: NotRequired[str | None]
    remedy_wanted: NotRequired[str]
    incident_on: NotRequired[str | None]
    product: NotRequired[int | None]
    product_model: NotRequired[str]
    serial_number: NotRequired[str]
    purchase_place: NotRequired[str]
    purchased_on: NotRequired[str | None]
    guarantee: NotRequired[str]
    order_number: NotRequired[str]
    attachments: NotRequired[list[str]]


class FindingTold(TypedDict):
    """What one stage found about an issue; `standing` is false once it was taken back."""

    stage: int
    finding: str
    reasons: str
    cause: Both | None
    others_affected: str
    standing: bool


class Found(TypedDict):
    """What was found about one issue."""

    issue: int
    finding: Literal["upheld", "partly_upheld", "not_upheld", "undetermined", "settled"]
    reasons: str
    cause: NotRequired[int | None]
    others_affected: NotRequired[Literal["yes", "no", "unknown"] | None]


class FulfilBody(TypedDict):
    """A remedy carried out."""

    remedy: int
    done_on: str
    proof: str


class GatherBody(TypedDict):
    """A piece of evidence."""

    description: str
    source: str
    attachments: NotRequired[list[str]]


class Happened(TypedDict):
    """One line of the story: what was done, by whom, when it happened and when it was recorded."""

    number: int
    event: str
    kind: str
    title: str
    texts: list[str]
    erased: bool
    by: str
    actor: str
    at: str
    recorded_at: str


class HearBody(TypedDict):
    """What the complainant added."""

    text: str
    channel: NotRequired[str]
    happened_at: NotRequired[str | None]
    attachments: NotRequired[list[str]]


class HoldBody(TypedDict):
    """What is waited for."""

    category: Literal["complainant", "outside_body", "court", "expert", "agreed", "force_majeure"]
    reason: str


class HowTold(TypedDict):
    """How a letter was told already: by which way, when, and what proves it."""

    way: Literal["telephoned", "handed", "sent"]
    proof: NotRequired[Any]
    happened_at: NotRequired[str | None]


class InquireBody(TypedDict):
    """A letter by which an authority asks."""

    body: int
    dated_on: str
    asks: str
    received_at: str
    their_ref: NotRequired[str]
    letter_number: NotRequired[str]
    officer: NotRequired[str]
    number_in: NotRequired[str]
    due_on: NotRequired[str | None]
    attachments: NotRequired[list[str]]


class InquiryAnsweredBody(TypedDict):
    """How the answer left, and what proves it."""

    inquiry: int
    way: Literal["post", "hand", "portal", "email"]
    proof: str
    number_out: NotRequired[str]
    left_at: str


class InquiryTold(TypedDict):
    """A letter by which an authority asks, and our answer, which counts from `answered_at` on."""

    id: int
    referral: int
    body: Named
    letter_number: str
    dated_on: str
    officer: str
    asks: str
    number_in: str
    received_at: str
    due_on: str | None
    answer: str
    number_out: str
    sent_by: str
    proof: str
    answered_at: str | None


class InvestigateBody(TypedDict):
    """How it will be found out."""

    plan: str


class Issue(TypedDict):
    """One thing complained of, and everything found about it."""

    id: int
    number: int
    text: str
    category: Named | None
    moved_to: str | None
    verdict: str
    findings: list[FindingTold]


class IssueCategory(TypedDict):
    """The category of one issue."""

    issue: int
    category: int


class IssueVerdict(TypedDict):
    """What the complainant said of one issue."""

    issue: int
    verdict: Literal["accepted", "not_accepted", "no_answer", "unreachable"]


class JoinBody(TypedDict):
    """The other file."""

    other: str


class KeepPromiseBody(TypedDict):
    """Which promise was kept."""

    contact: int


class Leave(TypedDict):
    """Leave to act for the person concerned: in what, until when, and whether a file shows it."""

    scope: str
    shown: bool
    until: str | None


class Letter(TypedDict):
    """A letter to the complainant and its way. `letter_kind` is the code of an added kind, if it is of one; `called` the kind in words."""

    id: int
    kind: str
    letter_kind: str
    called: str
    stage: int
    language: str
    state: str
    queued_at: str
    left_at: str | None


class Listed(TypedDict):
    """One page of a list; `next` is sent as `after` for the next one, null on the last."""

    items: list[ComplaintLine]
    next: str | None
    total: int
    late: int
    due_today: int


class LogContactBody(TypedDict):
    """A conversation as it was."""

    incoming: bool
    reached: bool
    channel: str
    said: str
    promised: NotRequired[str]
    promised_by: NotRequired[str | None]
    second_attempt: NotRequired[bool]
    happened_at: NotRequired[str | None]


class Matterly(TypedDict):
    """One issue of a complaint that tells of several."""

    text: str
    category: NotRequired[int | None]


class Message(TypedDict):
    """What passed between the complainant and the organisation."""

    id: int
    incoming: bool
    channel: str
    text: str
    at: str
    recorded_at: str
    attachments: list[int]


class MessageBody(TypedDict):
    """Words for the complainant."""

    text: str
    quotes: NotRequired[int | None]
    letter_kind: NotRequired[str]
    enclosed: NotRequired[list[int]]
    attachments: NotRequired[list[str]]
    leaves_at: NotRequired[str | None]


class NameBody(TypedDict):
    """Which colleague the complaint is about."""

    staff: int


class Named(TypedDict):
    """Something of the organisation's own: its id, and what it is called."""

    id: int
    name: Both


class NoteBody(TypedDict):
    """Words for colleagues."""

    text: str


class NoteTold(TypedDict):
    """An internal note; `author` is null where a program wrote it."""

    id: int
    text: str
    author: Named | None
    at: str


class NoticeBody(TypedDict):
    """How notice before closing is given."""

    words: NotRequired[str]
    told: NotRequired[HowTold | None]


class NumberLetterBody(TypedDict):
    """The secretariat's number of a letter."""

    letter: int
    number: str


class Person(TypedDict):
    """Somebody who complains or speaks for who does; the first way to reach them is preferred."""

    name: str
    language: NotRequired[Literal["fa", "en"]]
    kind: NotRequired[Literal["individual", "organisation"]]
    reached: NotRequired[list[Reach]]
    needs: NotRequired[list[Literal["language", "sight", "hearing", "speech", "movement", "understanding", "reading", "offline", "other"]]]
    needs_note: NotRequired[str]


class PersonTold(TypedDict):
    """Somebody of a file. `role` is complainant or representative; `leave` is by which a representative acts, null while nothing shows it."""

    id: int
    role: str
    name: str
    kind: str
    language: str
    needs: list[str]
    needs_note: str
    reached: list[ContactPoint]
    leave: NotRequired[Leave | None]


class PostponeBody(TypedDict):
    """When a letter leaves that has not left yet."""

    letter: int
    leaves_at: str


class ProblemDetails(TypedDict):
    """What went wrong (RFC 9457). `code` is stable; `detail` is for people, in their language."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: NotRequired[list[ErrorDetail] | None]
    now: NotRequired[dict[str, Any] | None]


class Promise(TypedDict):
    """A remedy that is promised."""

    kind: int
    owner: int
    due_on: str
    issue: NotRequired[int | None]
    description: NotRequired[str]
    amount: NotRequired[int | None]
    currency: NotRequired[str]
    done_on: NotRequired[str | None]
    proof: NotRequired[str]


class Proof(TypedDict):
    """One entry of a file's chain with what proves it; `receipt` is checked by `verify.py`."""

    number: int
    event: str
    receipt: dict[str, Any]


class RateBody(TypedDict):
    """How the complainant rates handling and outcome."""

    handling: int | None
    outcome: int | None
    comment: NotRequired[str]


class Reach(TypedDict):
    """One way to reach a person, as they gave it."""

    way: Literal["email", "phone", "post", "other"]
    value: str


class ReconsiderBody(TypedDict):
    """Why the decision is taken back."""

    reason: str


class ReferBody(TypedDict):
    """To which outside body."""

    body: int
    their_ref: NotRequired[str]


class ReferralTold(TypedDict):
    """A matter in the hands of an outside body."""

    id: int
    body: Named
    their_ref: str
    referred_at: str
    ended_at: str | None
    outcome: str
    ruling: str


class RemedyTold(TypedDict):
    """A remedy that was promised; amounts are in the smallest unit of the currency."""

    id: int
    stage: int
    kind: Named
    owner: Named
    issue: int | None
    description: str
    amount: int | None
    currency: str
    due_on: str
    done_on: str | None
    dropped_at: str | None


class ReopenBody(TypedDict):
    """Why an ended file is taken up again."""

    why: Literal["late_answer", "new_fact", "withdrawal_undone", "objection", "letter_returned"]
    reason: NotRequired[str]


class ReportProgressBody(TypedDict):
    """How progress is reported."""

    words: NotRequired[str]
    told: NotRequired[HowTold | None]


class ReturnedBody(TypedDict):
    """A letter that came back."""

    letter: int
    why: str
    happened_at: NotRequired[str | None]


class ReviewBody(TypedDict):
    """Why a review is opened."""

    reason: NotRequired[str]


class SendLetterAgainBody(TypedDict):
    """Which letter sets out once more."""

    letter: int


class SetAsideBody(TypedDict):
    """Why it is no complaint."""

    kind: Literal["enquiry", "service_request", "feedback"]
    reason: str


class SettleBody(TypedDict):
    """What was settled on the spot."""

    what_was_done: str
    how_accepted: str
    accepted_at: NotRequired[str | None]
    danger: bool
    promises: NotRequired[list[Promise]]


class SplitBody(TypedDict):
    """Which issue goes on as a file of its own."""

    issue: int


class StopContactBody(TypedDict):
    """Which number or address is used no more."""

    point: int
    reason: str


class TakeBackBody(TypedDict):
    """Which letter does not leave."""

    letter: int


class TellingProof(TypedDict):
    """What proves a way of telling; which parts are needed depends on the way."""

    signed_by: NotRequired[str]
    number: NotRequired[str]
    person: NotRequired[str]
    said: NotRequired[str]
    written_copy_on: NotRequired[str]
    handed_over_to: NotRequired[str]


class ToldBody(TypedDict):
    """How a letter reached the person."""

    letter: int
    told: HowTold


class TraceBody(TypedDict):
    """The cause of an issue."""

    issue: int
    cause: int
    others_affected: Literal["yes", "no", "unknown"]


class UnjoinBody(TypedDict):
    """The other file, and why the two do not belong together."""

    other: str
    reason: str


class Upload(TypedDict):
    """A file that waits to be named: its id is a secret of its sender."""

    id: str
    name: str
    kind: str
    size: int


class VerdictBody(TypedDict):
    """What the complainant says of the decision."""

    verdict: Literal["accepted", "not_accepted", "no_answer", "unreachable"]
    issues: NotRequired[list[IssueVerdict]]
    comment: NotRequired[str]
    happened_at: NotRequired[str | None]


class WaiveBody(TypedDict):
    """Who may act although they are not independent."""

    staff: int
    reason: str


class WithdrawBody(TypedDict):
    """That the complainant withdraws."""

    reason: NotRequired[str]


class WriteBody(TypedDict):
    """A letter that needs no step of its own."""

    kind: Literal["closing", "settled", "progress"]


class Refusal(Exception):
    """What was refused: `code` is stable, `detail` is for people, `errors` say where."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(f"{problem.get('code')}: {problem.get('detail')}")
        self.status: int = problem.get("status", 0)
        self.code: str = problem.get("code", "")
        self.detail: str = problem.get("detail", "")
        self.errors: list[dict[str, str]] = problem.get("errors", [])
        self.now: dict[str, Any] = problem.get("now", {})


def etag(seen: Mapping[str, Any]) -> str:
    """Which version of a file was seen: what steps want as `seen`."""
    return f'"{seen["reference"]}.{seen["version"]}"'


def over_http(request: Request, seconds: float = 30) -> Sent:
    """Send a request and give back status, headers and bytes, whatever the status."""
    try:
        with urlopen(request, timeout=seconds) as answer:
            return answer.status, dict(answer.headers.items()), answer.read()
    except HTTPError as error:
        return error.code, dict(error.headers.items()), error.read()


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _asked(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _part(value: object) -> str:
    return quote(str(value), safe="")


class Pasokh:
    """One installation, as one program sees it. Refusals are raised as `Refusal`."""

    def __init__(
        self, address: str, token: str, *, language: str = "en", send: Send = over_http
    ) -> None:
        self.address, self.token = address.rstrip("/"), token
        self.language, self.send = language, send

    def upload(self, name: str, content: bytes) -> Upload:
        """Send a file, to be named as an attachment within a day."""
        mark = uuid.uuid4().hex
        called = "".join("_" if one in '"\r\n' else one for one in name)
        said = f'form-data; name="file"; filename="{called}"'
        body = f"--{mark}\r\nContent-Disposition: {said}".encode()
        body += b"\r\nContent-Type: application/octet-stream\r\n\r\n"
        body += content + f"\r\n--{mark}--\r\n".encode()
        kind = f"multipart/form-data; boundary={mark}"
        answer = self._send("POST", "uploads", body, {"Content-Type": kind})
        return cast("Upload", json.loads(answer))

    def _call(
        self,
        method: str,
        path: str,
        *,
        body: Mapping[str, Any] | None = None,
        query: Mapping[str, Any] | None = None,
        seen: str | None = None,
        key: str | None = None,
    ) -> Any:
        headers = {"If-Match": seen} if seen else {}
        if method == "POST":
            headers["Idempotency-Key"] = key or str(uuid.uuid4())
        told = None if body is None else json.dumps(body).encode()
        if told is not None:
            headers["Content-Type"] = "application/json"
        asked = {name: _asked(one) for name, one in (query or {}).items()}
        address = f"{path}?{urlencode(asked)}" if asked else path
        return json.loads(self._send(method, address, told, headers))

    def _send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> bytes:
        request = Request(f"{self.address}/api/v1/{path}", data=body, method=method)
        request.add_header("Authorization", f"Bearer {self.token}")
        request.add_header("Accept-Language", self.language)
        for name, value in headers.items():
            request.add_header(name, value)
        status, _headers, answer = self.send(request)
        if status >= 300:
            raise Refusal(json.loads(answer))
        return answer

    def file_complaint(self, *, narrative: str, language: Literal["fa", "en"] | None = None, who: Person | None = None, on_behalf_of: Person | None = None, complainant_kind: Literal["customer", "colleague"] | None = None, confidential: bool | None = None, client_reference: str | None = None, unit: int | None = None, category: int | None = None, issues: list[Matterly] | None = None, received_at: str | None = None, remedy_wanted: str | None = None, incident_on: str | None = None, product: int | None = None, product_model: str | None = None, serial_number: str | None = None, purchase_place: str | None = None, purchased_on: str | None = None, guarantee: str | None = None, order_number: str | None = None, attachments: list[str] | None = None, key: str | None = None) -> Filed:
        """File a complaint."""
        return cast('Filed', self._call("POST", "complaints", body={"narrative": narrative, **_told({"language": language, "who": who, "on_behalf_of": on_behalf_of, "complainant_kind": complainant_kind, "confidential": confidential, "client_reference": client_reference, "unit": unit, "category": category, "issues": issues, "received_at": received_at, "remedy_wanted": remedy_wanted, "incident_on": incident_on, "product": product, "product_model": product_model, "serial_number": serial_number, "purchase_place": purchase_place, "purchased_on": purchased_on, "guarantee": guarantee, "order_number": order_number, "attachments": attachments})}, key=key))

    def list_complaints(self, *, state: Literal["open", "all", "received", "assessed", "investigating", "decided", "communicated", "closed", "withdrawn", "set_aside"] | None = None, clock: Literal["acknowledge", "assess", "update", "decide", "communicate", "respond", "verdict", "silence", "internal", "standing", "authority"] | None = None, unit: int | None = None, owner: str | None = None, category: int | None = None, language: Literal["fa", "en"] | None = None, channel: str | None = None, overdue: bool | None = None, text: str | None = None, after: str | None = None, limit: int | None = None) -> Listed:
        """List the files that the program may see, by what is due next, with the queue's filters."""
        return cast('Listed', self._call("GET", "complaints", query=_told({"state": state, "clock": clock, "unit": unit, "owner": owner, "category": category, "language": language, "channel": channel, "overdue": overdue, "text": text, "after": after, "limit": limit})))

    def read_complaint(self, ref: str) -> Complaint:
        """Read a file. Its ETag is what steps want in If-Match; that it was read is written down."""
        return cast('Complaint', self._call("GET", f"complaints/{_part(ref)}"))

    def acknowledge(self, ref: str, *, told: HowTold | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Confirm receipt: put the letter in the outbox, or say how it was told already (7.4)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/acknowledge", body={**_told({"told": told})}, key=key, seen=seen))

    def assess(self, ref: str, *, severity: int, safety: bool, complexity: int, impact: int, immediate_needed: bool, immediate_possible: bool, recurrent: bool, immediate_action: str | None = None, override: int | None = None, override_reason: str | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Assess a complaint: the table gives the priority; another one needs a reason (7.5)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/assess", body={"severity": severity, "safety": safety, "complexity": complexity, "impact": impact, "immediate_needed": immediate_needed, "immediate_possible": immediate_possible, "recurrent": recurrent, **_told({"immediate_action": immediate_action, "override": override, "override_reason": override_reason})}, key=key, seen=seen))

    def investigate(self, ref: str, *, plan: str, key: str | None = None, seen: str | None = None) -> Done:
        """Start the investigation of a file with a plan."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/investigate", body={"plan": plan, **_told({})}, key=key, seen=seen))

    def gather(self, ref: str, *, description: str, source: str, attachments: list[str] | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Add a piece of evidence; each file becomes one of its own under these words (7.6)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/gather", body={"description": description, "source": source, **_told({"attachments": attachments})}, key=key, seen=seen))

    def decide(self, ref: str, *, findings: list[Found], reasons: str, promises: list[Promise] | None = None, waives_review: bool | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Decide every issue, with reasons, and promise the remedies (7.7)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/decide", body={"findings": findings, "reasons": reasons, **_told({"promises": promises, "waives_review": waives_review})}, key=key, seen=seen))

    def decline(self, ref: str, *, why: Literal["out_of_scope", "too_late", "before_a_court", "already_answered"], reasons: str, key: str | None = None, seen: str | None = None) -> Done:
        """Decide not to examine the merits, with reasons and a right to review (7.5, 7.8)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/decline", body={"why": why, "reasons": reasons, **_told({})}, key=key, seen=seen))

    def reconsider(self, ref: str, *, reason: str, key: str | None = None, seen: str | None = None) -> Done:
        """Take a decision back before anyone was told of it, and its promises with it (7.7)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/reconsider", body={"reason": reason, **_told({})}, key=key, seen=seen))

    def communicate(self, ref: str, *, told: HowTold | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Tell the decision: by its letter, or as it was told already (7.8)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/communicate", body={**_told({"told": told})}, key=key, seen=seen))

    def settle(self, ref: str, *, what_was_done: str, how_accepted: str, danger: bool, accepted_at: str | None = None, promises: list[Promise] | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Settle on the spot what the complainant accepts on the spot (7.7 to 7.9)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/settle", body={"what_was_done": what_was_done, "how_accepted": how_accepted, "danger": danger, **_told({"accepted_at": accepted_at, "promises": promises})}, key=key, seen=seen))

    def verdict(self, ref: str, *, verdict: Literal["accepted", "not_accepted", "no_answer", "unreachable"], issues: list[IssueVerdict] | None = None, comment: str | None = None, happened_at: str | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Record what the complainant says of the decision, whole or issue by issue (7.9)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/verdict", body={"verdict": verdict, **_told({"issues": issues, "comment": comment, "happened_at": happened_at})}, key=key, seen=seen))

    def rate(self, ref: str, *, handling: int | None, outcome: int | None, comment: str | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Record the two answers, handling and outcome, one to five; never the verdict (8.3)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/rate", body={"handling": handling, "outcome": outcome, **_told({"comment": comment})}, key=key, seen=seen))

    def trace(self, ref: str, *, issue: int, cause: int, others_affected: Literal["yes", "no", "unknown"], key: str | None = None, seen: str | None = None) -> Done:
        """Trace an upheld issue to its cause and say whether others are affected (7.7, 8.2)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/trace", body={"issue": issue, "cause": cause, "others_affected": others_affected, **_told({})}, key=key, seen=seen))

    def review(self, ref: str, *, reason: str | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Open the next stage: someone else looks again, from the issues on; a reason is optional."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/review", body={**_told({"reason": reason})}, key=key, seen=seen))

    def waive(self, ref: str, *, staff: int, reason: str, key: str | None = None, seen: str | None = None) -> Done:
        """Let someone not independent act in this stage, where nobody independent exists (4.7)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/waive", body={"staff": staff, "reason": reason, **_told({})}, key=key, seen=seen))

    def notice(self, ref: str, *, words: str | None = None, told: HowTold | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Give notice of the day on which the file will be closed if no answer comes (7.9)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/notice", body={**_told({"words": words, "told": told})}, key=key, seen=seen))

    def close(self, ref: str, *, key: str | None = None, seen: str | None = None) -> Done:
        """Close a file whose closing contract is met; each term not met is named (7.9)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/close", key=key, seen=seen))

    def reopen(self, ref: str, *, why: Literal["late_answer", "new_fact", "withdrawal_undone", "objection", "letter_returned"], reason: str | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Take an ended file up again where it was: same stage, its clocks resumed (7.9)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/reopen", body={"why": why, **_told({"reason": reason})}, key=key, seen=seen))

    def withdraw(self, ref: str, *, reason: str | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """End a file because the complainant withdraws; they are told, and may undo it (7.9)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/withdraw", body={**_told({"reason": reason})}, key=key, seen=seen))

    def set_aside(self, ref: str, *, kind: Literal["enquiry", "service_request", "feedback"], reason: str, key: str | None = None, seen: str | None = None) -> Done:
        """End a file that is not a complaint: reasoned, told, and open to objection (7.2)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/set-aside", body={"kind": kind, "reason": reason, **_told({})}, key=key, seen=seen))

    def ask(self, ref: str, *, question: str, quotes: int | None = None, enclosed: list[int] | None = None, attachments: list[str] | None = None, leaves_at: str | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Ask the complainant for what the investigation needs (7.6)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/ask", body={"question": question, **_told({"quotes": quotes, "enclosed": enclosed, "attachments": attachments, "leaves_at": leaves_at})}, key=key, seen=seen))

    def hold(self, ref: str, *, category: Literal["complainant", "outside_body", "court", "expert", "agreed", "force_majeure"], reason: str, key: str | None = None, seen: str | None = None) -> Done:
        """Hold the clocks for a reason of a named category; a record, never a state."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/hold", body={"category": category, "reason": reason, **_told({})}, key=key, seen=seen))

    def resume(self, ref: str, *, key: str | None = None, seen: str | None = None) -> Done:
        """Let held clocks run on."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/resume", key=key, seen=seen))

    def extend(self, ref: str, *, clock: Literal["acknowledge", "assess", "update", "decide", "communicate", "respond", "verdict", "silence", "internal", "standing", "authority"], amount: int, reason: str, key: str | None = None, seen: str | None = None) -> Done:
        """Extend a deadline as far as the regime allows, and tell the complainant why (7.3)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/extend", body={"clock": clock, "amount": amount, "reason": reason, **_told({})}, key=key, seen=seen))

    def report_progress(self, ref: str, *, words: str | None = None, told: HowTold | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Report what was done and what comes next (7.3)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/report-progress", body={**_told({"words": words, "told": told})}, key=key, seen=seen))

    def assign(self, ref: str, *, staff: int, key: str | None = None, seen: str | None = None) -> Done:
        """Give a file to a colleague who may have it: never one complained about (4.7, 7.3)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/assign", body={"staff": staff, **_told({})}, key=key, seen=seen))

    def name(self, ref: str, *, staff: int, key: str | None = None, seen: str | None = None) -> Done:
        """Name a colleague the complaint is about; a file in their hands is taken from them (4.7)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/name", body={"staff": staff, **_told({})}, key=key, seen=seen))

    def message(self, ref: str, *, text: str, quotes: int | None = None, letter_kind: str | None = None, enclosed: list[int] | None = None, attachments: list[str] | None = None, leaves_at: str | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Write to the complainant: it stands on the tracking page, and a letter says so (7.3)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/message", body={"text": text, **_told({"quotes": quotes, "letter_kind": letter_kind, "enclosed": enclosed, "attachments": attachments, "leaves_at": leaves_at})}, key=key, seen=seen))

    def hear(self, ref: str, *, text: str, channel: str | None = None, happened_at: str | None = None, attachments: list[str] | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Take in what the complainant adds, with the files that came with it, in any state (7.3)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/hear", body={"text": text, **_told({"channel": channel, "happened_at": happened_at, "attachments": attachments})}, key=key, seen=seen))

    def note(self, ref: str, *, text: str, key: str | None = None, seen: str | None = None) -> Done:
        """Write an internal note; no letter or portal page can reach it (7.6)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/note", body={"text": text, **_told({})}, key=key, seen=seen))

    def log_contact(self, ref: str, *, incoming: bool, reached: bool, channel: str, said: str, promised: str | None = None, promised_by: str | None = None, second_attempt: bool | None = None, happened_at: str | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Log a conversation: in or out, reached or not, what was said and promised (7.3)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/log-contact", body={"incoming": incoming, "reached": reached, "channel": channel, "said": said, **_told({"promised": promised, "promised_by": promised_by, "second_attempt": second_attempt, "happened_at": happened_at})}, key=key, seen=seen))

    def keep_promise(self, ref: str, *, contact: int, key: str | None = None, seen: str | None = None) -> Done:
        """Mark what was promised in a conversation as kept."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/keep-promise", body={"contact": contact, **_told({})}, key=key, seen=seen))

    def write(self, ref: str, *, kind: Literal["closing", "settled", "progress"], key: str | None = None, seen: str | None = None) -> Done:
        """Put a letter in the outbox that needs no step of its own (7.3)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/write", body={"kind": kind, **_told({})}, key=key, seen=seen))

    def told(self, ref: str, *, letter: int, told: HowTold, key: str | None = None, seen: str | None = None) -> Done:
        """Say how a letter of the file reached the person, with its proof; the step follows (7.8)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/told", body={"letter": letter, "told": told, **_told({})}, key=key, seen=seen))

    def returned(self, ref: str, *, letter: int, why: str, happened_at: str | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Write down that a letter came back, and when: what it had told is undone (7.8)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/returned", body={"letter": letter, "why": why, **_told({"happened_at": happened_at})}, key=key, seen=seen))

    def take_back(self, ref: str, *, letter: int, key: str | None = None, seen: str | None = None) -> Done:
        """Cancel a letter by a person's hand that has not left yet; it then says nothing to anybody."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/take-back", body={"letter": letter, **_told({})}, key=key, seen=seen))

    def postpone(self, ref: str, *, letter: int, leaves_at: str, key: str | None = None, seen: str | None = None) -> Done:
        """Let a letter that has not left yet leave at another time."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/postpone", body={"letter": letter, "leaves_at": leaves_at, **_told({})}, key=key, seen=seen))

    def number_letter(self, ref: str, *, letter: int, number: str, key: str | None = None, seen: str | None = None) -> Done:
        """Write the secretariat's number on a letter that goes on paper."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/number-letter", body={"letter": letter, "number": number, **_told({})}, key=key, seen=seen))

    def send_letter_again(self, ref: str, *, letter: int, key: str | None = None, seen: str | None = None) -> Done:
        """Put a letter in the outbox once more that failed or came back, to the address known now."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/send-letter-again", body={"letter": letter, **_told({})}, key=key, seen=seen))

    def refer(self, ref: str, *, body: int, their_ref: str | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Record that a matter went to an outside body; the file stays in the state it is in."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/refer", body={"body": body, **_told({"their_ref": their_ref})}, key=key, seen=seen))

    def end_referral(self, ref: str, *, referral: int, outcome: Literal["confirmed", "changed", "overturned", "settled", "dropped"], ruling: str | None = None, orders: list[Promise] | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Record that an outside body has finished, what it ruled, and what it ordered to be done."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/end-referral", body={"referral": referral, "outcome": outcome, **_told({"ruling": ruling, "orders": orders})}, key=key, seen=seen))

    def inquire(self, ref: str, *, body: int, dated_on: str, asks: str, received_at: str, their_ref: str | None = None, letter_number: str | None = None, officer: str | None = None, number_in: str | None = None, due_on: str | None = None, attachments: list[str] | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Enter a letter by which an authority asks about a file, in whatever state that is (7.9)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/inquire", body={"body": body, "dated_on": dated_on, "asks": asks, "received_at": received_at, **_told({"their_ref": their_ref, "letter_number": letter_number, "officer": officer, "number_in": number_in, "due_on": due_on, "attachments": attachments})}, key=key, seen=seen))

    def answer_inquiry(self, ref: str, *, inquiry: int, answer: str, key: str | None = None, seen: str | None = None) -> Done:
        """Write the answer to an authority, or write it anew; nothing has left by that."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/answer-inquiry", body={"inquiry": inquiry, "answer": answer, **_told({})}, key=key, seen=seen))

    def inquiry_answered(self, ref: str, *, inquiry: int, way: Literal["post", "hand", "portal", "email"], proof: str, left_at: str, number_out: str | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Write down that the answer to an authority left, and what proves it (7.9)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/inquiry-answered", body={"inquiry": inquiry, "way": way, "proof": proof, "left_at": left_at, **_told({"number_out": number_out})}, key=key, seen=seen))

    def fulfil(self, ref: str, *, remedy: int, done_on: str, proof: str, key: str | None = None, seen: str | None = None) -> Done:
        """Write down that a promised remedy was carried out, with its proof (7.9)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/fulfil", body={"remedy": remedy, "done_on": done_on, "proof": proof, **_told({})}, key=key, seen=seen))

    def correct(self, ref: str, *, field: Literal["channel", "language", "complainant_kind", "confidential", "remedy_wanted", "incident_on", "product_id", "product_model", "serial_number", "purchase_place", "purchased_on", "guarantee", "order_number", "received_at", "unit_id"], value: str | int | bool, reason: str, key: str | None = None, seen: str | None = None) -> Done:
        """Correct one fact of a file; the old and the new are kept with the reason (8.1)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/correct", body={"field": field, "value": value, "reason": reason, **_told({})}, key=key, seen=seen))

    def categorise(self, ref: str, *, categories: list[IssueCategory], key: str | None = None, seen: str | None = None) -> Done:
        """Give issues their categories; the ledger keeps each change (8.2)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/categorise", body={"categories": categories, **_told({})}, key=key, seen=seen))

    def correct_name(self, ref: str, *, person: int, name: str, reason: str, key: str | None = None, seen: str | None = None) -> Done:
        """Correct a person's name; the old and the new are kept with the reason."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/correct-name", body={"person": person, "name": name, "reason": reason, **_told({})}, key=key, seen=seen))

    def add_contact(self, ref: str, *, person: int, kind: Literal["email", "phone", "post", "other"], value: str, read_back: bool | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Add a way to reach a person; letters go to a new address, one read back is confirmed."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/add-contact", body={"person": person, "kind": kind, "value": value, **_told({"read_back": read_back})}, key=key, seen=seen))

    def confirm_contact(self, ref: str, *, point: int, key: str | None = None, seen: str | None = None) -> Done:
        """Write down that a number or address was read back to the person and agreed."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/confirm-contact", body={"point": point, **_told({})}, key=key, seen=seen))

    def stop_contact(self, ref: str, *, point: int, reason: str, key: str | None = None, seen: str | None = None) -> Done:
        """Use a number or address no more: it does not reach the person, or they asked for that."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/stop-contact", body={"point": point, "reason": reason, **_told({})}, key=key, seen=seen))

    def join(self, ref: str, *, other: str, key: str | None = None, seen: str | None = None) -> Done:
        """Show two files together that both may be seen; nothing moves and nothing is lost (8.2)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/join", body={"other": other, **_told({})}, key=key, seen=seen))

    def unjoin(self, ref: str, *, other: str, reason: str, key: str | None = None, seen: str | None = None) -> Done:
        """Show two files together no more that were joined by mistake, and say why (8.2)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/unjoin", body={"other": other, "reason": reason, **_told({})}, key=key, seen=seen))

    def add_issue(self, ref: str, *, text: str, category: int | None = None, key: str | None = None, seen: str | None = None) -> Done:
        """Write down a matter of a complaint as an issue of its own, with a finding of its own (7.5)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/add-issue", body={"text": text, **_told({"category": category})}, key=key, seen=seen))

    def split(self, ref: str, *, issue: int, key: str | None = None, seen: str | None = None) -> Done:
        """Let one issue continue as a file of its own that the code of the first one opens (7.5)."""
        return cast('Done', self._call("POST", f"complaints/{_part(ref)}/split", body={"issue": issue, **_told({})}, key=key, seen=seen))

    def list_issues(self, ref: str) -> list[Issue]:
        """The issues of a file, with what was found about each."""
        return cast('list[Issue]', self._call("GET", f"complaints/{_part(ref)}/issues"))

    def list_messages(self, ref: str) -> list[Message]:
        """What passed between the complainant and the organisation, oldest first."""
        return cast('list[Message]', self._call("GET", f"complaints/{_part(ref)}/messages"))

    def list_persons(self, ref: str) -> list[PersonTold]:
        """Who complains, and who speaks for them."""
        return cast('list[PersonTold]', self._call("GET", f"complaints/{_part(ref)}/persons"))

    def list_clocks(self, ref: str) -> list[Clock]:
        """The deadlines of a file in the order in which they began, each with its working."""
        return cast('list[Clock]', self._call("GET", f"complaints/{_part(ref)}/clocks"))

    def list_letters(self, ref: str) -> list[Letter]:
        """The letters to the complainant."""
        return cast('list[Letter]', self._call("GET", f"complaints/{_part(ref)}/letters"))

    def list_remedies(self, ref: str) -> list[RemedyTold]:
        """The remedies promised in a file."""
        return cast('list[RemedyTold]', self._call("GET", f"complaints/{_part(ref)}/remedies"))

    def read_timeline(self, ref: str) -> list[Happened]:
        """The story of a file as its ledger tells it, oldest first, in the asked language."""
        return cast('list[Happened]', self._call("GET", f"complaints/{_part(ref)}/timeline"))

    def list_notes(self, ref: str) -> list[NoteTold]:
        """The internal notes of a file, oldest first; the complainant never sees them."""
        return cast('list[NoteTold]', self._call("GET", f"complaints/{_part(ref)}/notes"))

    def list_contacts(self, ref: str) -> list[Conversation]:
        """The conversations that were logged, oldest first."""
        return cast('list[Conversation]', self._call("GET", f"complaints/{_part(ref)}/contacts"))

    def list_referrals(self, ref: str) -> list[ReferralTold]:
        """The outside bodies that have or had the matter, and what they found (ISO 10003)."""
        return cast('list[ReferralTold]', self._call("GET", f"complaints/{_part(ref)}/referrals"))

    def list_inquiries(self, ref: str) -> list[InquiryTold]:
        """The letters of authorities about a file, in the order in which they came."""
        return cast('list[InquiryTold]', self._call("GET", f"complaints/{_part(ref)}/inquiries"))

    def list_attachments(self, ref: str) -> list[Attachment]:
        """The files that hang on a complaint; size and digest are those of the original."""
        return cast('list[Attachment]', self._call("GET", f"complaints/{_part(ref)}/attachments"))

    def fetch_attachment(self, ref: str, number: int) -> bytes:
        """The bytes of a file, to be saved."""
        return self._send("GET", f"complaints/{_part(ref)}/attachments/{_part(number)}", None, {})

    def fetch_original(self, ref: str, number: int) -> bytes:
        """The bytes of a file as it came, with whatever a camera or a program wrote into it."""
        return self._send("GET", f"complaints/{_part(ref)}/attachments/{_part(number)}/original", None, {})

    def read_receipt(self, ref: str) -> dict[str, Any]:
        """The receipt of the filing, in one of its two ages: a promise, or a proof of inclusion."""
        return cast('dict[str, Any]', self._call("GET", f"complaints/{_part(ref)}/receipt"))

    def list_proofs(self, ref: str) -> list[Proof]:
        """Every entry of a file with its proof, oldest first: what an exported bundle holds."""
        return cast('list[Proof]', self._call("GET", f"complaints/{_part(ref)}/proofs"))

    def read_list(self, name: Literal["categories", "causes", "remedies", "channels", "products", "units", "outside-bodies", "colleagues"]) -> list[Entry]:
        """A list of the organisation's own: the entries in use, in their order."""
        return cast('list[Entry]', self._call("GET", f"lists/{_part(name)}"))

    def read_figures(self) -> Figures:
        """What is counted today, of the files that the program may see."""
        return cast('Figures', self._call("GET", "figures"))

