"""The next step of a file: one act that brings it on, or the sentence why there is none."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.casework.acts import Acts
from tests.desk.test_acts import DECIDED, NOW, act, led_to

from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.remedies.models import Remedy

pytestmark = pytest.mark.django_db

File = Callable[..., Complaint]
AtDesk = Callable[[str], Client]


def shown(browser: Client, case: Complaint) -> Any:
    return browser.get(f"/en/desk/complaints/{case.ref}/")


def offered(browser: Client, case: Complaint) -> str:
    following = shown(browser, case).context["next"]
    return following.name if following else ""


def test_a_decision_whose_letter_is_on_its_way_is_not_offered_to_be_told_once_more(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    case, browser = file(anonymous=False), at_desk("reza")
    led_to(case, acts, shop.reza, Step.ACKNOWLEDGE, *DECIDED)
    before = offered(browser, case)

    act(browser, case, "communicate", way="send", happened_at=NOW)

    assert before == "communicate"
    assert offered(browser, case) == ""
    assert "counts as told once its letter arrived" in shown(browser, case).content.decode()
    Letter.objects.filter(complaint=case, kind="decision").update(state="failed")
    assert offered(browser, case) == "communicate"


def test_once_the_decision_is_accepted_the_promised_remedy_comes_next_and_then_closing(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace, terms: SimpleNamespace
) -> None:
    case, browser = file(), at_desk("reza")
    led_to(case, acts, shop.reza, Step.ACKNOWLEDGE, Step.ASSESS)
    act(
        *(browser, case, "decide"),
        finding_1="upheld",
        reasons_1="خراب بود",
        cause_1=terms.cause,
        others_1="no",
        finding_2="not_upheld",
        reasons_2="به‌موقع رسید",
        reasons="عوض می‌شود",
        remedy_101=terms.remedy,
        due_101="1405/2/25",
        owner_101=shop.staff["reza"].pk,
    )
    act(browser, case, "communicate", way="handed", happened_at=NOW, signed_by="مریم احمدی")
    waiting = offered(browser, case)
    act(browser, case, "verdict", verdict="accepted", happened_at=NOW)
    owed = offered(browser, case)
    remedy = Remedy.objects.get(complaint=case)
    act(browser, case, "fulfil", remedy=remedy.pk, done_on="1405/2/14", proof="رسید ۴۵")

    assert (waiting, owed, offered(browser, case)) == ("verdict", "fulfil", "close")
