"""What is entered at the desk: kept to the letter, and bytes that no database holds beside it."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.fixtures.pages import Page

from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.kernel import files

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
