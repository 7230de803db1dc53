"""A row that tells how its complaint was handled is led through the verbs, as far as it may be."""

from collections.abc import Callable
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.conftest import both, terms

from pasokh.casework.complaints.lifecycle import State as Lies
from pasokh.casework.complaints.models import Complaint, Contact, Decision
from pasokh.casework.correspondence.delivery import LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.deadlines.models import Clock
from pasokh.casework.intake.imports import queries
from pasokh.casework.intake.imports.columns import Means, recognise
from pasokh.casework.intake.imports.models import Import
from pasokh.casework.intake.imports.states import Mode, State
from pasokh.casework.remedies.models import Remedy
from pasokh.directory.organisation.models import RoleAssignment, SpendingLimit
from pasokh.kernel import clock
from pasokh.kernel.ledger import sequencer, verify
from pasokh.kernel.ledger.models import Entry
from pasokh.policy.taxonomy.models import Term

__all__ = ["terms"]

pytestmark = pytest.mark.django_db

COLUMNS = (
    *("id", "received", "narrative", "name", "e-mail", "outcome", "closed", "acknowledged"),
    *("acknowledgement proof", "assessed", "severity", "impact", "complexity", "danger"),
    *("decided", "reasons", "cause", "others affected", "remedy", "remedy done", "remedy proof"),
    *("told", "told by", "proof", "accepted", "accepted on", "how accepted", "phone"),
    *("declined because", "amount", "currency", "notice given", "notice proof"),
    *("second attempt", "second attempt by", "province"),
)
WHOLE = {
    "received": "2025-08-02",
    "narrative": "The fridge does not cool",
    "name": "Reza Amini",
    "e-mail": "r@example.org",
    "outcome": "upheld",
    "closed": "2025-09-01",
    "acknowledged": "2025-08-03",
    "acknowledgement proof": "mail server mx.example",
    "assessed": "2025-08-04",
    **dict.fromkeys(("severity", "impact"), "2"),
    "complexity": "1",
    "danger": "no",
    "decided": "2025-08-10",
    "reasons": "The compressor was broken.",
    "cause": "cause",
    "others affected": "no",
    "remedy": "remedy",
    "remedy done": "2025-08-20",
    "remedy proof": "receipt 17",
    "told": "2025-08-11",
    "told by": "registered post",
    "proof": "post office, number 4711",
    "accepted": "satisfied",
    "accepted on": "2025-08-15",
    "province": "Fars",
}
NOBODY_ASSESSED = dict.fromkeys(("assessed", "severity", "impact", "complexity", "danger"), "")
NO_REMEDY = dict.fromkeys(("remedy", "remedy done", "remedy proof"), "")
#: Closed because no answer came; settled at once; not examined; with money.
SILENT = {
    "accepted": "",
    "accepted on": "",
    "notice given": "2025-08-13",
    "notice proof": "post office, number 4712",
}
SETTLED = {
    **dict.fromkeys(("decided", "told", "told by", "proof"), ""),
    "outcome": "settled",
    "how accepted": "said at the counter that it is well",
    "closed": "2025-08-20",
}
DECLINED = {"outcome": "declined", "declined because": "too late", **NO_REMEDY}
PAID = {"amount": "900,000", "currency": "rial"}
TRIED = {"phone": "09121234567", "second attempt": "2025-08-16", "second attempt by": "telephone"}
#: What is changed in a row that is told whole, where its file stops, and why.
ROWS: tuple[tuple[dict[str, str], Lies, str], ...] = (
    ({}, Lies.CLOSED, ""),
    ({"acknowledgement proof": ""}, Lies.CLOSED, "past-acknowledgement-unproved"),
    ({"accepted": ""}, Lies.COMMUNICATED, "past-no-verdict"),
    ({"accepted": "not accepted"}, Lies.COMMUNICATED, "internal-period-runs"),
    ({"cause": ""}, Lies.COMMUNICATED, "cause-missing"),
    ({"proof": ""}, Lies.DECIDED, "past-telling-unproved"),
    ({"name": "", "e-mail": ""}, Lies.DECIDED, "past-nobody"),
    ({"told": "2025-08-09"}, Lies.DECIDED, "out-of-order"),
    ({"reasons": ""}, Lies.ASSESSED, "past-no-reasons"),
    ({"outcome": "settled"}, Lies.ASSESSED, "past-no-acceptance"),
    ({"remedy": "a new one"}, Lies.ASSESSED, "past-remedy-unknown"),
    ({"remedy done": ""}, Lies.ASSESSED, "past-remedy-no-day"),
    ({"decided": "2025-08-03"}, Lies.ASSESSED, "out-of-order"),
    ({"danger": ""}, Lies.RECEIVED, "past-no-answers"),
    ({"severity": "9"}, Lies.RECEIVED, "assessment-out-of-range"),
    (dict.fromkeys(COLUMNS[7:-1], ""), Lies.RECEIVED, "past-no-assessment"),
    (SILENT, Lies.CLOSED, ""),
    (SILENT | {"accepted": "no answer"}, Lies.CLOSED, ""),
    (SILENT | TRIED, Lies.CLOSED, ""),
    (SILENT | {"phone": "09121234567"}, Lies.COMMUNICATED, "second-attempt-missing"),
    (SILENT | TRIED | {"second attempt by": ""}, Lies.COMMUNICATED, "past-try-unproved"),
    (SILENT | {"closed": "2025-08-20"}, Lies.COMMUNICATED, "silence-period-runs"),
    (SILENT | {"notice given": "2025-08-10"}, Lies.COMMUNICATED, "out-of-order"),
    (SILENT | {"notice proof": ""}, Lies.COMMUNICATED, "past-notice-unproved"),
    ({"accepted": "no answer", "accepted on": ""}, Lies.COMMUNICATED, "past-no-notice"),
    (SETTLED, Lies.CLOSED, ""),
    (SETTLED | NOBODY_ASSESSED | {"danger": "no"}, Lies.CLOSED, ""),
    (SETTLED | NOBODY_ASSESSED, Lies.RECEIVED, "past-no-danger"),
    (SETTLED | {"danger": "yes"}, Lies.ASSESSED, "safety-bars-settling"),
    (SETTLED | {"accepted": "not accepted"}, Lies.ASSESSED, "past-no-acceptance"),
    (SETTLED | {"accepted on": "2025-08-21"}, Lies.ASSESSED, "out-of-order"),
    (SETTLED | {"closed": ""}, Lies.ASSESSED, "past-no-settling-day"),
    (SETTLED | {"reasons": ""}, Lies.ASSESSED, "past-no-settling"),
    (DECLINED, Lies.CLOSED, ""),
    (DECLINED | NOBODY_ASSESSED | SILENT, Lies.CLOSED, ""),
    (DECLINED | {"declined because": ""}, Lies.ASSESSED, "past-no-decline"),
    (DECLINED | {"remedy": "remedy"}, Lies.ASSESSED, "past-declined-remedy"),
    (DECLINED | {"reasons": ""}, Lies.ASSESSED, "past-no-reasons"),
    (PAID, Lies.CLOSED, ""),
    ({"amount": "۹۰٬۰۰۰ تومان"}, Lies.CLOSED, ""),
    (SETTLED | PAID, Lies.CLOSED, ""),
    (PAID | {"amount": "1,000,001"}, Lies.ASSESSED, "over-limit"),
    (SETTLED | PAID | {"currency": "€"}, Lies.ASSESSED, "over-limit"),
    ({"amount": "900,000"}, Lies.ASSESSED, "past-amount-unread"),
    (PAID | {"amount": "much"}, Lies.ASSESSED, "past-amount-unread"),
    (PAID | NO_REMEDY, Lies.ASSESSED, "past-amount-no-remedy"),
    (DECLINED | PAID, Lies.ASSESSED, "past-declined-remedy"),
    (dict.fromkeys(COLUMNS[5:-1], ""), Lies.RECEIVED, ""),
)


