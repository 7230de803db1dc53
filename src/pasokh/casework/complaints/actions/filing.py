"""A file begun, given to somebody, corrected, joined and split (ISO 10002:2018, 7.2 and 7.3)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction

from pasokh.casework.complaints import events, rules
from pasokh.casework.complaints.actions import searching
from pasokh.casework.complaints.actions.bracket import begin, facts, mark, pack_of, put, take
from pasokh.casework.complaints.actions.talking import attach
from pasokh.casework.complaints.actions.telling import post
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.matter import Ended, Filing, Matter, NewIssue
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import NUMBERS, ComplainedAbout, Complaint, Issue, Link
from pasokh.casework.complaints.terms import Closing, Complainant
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.organisation.queries import Regime
from pasokh.kernel import refs, rows
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused


@transaction.atomic
def receive(filing: Filing, *, received_at: datetime, by: Actor, at: datetime) -> Complaint:
    """Begin a file: reference, issues, first deadlines, first entry (7.2).

    `received_at` is when the organisation received it, by whatever door; `at` when it is
    recorded. A complainant acts from here on under the new reference.
    """
    return open_file(filing, received_at=received_at, by=by, at=at)


def open_file(filing: Filing, *, received_at: datetime, by: Actor, at: datetime) -> Complaint:
    """Begin a file as `receive` does, for a verb that is part of it: in that one's transaction."""
    _may_begin(Step.RECEIVE, filing, received_at, by, at)
    case = begin(_new(filing, received_at=received_at, at=at))
    mark(case, Milestone.RECEIVED, at=at, happened=received_at)
    who = replace(by, id=case.ref) if by.kind is Kind.COMPLAINANT else by
    fact = events.Received(**_beginning(case, filing))
    put(case, fact, by=who, at=at, happened=received_at, private=_words(filing))
    _hang(case, filing, at)
    return case


@transaction.atomic
def record_history(
    filing: Filing, ended: Ended, *, received_at: datetime, by: Actor, at: datetime
) -> Complaint:
    """Begin a file that was handled and ended elsewhere, and say so: no letter, no clock (8.2)."""
    return open_history(filing, ended, received_at=received_at, by=by, at=at)


def open_history(
    filing: Filing, ended: Ended, *, received_at: datetime, by: Actor, at: datetime
) -> Complaint:
    """Begin a file as `record_history` does, in the transaction of a verb it is part of."""
    _may_begin(Step.RECORD_HISTORY, filing, received_at, by, at)
    case = begin(_new(filing, received_at=received_at, at=at), Step.RECORD_HISTORY)
    _end(case, ended, at)
    said: dict[str, Any] = {"outcome": str(ended.outcome or ""), "ended_at": ended.at}
    fact = events.HistoryRecorded(**_beginning(case, filing), **said)
    private = _words(filing) | ({"answer": ended.answer} if ended.answer else {})
    put(case, fact, by=by, at=at, happened=received_at, private=private)
    _hang(case, filing, at)
    return case


def _end(case: Complaint, ended: Ended, at: datetime) -> None:
    """Let a file be over that begins; opened again it would be one just received."""
    case.state_before, case.closing, case.closed_at = State.RECEIVED, Closing.ELSEWHERE, ended.at
    case.outcome = ended.outcome or ""
    mark(case, Milestone.RECEIVED, at=at, happened=case.received_at)
    mark(case, Milestone.CLOSED, at=at, happened=ended.at)


def _hang(case: Complaint, filing: Filing, at: datetime) -> None:
    """Hang on a new file what came with it."""
    issues = _issues(filing)
    _number_issues(case, issues)
    _name_colleagues(case, filing.complained_about, at)
    attach(case, filing.files, message=None, at=at)
    searching.begin(case, [issue.text for issue in issues], filing)


def _issues(filing: Filing) -> tuple[NewIssue, ...]:
    return filing.issues or (NewIssue(filing.matter.narrative),)


def _words(filing: Filing) -> dict[str, Any]:
    told = {name: str(one) for name, one in vars(filing.matter).items() if one}
    remarks = {"remarks": filing.remarks} if filing.remarks else {}
    return {"files": [file.name for file in filing.files], **told, **remarks}


def _may_begin(step: Step, filing: Filing, received_at: datetime, by: Actor, at: datetime) -> None:
    own = by.kind is Kind.COMPLAINANT and step is Step.RECEIVE
    if not own and not by.may(f"complaint.{step}", unit=filing.unit):
        raise Refused("not-authorised", step=str(step))
    if not filing.matter.narrative.strip():
        raise Refused("nothing-said")
    if received_at > at:
        raise Refused("in-the-future", happened=received_at.isoformat())
    if filing.anonymous and filing.complainant:
        raise Refused("anonymous-has-no-person")


