"""Letters and receipts as PDF, letters as Word files too, for those who may see the file."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries.fence import complaint_for
from pasokh.casework.complaints.queries.gathering import (
    DECIDING,
    UPDATING,
    office,
    tracking_page,
)
from pasokh.casework.complaints.queries.letters import numbered_letter_for
from pasokh.casework.correspondence import sheets, texts
from pasokh.casework.correspondence.sheets import Filed
from pasokh.casework.deadlines import queries as deadlines
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import dates, paper
from pasokh.kernel.actors import Actor
from pasokh.kernel.ledger import keys, receipt
from pasokh.kernel.ledger.models import Entry

JSON = "application/json"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def letter_pdf(by: Actor, ref: str, letter_id: int, *, enclosures: str = "") -> bytes:
    """A letter on the organisation's letterhead, with the secretariat's number if it has one."""
    return paper.typeset("letter", _letter_sheet(by, ref, letter_id, enclosures))


def letter_docx(by: Actor, ref: str, letter_id: int, *, at: datetime) -> bytes:
    """The same letter as a Word file, for stationery and handwork of the office's own."""
    from pasokh.kernel import docx  # noqa: PLC0415  slow import

    return docx.letter(_letter_sheet(by, ref, letter_id), at=at)


def _letter_sheet(by: Actor, ref: str, letter_id: int, enclosures: str = "") -> dict[str, Any]:
    letter, number = numbered_letter_for(by, ref, letter_id)
    return sheets.letter_sheet(letter, number=number, enclosures=enclosures)


def receipt_pdf(by: Actor, ref: str, *, code: str = "", language: str = "") -> bytes:
    """The receipt of a filing with its proof inside: `receipt-REF.json`, as of this moment.

    `code` is the tracking code in clear where it is known, printed in its four groups and kept
    nowhere; without it the receipt has none. The language is the file's unless another is given.
    """
    case = complaint_for(by, ref)
    language = language or case.language
    entries = Entry.objects.select_related("sealed").filter(subject=case.subject)
    proof = receipt.issue(entries.order_by("number")[0])
    filed = _filed(case, code, language)
    about = texts.speaker(language)("receipt.title")
    return paper.typeset(
        "receipt",
        sheets.receipt_sheet(filed),
        attached=[paper.Attached(filed.file, proof, JSON, f"{about}: {ref}")],
    )


def _filed(case: Complaint, code: str, language: str) -> Filed:
    own = organisation.organisation()
    zone = ZoneInfo(own.time_zone if own else "UTC")
    return Filed(
        reference=case.ref,
        language=language,
        received=dates.as_datetime(case.received_at, language, zone),
        groups=tuple(dates.numerals(group, language) for group in code.split("-") if group),
        next=tuple(_next(case, language, zone)),
        anonymous=case.anonymous,
        fingerprint=keys.fingerprint(),
        file=f"receipt-{case.ref}.json",
        office=office(case, language),
        page=tracking_page(language),
    )


def _next(case: Complaint, language: str, zone: ZoneInfo) -> Iterable[str]:
    """The dates promised in this stage, in sentences: the decision's, then the next word's."""
    say = texts.speaker(language)
    running = {
        clock.name: clock.due_at
        for clock in deadlines.of_case(case.pk)
        if clock.stage == case.stage and clock.stopped_at is None and clock.due_at
    }
    for sentence, names in (("decide", DECIDING), ("update", UPDATING)):
        due = next((running[name] for name in names if name in running), None)
        if due is not None:
            yield say(f"acknowledgement.{sentence}", day=_last_day(due, language, zone))


def _last_day(due: datetime, language: str, zone: ZoneInfo) -> str:
    return dates.as_date(due - timedelta(microseconds=1), language, zone)
