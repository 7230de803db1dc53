"""Letters told and returned, and what that does to the file."""

from datetime import timedelta

import pytest
from tests.casework.acts import PROOF
from tests.casework.conftest import DAY, HOUR, START, complainant, told
from tests.casework.telling import after, came_back, clocks, decided, refused, sent

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter, Telling
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.deadlines.models import Clock
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.mark.clause("10002:7.4")
def test_acknowledging_is_a_milestone_and_stops_its_clock(named, shop):
    assert clocks(named) == ["acknowledge", "assess", "decide", "update"]

    sent(named, LetterKind.ACKNOWLEDGEMENT, shop, START + HOUR)

    assert after(named).state == State.RECEIVED
    assert clocks(named) == ["assess", "decide", "update"]
    assert told(named) == [
        "complaint.received",
        "complaint.letter_written",
        "complaint.acknowledged",
    ]


@pytest.mark.clause("10002:7.4")
def test_an_acknowledgement_that_comes_back_starts_its_clock_again(named, shop):
    due = Clock.objects.get(complaint=named, name="acknowledge").due_at
    row = sent(named, LetterKind.ACKNOWLEDGEMENT, shop, START + HOUR)

    came_back(named, row, shop, START + 2 * HOUR)

    assert Clock.objects.get(complaint=named, name="acknowledge", state="running").due_at == due
    assert told(named)[-1] == "complaint.acknowledgement_undelivered"
    assert [t.undone_at for t in Telling.objects.filter(letter=row)] == [START + 2 * HOUR]


@pytest.mark.clause("10002:7.8")
def test_a_decision_that_comes_back_was_never_communicated(named, shop, acts):
    decided(named, acts, shop)
    row = sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    assert "verdict" in clocks(named)

    came_back(named, row, shop, START + 5 * HOUR)

    assert after(named).state == State.DECIDED
    assert "verdict" not in clocks(named)
    refused("step-not-open", acts._verdict, named, by=complainant(named), at=START + DAY)


@pytest.mark.clause("10002:7.8")
def test_a_return_undoes_nothing_that_was_also_told_another_way(named, shop, acts):
    decided(named, acts, shop)
    row = sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    actions.told(
        named.ref,
        letter=row.pk,
        way=Way.SHOWN,
        proof={},
        happened_at=START + 5 * HOUR,
        by=shop.reza,
        at=START + 5 * HOUR,
    )

    came_back(named, row, shop, START + 6 * HOUR)

    assert after(named).state == State.COMMUNICATED
    assert told(named)[-1] == "complaint.letter_returned"


@pytest.mark.clause("10002:7.8")
def test_a_decision_that_comes_back_after_closing_opens_the_file_again(named, shop, acts):
    decided(named, acts, shop)
    row = sent(named, LetterKind.DECISION, shop, START + 4 * HOUR)
    acts._verdict(named, by=shop.reza, at=START + DAY)
    actions.close(named.ref, by=shop.reza, at=START + DAY)

    came_back(named, row, shop, START + 2 * DAY)

    assert after(named).state == State.DECIDED


@pytest.mark.clause("10002:7.8")
@pytest.mark.parametrize("way", [Way.HANDED, Way.TELEPHONED, Way.SENT])
def test_what_cannot_be_proved_was_not_told(way, named, shop, acts):
    decided(named, acts, shop)
    row = actions.write(
        named.ref, kind=LetterKind.DECISION, facts={}, by=shop.reza, at=START + 4 * HOUR
    )

    refused(
        "proof-missing",
        actions.told,
        named.ref,
        letter=row.pk,
        way=way,
        proof={"signed_by": " "},
        happened_at=START + 4 * HOUR,
        by=shop.reza,
        at=START + 4 * HOUR,
    )
    assert after(named).state == State.DECIDED


def test_nothing_happens_before_receipt_or_in_the_future(named, shop):
    row = actions.write(
        named.ref, kind=LetterKind.ACKNOWLEDGEMENT, facts={}, by=shop.reza, at=START + HOUR
    )
    for code, happened in (
        ("before-receipt", START - HOUR),
        ("in-the-future", START + 2 * HOUR),
    ):
        refused(
            code,
            actions.told,
            named.ref,
            letter=row.pk,
            way=Way.SENT,
            proof=PROOF,
            happened_at=happened,
            by=shop.reza,
            at=START + HOUR,
        )


@pytest.mark.clause("10002:7.8")
def test_the_day_a_letter_came_back_is_kept_and_lies_between_sending_and_now(named, shop):
    row = sent(named, LetterKind.PROGRESS, shop, START + HOUR)
    Letter.objects.filter(pk=row.pk).update(changed_at=START + HOUR)
    at = START + 5 * DAY

    early = {"happened_at": START + HOUR - timedelta(minutes=1)}
    refused("returned-before-sent", came_back, named, row, shop, at, **early)
    refused("in-the-future", came_back, named, row, shop, at, happened_at=at + HOUR)
    assert told(named)[-1] == "complaint.progress_reported"
    came_back(named, row, shop, at, happened_at=START + 2 * DAY)

    letter, entry = Letter.objects.get(pk=row.pk), Entry.objects.latest("number")
    assert (letter.came_back_at, letter.changed_at) == (START + 2 * DAY, at)
    assert (entry.event, entry.happened_at) == ("complaint.letter_returned", START + 2 * DAY)
