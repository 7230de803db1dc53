"""Assessing by the short form, and telling top management at once."""

from dataclasses import replace

import pytest
from tests.casework.acts import MILD
from tests.casework.conftest import HOUR, START, told
from tests.casework.telling import refused

from pasokh.casework.assessment import actions
from pasokh.casework.assessment.models import Assessment, SignificantNotice
from pasokh.casework.complaints.models import Complaint

pytestmark = [pytest.mark.django_db, pytest.mark.clause("10002:7.5")]


def assess(case, by, at=START + HOUR, answers=MILD, **changes):
    given = {"immediate_action": "", "override": None, "override_reason": ""}
    return actions.assess(case.ref, answers=answers, **(given | changes), by=by, at=at)


def test_the_table_gives_the_priority_and_its_lines_are_kept(file, shop):
    case = file()

    made = assess(case, shop.reza)

    assert (made.computed, made.priority, made.table) == (3, 3, "2026-1")
    assert made.lines == [["severity", 3], ["impact", 1]]
    assert Complaint.objects.get(pk=case.pk).priority == 3


def test_a_person_changes_the_priority_only_with_a_reason(file, shop):
    case = file()

    refused("override-needs-reason", assess, case, shop.reza, override=1)
    made = assess(case, shop.reza, override=1, override_reason="کودک در خانه")

    assert (made.computed, made.priority) == (3, 1)
    assert Complaint.objects.get(pk=case.pk).priority == 1


@pytest.mark.parametrize(("name", "value"), [("severity", 0), ("impact", 6), ("complexity", 4)])
def test_answers_lie_on_their_scales(file, shop, name, value):
    refused(
        "assessment-out-of-range", assess, file(), shop.reza, answers=replace(MILD, **{name: value})
    )


def test_assessing_again_keeps_the_earlier_assessment(file, shop):
    case = file()
    assess(case, shop.reza)
    assess(case, shop.reza, at=START + 2 * HOUR, answers=replace(MILD, severity=4))

    made = Assessment.objects.filter(complaint=case).order_by("at")
    assert [one.severity for one in made] == [3, 4]
    assert Complaint.objects.get(pk=case.pk).priority == 2


@pytest.mark.clause("10002:5.4.1")
def test_danger_tells_top_management_at_once_and_records_the_reading(file, shop):
    case = file()

    assess(case, shop.reza, answers=replace(MILD, safety=True))

    notice = SignificantNotice.objects.get(complaint=case)
    assert (notice.staff_id, notice.told_at) == (shop.staff["omid"].pk, START + HOUR)
    assert told(case) == [
        "complaint.received",
        "complaint.assessed",
        "complaint.significant_told",
    ]
    actions.read(case.ref, by=shop.omid, at=START + 2 * HOUR)
    actions.read(case.ref, by=shop.omid, at=START + 3 * HOUR)
    notice.refresh_from_db()
    assert notice.read_at == START + 2 * HOUR
    assert told(case).count("complaint.significant_read") == 1


@pytest.mark.clause("10002:5.4.1")
def test_a_manager_complained_about_is_not_told(file, shop):
    case = file(complained_about=(shop.staff["omid"].pk,))

    assess(case, shop.reza, answers=replace(MILD, safety=True))

    assert SignificantNotice.objects.count() == 0


def test_danger_found_again_tells_nobody_twice(file, shop):
    case = file()
    for hours in (1, 2):
        assess(case, shop.reza, at=START + hours * HOUR, answers=replace(MILD, safety=True))

    assert SignificantNotice.objects.filter(complaint=case).count() == 1


def test_only_those_who_were_told_can_have_read(file, shop):
    refused("not-told", actions.read, file().ref, by=shop.reza, at=START + HOUR)
