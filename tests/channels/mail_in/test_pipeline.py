"""A mail from the moment it is handed over to what became of it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from tests.casework.conftest import HOUR, START
from tests.channels.mail_in.mails import WORDS, mail

from pasokh.casework.complaints.models import Attachment, Complaint, Message
from pasokh.casework.correspondence import reply_address
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.models import Mail, Mailbox
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.channels.mail_in import pipeline
from pasokh.kernel import files

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
