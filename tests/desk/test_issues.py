"""What is decided and answered issue by issue."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.casework.acts import Acts
from tests.desk.test_acts import DECIDED, NOW, act, led_to

from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.matter import NewIssue
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.remedies.models import Remedy
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db

File = Callable[..., Complaint]
AtDesk = Callable[[str], Client]

REFUSED = "not_accepted"


@pytest.mark.clause("10002:7.9")
def test_the_complainant_answers_issue_by_issue(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    case = file()
    led_to(case, acts, shop.reza, *DECIDED, Step.COMMUNICATE)
    browser = at_desk("reza")
    said = {"verdict": "not_accepted", "happened_at": NOW, "verdict_1": "accepted"}

    at_odds = act(browser, case, "verdict", **(said | {"verdict": "accepted"}), verdict_2=REFUSED)
    answer = act(browser, case, "verdict", **said)

    assert at_odds.status_code == 409
    assert "only if none of its issues is not accepted" in at_odds.content.decode()
    assert answer.status_code == 302
    facts = Entry.objects.get(subject=case.subject, event="complaint.verdict_given").facts
    assert facts["issues"] == [{"issue": 1, "verdict": "accepted"}]
    page = browser.get(f"/en/desk/complaints/{case.ref}/")
    assert [one.verdict for one in page.context["page"].issues] == ["accepted", ""]
    assert "Issue 1: Accepted" in page.content.decode()
    printed = browser.get(f"/en/desk/complaints/{case.ref}/form/").content.decode()
    assert "Issue 1 · The complainant&#x27;s answer" in printed


def test_a_single_issue_is_not_asked_for_apart(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace
) -> None:
    case = file(issues=(NewIssue("یخچال خراب"),))
    led_to(case, acts, shop.reza, *DECIDED, Step.COMMUNICATE)

    page = at_desk("reza").get(f"/en/desk/complaints/{case.ref}/verdict/")

    assert "verdict_1" not in page.context["form"].fields
    assert "issue by issue" not in page.content.decode()


@pytest.mark.clause("10002:7.7")
def test_a_remedy_is_promised_for_an_issue(
    at_desk: AtDesk, file: File, acts: Acts, shop: SimpleNamespace, terms: SimpleNamespace
) -> None:
    case = file()
    led_to(case, acts, shop.reza, Step.ASSESS)
    second = case.issues.get(number=2)
    said = {
        **{f"finding_{n}": "upheld" for n in (1, 2)},
        **{f"reasons_{n}": "خراب بود" for n in (1, 2)},
        "reasons": "هر دو وارد است",
        "remedy_101": terms.remedy,
        "owner_101": shop.staff["reza"].pk,
        "due_101": "1405/2/25",
        "for_101": second.pk,
    }

    answer = act(at_desk("reza"), case, "decide", **said)

    assert answer.status_code == 302
    assert Remedy.objects.get(complaint=case).issue_id == second.pk
    page = at_desk("reza").get(f"/en/desk/complaints/{case.ref}/").content.decode()
    assert page.count("Issue 2") == 1
