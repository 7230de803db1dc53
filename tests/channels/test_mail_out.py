"""Letters by mail against a server that takes, refuses, puts off and drops the line."""

import json
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import override_settings
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, HOUR, START
from tests.casework.correspondence.correspondents import WORDS, written
from tests.channels.postbox import Postbox

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.correspondence import composed, queries, reply_address
from pasokh.casework.correspondence.delivery import MOST_ATTEMPTS, LetterKind, LetterState, pause
from pasokh.casework.correspondence.models import Letter, Telling
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.correspondence.writing import actions as writing
from pasokh.channels import mail_out
from pasokh.channels.mail_out import send_letters
from pasokh.directory.organisation.models import Organisation
from pasokh.directory.people.models import ContactPoint

NOW = START + DAY
MINUTE = timedelta(minutes=1)
TO = "maryam@example.org"

pytestmark = pytest.mark.django_db


def acknowledgement(acts: Acts, language: str = "fa", **changes: Any) -> Letter:
    return written(LetterKind.ACKNOWLEDGEMENT, language, acts, **changes)


def reply_to(letter: Letter) -> str:
    key = settings.SECRET_KEY.encode()
    return reply_address.made("shekayat@khaneh.example", letter.complaint.ref, key)


def after(letter: Letter) -> Letter:
    letter.refresh_from_db()
    letter.complaint.refresh_from_db()
    return letter


@pytest.mark.clause("10002:7.4")
@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_letter_is_sent_and_told_once(language: str, box: Postbox, acts: Acts) -> None:
    letter = acknowledgement(acts, language)
    assert not letter.complaint.done(Milestone.ACKNOWLEDGED)

    send_letters(NOW)
    send_letters(NOW + HOUR)

    (sent,) = box.letters
    assert after(letter).state == LetterState.HANDED_OVER
    assert letter.complaint.done(Milestone.ACKNOWLEDGED)
    (telling,) = Telling.objects.all()
    assert telling.way == "sent"
    assert telling.by == "clock:send-letters"
    assert telling.proof["handed_over_to"] == "127.0.0.1: queued as 4711"
    kept = composed.load(letter.text)
    assert telling.proof["text_sha256"] == composed.digest(kept)
    assert WORDS[language].issues[0] in sent.get_body(("plain",)).get_content()


