"""Remedies: promised within limits, done with proof."""

from zoneinfo import ZoneInfo

import pytest
from tests.casework.conftest import DAY, HOUR, START
from tests.casework.telling import decided, refused

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.terms import Finding
from pasokh.casework.remedies.models import Remedy
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.organisation.models import RoleAssignment, SpendingLimit

pytestmark = [pytest.mark.django_db, pytest.mark.clause("10002:7.7")]


def fulfil(case, remedy, by, **changes):
    given = {"done_on": (START + DAY).date(), "proof": "رسید ۱۲", "at": START + DAY}
    return actions.fulfil(case.ref, remedy=remedy.pk, **(given | changes), by=by)


@pytest.fixture
def promised(file, shop, acts):
    """A decided file with one remedy of two million rials."""
    case = file()
    promise = acts.promise(case, START, amount=2_000_000, currency="IRR")
    decided(case, acts, shop, Finding.UPHELD, promises=[promise])
    return case, Remedy.objects.get(complaint=case)


def test_a_promise_has_an_owner_and_a_date(promised, shop):
    _case, remedy = promised

    assert remedy.owner_id == shop.staff["reza"].pk
    assert (remedy.amount, remedy.currency, remedy.done_on) == (2_000_000, "IRR", None)


def test_done_needs_proof_and_a_day_that_has_come(promised, shop):
    case, remedy = promised

    refused("proof-missing", fulfil, case, remedy, shop.reza, proof=" ")
    refused("in-the-future", fulfil, case, remedy, shop.reza, done_on=(START + 3 * DAY).date())
    fulfil(case, remedy, shop.reza)
    remedy.refresh_from_db()
    assert (remedy.done_on, remedy.proof) == ((START + DAY).date(), "رسید ۱۲")


def test_a_remedy_is_done_once(promised, shop):
    case, remedy = promised
    fulfil(case, remedy, shop.reza)

    refused("remedy-already-ended", fulfil, case, remedy, shop.reza)


def test_a_remedy_of_another_file_is_not_done_from_here(promised, file, shop, acts):
    _case, remedy = promised
    other = file()
    decided(other, acts, shop)

    refused("no-such-remedy", fulfil, other, remedy, shop.reza)


@pytest.mark.clause("10002:4.12")
def test_a_promise_beyond_the_deciders_limit_is_refused_whole(file, shop, acts):
    case = file()
    acts._assess(case, by=shop.reza, at=START + DAY)
    promises = [acts.promise(case, START, amount=30_000_000, currency="IRR")] * 2

    refused("over-limit", acts._decide, case, by=shop.reza, at=START + DAY, promises=promises)
    assert Remedy.objects.count() == 0


def test_a_currency_without_a_limit_cannot_be_promised(file, shop, acts):
    case = file()
    acts._assess(case, by=shop.reza, at=START + DAY)
    promises = [acts.promise(case, START, amount=1, currency="GBP")]

    refused("over-limit", acts._decide, case, by=shop.reza, at=START + DAY, promises=promises)


@pytest.mark.parametrize(
    ("unit", "amount", "allowed"),
    [("tehran", 50_000_000, True), ("tehran", 50_000_001, False), ("shiraz", 30, False)],
)
def test_what_may_be_promised_is_what_holds_in_the_unit_of_the_file(
    file, shop, acts, unit, amount, allowed
):
    """Reza handles files everywhere, but in Shiraz his role may promise next to nothing."""
    RoleAssignment.objects.filter(staff=shop.staff["reza"]).update(unit=None)
    SpendingLimit.objects.create(
        role="handler", currency="IRR", amount=20, unit=shop.units["shiraz"]
    )
    reza = organisation.actor_for_staff(shop.staff["reza"].pk, START)
    case = file()
    Complaint.objects.filter(pk=case.pk).update(unit=shop.units[unit])
    case.refresh_from_db()
    given = {"promises": [acts.promise(case, START, amount=amount, currency="IRR")]}
    acts.take(Step.ASSESS, case, reza, START + HOUR)

    if allowed:
        acts._decide(case, by=reza, at=START + HOUR, **given)
        assert Remedy.objects.get(complaint=case).amount == amount
    else:
        refused("over-limit", acts._decide, case, by=reza, at=START + HOUR, **given)
        assert not Remedy.objects.exists()


@pytest.mark.clause("10002:7.9")
def test_once_the_decision_is_accepted_its_remedy_is_due_until_it_is_done(promised, shop, acts):
    case, remedy = promised
    at = START + DAY

    def due():
        case.refresh_from_db()
        return case.due_clock

    acts.take(Step.ACKNOWLEDGE, case, shop.reza, at)
    acts.take(Step.COMMUNICATE, case, shop.reza, at)
    assert due() == "verdict"

    acts._verdict(case, by=shop.reza, at=at)
    assert due() == "remedy"
    day = case.due_at.astimezone(ZoneInfo("Asia/Tehran"))
    assert (day.date(), day.hour) == (remedy.due_on, 23)

    fulfil(case, remedy, shop.reza)
    assert due() != "remedy"
