"""The ways in which a file ends, and is taken up again."""

import pytest
from tests.casework.conftest import DAY, HOUR, START, complainant
from tests.casework.telling import after, clocks, decided, refused, sent

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.terms import Finding, Verdict
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.remedies.models import Remedy

pytestmark = pytest.mark.django_db


@pytest.mark.clause("10002:7.9")
def test_accepted_with_its_remedy_done_the_file_closes(named, shop, acts):
    promise = acts.promise(named, START)
    decided(named, acts, shop, Finding.UPHELD, promises=[promise])
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    acts._verdict(named, by=complainant(named), at=START + DAY)

    refusal = refused("closing-contract", actions.close, named.ref, by=shop.reza, at=START + DAY)
    assert refusal.facts["unmet"] == ("cause-missing", "remedy-owed")
    for issue in (1, 2):
        actions.trace(
            named.ref,
            issue=issue,
            cause=acts.terms.cause,
            others_affected="no",
            by=shop.reza,
            at=START + DAY,
        )
    remedy = Remedy.objects.get(complaint=named)
    actions.fulfil(
        named.ref,
        remedy=remedy.pk,
        done_on=(START + DAY).date(),
        proof="رسید",
        by=shop.reza,
        at=START + DAY + HOUR,
    )
    actions.close(named.ref, by=shop.reza, at=START + DAY + 2 * HOUR)

    case = after(named)
    assert (case.state, case.closing, case.verdict) == (State.CLOSED, "accepted", "accepted")
    assert clocks(case) == []
    assert case.due_at is None


@pytest.mark.clause("10002:7.9")
def test_silence_closes_only_after_notice_second_attempt_and_the_published_period(
    named, shop, acts
):
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    at = START + 20 * DAY

    refusal = refused("closing-contract", actions.close, named.ref, by=shop.reza, at=at)
    assert refusal.facts["unmet"] == ("notice-not-delivered",)
    sent(named, LetterKind.NOTICE, shop, at)
    refusal = refused("closing-contract", actions.close, named.ref, by=shop.reza, at=at + HOUR)
    assert refusal.facts["unmet"] == ("second-attempt-missing", "silence-period-runs")
    acts._log_contact(named, by=shop.reza, at=at + DAY, reached=False, second_attempt=True)
    refusal = refused("closing-contract", actions.close, named.ref, by=shop.reza, at=at + 2 * DAY)
    assert refusal.facts["unmet"] == ("silence-period-runs",)
    actions.close(named.ref, by=shop.reza, at=at + 16 * DAY)

    case = after(named)
    assert (case.closing, case.verdict) == ("silence", "")


@pytest.mark.clause("10002:7.9")
def test_a_refused_decision_stays_open_until_the_internal_period_has_ended(named, shop, acts):
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    acts._verdict(named, by=complainant(named), at=START + DAY, said=Verdict.NOT_ACCEPTED)

    refusal = refused(
        "closing-contract", actions.close, named.ref, by=shop.reza, at=START + 20 * DAY
    )
    assert refusal.facts["unmet"] == ("internal-period-runs",)
    actions.close(named.ref, by=shop.reza, at=START + 40 * DAY)

    assert after(named).closing == "routes_exhausted"


@pytest.mark.clause("10002:7.9")
def test_an_anonymous_decision_stands_on_its_page_for_the_whole_period(file, shop, acts):
    case = file()
    decided(case, acts, shop)
    actions.write(case.ref, kind=LetterKind.DECISION, facts={}, by=shop.reza, at=START + 4 * HOUR)
    assert after(case).state == State.COMMUNICATED
    actions.write(case.ref, kind=LetterKind.NOTICE, facts={}, by=shop.reza, at=START + 5 * HOUR)

    refusal = refused("closing-contract", actions.close, case.ref, by=shop.reza, at=START + DAY)
    assert refusal.facts["unmet"] == ("standing-period-runs",)
    actions.close(case.ref, by=shop.reza, at=START + 32 * DAY)

    assert after(case).closing == "stood_anonymous"


@pytest.mark.clause("10002:7.9")
def test_taking_the_remedy_costs_no_review_unless_the_offer_said_so(named, shop, acts):
    decided(named, acts, shop, waives_review=True)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    acts._verdict(named, by=complainant(named), at=START + DAY)

    refused("review-given-up", acts._review, named, by=complainant(named), at=START + DAY)
    acts._verdict(named, by=complainant(named), at=START + DAY, said=Verdict.NOT_ACCEPTED)
    acts._review(named, by=complainant(named), at=START + DAY)

    assert after(named).stage == 2


@pytest.mark.clause("10002:7.9")
def test_a_withdrawal_can_be_undone_for_the_published_period(file, acts):
    case = file()
    acts._withdraw(case, by=complainant(case), at=START + DAY)

    refused("period-over", acts._reopen, after(case), by=complainant(case), at=START + 17 * DAY)
    acts._reopen(after(case), by=complainant(case), at=START + 14 * DAY)

    assert after(case).state == State.RECEIVED
    assert "decide" in clocks(case)


def test_silence_is_established_by_the_organisation_alone(named, shop, acts):
    decided(named, acts, shop)
    sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)

    refused(
        "not-authorised",
        acts._verdict,
        named,
        by=complainant(named),
        at=START + DAY,
        said=Verdict.NO_ANSWER,
    )
