"""What is entered at the desk: kept to the letter, and bytes that no database holds beside it."""

import json
from collections.abc import Callable

import pytest
from django.test import Client
from tests.fixtures.pages import Page

from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.kernel import files
from pasokh.ui.posted import CARRIED

pytestmark = pytest.mark.django_db

CAME = b" caf\xe9 \xed\xa0\x80 a\0b\r\nend "
SHOWN = " caf\ufffd \ufffd\ufffd\ufffd a\ufffdb\nend "


@pytest.mark.parametrize("language", ["fa", "en"])
def test_bytes_that_are_no_text_are_shown_as_gone_and_kept(
    at_desk: Callable[[str], Client], language: str
) -> None:
    browser, at = at_desk("nima"), f"/{language}/desk/complaints/new/"
    asked = Page(browser.get(at)).form("narrative")
    answers = {"narrative": CAME, "anonymous": "on"}
    sent = [asked.post(browser, at, answers) for _ in range(2)]

    case = Complaint.objects.get()
    signs = "0x80, 0xA0, 0xE9, 0xED, U+0000"
    assert [signs in each.content.decode() for each in sent] == [True, False]
    assert case.narrative == SHOWN
    (kept,) = Attachment.objects.filter(complaint=case)
    with files.open(kept.digest) as content:
        assert (kept.name, content.read()) == ("narrative.txt", CAME)
    case_page = Page(browser.get(f"/{language}/desk/complaints/{case.ref}/"))
    assert case_page.texts("words") == [SHOWN, SHOWN]


def test_lines_keep_their_white_space_and_blank_ones_say_nothing(
    at_desk: Callable[[str], Client],
) -> None:
    browser, at = at_desk("nima"), "/en/desk/complaints/new/"
    asked = Page(browser.get(at)).form("narrative")
    wrong = asked.post(browser, at, {"narrative": "x", "name": " ", "phone": " "})
    given = {"narrative": "x", "name": "  Mary  ", "phone": " 020 7946 0018 ", "post": " "}
    asked.post(browser, at, {**given, "serial_number": " SN 1 ", "read_back": "on"})

    assert set(wrong.context["form"].errors) == {"name", "phone", "read_back"}
    case = Complaint.objects.get()
    assert case.complainant
    assert (case.complainant.name, case.serial_number) == ("  Mary  ", " SN 1 ")
    points = [point.value for point in case.complainant.contact_points.all()]
    assert points == [" 020 7946 0018 "]


def test_a_form_that_is_sent_back_shows_what_came(at_desk: Callable[[str], Client]) -> None:
    browser, at = at_desk("nima"), "/en/desk/complaints/new/"
    asked = Page(browser.get(at)).form("narrative")
    wrong = {"narrative": CAME, "email": b"\xff", "received_at": b"\xff\0", "unit": b"\xff"}
    sent = asked.post(browser, at, wrong)

    assert sent.status_code == 422
    assert Page(sent).form("narrative").fields["narrative"] == [SHOWN]


@pytest.mark.parametrize("channel", ["phone", "counter", "web"])
def test_bytes_outlive_an_entry_that_was_sent_back(
    at_desk: Callable[[str], Client], channel: str
) -> None:
    browser, at = at_desk("nima"), "/en/desk/complaints/new/"
    asked = Page(browser.get(at)).form("narrative")
    came = {"narrative": CAME, "remedy_wanted": b"\xe9", "name": b"Mary \xff", "channel": channel}
    back = asked.post(browser, at, came)
    again = Page(back).form("narrative").post(browser, at, {"phone": " "})
    assert (back.status_code, again.status_code) == (422, 422)

    filed = (
        Page(again)
        .form("narrative")
        .post(browser, at, {"phone": "020 7946 0018", "read_back": "on", "remedy_wanted": "money"})
    )

    case = Complaint.objects.get()
    assert case.complainant
    assert (case.narrative, case.remedy_wanted) == (SHOWN, "money")
    assert case.complainant.name == "Mary \ufffd"
    assert "0x80, 0xA0, 0xE9, 0xED, 0xFF, U+0000" in filed.content.decode()
    kept = {}
    for one in Attachment.objects.filter(complaint=case):
        with files.open(one.digest) as content:
            kept[one.name] = content.read()
    assert kept == {"narrative.txt": CAME, "name.txt": b"Mary \xff"}


def test_bytes_of_an_entry_whose_words_were_written_anew_are_carried_no_further(
    at_desk: Callable[[str], Client],
) -> None:
    browser, at = at_desk("nima"), "/en/desk/complaints/new/"
    asked = Page(browser.get(at)).form("narrative")
    back = asked.post(browser, at, {"narrative": CAME})
    carrying = Page(back).form("narrative")
    assert json.loads(carrying.fields[CARRIED][0]) == {
        "narrative": CAME.decode("utf-8", "surrogateescape")
    }

    filed = carrying.post(browser, at, {"narrative": "It leaks.", "anonymous": "on"})

    assert Complaint.objects.get().narrative == "It leaks."
    assert not Attachment.objects.exists()
    assert "cannot be stored" not in filed.content.decode()


@pytest.mark.parametrize("made_up", ["[]", "{", "null", '{"narrative": 7}'])
def test_what_a_form_carries_may_be_nonsense(
    at_desk: Callable[[str], Client], made_up: str
) -> None:
    browser, at = at_desk("nima"), "/en/desk/complaints/new/"
    asked = Page(browser.get(at)).form("narrative")

    asked.post(browser, at, {"narrative": "caf\ufffd", "anonymous": "on", CARRIED: made_up})

    assert Complaint.objects.get().narrative == "caf\ufffd"
    assert not Attachment.objects.exists()
