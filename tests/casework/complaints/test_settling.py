"""Settling at once, and undoing it."""

import pytest
from tests.casework.conftest import DAY, HOUR, START, complainant, told
from tests.casework.telling import after, clocks, refused

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.complaints.terms import Reopening
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter

pytestmark = pytest.mark.django_db


@pytest.mark.clause("10002:7.7")
class TestSettlingAtOnce:
    def test_is_one_act_recorded_as_such(self, file, shop, acts):
        case = file()
        promise = acts.promise(case, START, amount=1_000_000, currency="IRR")

        acts._settle(case, by=shop.nima, at=START + HOUR, promises=[promise])

        case = after(case)
        assert (case.state, case.closing, case.outcome) == (State.CLOSED, "settled", "settled")
        assert told(case) == ["complaint.received", "complaint.settled"]
        assert Letter.objects.get(complaint=case).kind == LetterKind.SETTLED
        assert clocks(case) == []

    def test_is_refused_where_anyone_is_in_danger(self, file, shop, acts):
        case = file()

        refused(
            "safety-bars-settling", acts._settle, case, by=shop.nima, at=START + HOUR, danger=True
        )

    def test_is_refused_beyond_the_settlers_limit_counted_together(self, file, shop, acts):
        case = file()
        promises = [acts.promise(case, START, amount=1_500_000, currency="IRR")] * 2

        refused("over-limit", acts._settle, case, by=shop.nima, at=START + HOUR, promises=promises)
        assert after(case).state == State.RECEIVED

    def test_needs_how_and_when_it_was_accepted(self, file, shop, acts):
        case = file()

        refused(
            "acceptance-missing",
            acts._settle,
            case,
            by=shop.nima,
            at=START + HOUR,
            how_accepted=" ",
        )
        refused(
            "in-the-future",
            acts._settle,
            case,
            by=shop.nima,
            at=START + HOUR,
            accepted_at=START + 2 * HOUR,
        )

    def test_is_undone_when_it_was_not_right(self, file, shop, acts):
        case = file()
        acts._settle(case, by=shop.nima, at=START + HOUR)

        actions.reopen(
            case.ref,
            why=Reopening.LATE_ANSWER,
            reason="درست نشد",
            by=complainant(case),
            at=START + DAY,
        )

        assert after(case).state == State.RECEIVED
        assert "decide" in clocks(case)
