from datetime import UTC, datetime, timedelta

from pasokh.casework.complaints.milestones import Milestone, mark, times, void, when

NOW = datetime(2026, 5, 4, 9, 30, 15, 123456, tzinfo=UTC)
LATER = NOW + timedelta(hours=2)


def test_a_milestone_keeps_when_it_happened_and_when_it_was_recorded():
    data = mark({}, 1, Milestone.RECEIVED, happened=NOW, recorded=LATER)

    assert data == {"1": {"received": [NOW.isoformat(), LATER.isoformat()]}}
    assert when(data, 1, Milestone.RECEIVED) == NOW


def test_milestones_belong_to_their_stage():
    data = mark({}, 1, Milestone.RECEIVED, happened=NOW, recorded=NOW)
    data = mark(data, 2, Milestone.RECEIVED, happened=LATER, recorded=LATER)

    assert times(data, 1) == {"received": NOW}
    assert times(data, 2) == {"received": LATER}
    assert times(data, 3) == {}


def test_a_voided_milestone_is_kept_but_no_longer_counts():
    data = mark({}, 1, Milestone.COMMUNICATED, happened=NOW, recorded=NOW)
    data = void(data, 1, Milestone.COMMUNICATED, at=LATER)

    assert when(data, 1, Milestone.COMMUNICATED) is None
    assert data["void"] == [
        [1, "communicated", NOW.isoformat(), NOW.isoformat(), LATER.isoformat()]
    ]


def test_voiding_what_is_not_there_changes_nothing():
    assert void({}, 1, Milestone.COMMUNICATED, at=NOW) == {}


def test_marking_leaves_the_given_data_alone():
    before = mark({}, 1, Milestone.RECEIVED, happened=NOW, recorded=NOW)
    mark(before, 1, Milestone.ASSESSED, happened=LATER, recorded=LATER)

    assert times(before, 1) == {"received": NOW}
