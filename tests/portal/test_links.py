"""Confirming an address: nothing of the file goes there before, and everything after."""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import Client
from tests.portal.post import Post, link, mailed, number
from tests.portal.steps import PAGE, filed, followed, page, text
from tests.portal.test_follow import later

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake.links.models import MailedLink
from pasokh.directory.people.models import ContactPoint
from pasokh.kernel import clock
from pasokh.kernel.ledger.models import Entry

__all__ = ["mailed"]

LANGUAGES = pytest.mark.parametrize("language", ["fa", "en"])
SAID = "یخچال از روز اول خراب بود."


def entries(case: Complaint) -> list[str]:
    rows = Entry.objects.filter(subject=case.subject).order_by("number")
    return list(rows.values_list("event", flat=True))


@LANGUAGES
@pytest.mark.clause("10002:7.4")
def test_a_link_and_a_button_confirm_an_address_and_let_go_what_was_held_back(
    browser: Client, mailed: Post, language: str
) -> None:
    case = followed(browser, language)
    notice = mailed.one()
    assert (SAID in notice, case.ref in notice, "مریم" in notice) == (False, False, False)
    stranger = Client()
    asked = stranger.get(link(notice, "confirm"))
    assert (asked.status_code, "maryam@example.org" in text(asked)) == (200, True)
    assert (SAID in text(asked), case.ref in text(asked)) == (False, False)
    assert mailed.send() == []

    assert stranger.post(link(notice, "confirm")).status_code == 200
    whole = mailed.one()
    assert (SAID in whole, case.ref in whole) == (True, True)
    point = ContactPoint.objects.get(kind="email")
    assert (point.confirmed_how, point.confirmed_at is not None) == ("link", True)
    assert entries(case).count("complaint.address_confirmed") == 1
    assert Entry.objects.filter(event="person.contact_point_confirmed").count() == 1
    assert "You confirmed your address" in page(browser, "en")


def test_a_mail_program_that_opens_every_link_changes_nothing(
    browser: Client, mailed: Post
) -> None:
    case = followed(browser)
    address = link(mailed.one(), "confirm")
    before = entries(case)
    for _ in range(3):
        assert Client().get(address).status_code == 200
        assert Client().head(address).status_code == 200

    assert entries(case) == before
    assert ContactPoint.objects.get(kind="email").confirmed_at is None
    assert Client().post(address).status_code == 200


def test_wrong_used_and_old_links_get_one_and_the_same_answer(
    browser: Client, mailed: Post
) -> None:
    followed(browser)
    first = link(mailed.one(), "confirm")
    browser.post(first)
    followed(browser, email="sara@example.org")
    old = link("".join(mailed.send()), "confirm")
    answers = []
    with later(timedelta(days=14)):
        for address in (first, old, f"/fa/confirm/{'x' * 32}/", "/fa/confirm/short/"):
            for way in (Client().get, Client().post):
                answer = way(address)
                said = re.sub(r"/(confirm)/[\w-]+/", r"/\1/", text(answer))
                answers.append((answer.status_code, said))

    assert len(set(answers)) == 1
    assert answers[0][0] == 404


@LANGUAGES
def test_the_number_from_the_mail_confirms_on_the_page_of_the_complaint(
    browser: Client, mailed: Post, language: str
) -> None:
    case = followed(browser, language)
    typed = number(mailed.one())
    there = f"/{language}/follow/complaint/address/"
    assert "maryam@example.org" in page(browser, language)

    browser.post(there, {"number": "0000 0000", "step": "number"})
    assert ContactPoint.objects.get(kind="email").confirmed_at is None
    browser.post(there, {"number": typed, "step": "number"})
    assert ContactPoint.objects.get(kind="email").confirmed_how == "code"
    assert "id_number" not in page(browser, language)
    assert entries(case).count("complaint.address_confirmed") == 1
    assert SAID in mailed.one()


def test_the_number_opens_nothing_after_ten_wrong_ones_and_the_link_still_does(
    browser: Client, mailed: Post
) -> None:
    followed(browser)
    notice = mailed.one()
    for guess in [f"{each:08}" for each in range(10)] + [number(notice)]:
        browser.post("/fa/follow/complaint/address/", {"number": guess})

    assert ContactPoint.objects.get(kind="email").confirmed_at is None
    assert Client().post(link(notice, "confirm")).status_code == 200


