"""A matter with an outside body is an interval, not a state."""

import pytest
from tests.casework.conftest import DAY, HOUR, START, told
from tests.casework.telling import refused

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.disputes import actions
from pasokh.casework.disputes.actions import Ruling
from pasokh.casework.disputes.models import Referral

pytestmark = [pytest.mark.django_db, pytest.mark.clause("10003:7")]


def test_a_referral_begins_and_ends_while_the_file_stays_where_it_is(file, shop, acts):
    case = file()

    row = actions.refer(case.ref, body=acts.body, their_ref="۱۲", by=shop.reza, at=START + HOUR)
    actions.end_referral(
        case.ref,
        referral=row.pk,
        outcome=Ruling.CHANGED,
        ruling="پرداخت شود",
        by=shop.reza,
        at=START + DAY,
    )

    row.refresh_from_db()
    assert (row.referred_at, row.ended_at, row.outcome) == (START + HOUR, START + DAY, "changed")
    assert Complaint.objects.get(pk=case.pk).state == "received"
    assert told(case) == ["complaint.received", "complaint.referred", "complaint.referral_ended"]


def test_a_matter_goes_to_a_body_once_at_a_time(file, shop, acts):
    case = file()
    acts._refer(case, by=shop.reza, at=START + HOUR)

    refused("already-referred", acts._refer, case, by=shop.reza, at=START + DAY)
    assert Referral.objects.count() == 1


def test_a_referral_of_another_file_is_not_ended_from_here(file, shop, acts):
    case, other = file(), file()
    row = actions.refer(other.ref, body=acts.body, their_ref="", by=shop.reza, at=START + HOUR)

    refused(
        "no-such-referral",
        actions.end_referral,
        case.ref,
        referral=row.pk,
        outcome=Ruling.CONFIRMED,
        ruling="",
        by=shop.reza,
        at=START + DAY,
    )
