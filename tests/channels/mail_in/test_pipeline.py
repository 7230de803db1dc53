"""A mail from the moment it is handed over to what became of it."""

from collections.abc import Callable
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from tests.casework.conftest import HOUR, START
from tests.channels.mail_in.mails import WORDS, mail

from pasokh.casework.complaints.models import Attachment, Complaint, Message
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence import reply_address
from pasokh.casework.correspondence.delivery import Form
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake.mailroom import actions as mailroom
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.models import Mail, Mailbox
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.channels.mail_in import pipeline
from pasokh.kernel import files
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db

Post = Callable[..., Mail]


def keyed(ref: str) -> str:
    return reply_address.made("tehran@khaneh.example", ref, str(settings.SECRET_KEY).encode())


@pytest.mark.clause("10002:7.2")
def test_a_mail_becomes_a_complaint_with_its_words_its_files_and_itself(post: Post) -> None:
    picture = b"\x89PNG fridge"
    sorted_ = post(files=(("fridge.png", picture),))

    assert (sorted_.disposition, sorted_.reason) == ("complaint", "new-address")
    case: Any = sorted_.complaint
    assert case.narrative.strip() == f"یخچال خراب\n\n{WORDS}"
    assert (case.channel, case.language, case.unit.code) == ("email", "fa", "tehran")
    assert case.complainant.name == "Maryam Ahmadi"
    (point,) = case.complainant.contact_points.all()
    assert (point.value, point.confirmed_at) == ("maryam@example.org", None)
    assert Letter.objects.get(complaint=case).to == point
    shown, whole = Attachment.objects.filter(complaint=case).order_by("inside")
    assert (shown.name, shown.inside) == ("fridge.png", False)
    assert files.open(shown.digest).read() == picture
    assert (whole.name, whole.inside, whole.digest) == ("message.eml", True, sorted_.digest)
    assert (sorted_.words, sorted_.files) == ("", [])


def test_a_mail_that_comes_while_others_are_sorted_is_filed_with_them(mailbox: Mailbox) -> None:
    later = START + timedelta(seconds=2)
    pipeline.take_in(Handed(mail(), Door.LMTP, None, mailbox.address), at=later)

    pipeline.sort_mail(START)

    sorted_ = Mail.objects.get()
    assert (sorted_.disposition, sorted_.sorted_at) == ("complaint", later)


@pytest.mark.clause("10002:7.3")
@pytest.mark.parametrize("by", ["address", "thread"])
def test_an_answer_of_a_party_is_heard_on_its_file(post: Post, by: str) -> None:
    case: Any = post().complaint
    letter = Letter.objects.get(complaint=case)
    told: dict[str, Any] = {"In_Reply_To": f"<{letter.message_id}@khaneh.example>"}
    if by == "address":
        told = {"to": keyed(case.ref)}
    answer = post(START + HOUR, sender="maryam@example.org", words="هنوز خراب است.", **told)

    assert (answer.disposition, answer.reason, answer.complaint) == ("answer", f"by-{by}", case)
    heard = Message.objects.get(complaint=case)
    assert (heard.text.strip(), heard.author) == ("هنوز خراب است.", f"complainant:{case.ref}")
    assert Complaint.objects.count() == 1


def test_a_strangers_answer_is_held(post: Post) -> None:
    case: Any = post().complaint
    answer = post(START + HOUR, to=keyed(case.ref), sender="somebody@else.example")

    assert (answer.disposition, answer.reason) == ("held", "not-a-party")
    assert answer.facts == {"ref": case.ref}
    assert answer.complaint is None
    assert not Message.objects.exists()


def test_a_sender_whom_nothing_verifies_is_marked_and_is_no_party_by_the_address(
    post: Post, mailbox: Mailbox, shop: SimpleNamespace
) -> None:
    mailroom.change_mailbox(mailbox.pk, trusted="mx.khaneh.example", by=shop.zahra, at=START)
    proven = {"Authentication_Results": "mx.khaneh.example; spf=pass smtp.mailfrom=example.org"}
    first = post(**proven)
    case: Any = first.complaint
    assert first.facts == {"checked": "verified"}
    letter = Letter.objects.get(complaint=case)
    thread = {"In_Reply_To": f"<{letter.message_id}@khaneh.example>"}
    answers = [
        post(START + HOUR, words="یک", **thread),
        post(START + HOUR, words="دو", Authentication_Results="mx.khaneh.example; none", **thread),
        post(START + HOUR, words="سه", **thread, **proven),
        post(START + HOUR, words="چهار", to=keyed(case.ref)),
    ]

    assert [(one.disposition, one.reason, one.facts["checked"]) for one in answers] == [
        ("held", "sender-unverified", "unheard"),
        ("held", "sender-unverified", "unheard"),
        ("answer", "by-thread", "verified"),
        ("answer", "by-address", "unheard"),
    ]
    heard = Message.objects.filter(complaint=case).latest("pk")
    (doubt,) = Entry.objects.filter(subject=case.subject, event="complaint.sender_unverified")
    assert (doubt.facts, doubt.actor) == ({"message": heard.pk}, "clock:sort-mail")
    stranger: Any = post(sender="reza@example.net", words="پنج").complaint
    (doubt,) = Entry.objects.filter(subject=stranger.subject, event="complaint.sender_unverified")
    assert doubt.facts == {}


