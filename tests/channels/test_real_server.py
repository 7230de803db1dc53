"""Letters against a real Postfix: taken, refused for good, greylisted, come back later."""

import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.test import override_settings
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, START
from tests.casework.correspondence.correspondents import describe_office, written
from tests.channels.mail_in.postfixes import Postfix, postfix

from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.correspondence.delivery import LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter, Telling
from pasokh.casework.intake.mailroom import actions as mailroom
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.channels.mail_in import pipeline
from pasokh.channels.mail_out import send_letters

NOW = START + DAY
#: Recipients of its own domain that the server knows, and how it answers for some.
BOX, NOBODY, LATER = "sara@post.example", "nobody@post.example", "later@post.example"
OFFICE = "shekayat@khaneh.example"
GONE = "gone@away.example"  # taken, and told later that there is nobody

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(os.geteuid() != 0, reason="only root can start Postfix"),
]


@pytest.fixture(scope="module")
def server() -> Iterator[Postfix]:
    with postfix(boxes=(BOX, LATER, OFFICE)) as running:
        yield running


def after(letter: Letter) -> Letter:
    letter.refresh_from_db()
    letter.complaint.refresh_from_db()
    return letter


def until(found: Callable[[], list[bytes]]) -> list[bytes]:
    """What is found in the end."""
    deadline = time.monotonic() + 30
    while not (there := found()):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return there


@pytest.mark.clause("10002:7.4")
def test_a_server_takes_refuses_and_puts_off_letters(server: Postfix, acts: Acts) -> None:
    describe_office()
    server.answer({NOBODY: "550 5.1.1 no such person", LATER: "451 4.7.1 greylisted"})
    good, bad, later = (
        written(LetterKind.ACKNOWLEDGEMENT, "fa", acts, address=to) for to in (BOX, NOBODY, LATER)
    )
    with override_settings(SMTP_URL=server.url, MAIL_FOLDER=None):
        send_letters(NOW)
        assert after(good).state == LetterState.HANDED_OVER
        assert good.complaint.done(Milestone.ACKNOWLEDGED)
        told = Telling.objects.get(letter=good).proof["handed_over_to"]
        assert "queued as" in told
        assert (after(bad).state, bad.failure) == (
            LetterState.FAILED,
            f"550 5.1.1 <{NOBODY}>: Recipient address rejected: no such person",
        )
        assert bad.complaint.due_at is not None
        assert (after(later).state, later.attempts) == (LetterState.QUEUED, 1)
        assert "451 4.7.1" in later.failure

        server.answer({})
        send_letters(NOW + timedelta(minutes=2))
        assert after(later).state == LetterState.HANDED_OVER
    (arrived,) = until(lambda: server.mails(BOX))
    assert f"<{good.message_id}@khaneh.example>".encode() in arrived


@pytest.mark.clause("10002:7.8")
def test_what_a_server_tells_later_comes_back_to_its_letter(
    server: Postfix, acts: Acts, shop: SimpleNamespace
) -> None:
    describe_office()
    unit = shop.units["tehran"].pk
    mailroom.add_mailbox(OFFICE, unit_id=unit, language="fa", by=shop.zahra, at=START)
    letter = written(LetterKind.ACKNOWLEDGEMENT, "fa", acts, address=GONE)
    with override_settings(SMTP_URL=server.url, MAIL_FOLDER=None):
        send_letters(NOW)
    assert (after(letter).state, letter.failure) == (LetterState.HANDED_OVER, "")
    assert letter.complaint.done(Milestone.ACKNOWLEDGED)

    (report,) = until(lambda: server.mails(OFFICE))
    pipeline.take_in(Handed(report, Door.LMTP, "", OFFICE), at=NOW + DAY)
    pipeline.sort_mail(NOW + DAY)

    sorted_ = Mail.objects.get()
    assert (sorted_.disposition, sorted_.reason) == ("bounce", "letter-returned")
    assert sorted_.complaint == letter.complaint
    assert after(letter).state == LetterState.RETURNED
    assert letter.failure == "5.1.1"
    assert not letter.complaint.done(Milestone.ACKNOWLEDGED)
    assert letter.to is not None
    assert letter.to.failing_since == NOW + DAY
