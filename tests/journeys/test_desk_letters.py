"""What comes with a letter, what goes out as one, and a call logged from its number."""

from pathlib import Path
from typing import Any

import pytest
from tests.journeys.conftest import Site, View, faults, opened
from tests.journeys.deskworld import open_shop
from tests.journeys.test_desk import WORDS, Desk, take_a_picture
from tests.journeys.test_desk_pages import sign_in

from pasokh.casework.complaints.models import Complaint
from pasokh.kernel import clock, dates

PHOTO = b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00\xff\xd9"


@pytest.mark.clause("10002:7.2")
@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_letter_with_a_photograph_is_entered_answered_on_paper_and_followed_by_a_call(
    site: Site, browser: Any, language: str, tmp_path: Path
) -> None:
    open_shop()
    words, photo = WORDS[language], tmp_path / "عکس یخچال.jpg"
    photo.write_bytes(PHOTO)
    view = View(language, "desktop", "light")
    with opened(browser, view) as page:
        desk = Desk(page, site, language)
        sign_in(page, site, language, "nima")
        page.goto(site(f"/{language}/desk/complaints/new/"))
        page.locator('[name="papers"]').set_input_files(photo)
        desk.send(narrative=words.narrative, phone="0912 345 67 89", post="تهران", read_back="on")
        assert page.locator('[name="leave_out"]').count() == 1
        assert photo.name in page.inner_text("main")
        take_a_picture(page, view, "desk-new-mistake")
        desk.send(name=words.name)
        case = Complaint.objects.get()
        assert [one.name for one in case.attachments.all()] == [photo.name]
        desk.ref = case.ref

        _letters_wait_for_hands(desk, view)
        _call_logged_from_its_number(desk, words.said)
    case.refresh_from_db()
    assert case.due_clock == "promise"


def _letters_wait_for_hands(desk: Desk, view: View) -> None:
    page = desk.page
    page.goto(desk.site(f"/{desk.language}/desk/"))
    page.locator('a[href$="/desk/letters/"]').click()
    page.wait_for_load_state()
    assert faults(page) == []
    take_a_picture(page, view, "desk-letters-waiting")
    paper = page.locator('.rows__do a[href*="/letters/"]').first.get_attribute("href")
    answer = page.request.get(desk.site(paper))
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    desk.act("number_letter", letter=_only_letter(desk), number="1405-17")
    assert "1405-17" in page.inner_text("main")


def _only_letter(desk: Desk) -> str:
    return str(Complaint.objects.get(ref=desk.ref).letters.get().pk)


def _call_logged_from_its_number(desk: Desk, said: str) -> None:
    """From the number to the log: two pages, and nothing to fill in but what was said."""
    page = desk.page
    page.goto(desk.site(f"/{desk.language}/desk/calls/"))
    page.locator('[name="number"]').fill("+98 912 345 6789")
    page.keyboard.press("Enter")
    page.wait_for_load_state()
    page.locator('a[href*="log_contact"]').click()
    page.wait_for_load_state()
    assert page.locator('[name="direction"][value="in"]').is_checked()
    today = dates.short_date(clock.now(), desk.language, dates.UTC)
    desk.send(said_words=said, promised=said, promised_by=today)
    assert page.url.endswith(f"/complaints/{desk.ref}/"), page.inner_text("main")
