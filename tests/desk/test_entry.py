"""A complaint taken in by a colleague, and its code handed over once."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.intake import actions as intake
from pasokh.directory.people.models import ContactPoint

pytestmark = pytest.mark.django_db

GIVEN = {
    "narrative": "  ماشین آب می‌دهد\r\n  ",
    "name": "مریم احمدی",
    "phone": "۰۹۱۲ ۳۴۵ ۶۷۸۹",
    "channel": "phone",
    "received_at": "1405/2/14 09:45",
    "language": "fa",
    "complainant_kind": "customer",
    "read_back": "on",
}


def enter(browser: Client, **given: Any) -> Any:
    page = browser.get("/en/desk/complaints/new/")
    units = [value for value, _name in page.context["form"].fields["unit"].choices if value]
    once = page.context["form"]["once"].value()
    return browser.post("/en/desk/complaints/new/", {"once": once, "unit": units[0], **given})


@pytest.mark.clause("10002:7.2")
def test_what_was_said_is_filed_with_the_time_it_really_came(
    at_desk: Callable[[str], Client],
) -> None:
    answer = enter(at_desk("nima"), **GIVEN)

    case = Complaint.objects.get()
    assert answer.status_code == 200
    assert case.narrative == "  ماشین آب می‌دهد\n  "
    assert case.received_at.isoformat() == "2026-05-04T06:15:00+00:00"
    assert (case.channel, case.language) == ("phone", "fa")
    point = ContactPoint.objects.get()
    assert (point.value, point.confirmed_how) == ("۰۹۱۲ ۳۴۵ ۶۷۸۹", "read_back")


def test_the_code_is_shown_once_and_opens_the_file(at_desk: Callable[[str], Client]) -> None:
    answer = enter(at_desk("nima"), **GIVEN)

    code = answer.context["code"]
    assert answer["Cache-Control"] == "no-store"
    assert intake.complainant(answer.context["ref"], code).id == answer.context["ref"]


def test_the_same_form_sent_twice_files_once_and_shows_no_code(
    at_desk: Callable[[str], Client],
) -> None:
    browser = at_desk("nima")
    first = enter(browser, **GIVEN, once="a-token")
    second = enter(browser, **GIVEN, once="a-token")

    assert Complaint.objects.count() == 1
    assert (second.context["ref"], second.context["code"]) == (first.context["ref"], None)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"narrative": "   "}, "narrative"),
        ({"narrative": ""}, "narrative"),
        ({"name": ""}, "name"),
        ({"phone": ""}, "phone"),
        ({"read_back": ""}, "read_back"),
        ({"anonymous": "on"}, "anonymous"),
        ({"received_at": "دیروز"}, "received_at"),
        ({"received_at": "1405/2/15 09:45"}, None),
        ({"email": "nobody"}, "email"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_typed_is_lost(
    at_desk: Callable[[str], Client], changes: dict[str, str], field: str | None
) -> None:
    answer = enter(at_desk("nima"), **{**GIVEN, "remedy_wanted": "پولم را می‌خواهم", **changes})

    assert answer.status_code == 422
    assert "پولم را می‌خواهم" in answer.content.decode()
    assert list(answer.context["form"].errors) == ([field] if field else [])
    assert not Complaint.objects.exists()


@pytest.mark.clause("10002:4.10")
def test_somebody_may_stay_anonymous(at_desk: Callable[[str], Client]) -> None:
    enter(at_desk("nima"), **{**GIVEN, "name": "", "phone": "", "anonymous": "on"})

    case = Complaint.objects.get()
    assert (case.anonymous, case.complainant_id) == (True, None)


def test_another_matter_told_with_it_is_an_issue_of_its_own(
    at_desk: Callable[[str], Client],
) -> None:
    enter(at_desk("nima"), **GIVEN, another="هر روز سه پیامک می‌آید")

    case = Complaint.objects.get()
    issues = list(case.issues.order_by("number").values_list("number", "text"))
    assert issues == [(1, "  ماشین آب می‌دهد\n  "), (2, "هر روز سه پیامک می‌آید")]
    assert case.narrative == "  ماشین آب می‌دهد\n  \n\nهر روز سه پیامک می‌آید"