def test_the_headers_are_those_of_a_program_that_wants_no_answer_from_one(
    box: Postbox, acts: Acts
) -> None:
    letter = acknowledgement(acts)
    send_letters(NOW)

    (sent,) = box.letters
    assert {name: sent[name] for name in sent if name not in ("Content-Type", "Subject")} == {
        "From": "فروشگاه خانه <shekayat@khaneh.example>",
        "To": TO,
        "Reply-To": reply_to(letter),
        "Date": "Tue, 05 May 2026 06:00:00 +0000",
        "Message-ID": f"<{letter.message_id}@khaneh.example>",
        "Content-Language": "fa",
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "All",
        "MIME-Version": "1.0",
    }
    assert letter.complaint.ref in sent["Subject"]
    ((sender, to, raw),) = box.mails
    assert (sender, to) == ("shekayat@khaneh.example", TO)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 998
    plain, page = (sent.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert '<html lang="fa" dir="rtl">' in page
    assert "<table" not in page
    assert "شکایت شما" in plain


def test_what_strangers_wrote_is_escaped_in_the_mails_page(box: Postbox, acts: Acts) -> None:
    letter = acknowledgement(acts, "en")
    letter.complaint.issues.filter(number=1).update(text="<script>alert(1)</script> & \u202eevil")
    send_letters(NOW)

    page = box.letters[0].get_body(("html",)).get_content()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page


@pytest.mark.parametrize("language", ["fa", "en"])
def test_an_unconfirmed_address_gets_the_notice_and_is_told_nothing(
    language: str, box: Postbox, acts: Acts
) -> None:
    letter = written(LetterKind.DECISION, language, acts, confirmed=False)
    send_letters(NOW)

    sent = box.letters[-1]
    said = sent["Subject"] + "".join(
        sent.get_body((kind,)).get_content() for kind in ("plain", "html")
    )
    words = WORDS[language]
    secrets = [words.name, words.reasons, *words.issues, letter.complaint.ref]
    assert [each for each in secrets if each in said] == []
    assert f"https://p.example/{language}/follow/" in said
    assert (after(letter).state, letter.form) == (LetterState.HANDED_OVER, "notice")
    assert Telling.objects.filter(letter=letter).count() == 0
    assert not letter.complaint.done(Milestone.COMMUNICATED)
    assert WORDS[language].reasons in json.dumps(letter.text, ensure_ascii=False)


def test_a_letter_without_an_address_keeps_its_text_and_is_not_sent(
    box: Postbox, acts: Acts
) -> None:
    letter = acknowledgement(acts, address="")
    send_letters(NOW)

    assert after(letter).state == LetterState.SHOWN_ONLY
    assert composed.load(letter.text).reference == letter.complaint.ref
    assert box.mails == []


def test_a_letter_put_off_waits_longer_each_time_and_fails_in_the_end(
    box: Postbox, acts: Acts
) -> None:
    box.refuse[TO] = "451 try again later"
    letter, now, waited = acknowledgement(acts), NOW, []
    for _ in range(MOST_ATTEMPTS):
        send_letters(now)
        after(letter)
        if letter.state == LetterState.FAILED:
            break
        assert (letter.state, letter.failure) == (LetterState.QUEUED, "451 try again later")
        waited.append(letter.try_at - now)
        send_letters(letter.try_at - MINUTE / 2)  # too early: not tried
        assert after(letter).attempts == len(waited)
        now = letter.try_at

    assert waited[:5] == [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR]
    assert len(waited) == MOST_ATTEMPTS - 1
    assert pause(MOST_ATTEMPTS) is None
    assert [each.why for each in queries.troubled(limit=9)] == ["451 try again later"]


def test_a_letter_refused_for_good_fails_with_the_servers_words_and_stops_no_other(
    box: Postbox, acts: Acts
) -> None:
    bad = acknowledgement(acts, address="nobody@example.org")
    good = acknowledgement(acts)
    box.refuse["nobody@example.org"] = "550 5.1.1 no such person here " + "x" * 300
    send_letters(NOW)

    assert after(bad).state == LetterState.FAILED
    assert bad.failure.startswith("550 5.1.1 no such person here x")
    assert len(bad.failure) == 200
    assert not bad.complaint.done(Milestone.ACKNOWLEDGED)
    assert after(good).state == LetterState.HANDED_OVER
    (trouble,) = queries.troubled(limit=9)
    assert (trouble.ref, trouble.state) == (bad.complaint.ref, LetterState.FAILED)
    assert queries.outbox().failed == 1


@pytest.mark.parametrize(("said", "state"), [("554 spam", "failed"), ("452 full", "queued")])
def test_a_server_may_refuse_after_it_heard_the_letter(
    said: str, state: str, box: Postbox, acts: Acts
) -> None:
    box.after_data = [said]
    letter = acknowledgement(acts)
    send_letters(NOW)

    assert (after(letter).state, letter.failure) == (state, said)


def test_a_line_cut_after_the_letter_was_spoken_is_uncertain_and_sent_once_more(
    box: Postbox, acts: Acts
) -> None:
    box.cut = 1
    letter = acknowledgement(acts)
    send_letters(NOW)
    assert after(letter).state == LetterState.UNCERTAIN
    assert not letter.complaint.done(Milestone.ACKNOWLEDGED)

    send_letters(NOW + MINUTE)

    first, second = box.letters
    assert first["Message-ID"] == second["Message-ID"]
    assert after(letter).state == LetterState.HANDED_OVER
    assert letter.complaint.done(Milestone.ACKNOWLEDGED)


def test_a_letter_lost_sight_of_twice_is_not_sent_a_third_time(box: Postbox, acts: Acts) -> None:
    box.cut = 2
    letter = acknowledgement(acts)
    for turn in range(4):
        send_letters(NOW + turn * MINUTE)

    assert len(box.mails) == 2
    assert after(letter).state == LetterState.FAILED


def test_a_line_dropped_before_the_letter_puts_it_off_and_the_others_go_next_time(
    box: Postbox, acts: Acts
) -> None:
    box.drop_at_rcpt.add("poison@example.org")
    bad, good = acknowledgement(acts, address="poison@example.org"), acknowledgement(acts)
    send_letters(NOW)
    send_letters(NOW + timedelta(seconds=10))

    assert after(bad).state == LetterState.QUEUED
    assert bad.attempts == 1
    assert after(good).state == LetterState.HANDED_OVER


def test_a_server_that_cannot_be_reached_costs_no_attempt_and_the_outbox_says_so(
    box: Postbox, acts: Acts
) -> None:
    letter = acknowledgement(acts)
    with override_settings(SMTP_URL="smtp://127.0.0.1:1"):
        send_letters(NOW)

    assert (after(letter).state, letter.attempts) == (LetterState.QUEUED, 0)
    standing = queries.outbox()
    assert (standing.way, standing.waiting) == ("smtp", 1)
    assert "refused" in standing.told


@pytest.mark.parametrize("url", ["ftp://mail.example", "smtp://", "smtp://a:b@c:notaport"])
def test_an_address_of_a_server_that_cannot_be_read_leaves_letters_waiting(
    url: str, box: Postbox, acts: Acts
) -> None:
    letter = acknowledgement(acts)
    with override_settings(SMTP_URL=url):
        send_letters(NOW)

    assert after(letter).state == LetterState.QUEUED
    assert queries.outbox().told


def test_without_a_server_or_a_mailbox_letters_stay_queued(box: Postbox, acts: Acts) -> None:
    letter = acknowledgement(acts)
    with override_settings(SMTP_URL=None):
        send_letters(NOW)
        assert (queries.outbox().way, queries.outbox().waiting) == ("none", 1)
    Organisation.objects.update(mailbox="")
    send_letters(NOW)

    assert after(letter).state == LetterState.QUEUED
    assert letter.text is not None
    assert box.mails == []


def test_a_refused_address_is_not_written_to_and_is_shown_as_trouble(
    box: Postbox, acts: Acts
) -> None:
    letter = acknowledgement(acts)
    ContactPoint.objects.update(refused_at=NOW)
    send_letters(NOW)

    assert box.mails == []
    assert [each.id for each in queries.troubled(limit=9)] == [letter.pk]


@pytest.mark.parametrize("address", ["not an address", "a@b\r\nBcc: x@y.example", "@example.org"])
def test_what_is_not_an_address_fails_and_reaches_no_header(
    address: str, box: Postbox, acts: Acts
) -> None:
    letter = acknowledgement(acts)
    ContactPoint.objects.update(value=address)
    send_letters(NOW)

    assert after(letter).state == LetterState.FAILED
    assert box.mails == []


def test_a_folder_holds_what_would_have_been_sent_and_says_that_it_was_not(
    box: Postbox, acts: Acts, tmp_path: Path
) -> None:
    letter = acknowledgement(acts)
    with override_settings(MAIL_FOLDER=tmp_path / "letters"):
        send_letters(NOW)
        assert queries.outbox().way == "folder"

    (file,) = (tmp_path / "letters").iterdir()
    written_down = message_from_bytes(file.read_bytes(), policy=default)
    assert file.name == f"{letter.message_id}.eml"
    assert "folder" in written_down["X-Pasokh-Not-Sent"]
    assert after(letter).state == LetterState.HANDED_OVER
    assert Telling.objects.get().proof["handed_over_to"].endswith("(not sent)")
    assert box.mails == []


def test_a_notice_that_is_overtaken_does_not_leave(box: Postbox, acts: Acts) -> None:
    letter = written(LetterKind.NOTICE, "fa", acts)
    at = letter.queued_at + HOUR
    acts.take(Step.VERDICT, after(letter).complaint, acts.shop.reza, at)
    send_letters(at + HOUR)

    assert after(letter).state == LetterState.CANCELLED
    assert letter.message_id not in str(box.mails)


def test_a_notice_overtaken_on_its_way_is_sent_and_tells_nothing(box: Postbox, acts: Acts) -> None:
    letter = written(LetterKind.NOTICE, "fa", acts)
    mail_out.keep_texts(NOW + 99 * HOUR)
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.UNCERTAIN)
    at = letter.queued_at + HOUR
    acts.take(Step.VERDICT, after(letter).complaint, acts.shop.reza, at)
    send_letters(at + HOUR)

    assert after(letter).state == LetterState.HANDED_OVER
    assert Telling.objects.filter(letter=letter).count() == 0


