from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from pasokh.casework.complaints.closing import (
    MENDS,
    ClosingFacts,
    ClosingTerms,
    contract,
    decision_on_its_way,
    mending,
)
from pasokh.casework.complaints.lifecycle import State, Step, steps_from
from pasokh.casework.complaints.terms import Closing, Verdict
from pasokh.casework.correspondence.delivery import LetterKind, LetterState

pytestmark = pytest.mark.clause("10002:7.9")

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
DAY = timedelta(days=1)
STRICT = ClosingTerms(dated_remedies_suffice=False, second_attempt=True)
LENIENT = ClosingTerms(dated_remedies_suffice=True, second_attempt=False)
TOLD = ClosingFacts(
    anonymous=False,
    verdict=None,
    communicated_at=NOW - 40 * DAY,
    remedies_owed=0,
    issues_without_cause=0,
    authorities_unanswered=0,
    noticed_at=None,
    other_way_known=False,
    tried_again_at=None,
    silence_ends=None,
    routes_told_at=NOW - 40 * DAY,
    internal_ends=None,
    standing_ends=None,
)


def unmet(facts, terms=STRICT, at=NOW):
    return [term.code for term in contract(facts, terms, at=at).unmet]


def accepted(**changes):
    return replace(TOLD, verdict=Verdict.ACCEPTED, **changes)


def test_accepted_with_nothing_owed_closes():
    found = contract(accepted(), STRICT, at=NOW)

    assert (found.by, found.unmet) == (Closing.ACCEPTED, ())


def test_a_remedy_owed_keeps_the_file_open():
    assert unmet(accepted(remedies_owed=1)) == ["remedy-owed"]


def test_a_dated_remedy_suffices_where_the_regime_allows_it():
    assert unmet(accepted(remedies_owed=1), LENIENT) == []


def test_an_upheld_issue_without_its_cause_keeps_the_file_open():
    assert unmet(accepted(issues_without_cause=1)) == ["cause-missing"]


def test_an_authority_left_without_an_answer_keeps_the_file_open():
    assert unmet(accepted(authorities_unanswered=1)) == ["authority-unanswered"]


def test_a_decision_nobody_was_told_of_never_closes():
    assert unmet(accepted(communicated_at=None)) == ["decision-not-told"]


@pytest.mark.parametrize("verdict", [None, Verdict.NO_ANSWER, Verdict.UNREACHABLE])
def test_silence_needs_a_delivered_notice_first(verdict):
    found = contract(replace(TOLD, verdict=verdict), STRICT, at=NOW)

    assert found.by is Closing.SILENCE
    assert [term.code for term in found.unmet] == ["notice-not-delivered"]


def test_silence_needs_the_whole_published_period_to_the_last_instant():
    noticed = replace(TOLD, noticed_at=NOW - 10 * DAY, silence_ends=NOW)

    assert unmet(noticed, at=NOW - timedelta(microseconds=1)) == ["silence-period-runs"]
    assert unmet(noticed) == []


def test_silence_needs_a_second_attempt_where_another_way_is_known():
    noticed = replace(TOLD, noticed_at=NOW - 10 * DAY, silence_ends=NOW, other_way_known=True)

    assert unmet(noticed) == ["second-attempt-missing"]
    assert unmet(noticed, LENIENT) == []
    assert unmet(replace(noticed, tried_again_at=NOW - DAY)) == []


def test_a_refusal_needs_the_further_routes_and_their_period():
    refused = replace(TOLD, verdict=Verdict.NOT_ACCEPTED)

    assert unmet(replace(refused, routes_told_at=None)) == ["routes-not-told"]
    assert unmet(replace(refused, internal_ends=NOW + DAY)) == ["internal-period-runs"]
    assert unmet(replace(refused, internal_ends=NOW)) == []


def test_a_refusal_is_not_closed_as_silence():
    refused = replace(
        TOLD, verdict=Verdict.NOT_ACCEPTED, noticed_at=NOW - 30 * DAY, silence_ends=NOW - DAY
    )

    assert unmet(refused) == ["internal-period-runs"]


def test_an_anonymous_file_stands_for_the_whole_period():
    nobody = replace(TOLD, anonymous=True, noticed_at=NOW - 10 * DAY, standing_ends=NOW + DAY)

    assert contract(nobody, STRICT, at=NOW).by is Closing.STOOD_ANONYMOUS
    assert unmet(nobody) == ["standing-period-runs"]
    assert unmet(nobody, at=NOW + DAY) == []


def test_a_period_whose_end_is_unknown_has_not_ended():
    noticed = replace(TOLD, noticed_at=NOW - 10 * DAY, silence_ends=None)

    assert unmet(noticed) == ["silence-period-runs"]


def test_all_unmet_terms_are_named_at_once():
    everything = accepted(communicated_at=None, remedies_owed=2, issues_without_cause=1)

    assert unmet(everything) == ["decision-not-told", "cause-missing", "remedy-owed"]


def test_each_gap_that_we_can_fill_is_filled_by_one_step():
    bare = replace(accepted(), issues_without_cause=1, remedies_owed=1)

    assert mending(contract(bare, STRICT, at=NOW)) == {Step.TRACE, Step.FULFIL}
    assert mending(contract(bare, LENIENT, at=NOW)) == {Step.TRACE}
    assert mending(contract(TOLD, STRICT, at=NOW)) == {Step.NOTICE}
    assert mending(contract(accepted(), STRICT, at=NOW)) == frozenset()


def test_time_and_others_fill_what_no_step_of_ours_can():
    noticed = replace(TOLD, noticed_at=NOW, silence_ends=NOW + DAY, other_way_known=True)
    refused = replace(TOLD, verdict=Verdict.NOT_ACCEPTED, internal_ends=NOW + DAY)

    for facts in (noticed, refused):
        assert unmet(facts)
        assert mending(contract(facts, STRICT, at=NOW)) == frozenset()
    assert mending(None) == frozenset()


def test_what_fills_a_gap_is_open_where_the_contract_is_weighed():
    assert set(MENDS.values()) <= set(steps_from(State.COMMUNICATED))


@pytest.mark.parametrize("state", LetterState)
def test_a_decision_is_on_its_way_until_its_letter_is_lost(state):
    lost = state in {LetterState.FAILED, LetterState.RETURNED, LetterState.CANCELLED}
    sent = SimpleNamespace(kind="decision", stage=2, state=str(state))

    assert decision_on_its_way(State.DECIDED, 2, [sent]) is not lost
    assert not decision_on_its_way(State.COMMUNICATED, 2, [sent])
    assert not decision_on_its_way(State.DECIDED, 1, [sent])


def test_no_other_letter_carries_a_decision():
    others = [
        SimpleNamespace(kind=str(kind), stage=1, state="queued")
        for kind in LetterKind
        if kind is not LetterKind.DECISION
    ]

    assert not decision_on_its_way(State.DECIDED, 1, others)
    assert not decision_on_its_way(State.DECIDED, 1, [])
