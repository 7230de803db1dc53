"""Mails sorted in one transaction: as many statements as one takes, and each judged as if alone."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.casework.conftest import HOUR, START
from tests.channels.mail_in.mails import mail

from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.casework.intake.mailroom.actions import Handed, sorting
from pasokh.casework.intake.mailroom.models import Mail, Mailbox
from pasokh.casework.intake.mailroom.terms import Disposition, Door
from pasokh.channels.mail_in import grouping, pipeline
from pasokh.channels.mail_in.rules import order
from pasokh.kernel.ledger import sequencer, verify

TO = "tehran@khaneh.example"
pytestmark = pytest.mark.django_db


def _keep(*contents: bytes) -> None:
    for content in contents:
        pipeline.take_in(Handed(content, Door.LMTP, None, TO), at=START)


def _from(number: int, **told: Any) -> bytes:
    return mail(sender=f"person-{number}@shop-{number}.example", **told)


def _sorted() -> list[tuple[str, str]]:
    return list(Mail.objects.order_by("pk").values_list("disposition", "reason"))


def _statements(many: int) -> int:
    _keep(*(_from(n, words=f"مبل {n} شکسته رسید.") for n in range(many)))
    with CaptureQueriesContext(connection) as asked:
        pipeline.sort_mail(START)
    return len([one for one in asked.captured_queries if "SAVEPOINT" not in one["sql"]])


def test_twelve_mails_take_the_statements_of_two(mailbox: Mailbox) -> None:
    _statements(2)  # what is loaded once
    two = _statements(2)
    Mail.objects.all().delete()
    assert _statements(12) == two


def test_each_has_its_own_file_in_their_words_with_its_own_record(mailbox: Mailbox) -> None:
    words = [f"کالای شمارهٔ {n} هنوز نرسیده است." for n in range(7)]
    _keep(*(_from(n, words=said, files=((f"{n}.png", b"%d" % n),)) for n, said in enumerate(words)))
    pipeline.sort_mail(START)
    found = Mail.objects.order_by("pk").select_related("complaint__complainant")
    for number, (one, said) in enumerate(zip(found, words, strict=True)):
        case = one.complaint
        assert case is not None
        assert said in case.narrative
        assert case.source_id == one.likeness
        named = Attachment.objects.filter(complaint=case).order_by("name")
        assert [each.name for each in named] == [f"{number}.png", "message.eml"]
    assert len({one.complaint_id for one in found}) == 7
    while sequencer.run_once(START):
        pass
    assert verify.whole_log() == []


def test_copies_of_one_mail_begin_one_file(mailbox: Mailbox) -> None:
    copied = _from(1, Message_ID="<one@shop-1.example>", words="یک بار نوشتم.")
    _keep(_from(0), b"X-Came-By: one\r\n" + copied, _from(2), b"X-Came-By: two\r\n" + copied)
    pipeline.sort_mail(START)
    assert _sorted() == [
        ("complaint", "new-address"),
        ("complaint", "new-address"),
        ("complaint", "new-address"),
        ("refused", "duplicate"),
    ]


def test_a_second_mail_of_a_sender_is_known_to_come_from_them(mailbox: Mailbox) -> None:
    _keep(_from(1, words="نخست"), _from(1, words="دوم"))
    pipeline.sort_mail(START)
    assert _sorted() == [("complaint", "new-address"), ("complaint", "known-address")]


def test_an_answer_to_a_mail_that_came_with_it_is_never_a_file_of_its_own(mailbox: Mailbox) -> None:
    first = _from(1, Message_ID="<one@shop-1.example>")
    _keep(first, _from(2), _from(3, In_Reply_To="<one@shop-1.example>"))
    pipeline.sort_mail(START)
    assert _sorted()[2] == ("held", "not-a-party")


def test_what_goes_wrong_with_one_lets_the_others_be_filed(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    _keep(*(_from(n, words=f"مبل {n}") for n in range(4)))
    third = Mail.objects.order_by("pk")[2]
    settle = sorting.settle

    def breaking(one: Mail, **more: Any) -> Mail:
        if one.pk == third.pk:
            raise RuntimeError("broken off")
        return settle(one, **more)

    with monkeypatch.context() as broken:
        broken.setattr(sorting, "settle", breaking)
        pipeline.sort_mail(START)
    assert [one for one, _ in _sorted()] == ["complaint", "complaint", "", "complaint"]
    assert Complaint.objects.count() == 3
    pipeline.sort_mail(START + HOUR)
    assert [one for one, _ in _sorted()] == ["complaint"] * 4


def test_what_one_file_refuses_is_held_and_the_others_are_filed(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    _keep(_from(1), mail(sender="two@shop-2.example", words="", subject="\u200b"), _from(3))
    judge = order.judge
    monkeypatch.setattr(order, "judge", lambda one, known: _as_complaint(judge(one, known)))
    pipeline.sort_mail(START)
    assert _sorted() == [
        ("complaint", "new-address"),
        ("held", "nothing-said"),
        ("complaint", "new-address"),
    ]
    assert Complaint.objects.count() == 2


def _as_complaint(verdict: Any) -> Any:
    """What the file itself must refuse, since no rule did."""
    return type(verdict)(Disposition.COMPLAINT, "new-address")


def test_a_large_mail_does_not_share_its_transaction(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "BYTES", 2000)
    _keep(_from(1), _from(2, words="الف " * 2000), _from(3), _from(4))
    sizes = []
    together = pipeline.sort_together

    def counting(group: Any, *more: Any) -> Any:
        sizes.append(len(group))
        return together(group, *more)

    monkeypatch.setattr(pipeline, "sort_together", counting)
    pipeline.sort_mail(START)
    assert sizes == [2]
    assert {one for one, _ in _sorted()} == {"complaint"}
