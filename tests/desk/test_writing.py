"""Writing to the complainant: seen beforehand, kept, sent, taken back, postponed."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.casework.conftest import DAY, START
from tests.casework.correspondence.correspondents import complain
from tests.desk.test_acts import act

from pasokh.casework.complaints.models import Attachment, Complaint, Message
from pasokh.casework.correspondence.delivery import LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.writing.models import Writing

pytestmark = pytest.mark.django_db

AtDesk = Callable[[str], Client]
TEXT = "Dear Mary, we will come on Monday."


@pytest.fixture
def case(shop: SimpleNamespace) -> Complaint:
    return complain(shop, "en")


def page(browser: Client, case: Complaint, name: str = "") -> str:
    answer = browser.get(f"/en/desk/complaints/{case.ref}/{name}")
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.clause("10002:7.3")
def test_an_answer_is_seen_as_it_will_arrive_sent_and_taken_back_into_its_draft(
    at_desk: AtDesk, case: Complaint
) -> None:
    browser = at_desk("reza")
    paper = SimpleUploadedFile("plan.pdf", b"%PDF-1.4 plan")
    seen = act(browser, case, "message", text=TEXT, quotes=0, papers=[paper], step="preview")
    shown = seen.content.decode()
    assert seen.status_code == 200
    assert "Please write your answer above this line" in shown
    assert "plan.pdf" in shown
    assert case.narrative in shown
    assert Message.objects.count() == Letter.objects.count() == 0

    kept = seen.context["form"].data["kept"]
    sent = act(browser, case, "message", text=TEXT, quotes=0, kept=kept)
    assert sent.status_code == 302
    letter = Letter.objects.get()
    assert (letter.state, letter.facts["quotes"]) == (LetterState.PENDING, 0)
    assert Attachment.objects.get().name == "plan.pdf"
    assert "This has not left yet" in page(browser, case)

    back = act(browser, case, "take_back", letter=letter.pk)
    assert back["Location"].endswith(f"{case.ref}/message/")
    again = page(browser, case, "message/")
    assert TEXT in again
    assert f'value="{Attachment.objects.get().pk}"' in again
    letter.refresh_from_db()
    assert letter.state == LetterState.CANCELLED


def test_a_draft_survives_the_window_and_colleagues_see_that_somebody_writes(
    at_desk: AtDesk, case: Complaint
) -> None:
    reza, leila = at_desk("reza"), at_desk("leila")
    answer = act(reza, case, "message", text=TEXT, leaves_at="tomorrow, perhaps", step="keep")
    assert answer.status_code == 302
    quiet = act(reza, case, "message", text=TEXT + "!", step="keep", quietly="1")
    assert (quiet.status_code, quiet.content) == (204, b"")

    assert Writing.objects.get().content["text"] == TEXT + "!"
    assert TEXT + "!" in page(reza, case, "message/")
    assert "You have begun to write something here" in page(reza, case)
    others = page(leila, case)
    assert "is writing in this file" in others
    assert TEXT not in others
    assert TEXT not in page(leila, case, "message/")
    assert "is writing in this file, too" in page(leila, case, "message/")

    act(reza, case, "message", text=" ", step="keep", quietly="1")
    assert Writing.objects.count() == 0
    assert Message.objects.count() == 0


def test_what_is_too_long_to_keep_is_said(at_desk: AtDesk, case: Complaint) -> None:
    answer = act(at_desk("reza"), case, "message", text="x" * 200_001, step="keep")
    assert answer.status_code == 422
    assert "too long to be kept" in answer.content.decode()
    assert Writing.objects.count() == Message.objects.count() == 0


def test_it_leaves_later_and_the_time_can_be_changed_in_either_calendar(
    at_desk: AtDesk, case: Complaint
) -> None:
    browser = at_desk("reza")
    act(browser, case, "message", text=TEXT, leaves_at="2026-05-07 09:00")
    letter = Letter.objects.get()
    assert letter.try_at is not None
    assert letter.try_at.isoformat() == "2026-05-07T05:30:00+00:00"

    act(browser, case, "postpone", letter=letter.pk, leaves_at="۱۴۰۵/۲/۲۰ ۱۰:۰۰")
    letter.refresh_from_db()
    assert letter.try_at.isoformat() == "2026-05-10T06:30:00+00:00"

    past = act(browser, case, "message", text=TEXT, leaves_at="2020-01-01 09:00")
    assert past.status_code == 409
    assert "lies ahead" in past.content.decode()


def test_a_copy_to_another_address_says_why(at_desk: AtDesk, case: Complaint) -> None:
    browser = at_desk("reza")
    answer = act(browser, case, "message", text=TEXT, copy_address="law@firm.example")
    assert answer.status_code == 422
    assert "Write why they get a copy." in answer.content.decode()

    known: dict[str, Any] = {"copy_address": "law@firm.example", "copy_reason": "asked for it"}
    assert act(browser, case, "message", text=TEXT, **known).status_code == 302
    assert Letter.objects.exclude(copy_of=None).get().address == "law@firm.example"


def test_nobody_takes_back_what_they_may_not_write(
    at_desk: AtDesk, case: Complaint, stands: Any
) -> None:
    act(at_desk("reza"), case, "message", text=TEXT)
    letter = Letter.objects.get()

    assert act(at_desk("shirin"), case, "take_back", letter=letter.pk).status_code == 404
    stands(START + DAY)
    letter.refresh_from_db()
    assert letter.state == LetterState.PENDING
