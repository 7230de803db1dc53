"""Set-up: how letters by e-mail leave, what is said where they reach nobody, a letter to try."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from tests.casework.acts import letter
from tests.casework.conftest import named, person
from tests.channels.postbox import Postbox, postbox
from tests.desk.conftest import NOW
from tests.desk.test_settings_steps import SET_UP, do, faults

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence import queries as correspondence
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.directory.organisation.models import Organisation

__all__ = ["named", "person"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def browser(at_desk: Callable[[str], Client]) -> Client:
    return at_desk("zahra")


def step_of_mail(browser: Client, language: str = "en") -> str:
    """What the list of set-up says of letters by e-mail."""
    page = browser.get(f"/{language}/desk/set-up/").content.decode()
    return page.split(f"/{language}/desk/set-up/mail/")[1].split("</tr>")[0]


@pytest.fixture
def box() -> Iterator[Postbox]:
    with postbox() as box:
        yield box


@pytest.fixture(autouse=True)
def mailbox(browser: Client) -> None:
    Organisation.objects.update(mailbox="office@example.org")


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_test_letter_goes_to_who_asks_for_it(
    browser: Client, settings: Any, box: Postbox, language: str
) -> None:
    settings.SMTP_URL, settings.MAIL_FOLDER = box.url, None

    answer = browser.post(f"/{language}/desk/set-up/mail/", {"act": "test"}, follow=True)

    [letter] = box.letters
    assert (letter["To"], letter["Content-Language"]) == ("zahra@example.org", language)
    assert answer.status_code == 200
    assert f"127.0.0.1:{box.port}" in answer.content.decode()


def test_what_the_server_said_against_it_is_shown(
    browser: Client, settings: Any, box: Postbox
) -> None:
    settings.SMTP_URL, settings.MAIL_FOLDER = box.url, None
    box.refuse["zahra@example.org"] = "550 no such user"

    assert "550 no such user" in faults(do(browser, "mail/", "test"))


def test_the_password_of_the_server_is_not_shown(browser: Client, settings: Any) -> None:
    settings.SMTP_URL = "smtps://pasokh:secret@mail.example.org"
    settings.MAIL_FOLDER = None

    page = browser.get(SET_UP + "mail/").content.decode()

    assert "mail.example.org:465" in page
    assert "secret" not in page


def test_whom_a_letter_was_for_is_not_shown(
    browser: Client, settings: Any, named: Complaint
) -> None:
    settings.SMTP_URL, settings.MAIL_FOLDER = "smtp://127.0.0.1:1", None
    box = named.complainant.contact_points.get(kind="email")
    waiting = letter(named, LetterKind.ACKNOWLEDGEMENT, NOW)
    Letter.objects.filter(pk=waiting.pk).update(
        to=box, state="queued", failure=f"450 <{box.value}>: mailbox busy"
    )

    for page in (SET_UP + "mail/", "/en/desk/letters/"):
        assert "450 &lt;…&gt;: mailbox busy" in browser.get(page).content.decode()


def test_a_server_that_does_not_answer_is_told_in_a_sentence(
    browser: Client, settings: Any
) -> None:
    settings.SMTP_URL, settings.MAIL_FOLDER = "smtp://127.0.0.1:1", None

    assert "did not take the letter" in faults(do(browser, "mail/", "test"))


def test_without_a_server_or_a_mailbox_it_says_what_is_missing(
    browser: Client, settings: Any
) -> None:
    settings.SMTP_URL = settings.MAIL_FOLDER = None
    page = browser.get(SET_UP + "mail/").content.decode()
    assert "stay queued and nobody receives them" in page
    assert do(browser, "mail/", "test").status_code == 404

    settings.SMTP_URL = "smtp://127.0.0.1:1"
    Organisation.objects.update(mailbox="")
    assert "no mailbox yet" in browser.get(SET_UP + "mail/").content.decode()
    assert "no mailbox yet" in faults(do(browser, "mail/", "test"))
    assert "To do" in step_of_mail(browser)


@pytest.mark.parametrize(
    ("language", "says", "note"),
    [
        ("en", "On trial: letters go into a folder", "nobody receives them"),
        ("fa", "آزمایشی: نامه‌ها به پوشه می‌رود", "به دست کسی نمی‌رسد"),
    ],
)
def test_the_list_says_that_letters_go_into_a_folder_and_asks_for_nothing(
    browser: Client, settings: Any, tmp_path: Any, language: str, says: str, note: str
) -> None:
    settings.SMTP_URL, settings.MAIL_FOLDER = None, tmp_path

    assert says in step_of_mail(browser, language)
    answer = browser.get(f"/{language}/desk/set-up/")
    assert [(kind, note in str(told)) for kind, told in answer.context["notes"]] == [("info", True)]


def test_a_folder_without_a_mailbox_is_still_to_do(
    browser: Client, settings: Any, tmp_path: Any
) -> None:
    settings.SMTP_URL, settings.MAIL_FOLDER = None, tmp_path
    Organisation.objects.update(mailbox="")

    assert "To do" in step_of_mail(browser)
    assert "no mailbox yet" in browser.get(SET_UP).content.decode()


def test_a_mail_server_and_a_mailbox_are_all_that_is_asked(browser: Client, settings: Any) -> None:
    settings.SMTP_URL, settings.MAIL_FOLDER = "smtp://127.0.0.1:1", None

    assert "Done" in step_of_mail(browser)


def test_a_folder_is_said_to_send_nothing(browser: Client, settings: Any, tmp_path: Any) -> None:
    settings.SMTP_URL, settings.MAIL_FOLDER = None, tmp_path

    answer = browser.post(SET_UP + "mail/", {"act": "test"}, follow=True)

    assert "nothing left the house" in answer.content.decode()
    assert len(list(tmp_path.glob("*.eml"))) == 1
    assert correspondence.outbox().waiting == 0


def test_a_server_without_a_password_asks_for_what_renews_its_token(
    browser: Client, settings: Any
) -> None:
    settings.SMTP_URL = "smtp://office%40example.org@mail.example.org:587"
    settings.MAIL_FOLDER = None
    page = browser.get(SET_UP + "mail/").content.decode()
    assert "Nothing was given yet by which a token could be renewed." in page
    assert "To do" in step_of_mail(browser)

    told = {"token_url": "https://provider.example/token", "client_id": "our-id", "scope": "send"}
    given = {**told, "client_secret": "of the client", "refresh_token": "of refreshing"}
    assert browser.post(SET_UP + "mail/", {"act": "grant", **given}).status_code == 302
    page = browser.get(SET_UP + "mail/").content.decode()
    assert "OAuth token that Pasokh renews" in page
    assert all(one in page for one in told.values())
    assert "of the client" not in page
    assert "of refreshing" not in page
    assert "Done" in step_of_mail(browser)

    clear = {**given, "token_url": "http://provider.example/token"}
    assert "travel in clear" in faults(browser.post(SET_UP + "mail/", {"act": "grant", **clear}))
    settings.SMTP_URL = "smtp://office:secret@mail.example.org:587"
    assert "Refresh token" not in browser.get(SET_UP + "mail/").content.decode()


@pytest.mark.parametrize("language", ["fa", "en"])
def test_why_letters_wait_for_a_token_is_said_in_words(
    browser: Client, settings: Any, named: Complaint, language: str
) -> None:
    settings.SMTP_URL, settings.MAIL_FOLDER = "smtp://office@mail.example.org", None
    box = named.complainant.contact_points.get(kind="email")
    waiting = letter(named, LetterKind.ACKNOWLEDGEMENT, NOW)
    Letter.objects.filter(pk=waiting.pk).update(to=box, state="queued", failure="token-grant-ended")
    words = {"fa": "توکن نوسازی", "en": "no longer takes the refresh token"}[language]

    for page in ("set-up/mail/", "letters/"):
        assert words in browser.get(f"/{language}/desk/{page}").content.decode()
