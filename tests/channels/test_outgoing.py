"""Letters leave by a server that is opened by a token, renewed as that of a mailbox is."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs

import pytest
from tests.casework.acts import Acts
from tests.casework.conftest import DAY, START
from tests.casework.correspondence.correspondents import describe_office, written
from tests.channels.receiver import Receiver, receiver
from tests.channels.tokened import Tokened, tokened

from pasokh.casework.correspondence import queries as correspondence
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake.mailroom import actions, queries
from pasokh.casework.intake.mailroom.actions import Granted
from pasokh.casework.intake.mailroom.labels import TROUBLES
from pasokh.casework.intake.mailroom.models import MailboxGrant
from pasokh.channels import outgoing, trial
from pasokh.channels.mail_out import send_letters
from pasokh.config import check, environment
from pasokh.kernel import clock, targets
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

NOW = START + DAY
PAUSE = outgoing.PAUSE + timedelta(seconds=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(settings: Any) -> Iterator[Receiver]:
    settings.OUTGOING_NETWORKS = targets.networks(["127.0.0.0/8"])
    with receiver() as running:
        yield running


@pytest.fixture
def server(settings: Any, acts: Acts) -> Iterator[Tokened]:
    describe_office()
    with tokened() as running:
        settings.SMTP_URL, settings.MAIL_FOLDER = running.url, None
        settings.PUBLIC_ADDRESS = "https://p.example"
        written(LetterKind.MESSAGE, "en", acts)
        yield running


@pytest.fixture
def grant(acts: Acts, provider: Receiver) -> Callable[[], MailboxGrant]:
    def give() -> MailboxGrant:
        given = Granted(provider.url("/token"), "our-id", "first refresh", "our secret")
        return actions.give_outgoing_grant(grant=given, by=acts.shop.zahra, at=START)

    return give


def answer(provider: Receiver, status: int = 200, **told: str) -> None:
    provider.replies["/token"] = (status, {}, json.dumps(told).encode())


def waits(why: str) -> None:
    """The letter waits, costs no attempt, and the reason is known in words."""
    box, letter = correspondence.outbox(), Letter.objects.get()
    assert (box.waiting, box.told, letter.attempts) == (1, why, 0)
    assert why in TROUBLES or why[:3].isdigit()


def test_a_letter_leaves_by_a_token_that_is_renewed_and_kept_until_it_ends(
    server: Tokened, provider: Receiver, grant: Callable[[], MailboxGrant], acts: Acts
) -> None:
    grant()
    server.takes.add("one")
    answer(provider, access_token="one", expires_in="3600", refresh_token="second refresh")
    send_letters(NOW)
    written(LetterKind.MESSAGE, "fa", acts)
    send_letters(NOW)

    assert (len(server.mails), server.shown) == (2, ["one", "one"])
    (asked,) = provider.heard
    assert parse_qs(asked.body.decode()) == {
        "grant_type": ["refresh_token"],
        "client_id": ["our-id"],
        "client_secret": ["our secret"],
        "refresh_token": ["first refresh"],
    }
    kept = MailboxGrant.objects.get()
    assert kept.mailbox is None
    assert b"second refresh" not in bytes(kept.refresh_token)
    assert queries.fetched() == []
    fact = Entry.objects.get(subject="mail-server")
    assert "first refresh" not in str(fact.canonical)


def test_a_token_that_is_not_taken_is_forgotten_and_asked_for_anew_after_a_while(
    server: Tokened, provider: Receiver, grant: Callable[[], MailboxGrant]
) -> None:
    grant()
    answer(provider, access_token="stale", expires_in="3600")
    send_letters(NOW)
    waits("535 5.7.8 not that token")
    send_letters(clock.now())
    assert server.shown == ["stale"]

    server.takes.add("fresh")
    answer(provider, access_token="fresh", expires_in="3600")
    send_letters(clock.now() + PAUSE)
    assert (server.shown, len(server.mails)) == (["stale", "fresh"], 1)


def test_a_token_that_has_ended_is_not_shown(
    server: Tokened, provider: Receiver, grant: Callable[[], MailboxGrant]
) -> None:
    grant()
    answer(provider, access_token="old", expires_in="3600")
    outgoing.tokens.access(None)
    MailboxGrant.objects.update(access_until=clock.now())
    server.takes.add("new")
    answer(provider, access_token="new", expires_in="3600")
    send_letters(NOW)
    assert server.shown == ["new"]


@pytest.mark.parametrize(
    ("status", "told", "code"),
    [
        (400, {"error": "invalid_grant"}, "token-grant-ended"),
        (401, {"error": "invalid_client"}, "token-client-unknown"),
        (503, {}, "token-unanswered"),
    ],
)
def test_letters_wait_while_there_is_no_token_and_the_provider_is_left_alone_for_a_while(
    server: Tokened,
    provider: Receiver,
    grant: Callable[[], MailboxGrant],
    status: int,
    told: dict[str, str],
    code: str,
) -> None:
    grant()
    answer(provider, status, **told)
    send_letters(NOW)
    waits(code)
    send_letters(clock.now())
    assert len(provider.heard) == 1
    send_letters(clock.now() + PAUSE)
    assert (len(provider.heard), server.shown) == (2, [])

    server.takes.add("one")
    answer(provider, access_token="one")
    grant()
    send_letters(clock.now())
    assert len(server.mails) == 1


def test_without_a_grant_or_another_key_or_a_server_that_takes_tokens_letters_wait(
    server: Tokened, grant: Callable[[], MailboxGrant], box: Any, settings: Any
) -> None:
    settings.SMTP_URL = server.url
    send_letters(NOW)
    waits("token-grant-missing")
    grant()
    MailboxGrant.objects.update(refresh_token=b"sealed elsewhere")
    send_letters(clock.now())
    waits("secret-unreadable")

    grant()
    settings.SMTP_URL = box.url.replace("//", "//office@")
    send_letters(clock.now())
    waits("server-takes-no-token")


def test_whoever_tries_it_or_checks_the_installation_reads_why(
    server: Tokened, provider: Receiver, grant: Callable[[], MailboxGrant]
) -> None:
    grant()
    answer(provider, 400, error="invalid_grant")
    with pytest.raises(Refused) as refused:
        trial.send("zahra@khaneh.example", language="en", at=NOW)
    assert refused.value.facts["said"] == str(TROUBLES["token-grant-ended"])
    found = [said for right, said in check.examine(environment.read()) if not right]
    assert f"Letters by e-mail wait: {TROUBLES['token-grant-ended']}" in found

    server.takes.add("one")
    answer(provider, access_token="one")
    found = [said for right, said in check.examine(environment.read()) if right]
    assert "The way by which letters leave is open." in found


def test_only_who_sets_up_gives_what_opens_the_server(acts: Acts) -> None:
    given = Granted("https://provider.example/token", "our-id", "refresh")
    with pytest.raises(Refused, match="not-authorised"):
        actions.give_outgoing_grant(grant=given, by=acts.shop.reza, at=START)
