"""What colleagues write by hand: with files and copies, at its time, taken back until it leaves."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, HOUR, START, complainant, told
from tests.casework.correspondence.correspondents import complain
from tests.casework.telling import refused

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.writing import NARRATIVE, Along, CopyTo
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.matter import File
from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.casework.complaints.queries import letters, tracking
from pasokh.casework.correspondence.delivery import SECOND_THOUGHTS, LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.rendering import text
from pasokh.casework.correspondence.writing import actions as writing
from pasokh.casework.correspondence.writing.quoting import MOST_SIGNS, folded

AT = START + HOUR
SECOND = timedelta(seconds=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(shop: SimpleNamespace) -> Complaint:
    return complain(shop, "en")


def sent(case: Complaint, shop: Any, **along: Any) -> Letter:
    along = {"leaves_at": AT + SECOND_THOUGHTS, **along}
    actions.message(case.ref, text="Dear Mary", along=Along(**along), by=shop.reza, at=AT)
    return Letter.objects.filter(complaint=case, copy_of=None).latest("pk")


def state(letter: Letter) -> str:
    letter.refresh_from_db()
    return letter.state


def said(case: Complaint) -> list[str]:
    return [one.text for one in tracking.tracked(complainant(case)).messages]


@pytest.mark.clause("10002:7.3")
def test_for_ten_seconds_a_message_stands_nowhere_and_can_be_taken_back(
    case: Complaint, shop: Any
) -> None:
    letter = sent(case, shop)
    writing.set_out(AT + SECOND_THOUGHTS - SECOND)
    assert (state(letter), said(case)) == (LetterState.PENDING, [])
    story = len(tracking.tracked(complainant(case)).story)

    actions.take_back(case.ref, letter=letter.pk, by=shop.reza, at=AT + 9 * SECOND)
    writing.set_out(AT + DAY)

    assert (state(letter), said(case)) == (LetterState.CANCELLED, [])
    assert len(tracking.tracked(complainant(case)).story) == story
    assert told(case)[-2:] == ["complaint.message_sent", "complaint.letter_taken_back"]


def test_what_has_left_is_neither_taken_back_nor_postponed(case: Complaint, shop: Any) -> None:
    letter = sent(case, shop)
    writing.set_out(AT + SECOND_THOUGHTS)
    assert (state(letter), said(case)) == (LetterState.QUEUED, ["Dear Mary"])

    known = {"letter": letter.pk, "by": shop.reza, "at": AT + HOUR}
    refused("letter-has-left", actions.take_back, case.ref, **known)
    refused("letter-has-left", actions.postpone, case.ref, leaves_at=AT + DAY, **known)


def test_a_decision_can_be_taken_back_and_was_then_never_told(
    case: Complaint, shop: Any, acts: Acts
) -> None:
    acts.take(Step.ASSESS, case, shop.reza, AT)
    acts.take(Step.DECIDE, case, shop.reza, AT)
    kind = LetterKind.DECISION
    later = AT + SECOND_THOUGHTS
    letter = actions.write(case.ref, kind=kind, facts={}, leaves_at=later, by=shop.reza, at=AT)
    assert tracking.tracked(complainant(case)).decision is None

    actions.take_back(case.ref, letter=letter.pk, by=shop.reza, at=AT + SECOND)

    assert tracking.tracked(complainant(case)).decision is None
    actions.reconsider(case.ref, reason="x", by=shop.reza, at=AT + HOUR)


def test_a_letter_leaves_at_the_time_that_was_chosen_and_bears_its_day(
    case: Complaint, shop: Any
) -> None:
    letter = sent(case, shop, leaves_at=AT + 3 * DAY)
    actions.postpone(case.ref, letter=letter.pk, leaves_at=AT + 5 * DAY, by=shop.reza, at=AT + DAY)
    writing.set_out(AT + 4 * DAY)
    assert state(letter) == LetterState.PENDING

    writing.set_out(AT + 5 * DAY)
    assert state(letter) == LetterState.QUEUED
    assert letters.compose(letter).dated == "Saturday 9 May 2026"
    assert told(case)[-1] == "complaint.letter_postponed"


@pytest.mark.parametrize("when", [AT - HOUR, AT, AT + 400 * DAY])
def test_no_letter_leaves_in_the_past_or_after_years(when: Any, case: Complaint, shop: Any) -> None:
    with_time = {"text": "x", "along": Along(leaves_at=when), "by": shop.reza, "at": AT}
    refused("leaves-at-no-time", actions.message, case.ref, **with_time)


def test_the_end_of_a_file_calls_back_what_was_to_be_asked_later(
    case: Complaint, shop: Any, acts: Acts
) -> None:
    later = Along(leaves_at=AT + DAY)
    actions.ask(case.ref, question="Which one?", along=later, by=shop.reza, at=AT)
    acts.take(Step.WITHDRAW, case, shop.reza, AT + HOUR)
    writing.set_out(AT + DAY)

    assert state(Letter.objects.get(kind="request")) == LetterState.CANCELLED
    assert said(case) == []


@pytest.mark.clause("10002:7.3")
def test_an_answer_names_what_it_answers_and_what_goes_along(case: Complaint, shop: Any) -> None:
    heard = actions.hear(
        case.ref,
        text="> you said\nWhen will you come?",
        channel="counter",
        files=(File("a" * 64, "bill.pdf", "application/pdf", 9),),
        happened_at=AT,
        by=shop.reza,
        at=AT,
    )
    (bill,) = Attachment.objects.all()
    new = File("b" * 64, "plan.pdf", "application/pdf", 9)
    letter = sent(case, shop, quotes=heard.pk, enclosed=(bill.pk,), files=(new,))

    plain = text(letters.compose(letter))
    assert "On Monday 4 May 2026 you wrote" in plain
    assert "│ When will you come?" in plain
    assert "you said" not in plain
    assert "• bill.pdf\n• plan.pdf" in plain
    assert [one.attachment.name for one in letter.enclosures.order_by("pk")] == [
        "bill.pdf",
        "plan.pdf",
    ]
    narrative = sent(case, shop, quotes=NARRATIVE)
    assert case.narrative in text(letters.compose(narrative))


def test_what_is_inside_of_another_file_or_too_large_does_not_go_along(
    case: Complaint, shop: Any
) -> None:
    other = complain(shop, "en")
    rows = [
        Attachment.objects.create(
            complaint=each, digest=sign * 64, name="x", kind="", size=size, at=AT, inside=inside
        )
        for each, sign, size, inside in (
            (case, "a", 1, True),
            (other, "b", 1, False),
            (case, "c", 15 * 1024**2, False),
        )
    ]
    for row, code in zip(
        rows, ("file-may-not-leave", "no-such-file", "enclosures-too-large"), strict=True
    ):
        refused(
            code,
            actions.message,
            case.ref,
            text="x",
            along=Along(enclosed=(row.pk,)),
            by=shop.reza,
            at=AT,
        )
    refused(
        "no-such-message",
        actions.message,
        case.ref,
        text="x",
        along=Along(quotes=999),
        by=shop.reza,
        at=AT,
    )


@pytest.mark.parametrize(
    ("copy", "code"),
    [
        (CopyTo(point=1), "copy-to-nobody"),
        (CopyTo(address="a@b.example"), "copy-needs-a-reason"),
        (CopyTo(address="not an address", reason="why"), "address-invalid"),
    ],
)
def test_a_copy_goes_to_no_stranger(copy: CopyTo, code: str, case: Complaint, shop: Any) -> None:
    along = Along(copies=(copy,))
    refused(code, actions.message, case.ref, text="x", along=along, by=shop.reza, at=AT)


def test_a_copy_leaves_with_its_letter_says_what_it_is_and_tells_nobody_else(
    case: Complaint, shop: Any
) -> None:
    lawyer = CopyTo(address="law@firm.example", reason="asked for by telephone")
    letter = sent(case, shop, copies=(lawyer,))
    copy = letter.copies.get()
    assert (copy.address, copy.state) == ("law@firm.example", LetterState.PENDING)
    assert "copy of our letter to Mary Collins" in text(letters.compose(copy))

    writing.set_out(AT + DAY)
    assert state(copy) == LetterState.QUEUED
    assert len(said(case)) == 1


def test_a_quotation_is_short_and_quotes_no_quotation() -> None:
    assert folded("one\n\n\n\n> two\n> three\nfour\n") == "one\n\nfour"
    assert folded("> only this") == "> only this"
    assert len(folded("word " * 900)) <= MOST_SIGNS + 2
    assert folded("\n".join("x" * 40)).endswith("…")
