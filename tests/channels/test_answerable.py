"""What lets a mail be answered and found again: its address, its ancestors, its line."""

from email.message import EmailMessage
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import override_settings
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, HOUR, START
from tests.casework.correspondence.correspondents import WORDS, written
from tests.channels.mail_in.mails import mail
from tests.channels.postbox import Postbox

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.models import Message
from pasokh.casework.correspondence import reply_address
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.texts import sentences
from pasokh.casework.intake.mailroom import actions as mailroom
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.channels.mail_in import pipeline
from pasokh.channels.mail_out import send_letters

NOW = START + DAY

pytestmark = pytest.mark.django_db


def bodies(sent: EmailMessage) -> list[str]:
    return [sent.get_body((kind,)).get_content() for kind in ("plain", "html")]  # type: ignore[union-attr]


@pytest.mark.clause("10002:7.3")
@pytest.mark.parametrize("language", ["fa", "en"])
def test_an_answer_to_a_letter_finds_its_file_and_the_line_to_write_above(
    language: str, box: Postbox, acts: Acts
) -> None:
    letter = written(LetterKind.MESSAGE, language, acts)
    send_letters(NOW)

    (sent,) = box.letters
    key = settings.SECRET_KEY.encode()
    assert reply_address.read(sent["Reply-To"], key) == letter.complaint.ref
    assert sent["From"].addresses[0].addr_spec == "shekayat@khaneh.example"
    line = sentences(language)["mail.write_above"]
    plain, page = bodies(sent)
    assert plain.splitlines()[0].lstrip("\u200f\u200e") == line
    assert page.index(line) < page.index("<h1")
    letter.refresh_from_db()
    assert line not in str(letter.text)


def test_letters_of_one_file_hang_together_and_no_others(box: Postbox, acts: Acts) -> None:
    letter, other = (written(LetterKind.MESSAGE, "en", acts) for _ in range(2))
    send_letters(NOW)
    for text in ("one", "two"):
        actions.message(letter.complaint.ref, text=text, by=acts.shop.reza, at=NOW)
        send_letters(NOW + HOUR)

    first, strange, second, third = box.letters
    assert "In-Reply-To" not in first
    assert "References" not in strange
    assert second["In-Reply-To"] == first["Message-ID"]
    assert third["In-Reply-To"] == second["Message-ID"]
    assert third["References"].split() == [first["Message-ID"], second["Message-ID"]]
    assert other.message_id not in str(third["References"])


def test_an_answer_follows_the_persons_own_last_mail(
    box: Postbox, acts: Acts, shop: SimpleNamespace
) -> None:
    letter = written(LetterKind.MESSAGE, "en", acts)
    send_letters(NOW)
    office = "shekayat@khaneh.example"
    unit = letter.complaint.unit_id
    mailroom.add_mailbox(office, unit_id=unit, language="en", by=shop.zahra, at=START)
    to, long = box.letters[0]["Reply-To"], f"{'a' * 70}@{'b' * 40}.example"
    for number, sign in enumerate((long, "broken id@x")):
        told = {"Message_ID": f"<{sign}>", "words": f"still broken {number}"}
        content = mail(to=to, sender="maryam@example.org", **told)
        pipeline.take_in(Handed(content, Door.LMTP, None, to), at=NOW + HOUR)
    pipeline.sort_mail(NOW + HOUR)
    assert Message.objects.filter(complaint=letter.complaint, incoming=True).count() == 2

    actions.message(letter.complaint.ref, text="we look", by=acts.shop.reza, at=NOW + HOUR)
    send_letters(NOW + 2 * HOUR)

    first, answer = box.letters
    assert answer["In-Reply-To"] == f"<{long}>"
    assert answer["References"].split() == [first["Message-ID"], f"<{long}>"]
    assert f"In-Reply-To: <{long}>\r\n".encode() in box.mails[-1][2]


def test_what_goes_to_an_unconfirmed_address_names_neither_file_nor_other_mails(
    box: Postbox, acts: Acts
) -> None:
    written(LetterKind.DECISION, "en", acts, confirmed=False)
    send_letters(NOW)

    for sent in box.letters:
        assert sent["Reply-To"].addresses[0].addr_spec == "shekayat@khaneh.example"
        assert {"In-Reply-To", "References"} & set(sent.keys()) == set()
        assert sentences("en")["mail.write_above"] not in "".join(bodies(sent))


@override_settings(REPLY_SEPARATOR="")
def test_where_the_server_knows_no_such_addresses_answers_go_to_the_mailbox(
    box: Postbox, acts: Acts
) -> None:
    letter = written(LetterKind.MESSAGE, "en", acts)
    send_letters(NOW)

    (sent,) = box.letters
    assert sent["Reply-To"] == "shekayat@khaneh.example"
    assert WORDS["en"].said in bodies(sent)[0]
    assert Letter.objects.get(pk=letter.pk).sendings.get().mailbox == "maryam@example.org"