def sheet_of(*changed: dict[str, str]) -> str:
    lines = [{**WHOLE, "id": f"P{number}", **one} for number, one in enumerate(changed)]
    table = [",".join(COLUMNS), *(",".join(_quoted(one)) for one in lines)]
    return "\n".join(table)


def _quoted(line: dict[str, str]) -> list[str]:
    return [f'"{line.get(name, "")}"' for name in COLUMNS]


@pytest.fixture
def decides(shop: SimpleNamespace, terms: SimpleNamespace) -> None:
    """Parvin, who imports, may decide and settle as well; the lists have words of ours."""
    for role in ("approver", "manager"):
        held = {"role": role, "valid_from": clock.now().replace(year=2020), "by": "t"}
        RoleAssignment.objects.create(staff=shop.staff["parvin"], **held)
    SpendingLimit.objects.create(role="approver", currency="IRR", amount=1_000_000)
    Term.objects.filter(pk=terms.cause).update(name=both("cause"))
    Term.objects.filter(pk=terms.remedy).update(name=both("remedy"))


def reasons(told: Any) -> dict[int, str]:
    return {number: code for number, code, _facts in told}


@pytest.mark.clause("10002:7.7")
@pytest.mark.clause("10002:7.9")
def test_each_row_comes_as_far_as_it_may_and_the_dry_run_says_so_before(
    decides: None, hand_in: Callable[..., Import], file_all: Callable[..., Import]
) -> None:
    sheet = hand_in(sheet_of(*(changes for changes, _lies, _why in ROWS)), "past.csv")
    expected = {number: why for number, (_c, _l, why) in enumerate(ROWS, 2) if why}
    assert reasons(sheet.found["why_short"]) == expected
    assert sheet.found["short"] == len(expected)
    assert not Complaint.objects.exists()

    sheet = file_all(sheet, Mode.RECEIVE, letters=True)
    assert (sheet.state, sheet.filed, sheet.refused) == (State.DONE, len(ROWS), 0)
    assert reasons(queries.short_rows(sheet)) == expected
    assert queries.short(sheet) == len(expected)
    cases = Complaint.objects.order_by("pk")
    assert [case.state for case in cases] == [lies for _changes, lies, _why in ROWS]

    # Only whoever was told nothing at all is written to; what had left does not leave again.
    waiting = Letter.objects.filter(state=LetterState.QUEUED)
    assert list(waiting.values_list("complaint", flat=True)) == [cases[len(ROWS) - 1].pk]
    _whole_file(cases[0])
    while sequencer.run_once(clock.now()):
        pass
    assert verify.whole_log() == []


