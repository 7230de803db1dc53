"""What the complainant says of a decision: of the whole, and of single issues."""

import pytest
from tests.casework.conftest import DAY, HOUR, START, complainant
from tests.casework.telling import after, decided, refused, sent

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.terms import Verdict
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.kernel.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.clause("10002:7.9")]

YES, NO, SILENT = Verdict.ACCEPTED, Verdict.NOT_ACCEPTED, Verdict.NO_ANSWER
AGAINST = "verdict-against-issues"


@pytest.fixture
def say(named, acts, shop):
    """Answer the decision on a file with two issues."""
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)

    def answer(whole, issues):
        said = {"verdict": whole, "issues": issues, "comment": "", "happened_at": START + DAY}
        return actions.verdict(named.ref, **said, by=complainant(named), at=START + DAY)

    return answer


@pytest.mark.parametrize(
    ("whole", "issues"),
    [(YES, {}), (YES, {1: YES}), (NO, {1: YES}), (NO, {1: YES, 2: NO}), (NO, {1: NO, 2: NO})],
)
def test_answers_that_fit_are_kept_issue_by_issue(say, named, whole, issues):
    say(whole, issues)

    assert after(named).verdict == whole
    facts = Entry.objects.get(subject=named.subject, event="complaint.verdict_given").facts
    assert facts["issues"] == [{"issue": n, "verdict": said} for n, said in issues.items()]


@pytest.mark.parametrize(
    ("whole", "issues", "code"),
    [
        (YES, {1: NO}, AGAINST),
        (YES, {1: YES, 2: NO}, AGAINST),
        (NO, {1: YES, 2: YES}, AGAINST),
        (NO, {1: SILENT}, AGAINST),
        (YES, {3: YES}, "no-such-issue"),
    ],
)
def test_answers_that_contradict_each_other_change_nothing(say, named, whole, issues, code):
    refused(code, say, whole, issues)

    assert after(named).verdict == ""


def test_silence_is_not_said_of_a_single_issue(say, named, shop):
    said = {"issues": {1: YES}, "comment": "", "happened_at": START + DAY}

    refused(
        AGAINST, actions.verdict, named.ref, verdict=SILENT, **said, by=shop.reza, at=START + DAY
    )
