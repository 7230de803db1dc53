"""A lost code given anew at the desk, after questions that the file can answer."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.casework.conftest import told
from tests.desk.test_acts import act
from tests.desk.test_entry import GIVEN, enter

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake import actions as intake
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db

AtDesk = Callable[[str], Client]

MORE = {"serial_number": "SN-77", "order_number": "O-12", "purchased_on": "1405/1/5"}


def taken_in(browser: Client, **more: Any) -> tuple[Complaint, str]:
    answer = enter(browser, **{**GIVEN, **MORE, **more})
    return Complaint.objects.get(ref=answer.context["ref"]), answer.context["code"]


def test_two_right_answers_give_a_new_code_shown_once_and_never_mailed(at_desk: AtDesk) -> None:
    browser = at_desk("nima")
    case, old = taken_in(browser)
    letters = Letter.objects.count()

    answer = act(browser, case, "replace_code", answered=["serial_number", "purchased_on"])

    new = answer.context["code"]
    assert intake.complainant(case.ref, new).id == case.ref
    with pytest.raises(Refused):
        intake.complainant(case.ref, old)
    assert Letter.objects.count() == letters
    assert "never mailed" in answer.content.decode()
    entry = Entry.objects.get(subject=case.subject, event="complaint.code_replaced")
    assert entry.private == {"proof": "Serial number\nWhen it was bought"}


def test_one_right_answer_is_not_enough_and_changes_nothing(at_desk: AtDesk) -> None:
    browser = at_desk("nima")
    case, old = taken_in(browser)

    answer = act(browser, case, "replace_code", answered=["serial_number"], remark="مطمئنم")

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["answered"])
    assert intake.complainant(case.ref, old).id == case.ref


def test_a_contact_confirmed_earlier_is_enough(at_desk: AtDesk) -> None:
    browser = at_desk("nima")
    case, _old = taken_in(browser)
    page = browser.get(f"/en/desk/complaints/{case.ref}/replace_code/")
    contact = page.context["form"].fields["shown"].choices[0][0]

    answer = act(browser, case, "replace_code", shown=[contact])

    assert contact.startswith("point-")
    assert len(answer.context["code"].replace("-", "")) == 16


def test_the_page_sent_twice_makes_no_second_code(at_desk: AtDesk) -> None:
    browser = at_desk("nima")
    case, _old = taken_in(browser)
    version = Complaint.objects.get(pk=case.pk).version

    first = act(browser, case, "replace_code", version=version, shown=["paper"])
    second = act(browser, case, "replace_code", version=version, shown=["paper"])

    assert (first.status_code, second.status_code) == (200, 409)
    assert told(case).count("complaint.code_replaced") == 1
    assert intake.complainant(case.ref, first.context["code"]).id == case.ref


def test_who_may_write_but_not_give_codes_is_not_offered_it(at_desk: AtDesk) -> None:
    case, _old = taken_in(at_desk("nima"))
    manager = at_desk("sara")

    page = manager.get(f"/en/desk/complaints/{case.ref}/").content.decode()

    assert "replace_code" not in page
    assert manager.get(f"/en/desk/complaints/{case.ref}/replace_code/").status_code == 403
    assert act(manager, case, "replace_code", shown=["paper"]).status_code == 409