def _whole_file(case: Complaint) -> None:
    """The milestones, clocks and entries of a file that came all the way."""
    entries = Entry.objects.filter(subject=case.subject).order_by("number")
    days = {one.event: one.happened_at.date().isoformat() for one in entries}
    assert list(days) == [
        "complaint.received",
        "complaint.letter_written",
        "complaint.acknowledged",
        "complaint.assessed",
        "complaint.decided",
        "complaint.communicated",
        "complaint.verdict_given",
        "complaint.closed",
    ]
    assert {one.recorded_at.year for one in entries} == {clock.now().year}
    assert days["complaint.decided"] == "2025-08-09"  # a day begins in Tehran before it does in UTC
    assert (case.outcome, case.verdict, case.closing) == ("upheld", "accepted", "accepted")
    assert case.closed_at.date().isoformat() == "2025-08-31"
    assert Decision.objects.get(complaint=case).decided_at.date().isoformat() == "2025-08-09"
    assert Remedy.objects.get(complaint=case).done_on.isoformat() == "2025-08-20"
    decide = Clock.objects.get(complaint=case, name="decide")
    assert isinstance(decide.due_at, datetime)
    assert decide.due_at.year == 2025


def test_what_the_importer_may_not_do_is_not_done(
    hand_in: Callable[..., Import], file_all: Callable[..., Import]
) -> None:
    sheet = hand_in(sheet_of({"remedy": "", "remedy done": ""}), "past.csv")
    assert reasons(sheet.found["why_short"]) == {2: "past-not-authorised"}
    sheet = file_all(sheet, Mode.RECEIVE)
    assert reasons(queries.short_rows(sheet)) == {2: "past-not-authorised"}
    assert Complaint.objects.get().state == Lies.ASSESSED


