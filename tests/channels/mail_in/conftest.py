"""An office with a mailbox, and mail that comes in."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from tests.casework.conftest import START, acts, shop, terms
from tests.casework.correspondence.correspondents import describe_office
from tests.channels.mail_in.mails import mail

from pasokh.casework.intake.mailroom import actions
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.models import Mail, Mailbox
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.channels.mail_in import pipeline

__all__ = ["acts", "shop", "terms"]


@pytest.fixture
def mailbox(shop: SimpleNamespace) -> Mailbox:
    """The mailbox of the branch in Tehran, as it is when its server hands mail over."""
    describe_office()
    return actions.add_mailbox(
        "tehran@khaneh.example",
        unit_id=shop.units["tehran"].pk,
        language="fa",
        by=shop.zahra,
        at=START,
    )


@pytest.fixture
def post(mailbox: Mailbox) -> Callable[..., Mail]:
    """Hand a mail over and sort it; what became of it."""

    def deliver(at: Any = START, to: str = "tehran@khaneh.example", **told: Any) -> Mail:
        content = told.pop("content", None) or mail(to=to, **told)
        pipeline.take_in(Handed(content, Door.LMTP, None, to), at=at)
        pipeline.sort_mail(at)
        return Mail.objects.select_related("complaint").latest("pk")

    return deliver
