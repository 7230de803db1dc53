"""Steps that break off: nothing half-done stays, and no other mail waits for it."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.casework.conftest import HOUR, START
from tests.channels.mail_in.mails import mail

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.intake.mailroom import actions
from pasokh.casework.intake.mailroom.actions import Handed, sorting
from pasokh.casework.intake.mailroom.models import Mail, Mailbox
from pasokh.casework.intake.mailroom.terms import MOST_TRIES, Door
from pasokh.channels.mail_in import asking, pipeline, wrapped
from pasokh.channels.mail_in.rules import order

TO = "tehran@khaneh.example"
pytestmark = pytest.mark.django_db


def _break(*_given: Any, **_more: Any) -> Any:
    raise RuntimeError("broken off")


@pytest.mark.parametrize(
    ("module", "step"),
    [
        (wrapped, "read"),
        (asking, "told"),
        (actions, "lock"),
        (asking, "known"),
        (order, "judge"),
        (sorting.intake, "take_in_by_letter"),
        (sorting, "settle"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_step_that_breaks_off_leaves_nothing_and_stops_no_other_mail(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, module: Any, step: str
) -> None:
    for subject in ("اول", "دوم"):
        content = mail(subject=subject)
        pipeline.take_in(Handed(content, Door.LMTP, None, TO), at=START)
    first, second = Mail.objects.order_by("pk")
    monkeypatch.setattr(module, step, _once(getattr(module, step)))

    pipeline.sort_mail(START)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.disposition, first.trouble, first.tries) == ("", "RuntimeError", 1)
    assert second.disposition == "complaint"
    assert Complaint.objects.count() == 1
    pipeline.sort_mail(START + HOUR)
    first.refresh_from_db()
    assert (first.disposition, first.trouble) == ("complaint", "")
    assert Complaint.objects.count() == 2


def _once(real: Callable[..., Any]) -> Callable[..., Any]:
    """What breaks the first time and works from then on."""
    calls = iter([_break])

    def either(*given: Any, **more: Any) -> Any:
        return next(calls, real)(*given, **more)

    return either


def test_what_can_never_be_sorted_is_shown_as_failed_and_can_be_read_again(
    mailbox: Mailbox, shop: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.take_in(Handed(mail(), Door.LMTP, None, TO), at=START)
    with monkeypatch.context() as broken:
        broken.setattr(wrapped, "read", _break)
        for hour in range(MOST_TRIES + 1):
            pipeline.sort_mail(START + hour * 2 * HOUR)
    failed = Mail.objects.get()
    assert (failed.disposition, failed.reason, failed.tries) == (
        *("failed", "tried-enough", MOST_TRIES),
    )
    actions.read_again(failed.pk, by=shop.nima, at=START + 20 * HOUR)
    pipeline.sort_mail(START + 20 * HOUR)
    failed.refresh_from_db()
    assert failed.disposition == "complaint"
