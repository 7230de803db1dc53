"""A file on paper: the follow-up form in its blocks (ISO 10002:2018, annex E), and its letters."""

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.labels import (
    COMPLAINANTS,
    FINDINGS,
    LETTERS,
    NEEDS,
    OUTCOMES,
    VERDICTS,
)
from pasokh.casework.complaints.queries import CasePage, papers
from pasokh.casework.disputes import queries as disputes
from pasokh.desk import access, lists, shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.fields import reached_at
from pasokh.directory.people.terms import Need
from pasokh.kernel import dates, refs
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.kernel.money import Money
from pasokh.kernel.text import isolate

Row = tuple[str, Any]


@staff_required
def form(request: DeskRequest, ref: str) -> HttpResponse:
    """The follow-up form of a file, to be printed; that it was read is written down."""
    try:
        page = queries.read_case(request.actor, refs.read(ref) or ref, what="case", at=now())
    except Refused as refused:
        raise Http404 from refused
    makers = (
        (_("Receipt"), _receipt),
        (_("Complainant"), _complainant),
        (_("Complaint"), _complaint),
        (_("Problem"), _problem),
        (_("Assessment"), _assessment),
        (_("Resolution"), _resolution),
    )
    blocks = [
        (number, title, [(name, said) for name, said in rows(page) if said not in ("", None)])
        for number, (title, rows) in enumerate(makers, 1)
    ]
    return shell.page(request, "desk/form.html", {"page": page, "blocks": blocks}, at="queue")


@staff_required
def letter(request: DeskRequest, ref: str, letter_id: int) -> HttpResponse:
    """A letter on the letterhead, as it goes out or went; that it was read is written down."""
    page = access.case_page(request, ref).loaded()
    try:
        made = papers.letter_pdf(request.actor, page.ref, letter_id)
    except Refused as refused:
        raise Http404 from refused
    return _letter_read(request, page, made, f"{page.ref}-{letter_id}.pdf")


@staff_required
def letter_word(request: DeskRequest, ref: str, letter_id: int) -> HttpResponse:
    """A letter as a Word file to save; that it was read is written down."""
    page, at = access.case_page(request, ref).loaded(), now()
    try:
        made = papers.letter_docx(request.actor, page.ref, letter_id, at=at)
    except Refused as refused:
        raise Http404 from refused
    name = f"{page.ref}-{letter_id}.docx"
    return _letter_read(request, page, made, name, mime=papers.WORD, way="attachment")


@staff_required
def authority_letter(request: DeskRequest, ref: str, inquiry_id: int) -> HttpResponse:
    """Our answer to an authority on the letterhead; that it was read is written down."""
    page = access.case_page(request, ref).loaded()
    try:
        made = disputes.answer_pdf(request.actor, page.ref, inquiry_id)
    except Refused as refused:
        raise Http404 from refused
    return _letter_read(request, page, made, f"{page.ref}-authority-{inquiry_id}.pdf")


def _letter_read(
    request: DeskRequest,
    page: CasePage,
    made: bytes,
    name: str,
    *,
    mime: str = "application/pdf",
    way: str = "inline",
) -> HttpResponse:
    actions.log_reading(page.case, what="letter", by=request.actor, at=now())
    answer = HttpResponse(made, content_type=mime)
    answer["Content-Disposition"] = f'{way}; filename="{name}"'
    return answer


def _receipt(page: CasePage) -> Iterator[Row]:
    case = page.case
    yield _("Received"), _moment(case.received_at)
    yield _("Written down"), _moment(case.recorded_at)
    yield _("By"), page.timeline[0].by if page.timeline else ""
    yield _("Channel"), str(dict(lists.channels()).get(case.channel, case.channel))
    yield _("Reference"), case.ref


def _complainant(page: CasePage) -> Iterator[Row]:
    yield _("Who complains"), str(COMPLAINANTS[page.case.complainant_kind])  # type: ignore[index]
    for title, person in (
        (_("Name"), page.complainant),
        (_("Represented by"), page.representative),
    ):
        if person:
            yield title, person.name
            yield _("To be reached at"), "\n".join(map(_way, person.contact_points.all()))
            needs = [str(NEEDS[Need(one)]) for one in person.needs]
            yield _("What they need"), "\n".join(filter(None, [*needs, person.needs_note]))
    if page.case.anonymous:
        yield _("Name"), _("Anonymous")


def _complaint(page: CasePage) -> Iterator[Row]:
    case = page.case
    yield _("In their words"), case.narrative
    yield _("Product"), case.product_model
    yield _("Serial number"), case.serial_number
    yield _("Order number"), case.order_number
    yield _("Where it was bought"), case.purchase_place
    yield _("When it was bought"), _day(case.purchased_on)
    yield _("Guarantee"), case.guarantee


def _problem(page: CasePage) -> Iterator[Row]:
    yield _("When it happened"), _day(page.case.incident_on)
    for issue in page.issues:
        under = f"{issue.category_name}\n" if issue.category_name else ""
        yield _issue(issue.number), f"{under}{issue.text}"
    for one in page.rows["assessments"][-1:]:
        yield _("Has it happened before?"), _yes(one.recurrent)


def _assessment(page: CasePage) -> Iterator[Row]:
    for one in page.rows["assessments"][-1:]:
        for title, number in (
            (_("Severity"), one.severity),
            (_("Complexity"), one.complexity),
            (_("Impact"), one.impact),
            (_("Priority"), one.priority),
        ):
            yield title, dates.numerals(number, _language())
        yield _("Is anybody in danger?"), _yes(one.safety)
        yield _("Must something be done at once?"), _yes(one.immediate_needed)
        yield _("Can something be done at once?"), _yes(one.immediate_possible)
        yield _("What was done at once"), one.immediate_action


def _resolution(page: CasePage) -> Iterator[Row]:
    yield _("What they want"), page.case.remedy_wanted
    if page.case.outcome:
        yield _("Outcome"), str(OUTCOMES[page.case.outcome])  # type: ignore[index]
    for issue in page.issues:
        for found in issue.findings:
            yield _issue(issue.number), f"{FINDINGS[found.finding]}\n{found.reasons}"  # type: ignore[index]
        if issue.verdict:
            said, answer = _("The complainant's answer"), VERDICTS[issue.verdict]  # type: ignore[index]
            yield f"{_issue(issue.number)} · {said}", str(answer)
    for one in page.rows["remedies"]:
        sum_ = Money(one.amount, one.currency).text(_language()) if one.amount is not None else ""
        done = one.done_on or one.due_on
        answers = _issue(one.issue.number) if one.issue else ""
        parts = (answers, str(one.kind.name), sum_, one.description, _day(done))
        yield _("Remedy"), " · ".join(part for part in parts if part)
    for one in page.rows["letters"]:
        if one.came_back_at:
            when = _("Came back on %(day)s") % {"day": _day(one.came_back_at)}
            yield str(LETTERS[one.called]), f"{when}\n{one.failure}"


def _way(point: Any) -> str:
    """A contact point in its own direction, a telephone number in the reader's digits."""
    return isolate(reached_at(point))


def _issue(number: int) -> str:
    return _("Issue %(number)s") % {"number": dates.numerals(number, _language())}


def _language() -> str:
    return get_language() or "en"


def _moment(at: Any) -> str:
    return dates.as_datetime(at, _language(), timezone.get_current_timezone())


def _day(on: Any) -> str:
    return dates.as_date(on, _language(), timezone.get_current_timezone()) if on else ""


def _yes(answer: bool) -> str:
    return _("Yes") if answer else _("No")
