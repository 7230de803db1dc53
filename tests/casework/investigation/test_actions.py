from datetime import timedelta

import pytest
from tests.casework.conftest import HOUR, START, told

from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.investigation import actions
from pasokh.casework.investigation.models import Evidence
from pasokh.kernel.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause("10002:7.6")]

PLAN = "بازدید از یخچال در خانه، سپس گفت‌وگو با نصاب"


@pytest.fixture
def investigated(file, acts, shop):
    """A file whose investigation has begun."""
    case = file()
    acts._assess(case, by=shop.reza, at=START + HOUR)
    actions.investigate(case.ref, plan=PLAN, by=shop.reza, at=START + 2 * HOUR)
    case.refresh_from_db()
    return case


def test_an_investigation_has_a_plan_and_who_made_it(investigated, shop):
    (plan,) = investigated.investigations.all()

    assert (investigated.state, plan.plan, plan.stage) == (State.INVESTIGATING, PLAN, 1)
    assert plan.by == shop.staff["reza"]
    assert told(investigated)[-1] == "complaint.investigation_started"


def test_an_investigation_without_a_plan_is_refused(file, acts, shop):
    case = file()
    acts._assess(case, by=shop.reza, at=START + HOUR)

    with pytest.raises(Refused) as refused:
        actions.investigate(case.ref, plan="  ", by=shop.reza, at=START + 2 * HOUR)

    assert refused.value.code == "nothing-said"
    case.refresh_from_db()
    assert not case.investigations.exists()


def test_evidence_says_what_it_is_where_it_came_from_and_who_obtained_it(investigated, shop):
    actions.gather(
        investigated.ref,
        description="برگهٔ نصب با امضای مشتری",
        source="بایگانی شعبه",
        digest="ab" * 32,
        by=shop.leila,
        at=START + timedelta(hours=3),
    )

    (found,) = Evidence.objects.filter(complaint=investigated)
    assert (found.source, found.digest, found.by) == (
        "بایگانی شعبه",
        "ab" * 32,
        shop.staff["leila"],
    )
    assert told(investigated)[-1] == "complaint.evidence_gathered"


@pytest.mark.parametrize("missing", ["description", "source"])
def test_evidence_of_unknown_origin_is_refused(investigated, shop, missing):
    given = {"description": "عکس", "source": "مشتری", "digest": ""} | {missing: " "}

    with pytest.raises(Refused) as refused:
        actions.gather(investigated.ref, **given, by=shop.reza, at=START + 3 * HOUR)

    assert refused.value.code == "nothing-said"
    assert not Evidence.objects.filter(complaint=investigated).exists()