def _new(filing: Filing, *, received_at: datetime, at: datetime) -> Complaint:
    regime = regime_of(filing.unit, received_at, at)
    pk, number = rows.taken(Complaint, NUMBERS)
    return rows.made(
        Complaint,
        id=pk,
        ref=refs.make(number),
        channel=filing.channel,
        source_id=filing.source_id,
        language=filing.language,
        complainant_kind=filing.complainant_kind,
        anonymous=filing.anonymous,
        confidential=filing.confidential,
        complainant_id=filing.complainant,
        representative_id=filing.representative,
        unit_id=filing.unit,
        regime=regime.pack,
        regime_parameters=regime.parameters,
        received_at=received_at,
        recorded_at=at,
        **vars(filing.matter),
    )


def regime_of(unit: int, received_at: datetime, at: datetime) -> Regime:
    """The rules of the day of receipt; for what came in before there were any, those of today."""
    try:
        return organisation.regime_for(unit, received_at)
    except Refused:
        return organisation.regime_for(unit, at)


def _number_issues(case: Complaint, issues: tuple[NewIssue, ...], first: int = 1) -> None:
    rows.insert(
        *(
            rows.made(
                Issue, complaint_id=case.pk, number=n, text=one.text, category_id=one.category
            )
            for n, one in enumerate(issues, first)
        )
    )


def _name_colleagues(case: Complaint, staff: tuple[int, ...], at: datetime) -> None:
    rows.insert(
        *(
            rows.made(ComplainedAbout, complaint_id=case.pk, staff_id=one, named_at=at)
            for one in dict.fromkeys(staff)
        )
    )


def _beginning(case: Complaint, filing: Filing) -> dict[str, Any]:
    """The facts of the first entry of a file, however it begins."""
    return {
        "channel": case.channel,
        "language": case.language,
        "complainant": str(case.complainant_kind),
        "anonymous": case.anonymous,
        "unit": case.unit_id,
        "regime": case.regime,
        "regime_digest": pack_of(case).digest,
        "issues": len(_issues(filing)),
        "attachments": tuple(file.digest for file in filing.files),
    }


@transaction.atomic
def assign(ref: str, *, staff: int, by: Actor, at: datetime) -> Complaint:
    """Give a file to a colleague who may have it: never one complained about (4.7, 7.3)."""
    case = take(ref, Step.ASSIGN, by)
    if reason := rules.may_handle(staff, facts(case)):
        raise Refused(reason, staff=staff)
    if not organisation.holds(staff, "complaint.handle", unit=case.unit_id, at=at):
        raise Refused("may-not-handle", staff=staff)
    before, case.handler_id = case.handler_id, staff
    return put(case, events.Assigned(staff=staff, before=before), by=by, at=at)


@transaction.atomic
def name(ref: str, *, staff: int, by: Actor, at: datetime) -> Complaint:
    """Name a colleague the complaint is about; a file in their hands is taken from them (4.7)."""
    case = take(ref, Step.NAME, by)
    ComplainedAbout.objects.get_or_create(complaint=case, staff_id=staff, defaults={"named_at": at})
    if case.handler_id == staff:
        case.handler = None
    return put(case, events.ColleagueNamed(staff=staff), by=by, at=at)


#: What may be corrected, and how its value is read. Words of others are never among them.
CORRECTABLE = frozenset(
    {
        "channel",
        "language",
        "complainant_kind",
        "confidential",
        "remedy_wanted",
        "incident_on",
        "product_id",
        "product_model",
        "serial_number",
        "purchase_place",
        "purchased_on",
        "guarantee",
        "order_number",
        "received_at",
        "unit_id",
    }
)


@transaction.atomic
def correct(ref: str, *, field: str, value: Any, reason: str, by: Actor, at: datetime) -> Complaint:
    """Correct one fact of a file; the old and the new are kept with the reason (8.1)."""
    case = take(ref, Step.CORRECT, by)
    if field not in CORRECTABLE:
        raise Refused("not-correctable", field=field)
    if not reason.strip():
        raise Refused("reasons-missing", ref=ref)
    old = getattr(case, field)
    setattr(case, field, value)
    if field == "received_at":
        _correct_receipt(case, value, at)
    private = {"old": str(old), "new": str(value), "reason": reason}
    return put(case, events.Corrected(field=field), by=by, at=at, private=private)


def _correct_receipt(case: Complaint, received_at: datetime, at: datetime) -> None:
    if case.stage == 1:
        case.received_at = received_at
        mark(case, Milestone.RECEIVED, at=at, happened=received_at)


