"""A mail server that is opened by bearer tokens alone (SASL XOAUTH2), on the loopback."""

import base64
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

USER = "office@khaneh.example"


@dataclass
class Tokened:
    """The tokens that it takes, those that it was shown, and what arrived."""

    takes: set[str] = field(default_factory=set)
    shown: list[str] = field(default_factory=list)
    mails: list[bytes] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://{USER.replace('@', '%40')}@127.0.0.1:{self.port}"

    async def auth_XOAUTH2(self, server: SMTP, words: list[str]) -> AuthResult:  # noqa: N802
        said = base64.b64decode(words[1]).decode()
        user, token, *rest = said.split("\1")
        assert rest == ["", ""]
        self.shown.append(token.removeprefix("auth=Bearer "))
        if user == f"user={USER}" and self.shown[-1] in self.takes:
            return AuthResult(success=True, auth_data=user)
        empty = await server.challenge_auth(b'{"status":"401"}', encode_to_b64=True)
        assert empty == b""
        await server.push("535 5.7.8 not that token")
        return AuthResult(success=False, handled=True)

    async def handle_DATA(  # noqa: N802  the names that the library looks for
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        assert session.authenticated
        self.mails.append(bytes(envelope.original_content or b""))
        return "250 taken"


@contextmanager
def tokened() -> Iterator[Tokened]:
    """A server that runs while the block does."""
    box = Tokened()
    running = Controller(
        box,
        hostname="127.0.0.1",
        port=_free(),
        auth_require_tls=False,
        auth_exclude_mechanism=["LOGIN", "PLAIN"],
    )
    running.start()
    box.port = running.port
    try:
        yield box
    finally:
        running.stop()


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
