"""Files corrected, split, and worked on by two at once."""

from datetime import timedelta

import pytest
from tests.casework.acts import found
from tests.casework.conftest import DAY, HOUR, START, complainant
from tests.casework.telling import after, refused

from pasokh.casework.complaints import actions, queries
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.deadlines.models import Clock
from pasokh.kernel.errors import Refused

pytestmark = pytest.mark.django_db


def test_a_complainant_acts_on_their_own_file_alone(file, acts):
    case, other = file(), file()

    refused("not-authorised", acts._hear, case, by=complainant(other), at=START + HOUR)
    refused("not-authorised", acts._assess, case, by=complainant(case), at=START + HOUR)
    refused("no-such-complaint", queries.complaint_for, complainant(other), case.ref)


def test_whoever_was_slower_is_refused_and_loses_nothing(file, shop, acts):
    case = file()
    acts._note(case, by=shop.leila, at=START + HOUR)

    with pytest.raises(Refused) as refusal, actions.unchanged(case.ref, version=case.version):
        acts._assess(case, by=shop.reza, at=START + HOUR)
    assert refusal.value.code == "changed-meanwhile"
    with actions.unchanged(case.ref, version=after(case).version):
        acts._assess(case, by=shop.reza, at=START + 2 * HOUR)

    assert after(case).state == State.ASSESSED


def test_an_issue_that_was_split_off_goes_its_own_way(file, shop, acts):
    case = file()

    other = actions.split(case.ref, issue=2, by=shop.reza, at=START + HOUR)

    assert other.received_at == case.received_at
    assert [issue.text for issue in other.issues.all()] == ["تأخیر در تحویل"]
    refused("no-such-issue", actions.split, case.ref, issue=1, by=shop.reza, at=START + HOUR)
    acts._assess(case, by=shop.reza, at=START + 2 * HOUR)
    acts._decide(case, by=shop.reza, at=START + 3 * HOUR)
    assert after(case).state == State.DECIDED


@pytest.mark.clause("10002:7.5")
def test_a_matter_is_told_apart_and_needs_a_finding_of_its_own(file, shop, acts):
    case = file()

    refused("nothing-said", actions.add_issue, case.ref, text=" ", by=shop.reza, at=START + HOUR)
    actions.add_issue(case.ref, text="فیش پرداخت هم نرسید", by=shop.reza, at=START + HOUR)

    page = queries.read_case(shop.reza, case.ref, what="case", at=START + HOUR)
    assert [issue.number for issue in page.issues] == [1, 2, 3]
    assert page.issues[2].text == page.timeline[-1].texts[0] == "فیش پرداخت هم نرسید"
    assert [line.ref for line in queries.search(shop.reza, "فیش").lines] == [case.ref]
    acts._assess(case, by=shop.reza, at=START + 2 * HOUR)
    with pytest.raises(Refused):  # the third has no finding
        acts._decide(case, by=shop.reza, at=START + 3 * HOUR, findings=found(case)[:2])
    acts._decide(case, by=shop.reza, at=START + 3 * HOUR)
    assert after(case).state == State.DECIDED


@pytest.mark.clause("10002:4.9")
def test_a_correction_keeps_old_and_new_and_moves_the_deadlines(file, shop):
    case = file(at=START)
    due = Clock.objects.get(complaint=case, name="decide").due_at
    earlier = START - 7 * DAY

    actions.correct(
        case.ref,
        field="received_at",
        value=earlier,
        reason="تاریخ مهر پاکت",
        by=shop.nima,
        at=START + HOUR,
    )

    case = after(case)
    assert case.received_at == earlier
    assert Clock.objects.get(complaint=case, name="decide").due_at == due - 7 * DAY
    refused(
        "not-correctable",
        actions.correct,
        case.ref,
        field="narrative",
        value="",
        reason="x",
        by=shop.nima,
        at=START + timedelta(days=1),
    )


def test_two_files_are_joined_once_and_taken_apart_with_a_reason(file, shop):
    one, two = file(), file()
    said = {"by": shop.reza, "at": START + HOUR}

    actions.join(two.ref, other=one.ref, **said)
    for ref, other in ((one.ref, two.ref), (two.ref, one.ref)):
        refused("joined-already", actions.join, ref, other=other, **said)
    refused("reasons-missing", actions.unjoin, one.ref, other=two.ref, reason=" ", **said)
    actions.unjoin(one.ref, other=two.ref, reason="Another fridge.", **said)
    for ref, other in ((one.ref, two.ref), (one.ref, one.ref)):
        refused("not-joined", actions.unjoin, ref, other=other, reason="x", **said)
    for case, other in ((one, two), (two, one)):
        story = queries.read_case(shop.reza, case.ref, what="case", at=START + HOUR).timeline
        told = [line for line in story if "joined" in line.event]
        assert [line.event for line in told] == ["complaint.joined", "complaint.unjoined"]
        assert [line.facts["other"] for line in told] == [other.ref] * 2
        assert told[-1].texts == ("Another fridge.",)
    actions.join(one.ref, other=two.ref, **said)


def test_what_was_split_off_is_not_taken_apart(file, shop):
    case = file()
    other = actions.split(case.ref, issue=2, by=shop.reza, at=START + HOUR)
    said = {"by": shop.reza, "at": START + HOUR}

    refused("joined-already", actions.join, case.ref, other=other.ref, **said)
    refused("not-joined", actions.unjoin, other.ref, other=case.ref, reason="x", **said)