def test_a_number_is_worth_nothing_for_another_complaint(browser: Client, mailed: Post) -> None:
    followed(browser)
    typed = number(mailed.one())
    other = Client()
    followed(other, email="sara@example.org")
    mailed.send()
    other.post("/fa/follow/complaint/address/", {"number": typed})

    assert ContactPoint.objects.filter(confirmed_at__isnull=False).count() == 0


def test_the_tracking_code_alone_confirms_no_address(browser: Client, mailed: Post) -> None:
    """Whoever gave a stranger's address has the code, too."""
    followed(browser)
    mailed.send()
    page(browser)

    assert ContactPoint.objects.get(kind="email").confirmed_at is None


def test_the_mail_is_sent_once_more_after_an_hour_and_not_before(
    browser: Client, mailed: Post, still: None
) -> None:
    followed(browser)
    first = mailed.one()
    again = {"step": "again"}
    browser.post("/en/follow/complaint/address/", again)
    assert mailed.send() == []
    at = clock.now() + timedelta(minutes=29)
    for _ in range(3):
        clock.inject(lambda at=at: at)  # type: ignore[misc]
        assert browser.get(PAGE.format("en")).status_code == 200
        at += timedelta(minutes=29)
    browser.post("/en/follow/complaint/address/", again)
    second = mailed.one()

    assert link(second, "confirm") != link(first, "confirm")
    assert Client().post(link(first, "confirm")).status_code == 200
    assert Client().post(link(second, "confirm")).status_code == 404


def test_every_letter_held_back_is_sent_whole_under_a_new_message_id(
    browser: Client, mailed: Post, portal: SimpleNamespace
) -> None:
    case = followed(browser)
    actions.message(case.ref, text="فردا می‌آییم", by=portal.reza, at=clock.now())
    notices = mailed.send()
    before = set(Letter.objects.values_list("message_id", flat=True))
    assert [("فردا می‌آییم" in each, SAID in each) for each in notices] == [(False, False)] * 2
    browser.post(link(notices[0], "confirm"))
    letters = mailed.send()

    assert sorted((SAID in each, "فردا می‌آییم" in each) for each in letters) == [
        (False, True),
        (True, False),
    ]
    assert before & set(Letter.objects.values_list("message_id", flat=True)) == set()
    assert list(Letter.objects.values_list("form", "state")) == [("full", "handed_over")] * 2
    assert mailed.send() == []


def test_a_stranger_can_have_the_mails_stopped(
    browser: Client, mailed: Post, portal: SimpleNamespace
) -> None:
    case = followed(browser)
    address = link(mailed.one(), "confirm")
    stopped = Client().post(address, {"step": "deny"})
    actions.message(case.ref, text="فردا می‌آییم", by=portal.reza, at=clock.now())

    assert (stopped.status_code, case.ref in text(stopped)) == (200, False)
    assert mailed.send() == []
    assert Client().post(address).status_code == 404
    point = ContactPoint.objects.get(kind="email")
    assert (point.confirmed_at, point.refused_at is None) == (None, False)
    assert entries(case).count("complaint.address_denied") == 1
    assert "somebody else" in page(browser)


def test_no_token_and_no_number_is_kept_in_clear(browser: Client, mailed: Post) -> None:
    followed(browser)
    notice = mailed.one()
    token = link(notice, "confirm").split("/")[-2].encode()
    plain = re.sub(r"\D", "", number(notice).translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789")))
    row = MailedLink.objects.get()
    kept = bytes(row.token_hash) + bytes(row.number_hash)
    letters = str(list(Letter.objects.values_list("text", "facts")))

    assert token not in kept
    assert plain.encode() not in kept
    assert (token.decode() in letters, plain in letters) == (False, False)


def test_the_receipt_tells_of_the_link_only_where_mail_goes_out(
    browser: Client, settings: SimpleNamespace
) -> None:
    filed(browser, "en")
    assert "maryam@example.org" not in text(browser.get("/en/complain/receipt/"))
    settings.MAIL_FOLDER = settings.FILES / "mail"
    assert "maryam@example.org" in text(browser.get("/en/complain/receipt/"))
