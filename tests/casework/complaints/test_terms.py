import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.casework.complaints.terms import Finding, Outcome, outcome_of

pytestmark = pytest.mark.clause("10002:7.7")


@pytest.mark.parametrize("finding", Finding)
def test_issues_found_alike_give_that_outcome(finding):
    assert outcome_of([finding, finding]) == str(finding)


@pytest.mark.parametrize(
    ("findings", "outcome"),
    [
        ([Finding.UPHELD, Finding.NOT_UPHELD], Outcome.PARTLY),
        ([Finding.PARTLY, Finding.UNDETERMINED], Outcome.PARTLY),
        ([Finding.NOT_UPHELD, Finding.UNDETERMINED], Outcome.NOT_UPHELD),
        ([Finding.UNDETERMINED, Finding.SETTLED], Outcome.UNDETERMINED),
    ],
)
def test_mixed_findings_roll_up(findings, outcome):
    assert outcome_of(findings) is outcome


def test_a_complaint_without_issues_has_no_outcome():
    with pytest.raises(ValueError, match="at least one issue"):
        outcome_of([])


@given(st.lists(st.sampled_from(Finding), min_size=1))
def test_the_order_of_issues_does_not_matter(findings):
    assert outcome_of(findings) is outcome_of(reversed(findings))
