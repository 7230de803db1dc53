"""Mail fetched from a real Dovecot."""

import json
import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs

import pytest
from tests.casework.conftest import START
from tests.channels.mail_in.dovecots import PASSWORD, Dovecot, dovecot, token
from tests.channels.mail_in.mails import mail
from tests.channels.receiver import Receiver, receiver
from tests.fixtures.cloned import Cloned

from pasokh.casework.intake.mailroom import actions, queries
from pasokh.casework.intake.mailroom.actions import Granted
from pasokh.casework.intake.mailroom.labels import TROUBLES
from pasokh.casework.intake.mailroom.models import Listing, Mail, Mailbox, MailboxGrant
from pasokh.casework.intake.mailroom.terms import Security, SignIn, Way
from pasokh.channels import tokens
from pasokh.channels.mail_in import imap, watching
from pasokh.channels.mail_in.watching import Watching
from pasokh.kernel import clock, files, targets


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with dovecot() as running:
        yield running


@pytest.fixture
def db(cloned_database: Cloned) -> Cloned:
    """A database of this test's own: what one thread commits another sees."""
    return cloned_database


@pytest.fixture
def box(
    server: Dovecot, shop: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Mailbox]:
    """A mailbox that is fetched from that server; anything may be set up differently."""
    monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))

    def add(user: str = "tehran", secret: str = PASSWORD, **told: Any) -> Mailbox:
        plain: dict[str, Any] = {
            "unit_id": shop.units["tehran"].pk,
            "way": Way.IMAP,
            "host": "127.0.0.1",
            "port": server.port,
            "security": Security.PLAIN,
            "user": user,
            "old_mail": True,
        }
        address = f"{user}@khaneh.example"
        return actions.add_mailbox(
            address, secret=secret, by=shop.zahra, at=START, **{**plain, **told}
        )

    return add


def look(box: Mailbox) -> int:
    with imap.opened(box) as line:
        return imap.look(box, line)


def test_each_mail_is_kept_once_and_nothing_in_the_mailbox_changes(
    server: Dovecot, box: Callable[..., Mailbox]
) -> None:
    contents = [mail(subject=f"یخچال {n}") for n in range(3)]
    for content in contents:
        server.deliver(content, "once")
    server.doveadm("flags", "add", "-u", "once", "\\Seen", "mailbox", "INBOX", "uid", "2")
    mine = box("once")

    assert (look(mine), look(mine)) == (3, 0)
    kept = list(Mail.objects.order_by("uid"))
    assert [one.uid for one in kept] == [1, 2, 3]
    assert [
        files.open(one.digest).read().endswith(each)
        for one, each in zip(kept, contents, strict=True)
    ] == [True] * 3
    flags = server.doveadm("-f", "tab", "fetch", "-u", "once", "flags", "mailbox", "INBOX")
    assert flags.count("\\Seen") == 1
    assert (listing := Listing.objects.get()).many == 3
    assert (listing.first_uid, listing.last_uid) == (1, 3)

    server.doveadm("expunge", "-u", "once", "mailbox", "INBOX", "uid", "2")
    server.deliver(contents[1], "once")
    assert look(mine) == 1
    assert Mail.objects.latest("pk").uid == 4


def test_when_the_server_counts_anew_everything_is_looked_at_again(
    server: Dovecot, box: Callable[..., Mailbox]
) -> None:
    server.deliver(mail(), "anew")
    mine = box("anew")
    assert look(mine) == 1
    server.doveadm("mailbox", "update", "-u", "anew", "--uid-validity", "7", "INBOX")

    assert look(mine) == 1
    first, again = Mail.objects.order_by("pk")
    assert (first.digest, first.uid) == (again.digest, again.uid)
    assert again.uid_validity == 7


def test_what_lies_in_a_mailbox_already_is_left_unless_it_is_asked_for(
    server: Dovecot, box: Callable[..., Mailbox]
) -> None:
    server.deliver(mail(), "left")
    mine = box("left", old_mail=False)
    assert look(mine) == 0
    server.deliver(mail(), "left")

    assert look(mine) == 1
    assert Mail.objects.get().uid == 2


@pytest.mark.parametrize("security", [Security.TLS, Security.STARTTLS])
def test_a_secured_line_opens_with_a_password_and_with_a_token(
    server: Dovecot, shop: SimpleNamespace, box: Callable[..., Mailbox], security: Security
) -> None:
    port = server.tls if security is Security.TLS else server.port
    user = f"safe-{security}"
    server.deliver(mail(), user)
    mine = box(user, token(user), port=port, security=security, sign_in=SignIn.TOKEN)
    assert look(mine) == 1

    mine.sign_in = SignIn.PASSWORD
    with pytest.raises(imap.TROUBLE) as refused:
        look(mine)
    assert "AUTHENTICATIONFAILED" in imap.words(refused.value, mine)
    mine.secret = actions.give_secret(mine.pk, secret=PASSWORD, by=shop.zahra, at=START).secret
    assert look(mine) == 0


