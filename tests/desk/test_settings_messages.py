"""Set-up of messages that come in: a bot that is told its address, a number, an end."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from tests.channels.messengers.test_messengers import Messenger, running
from tests.desk.test_settings_steps import SET_UP, do, faults

from pasokh.casework.intake.conversations import queries
from pasokh.casework.intake.conversations.models import Source
from pasokh.kernel import targets

__all__ = ["running"]

pytestmark = pytest.mark.django_db


def test_a_bot_is_told_its_address_and_a_number_gets_one_to_show_once(
    at_desk: Callable[[str], Client], running: Messenger, settings: Any
) -> None:
    settings.OUTGOING_NETWORKS = targets.networks(["127.0.0.1/32"])
    settings.PUBLIC_ADDRESS = "https://p.example"
    browser, page = at_desk("zahra"), SET_UP + "messages/"
    given = {"kind": "bale", "name": "Our bot", "base": f"http://127.0.0.1:{running.port}"}
    assert "needs its token" in faults(do(browser, "messages/", "add", **given))
    running.hooks.clear()
    running.script = [(401, {"ok": False, "description": "Unauthorized"})]
    assert "Unauthorized" in faults(do(browser, "messages/", "add", **given, token="TOKEN:1"))
    assert not Source.objects.exists()

    do(browser, "messages/", "add", **given, token="TOKEN:1")
    (hook,) = running.hooks
    secret = hook["url"].split("/")[-2]
    assert queries.place_at(secret)
    shown = browser.get(page).content.decode()
    assert "Our bot" in shown
    assert "TOKEN" not in shown + secret

    sent = {"act": "add", "kind": "sms", "name": "3000", "token": "", "base": ""}
    answer = browser.post(page, sent, follow=True).content.decode()
    assert "https://p.example/hooks/messages/" in answer
    assert "/hooks/messages/" not in browser.get(page).content.decode()
    assert queries.hears_texts()

    for one in Source.objects.all():
        do(browser, "messages/", "end", id=one.pk)
    assert queries.place_at(secret) is None
    assert not queries.hears_texts()
    assert all(bytes(one.sealed) == b"" for one in Source.objects.all())