@transaction.atomic
def recategorise(ref: str, *, categories: Mapping[int, int], by: Actor, at: datetime) -> Complaint:
    """Give issues their categories, by issue number; the ledger keeps each change (8.2)."""
    case = take(ref, Step.CORRECT, by)
    for number, category in sorted(categories.items()):
        found = Issue.objects.filter(complaint=case, number=number)
        if not found.update(category=category):
            raise Refused("no-such-issue", issue=number)
    fact = events.Recategorised(
        issues=tuple({"issue": n, "category": c} for n, c in sorted(categories.items()))
    )
    return put(case, fact, by=by, at=at)


@transaction.atomic
def add_issue(
    ref: str, *, text: str, category: int | None = None, by: Actor, at: datetime
) -> Complaint:
    """Write down a matter of a complaint as an issue of its own, with a finding of its own (7.5).

    People tell all that went wrong in one text; whoever assesses it tells the matters apart.
    """
    case = take(ref, Step.ADD_ISSUE, by)
    if not text.strip():
        raise Refused("nothing-said")
    number = 1 + max(Issue.objects.filter(complaint=case).values_list("number", flat=True))
    _number_issues(case, (NewIssue(text, category),), first=number)
    fact = events.IssueAdded(issue=number, category=category)
    return put(case, fact, by=by, at=at, private={"text": text})


@transaction.atomic
def join(ref: str, *, other: str, by: Actor, at: datetime) -> Complaint:
    """Show two files together; nothing moves and nothing is lost (8.2)."""
    if ref == other:
        raise Refused("joined-to-itself", ref=ref)
    first, second = (take(one, Step.JOIN, by) for one in sorted((ref, other)))
    told: dict[str, Any] = {"why": "joined", "at": at}
    _link, new = Link.objects.get_or_create(complaint=first, other=second, defaults=told)
    if not new:
        raise Refused("joined-already", ref=ref, other=other)
    put(first, events.Joined(other=second.ref), by=by, at=at)
    return put(second, events.Joined(other=first.ref), by=by, at=at)


@transaction.atomic
def unjoin(ref: str, *, other: str, reason: str, by: Actor, at: datetime) -> Complaint:
    """Show two files together no more; that they were stays in the record, and why not (8.2)."""
    if not reason.strip():
        raise Refused("reasons-missing", ref=ref)
    if ref == other:
        raise Refused("not-joined", ref=ref, other=other)
    first, second = (take(one, Step.JOIN, by) for one in sorted((ref, other)))
    if not Link.objects.filter(complaint=first, other=second, why="joined").delete()[0]:
        raise Refused("not-joined", ref=ref, other=other)
    private = {"reason": reason.strip()}
    put(first, events.Unjoined(other=second.ref), by=by, at=at, private=private)
    return put(second, events.Unjoined(other=first.ref), by=by, at=at, private=private)


@transaction.atomic
def split(ref: str, *, issue: int, by: Actor, at: datetime) -> Complaint:
    """Let one issue continue as a file of its own, received when the first one was (7.5).

    Its acknowledgement tells the complainant the new reference, and where the matter comes from.
    """
    case = take(ref, Step.SPLIT, by)
    moving = Issue.objects.filter(complaint=case, number=issue, moved_to=None).first()
    if moving is None or Issue.objects.filter(complaint=case, moved_to=None).count() < 2:
        raise Refused("no-such-issue", issue=issue)
    other = _continue_as(case, moving, by, at)
    Issue.objects.filter(pk=moving.pk).update(moved_to=other)
    Link.objects.create(complaint=case, other=other, why="split", at=at)
    post(other, LetterKind.ACKNOWLEDGEMENT, {"part_of": case.ref}, at=at)
    put(case, events.Split(issue=issue, other=other.ref), by=by, at=at)
    return other


def _continue_as(case: Complaint, issue: Issue, by: Actor, at: datetime) -> Complaint:
    matter = {name: getattr(case, name) for name in Matter.__dataclass_fields__}
    filing = Filing(
        matter=Matter(**{**matter, "narrative": issue.text}),
        channel=case.channel,
        language=case.language,
        unit=case.unit_id,
        complainant_kind=Complainant(case.complainant_kind),
        anonymous=case.anonymous,
        confidential=case.confidential,
        complainant=case.complainant_id,
        representative=case.representative_id,
        issues=(NewIssue(issue.text, issue.category_id),),
        complained_about=tuple(case.named_ids),
    )
    return receive(filing, received_at=case.received_at, by=by, at=at)