def test_an_unknown_certificate_gets_no_password(
    server: Dovecot, box: Callable[..., Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = box("strange", port=server.tls, security=Security.TLS)
    monkeypatch.delenv("SSL_CERT_FILE")

    with pytest.raises(imap.TROUBLE, match="certificate verify failed"):
        look(mine)


def test_a_watched_mailbox_tells_at_once_and_a_broken_line_is_opened_anew(
    server: Dovecot, box: Callable[..., Mailbox], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "IDLE", 3600.0)  # nothing is found by looking again
    monkeypatch.setattr(watching, "SHORTEST", 0.2)
    box("watched")
    threads = Watching(every=0.2)
    threads.start()
    try:
        _until(lambda: queries.mailboxes()[0].looked_at is not None)
        server.deliver(mail(), "watched")
        _until(lambda: Mail.objects.count() == 1)
        server.doveadm("kick", "watched")
        server.deliver(mail(), "watched")
        _until(lambda: Mail.objects.count() == 2)
    finally:
        threads.stop(5)
    assert queries.mailboxes()[0].trouble == ""


def _until(true: Callable[[], bool], seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_token_is_renewed_kept_until_it_ends_and_asked_for_anew_when_it_is_refused(
    server: Dovecot, box: Callable[..., Mailbox], shop: SimpleNamespace, settings: Any
) -> None:
    settings.OUTGOING_NETWORKS = targets.networks(["127.0.0.0/8"])
    server.deliver(mail(), "renewed")
    with receiver() as provider:
        mine = box("renewed", secret="", sign_in=SignIn.RENEWED)
        with pytest.raises(tokens.NoToken, match="token-grant-missing"):
            look(mine)
        assert queries.fetched() == []
        granted = Granted(provider.url("/token"), "our-id", "first refresh", "our secret")
        actions.give_grant(mine.pk, grant=granted, by=shop.zahra, at=START)
        assert queries.fetched() == [mine]

        answer(provider, access_token=token("renewed"), expires_in="3600", refresh_token="second")
        assert (look(mine), look(mine)) == (1, 0)
        (asked,) = provider.heard
        assert parse_qs(asked.body.decode()) == {
            "grant_type": ["refresh_token"],
            "client_id": ["our-id"],
            "client_secret": ["our secret"],
            "refresh_token": ["first refresh"],
        }
        kept = MailboxGrant.objects.get()
        for sealed in (kept.client_secret, kept.refresh_token, kept.access_token):
            assert not {b"our secret", b"second", b"first refresh"} & {bytes(sealed or b"")}

        MailboxGrant.objects.update(access_until=clock.now())
        answer(provider, access_token="of somebody else")
        with pytest.raises(imap.TROUBLE):
            look(mine)
        answer(provider, access_token=token("renewed"))
        assert look(mine) == 0
        assert [parse_qs(one.body.decode())["refresh_token"] for one in provider.heard] == [
            *(["first refresh"], ["second"], ["second"]),
        ]


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ((400, {}, b'{"error": "invalid_grant", "error_description": "x"}'), "token-grant-ended"),
        ((401, {}, b'{"error": "invalid_client"}'), "token-client-unknown"),
        ((403, {}, b"<html>"), "token-refused"),
        ((503, {}, b""), "token-unanswered"),
        ((200, {}, b'["access_token"]'), "token-answer-strange"),
        ((200, {}, b'{"access_token": "a\\r\\nb"}'), "token-answer-strange"),
    ],
)
def test_what_a_provider_says_against_us_is_told_by_a_code(
    box: Callable[..., Mailbox], shop: SimpleNamespace, settings: Any, reply: Any, code: str
) -> None:
    settings.OUTGOING_NETWORKS = targets.networks(["127.0.0.0/8"])
    mine = box("refused", secret="", sign_in=SignIn.RENEWED)
    with receiver() as provider:
        provider.replies["/token"] = reply
        granted = Granted(provider.url("/token"), "our-id", "refresh")
        actions.give_grant(mine.pk, grant=granted, by=shop.zahra, at=START)
        with pytest.raises(tokens.NoToken) as refused:
            look(mine)
    assert imap.words(refused.value, mine) == code
    assert code in TROUBLES
    settings.OUTGOING_NETWORKS = ()
    with pytest.raises(tokens.NoToken, match="token-target-refused"):
        look(mine)


def answer(provider: Receiver, **told: str) -> None:
    """Let the provider answer so from now on."""
    provider.replies["/token"] = (200, {}, json.dumps(told).encode())
