"""What a complainant may see of their file: values, few statements, nothing internal."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from types import SimpleNamespace
from typing import Any, get_args, get_type_hints

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from tests.casework.acts import Acts
from tests.casework.conftest import HOUR, START, complainant

from pasokh.casework.complaints import actions, events
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries import story, tracking
from pasokh.casework.correspondence.delivery import SECOND_THOUGHTS, LetterKind
from pasokh.casework.correspondence.writing import actions as writing
from pasokh.kernel.errors import Refused
from pasokh.kernel.events import known

#: Facts of a file that are not the complainant's to read, or that another part of the page tells.
INSIDE = {
    *("complaint.noted", "complaint.evidence_gathered", "complaint.cause_traced"),
    *("complaint.reconsidered", "complaint.colleague_named", "complaint.independence_waived"),
    *("complaint.promise_kept", "complaint.corrected", "complaint.recategorised"),
    *("complaint.joined", "complaint.unjoined", "complaint.significant_told"),
    *("complaint.significant_read", "complaint.letter_written", "complaint.letter_told"),
    *("complaint.decided", "complaint.declined", "complaint.kept_as_it_came"),
    *("complaint.letter_queued_again", "complaint.letter_numbered"),
    *("complaint.letter_taken_back", "complaint.letter_postponed"),
    *("complaint.letter_approved", "complaint.letter_sent_back"),
    *("complaint.deadline_near", "complaint.deadline_passed"),
    *("complaint.authority_answer_written", "complaint.remedies_ordered"),
    "complaint.mail_signed",
    "complaint.sender_unverified",
}


def types_within(hint: Any, seen: set[Any]) -> set[Any]:
    """Every type that a value of this type can hold."""
    if hint in seen:
        return seen
    seen.add(hint)
    for inner in get_args(hint):
        types_within(inner, seen)
    if isinstance(hint, type) and is_dataclass(hint):
        for inner in get_type_hints(hint).values():
            types_within(inner, seen)
    return seen


def test_no_row_of_a_table_can_be_reached_from_the_page() -> None:
    held = types_within(tracking.Tracked, set())

    assert {each for each in held if isinstance(each, type) and issubclass(each, models.Model)} == (
        set()
    )
    names = {field.name for each in held if is_dataclass(each) for field in fields(each)}
    assert not names & {
        "note",
        "notes",
        "staff",
        "handler",
        "owner",
        "author",
        "decided_by",
        "seal",
    }


def test_every_fact_of_a_file_is_either_told_or_stays_inside() -> None:
    ours = {
        name
        for (name, _), declared in known().items()
        if name.startswith("complaint.") and declared.__module__.startswith("pasokh.")
    }

    assert ours - set(story.TOLD) == INSIDE & ours
    assert set(story.TOLD) - ours == set()
    assert events.Noted.name in INSIDE


@pytest.fixture
def full(
    file: Callable[..., Complaint], acts: Acts, shop: SimpleNamespace
) -> Callable[[int], Complaint]:
    """A file with so many of everything."""

    def make(many: int) -> Complaint:
        case = file(anonymous=False)
        at = START + HOUR
        acts._assess(case, by=shop.reza, at=at)
        for number in range(many):
            actions.note(case.ref, text=f"SECRET {number}", by=shop.reza, at=at)
            actions.message(case.ref, text=f"سلام {number}", by=shop.reza, at=at)
            acts._hear(case, by=complainant(case), at=at)
        promises = [acts.promise(case, at) for _ in range(many)]
        acts._decide(case, by=shop.reza, at=at, promises=promises)
        actions.write(case.ref, kind=LetterKind.DECISION, facts={}, by=shop.reza, at=at)
        writing.set_out(at + SECOND_THOUGHTS)
        return case

    return make


def test_the_page_asks_the_same_number_of_questions_for_one_and_for_thirty(
    full: Callable[[int], Complaint],
) -> None:
    counts = []
    for many in (1, 30):
        case = full(many)
        with CaptureQueriesContext(connection) as seen:
            page = tracking.tracked(complainant(case))
        assert len(page.messages) == 2 * many
        counts.append(len(seen.captured_queries))

    assert counts[0] == counts[1]


@pytest.mark.clause("10002:4.10")
def test_notes_and_names_of_colleagues_never_reach_the_page(
    full: Callable[[int], Complaint], shop: SimpleNamespace
) -> None:
    page = repr(tracking.tracked(complainant(full(3))))

    assert "SECRET" not in page
    assert [name for name in ("reza", "nima", "sara", "leila") if name in page] == []


def test_the_decision_is_shown_once_its_letter_sets_out(
    full: Callable[[int], Complaint], file: Callable[..., Complaint], acts: Acts, shop: Any
) -> None:
    page = tracking.tracked(complainant(full(1)))
    assert page.decision
    assert [found.number for found in page.decision.issues] == [1, 2]
    assert len(page.decision.remedies) == 1

    case = file()
    acts._assess(case, by=shop.reza, at=START)
    acts._decide(case, by=shop.reza, at=START)
    assert tracking.tracked(complainant(case)).decision is None


@pytest.mark.clause("10002:7.3")
def test_the_page_says_what_may_be_done_and_until_when(
    file: Callable[..., Complaint], shop: SimpleNamespace
) -> None:
    case = file()
    assert tracking.tracked(complainant(case)).may == {Step.HEAR, Step.WITHDRAW}
    actions.withdraw(case.ref, reason="", by=complainant(case), at=START + HOUR)
    page = tracking.tracked(complainant(case))

    assert page.state is State.WITHDRAWN
    assert page.may == {Step.HEAR, Step.REOPEN}
    assert list(page.ends) == ["withdraw_undo"]


def test_a_file_that_is_not_theirs_does_not_exist(file: Callable[..., Complaint]) -> None:
    case = file()
    stranger = complainant(Complaint(ref="P-000000-0"))

    assert tracking.tracked(complainant(case)).ref == case.ref
    with pytest.raises(Refused, match="no-such-complaint"):
        tracking.tracked(stranger)


@pytest.mark.clause("10002:7.3")
def test_the_next_dates_are_the_running_duties_in_order(file: Callable[..., Complaint]) -> None:
    dates = tracking.next_dates(complainant(file()))

    assert [clock.name for clock in dates] == ["acknowledge", "assess", "update", "decide"]
    assert [clock.due_at for clock in dates] == sorted(clock.due_at for clock in dates)  # type: ignore[type-var]