def test_a_failed_letter_may_be_sent_again_from_the_beginning(box: Postbox, acts: Acts) -> None:
    box.after_data = ["554 no"]
    letter = acknowledgement(acts)
    send_letters(NOW)
    again = NOW + HOUR
    actions.send_letter_again(letter.complaint.ref, letter=letter.pk, by=acts.shop.reza, at=again)
    send_letters(NOW + HOUR)

    assert after(letter).state == LetterState.HANDED_OVER
    assert letter.attempts == 1


def test_the_number_of_statements_does_not_grow_with_the_letters_waiting(
    box: Postbox, acts: Acts, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        acknowledgement(acts)
    writing.set_out(NOW)
    mail_out.keep_texts(NOW + 99 * HOUR)

    with django_assert_num_queries(1):
        assert len(queries.to_send(NOW, limit=9)) == 3
    with django_assert_num_queries(3):
        queries.outbox()
    with django_assert_num_queries(1):
        queries.troubled(limit=9)


@pytest.mark.clause("10002:7.8")
def test_a_letter_sent_by_another_hand_is_not_mailed_too_and_can_come_back(
    box: Postbox, acts: Acts
) -> None:
    letter = acknowledgement(acts)
    case = letter.complaint
    actions.told(
        case.ref,
        letter=letter.pk,
        way=Way.SENT,
        proof={"handed_over_to": "post office 17"},
        happened_at=NOW,
        by=acts.shop.reza,
        at=NOW,
    )
    send_letters(NOW + HOUR)
    assert box.mails == []
    assert after(letter).state == LetterState.HANDED_OVER

    back = {"why": "unknown", "happened_at": NOW + DAY}
    actions.returned(case.ref, letter=letter.pk, **back, by=acts.shop.reza, at=NOW + DAY)

    assert after(letter).state == LetterState.RETURNED
    assert not letter.complaint.done(Milestone.ACKNOWLEDGED)