@pytest.mark.clause("10002:7.8")
def test_a_report_about_a_letter_undoes_it_and_doubts_its_address(post: Post) -> None:
    case: Any = post().complaint
    letter = Letter.objects.get(complaint=case)
    leave(letter)
    late = post(START + HOUR, content=report(letter, "delayed", "4.4.1", "452 busy"))
    assert (late.disposition, late.complaint) == ("bounce", case)
    letter.refresh_from_db()
    assert (letter.state, letter.failure) == ("handed_over", "4.4.1")

    other = report(letter, "failed", "5.1.1", "550 no", to="elsewhere@example.net")
    assert post(START + HOUR, content=other).disposition == "bounce"
    letter.refresh_from_db()
    assert letter.state == "handed_over"

    back = post(START + 2 * HOUR, content=report(letter, "failed", "5.1.1", "550 5.1.1 no such"))
    assert (back.disposition, back.reason) == ("bounce", "letter-returned")
    letter.refresh_from_db()
    assert (letter.state, letter.failure) == ("returned", "5.1.1")
    assert letter.to is not None
    assert letter.to.failing_since == START + 2 * HOUR


def test_a_report_of_a_letter_that_is_still_being_sent_is_sorted_later(post: Post) -> None:
    case: Any = post().complaint
    letter = Letter.objects.get(complaint=case)
    leave(letter)
    Letter.objects.update(state="sending")
    back = post(START + HOUR, content=report(letter, "failed", "5.1.1", "550 no"))
    assert (back.disposition, back.trouble) == ("", "Refused")

    Letter.objects.update(state="handed_over")
    pipeline.sort_mail(START + 2 * HOUR)
    letter.refresh_from_db()
    assert letter.state == "returned"


def test_a_letter_that_was_called_unwanted_is_known_by_it(post: Post) -> None:
    case: Any = post().complaint
    letter = Letter.objects.get(complaint=case)
    leave(letter)
    sign = f"<{letter.message_id}@khaneh.example>"
    for kind in ("not-spam", "abuse"):
        content = FEEDBACK.format(kind=kind, sign=sign).encode()
        told = post(START + HOUR, content=content)
        assert (told.disposition, told.reason) == ("automatic", "feedback-report")
    letter.refresh_from_db()
    assert told.complaint == case
    assert letter.failure == "feedback-abuse"
    assert letter.to is not None
    assert letter.to.refused_at == START + HOUR


FEEDBACK = """From: fbl@provider.example
To: tehran@khaneh.example
Subject: feedback
Content-Type: multipart/report; report-type=feedback-report; boundary=b

--b

This is a report.
--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: provider/1
Version: 1

--b
Content-Type: message/rfc822

Message-ID: {sign}
Subject: a letter

text
--b--
"""


def leave(letter: Letter) -> None:
    """Let a letter have left, as a sweep does."""
    assert letter.to is not None
    value = {"to": letter.to.pk, "address": letter.to.value}
    assert correspondence.begin(letter.pk, form=Form.NOTICE, **value, at=START)
    correspondence.handed_over(letter.pk, at=START)


def report(letter: Letter, action: str, status: str, said: str, to: str = "") -> bytes:
    """A delivery report about a letter, as a mail server writes it."""
    assert letter.to is not None
    return REPORT.format(
        to=to or letter.to.value, action=action, status=status, said=said, sign=letter.message_id
    ).encode()


REPORT = """Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: tehran@khaneh.example
Subject: Undelivered Mail Returned to Sender
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

I am sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {said}

--b
Content-Type: text/rfc822-headers

Message-ID: <{sign}@khaneh.example>
Subject: a letter
--b--
"""


def test_the_same_mail_is_kept_once_and_a_copy_by_another_way_is_filed_once(post: Post) -> None:
    content = mail(Message_ID="<one@example.org>")
    first = post(content=content)
    again = pipeline.take_in(
        Handed(content, Door.LMTP, None, "tehran@khaneh.example"), at=START + HOUR
    )
    copy = post(START + HOUR, content=b"Received: from elsewhere\r\n" + content)

    assert (first.disposition, again, Mail.objects.count()) == ("complaint", False, 2)
    assert (copy.disposition, copy.reason) == ("refused", "duplicate")
    assert copy.facts == {"mail": first.pk}
    assert Complaint.objects.count() == 1


def test_an_endless_thread_costs_no_more_statements_than_a_short_one(
    post: Post, django_assert_max_num_queries: Any
) -> None:
    case: Any = post().complaint
    signs = [f"<{n}@example.org>" for n in range(300)]
    content = mail(sender="maryam@example.org", words="هنوز؟", to=keyed(case.ref))
    long = content.replace(b"To: ", b"References: " + "\r\n ".join(signs).encode() + b"\r\nTo: ", 1)
    for one in (content, long):
        pipeline.take_in(Handed(one, Door.LMTP, None, keyed(case.ref)), at=START + HOUR)
        with django_assert_max_num_queries(40):
            pipeline.sort_mail(START + HOUR)
    assert [one.disposition for one in Mail.objects.order_by("pk")] == [
        *("complaint", "answer", "refused"),
    ]
