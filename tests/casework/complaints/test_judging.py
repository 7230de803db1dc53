"""Decisions and taking them back."""

import pytest
from tests.casework.acts import found
from tests.casework.conftest import HOUR, START
from tests.casework.telling import after, came_back, decided, refused, sent

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.models import Decision
from pasokh.casework.complaints.terms import Finding
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.remedies.models import Remedy

pytestmark = pytest.mark.django_db


@pytest.mark.clause("10002:7.7")
def test_a_decision_finds_every_issue_once(file, shop, acts):
    case = file()
    acts._assess(case, by=shop.reza, at=START + HOUR)
    one = found(case)[:1]

    for findings in (one, one * 2, [*found(case), *one]):
        refused(
            "finding-for-each-issue",
            acts._decide,
            case,
            by=shop.reza,
            at=START + 2 * HOUR,
            findings=findings,
        )
    assert Decision.objects.filter(complaint=case).count() == 0


@pytest.mark.clause("10002:4.12")
@pytest.mark.clause("10002:7.7")
def test_a_decision_without_reasons_is_refused(file, shop, acts):
    case = file()
    acts._assess(case, by=shop.reza, at=START + HOUR)

    refused("reasons-missing", acts._decide, case, by=shop.reza, at=START + 2 * HOUR, reasons=" ")


def test_reconsidering_drops_the_promises_and_the_unsent_letter(named, shop, acts):
    case = decided(named, acts, shop, Finding.UPHELD, promises=[acts.promise(named, START)])
    row = actions.write(
        case.ref, kind=LetterKind.DECISION, facts={}, by=shop.reza, at=START + 4 * HOUR
    )

    acts._reconsider(case, by=shop.reza, at=START + 5 * HOUR)

    assert after(case).state == State.ASSESSED
    assert Remedy.objects.get(complaint=case).dropped_at == START + 5 * HOUR
    assert Letter.objects.get(pk=row.pk).state == LetterState.CANCELLED
    acts._decide(case, by=shop.reza, at=START + 6 * HOUR)


def test_a_decision_that_went_out_is_not_reconsidered_even_if_it_came_back(named, shop, acts):
    decided(named, acts, shop)
    row = sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    came_back(named, row, shop, START + 5 * HOUR)

    refused("already-sent", acts._reconsider, named, by=shop.reza, at=START + 6 * HOUR)


@pytest.mark.clause("10002:7.7")
def test_a_remedy_is_promised_only_for_an_issue_of_the_same_file(file, shop, acts):
    case, other = file(), file()
    acts._assess(case, by=shop.reza, at=START + HOUR)
    first, theirs = case.issues.get(number=1).pk, other.issues.get(number=1).pk

    foreign = [acts.promise(case, START, issue=theirs)]
    at = START + 2 * HOUR
    refused("no-such-issue", acts._decide, case, by=shop.reza, at=at, promises=foreign)
    promises = [acts.promise(case, START, issue=first), acts.promise(case, START)]
    acts._decide(case, by=shop.reza, at=at, promises=promises)

    rows = Remedy.objects.filter(complaint=case).order_by("pk")
    assert list(rows.values_list("issue", flat=True)) == [first, None]