def test_as_history_all_that_is_told_of_the_handling_stays_with_the_file(
    hand_in: Callable[..., Import], file_all: Callable[..., Import]
) -> None:
    file_all(hand_in(sheet_of({}), "past.csv"))
    entry = Entry.objects.get(event="complaint.history_recorded")
    assert Complaint.objects.get().closing == "elsewhere"
    assert entry.private["remarks"].splitlines()[:3] == [
        "province: Fars",
        "acknowledged: 2025-08-03",
        "acknowledgement proof: mail server mx.example",
    ]


@pytest.mark.clause("10002:7.9")
def test_what_ended_otherwise_stands_in_the_file_on_its_own_days(
    decides: None, hand_in: Callable[..., Import], file_all: Callable[..., Import]
) -> None:
    rows = (SILENT | TRIED, SETTLED | PAID, DECLINED, {"amount": "۹۰٬۰۰۰ تومان"})
    file_all(hand_in(sheet_of(*rows), "past.csv"), Mode.RECEIVE, letters=True)
    silent, settled, declined, paid = Complaint.objects.order_by("pk")

    assert (silent.closing, silent.verdict, days(silent, "noticed")) == (
        "silence",
        "",
        "2025-08-12",
    )
    called = Contact.objects.get(complaint=silent)
    assert (called.channel, called.said, called.reached) == ("phone", "telephone", False)
    assert days(silent, "contact_logged") == "2025-08-15"

    assert (settled.closing, settled.verdict, settled.outcome) == ("settled", "accepted", "settled")
    assert (days(settled, "settled"), settled.closed_at.date().isoformat()) == ("2025-08-19",) * 2
    decision = Decision.objects.get(complaint=settled)
    assert (decision.reasons, decision.decided_at) == (WHOLE["reasons"], settled.closed_at)
    promised = Remedy.objects.get(complaint=settled)
    assert (promised.amount, promised.currency, promised.proof) == (900_000, "IRR", "receipt 17")

    assert (declined.outcome, declined.closing) == ("declined", "accepted")
    assert Decision.objects.get(complaint=declined).declined_for == "too_late"
    assert days(declined, "declined") == "2025-08-09"
    assert not Remedy.objects.filter(complaint=declined).exists()

    money = Remedy.objects.get(complaint=paid)
    assert (money.amount, money.currency) == (900_000, "IRR")
    assert not Letter.objects.filter(state=LetterState.QUEUED).exists()
    while sequencer.run_once(clock.now()):
        pass
    assert verify.whole_log() == []


def days(case: Complaint, done: str) -> str:
    """The day on which something was done, as the ledger tells it."""
    entry = Entry.objects.get(subject=case.subject, event=f"complaint.{done}")
    return entry.happened_at.date().isoformat()


def test_columns_of_other_endings_are_known_in_both_languages() -> None:
    persian = (
        *("مبلغ", "واحد پول", "علت عدم رسیدگی", "نامهٔ پیش از بستن", "مدرک نامهٔ پیش از بستن"),
        *("تاریخ تلاش دوم", "روش تلاش دوم", "نحوهٔ پذیرش"),
    )
    english = (
        *("Amount", "Currency", "Declined because", "Notice given", "Notice proof"),
        *("Second attempt", "Second attempt by", "How accepted"),
    )
    assert recognise(persian) == recognise(english)
    assert Means.REMARK not in recognise(english)
