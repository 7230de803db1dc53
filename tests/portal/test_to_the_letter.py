"""Bytes that no database holds as text: shown as gone before sending, and kept as they came."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.fixtures.pages import Form, Page
from tests.portal.steps import followed

from pasokh.casework.complaints.models import Attachment, Complaint, Message
from pasokh.kernel import files

LANGUAGES = pytest.mark.parametrize("language", ["fa", "en"])

SIGNS = "0x80, 0xA0, 0xE9, 0xED, U+0000"
CAME = b" caf\xe9 \xed\xa0\x80 a\0b\r\nend "
SHOWN = " caf\ufffd \ufffd\ufffd\ufffd a\ufffdb\nend "


def form(browser: Client, path: str, name: str) -> Form:
    return Page(browser.get(path)).form(name)


def content(kept: Attachment) -> bytes:
    with files.open(kept.digest) as stored:
        return stored.read()


@LANGUAGES
def test_a_complaint_is_filed_as_shown_with_its_bytes_beside_it(
    browser: Client, language: str
) -> None:
    at = f"/{language}/complain/"
    answers = {"narrative": CAME, "purchase_place": b"\xfftehran", "anonymous": "on"}
    form(browser, at, "narrative").post(browser, at, {**answers, "step": "check"})
    check = browser.get(f"{at}check/")
    browser.post(f"{at}check/")

    case = Complaint.objects.get()
    assert Page(check).texts("words") == [SHOWN, "\ufffdtehran"]
    assert "0x80, 0xA0, 0xE9, 0xED, 0xFF, U+0000" in check.content.decode()
    assert (case.narrative, case.purchase_place) == (SHOWN, "\ufffdtehran")
    kept = {one.name: content(one) for one in Attachment.objects.filter(complaint=case)}
    assert kept == {"narrative.txt": CAME, "purchase_place.txt": b"\xfftehran"}


@LANGUAGES
def test_the_form_shows_them_again_when_something_else_is_wrong(
    browser: Client, language: str
) -> None:
    at = f"/{language}/complain/"
    answers = {"narrative": CAME, "email": b"\xff\0", "incident_on": b"\xff", "needs": b"\xff"}
    sent = form(browser, at, "narrative").post(browser, at, {**answers, "step": "check"})

    assert sent.status_code == 200
    assert Page(sent).form("narrative").fields["narrative"] == [SHOWN]
    assert form(browser, at, "narrative").fields["narrative"] == [SHOWN]


def test_a_field_that_the_form_has_not_is_not_kept(browser: Client) -> None:
    at = "/en/complain/"
    answers = {"narrative": "x", "anonymous": "on", "as_it_came": b"\xff", "more": b"\xff"}
    form(browser, at, "narrative").post(browser, at, {**answers, "step": "check"})
    browser.post(f"{at}check/")

    assert Complaint.objects.count() == 1
    assert not Attachment.objects.exists()


@LANGUAGES
def test_a_letter_is_kept_so_too_and_once(browser: Client, language: str) -> None:
    followed(browser, language)
    at = f"/{language}/follow/complaint/letter/"
    asked = form(browser, at, "text")
    for _ in range(2):
        assert asked.post(browser, at, {"text": CAME, "step": "send"}).status_code == 302

    (message,) = Message.objects.filter(incoming=True)
    assert message.text == SHOWN
    assert [content(one) for one in message.attachments.all()] == [CAME]
    shown = browser.get(f"/{language}/follow/complaint/")
    assert SHOWN in Page(shown).texts("words")
    assert SIGNS in shown.content.decode()
    assert SIGNS not in browser.get(f"/{language}/follow/complaint/").content.decode()


@LANGUAGES
@pytest.mark.parametrize(
    ("where", "field", "answers"),
    [
        ("withdraw", "reason", {}),
        ("accept", "reason", {}),
        ("outside", "reason", {}),
        ("review", "reason", {}),
        ("rate", "comment", {"handling": "2"}),
        ("details", "guarantee", {}),
    ],
)
def test_so_are_the_words_of_an_answer_and_only_the_house_has_the_bytes(
    browser: Client,
    decided: Callable[..., Complaint],
    language: str,
    where: str,
    field: str,
    answers: dict[str, str],
) -> None:
    case = decided()
    at = f"/{language}/follow/complaint/"
    browser.get(at)  # whoever answers has read the decision
    asked = form(browser, at if where == "rate" else f"{at}{where}/", field)

    sent = asked.post(browser, f"{at}{where}/", {**answers, field: CAME})

    assert sent.status_code == 302
    (kept,) = Attachment.objects.filter(complaint=case)
    assert (kept.name, content(kept), kept.inside) == (f"{field}.txt", CAME, True)
    shown = browser.get(at).content.decode()
    assert (SIGNS in shown, f"{field}.txt" in shown) == (True, False)
