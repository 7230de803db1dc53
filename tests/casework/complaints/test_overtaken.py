"""A letter that events have overtaken does not leave; a later date is in its letter at once."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from tests.casework.acts import Acts
from tests.casework.conftest import HOUR, START, complainant
from tests.casework.telling import decided, sent

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries import letters
from pasokh.casework.complaints.terms import Verdict
from pasokh.casework.correspondence.composed import Paragraph
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.deadlines.models import Clock, Extension
from pasokh.kernel import dates

pytestmark = pytest.mark.django_db


def state(letter: Letter) -> str:
    letter.refresh_from_db()
    return letter.state


def write(case: Complaint, kind: LetterKind, shop: SimpleNamespace, hours: int) -> Letter:
    at = START + hours * HOUR
    return actions.write(case.ref, kind=kind, facts={}, by=shop.reza, at=at)


@pytest.mark.clause("10002:7.9")
@pytest.mark.parametrize("answer", ["accepted", "review"])
def test_a_notice_still_in_the_house_is_called_back_by_the_answer(
    named: Complaint, acts: Acts, shop: SimpleNamespace, answer: str
) -> None:
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    notice = write(named, LetterKind.NOTICE, shop, 5)

    if answer == "review":
        actions.review(named.ref, reason="", by=complainant(named), at=START + 6 * HOUR)
    else:
        acts._verdict(named, by=shop.reza, at=START + 6 * HOUR, said=Verdict.ACCEPTED)

    assert state(notice) == LetterState.CANCELLED


def test_what_was_established_without_the_person_calls_nothing_back(
    named: Complaint, acts: Acts, shop: SimpleNamespace
) -> None:
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    notice = write(named, LetterKind.NOTICE, shop, 5)

    acts._verdict(named, by=shop.reza, at=START + 6 * HOUR, said=Verdict.NO_ANSWER)

    assert state(notice) == LetterState.QUEUED


@pytest.mark.parametrize("end", [Step.WITHDRAW, Step.SET_ASIDE, Step.SETTLE])
def test_an_ended_file_asks_and_promises_nothing_any_more(
    named: Complaint, acts: Acts, shop: SimpleNamespace, end: Step
) -> None:
    write(named, LetterKind.ACKNOWLEDGEMENT, shop, 1)
    write(named, LetterKind.PROGRESS, shop, 1)
    actions.ask(named.ref, question="شماره؟", by=shop.reza, at=START + HOUR)

    acts.take(end, named, shop.sara if end is Step.SET_ASIDE else shop.nima, START + 2 * HOUR)

    states = dict(Letter.objects.filter(complaint=named).values_list("kind", "state"))
    assert states["acknowledgement"] == LetterState.QUEUED
    assert (states["progress"], states["request"]) == (LetterState.CANCELLED,) * 2


def test_what_left_already_is_not_called_back(
    named: Complaint, acts: Acts, shop: SimpleNamespace
) -> None:
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    notice = sent(named, LetterKind.NOTICE, shop, START + 5 * HOUR)

    acts._verdict(named, by=shop.reza, at=START + 6 * HOUR)

    assert state(notice) == LetterState.HANDED_OVER


@pytest.mark.clause("10002:7.3")
@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_letter_of_an_extension_names_the_date_it_gave(
    file: Callable[..., Complaint], shop: SimpleNamespace, language: str
) -> None:
    case = file()
    Complaint.objects.filter(pk=case.pk).update(language=language)
    actions.extend(
        case.ref, clock="decide", amount=2, reason="قطعه", by=shop.parvin, at=START + HOUR
    )
    letter = Letter.objects.get(complaint=case, kind=LetterKind.EXTENSION)
    until = Clock.objects.get(complaint=case, name="decide").due_at
    assert until is not None

    assert letter.facts == {"clock": "decide", "until": until.isoformat()}
    assert Extension.objects.get(complaint=case).letter == letter
    actions.hold(
        case.ref, category="complainant", reason="مدرک", by=shop.parvin, at=START + 2 * HOUR
    )
    said = [one.text for one in letters.compose(letter).blocks if isinstance(one, Paragraph)]
    day = dates.as_date(until - HOUR, language, dates.UTC)
    assert any(day in text for text in said)
