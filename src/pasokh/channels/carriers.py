"""Who carries a mail out of the house: an SMTP server, or a folder that shows what would leave.

A carrier says what became of a mail by returning or by one of three exceptions. It speaks the
protocol step by step, because what a broken connection means depends on how far it had come.
"""

import os
import re
import smtplib
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

#: Seconds to wait for a server's answer.
PATIENCE = 30
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class Unreachable(Exception):  # noqa: N818  an answer of the world, not a mistake
    """The server cannot be spoken to at all; no mail was tried."""


class PutOff(Exception):  # noqa: N818
    """The server will not take this mail now, but perhaps later."""


class Failed(Exception):  # noqa: N818
    """The server will never take this mail."""


class LostSight(Exception):  # noqa: N818
    """The connection broke after the mail was spoken and before the server answered."""


class Carrier(Protocol):
    """Takes mails over; `give` returns who took it, as the proof of sending holds it.

    `signature` is a header that goes before all others.
    """

    def give(
        self, message: EmailMessage, *, sender: str, to: str, signature: bytes = b""
    ) -> str: ...


class Tokens(Protocol):
    """What opens a server to a user without a password: `access` raises Unreachable for none.

    `refused` is told when the server would not take it.
    """

    def access(self) -> str: ...

    def refused(self) -> None: ...


@dataclass(frozen=True)
class Server:
    """A mail server as its address in `PASOKH_SMTP_URL` gives it."""

    host: str
    port: int
    tls: bool
    user: str = ""
    password: str = ""

    @property
    def by_token(self) -> bool:
        """Whether it is opened by a token: a user is named and no password."""
        return bool(self.user and not self.password)


def server(url: str) -> Server:
    """Read `smtp://user:password@host:587` or `smtps://…`; ValueError for anything else."""
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("not an address of a mail server")
    tls = parts.scheme == "smtps"
    return Server(
        host=parts.hostname,
        port=parts.port or (465 if tls else 25),
        tls=tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )


@contextmanager
def smtp(url: str, tokens: Tokens) -> Iterator[Carrier]:
    """Speak to a mail server for as long as there are mails to give; Unreachable when it is not."""
    try:
        where = server(url)
    except ValueError as error:
        raise Unreachable(str(error)) from None
    line = _connected(where, tokens)
    try:
        yield _Smtp(line, where.host)
    finally:
        with suppress(OSError, smtplib.SMTPException):
            line.quit()


def _connected(where: Server, tokens: Tokens) -> smtplib.SMTP:
    try:
        line = _opened(where)
        if where.user:
            if not (where.tls or line.has_extn("starttls") or where.host in LOOPBACK):
                raise Unreachable("the server offers no TLS; the password was not sent")
            _enter(line, where, tokens)
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(_words(error)) from error
    return line


def _enter(line: smtplib.SMTP, where: Server, tokens: Tokens) -> None:
    """Sign in, by a password or a bearer token (SASL XOAUTH2)."""
    if not where.by_token:
        line.login(where.user, where.password)
        return
    if "XOAUTH2" not in line.esmtp_features.get("auth", "").upper().split():
        raise Unreachable("server-takes-no-token")
    said = f"user={where.user}\1auth=Bearer {tokens.access()}\1\1"
    try:  # a challenge is the server's refusal, which waits for an empty answer
        line.auth("XOAUTH2", lambda challenge=None: said if challenge is None else "")
    except smtplib.SMTPAuthenticationError:
        tokens.refused()
        raise


def _opened(where: Server) -> smtplib.SMTP:
    safe = ssl.create_default_context()
    if where.tls:
        return smtplib.SMTP_SSL(where.host, where.port, timeout=PATIENCE, context=safe)
    line = smtplib.SMTP(where.host, where.port, timeout=PATIENCE)
    line.ehlo_or_helo_if_needed()
    if line.has_extn("starttls"):
        line.starttls(context=safe)
        line.ehlo_or_helo_if_needed()
        line.esmtp_features["starttls"] = ""  # it was there; `_connected` asks
    return line


class _Smtp:
    """One open line to a mail server; broken once, it carries nothing more."""

    def __init__(self, line: smtplib.SMTP, host: str) -> None:
        self._line, self._host = line, host

    def give(self, message: EmailMessage, *, sender: str, to: str, signature: bytes = b"") -> str:
        if not to.isascii() and not self._line.has_extn("smtputf8"):
            raise Failed("the server takes no address outside ASCII")
        options = () if to.isascii() else ("SMTPUTF8",)
        try:
            self._expect(250, self._line.mail(sender, options))
            self._expect(250, self._line.rcpt(to))
            self._expect(354, self._line.docmd("DATA"))
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            raise Unreachable(_words(error)) from error
        try:
            said = self._spoken(signature + message.as_bytes())
        except (OSError, smtplib.SMTPServerDisconnected) as error:
            raise LostSight(_words(error)) from error
        self._expect(250, said)
        return f"{self._host}: {_text(said[1])}"[:200]

    def _spoken(self, mail: bytes) -> tuple[int, bytes]:
        body = re.sub(rb"(?m)^\.", b"..", mail)
        self._line.send(body + (b"" if body.endswith(b"\r\n") else b"\r\n") + b".\r\n")
        return self._line.getreply()

    def _expect(self, code: int, said: tuple[int, bytes]) -> None:
        """Go on when the server agrees; otherwise leave it fit for the next mail."""
        answer, words = said
        if answer == code or (code == 250 and answer == 251):
            return
        told = f"{answer} {_text(words)}"
        if answer == 421:
            raise Unreachable(told)
        with suppress(OSError, smtplib.SMTPException):
            self._line.rset()
        raise (Failed if 500 <= answer < 600 else PutOff)(told)


@contextmanager
def folder(place: Path) -> Iterator[Carrier]:
    """Write mails into a folder as `.eml` files: nothing leaves, and each file says so."""
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise Unreachable(_words(error)) from error
    yield _Folder(place)


class _Folder:
    def __init__(self, place: Path) -> None:
        self._place = place

    def give(self, message: EmailMessage, *, sender: str, to: str, signature: bytes = b"") -> str:
        del sender, to  # they stand in the headers
        message["X-Pasokh-Not-Sent"] = "written to a folder, for demonstration and tests"
        name = message["Message-ID"].strip("<>").partition("@")[0] + ".eml"
        try:
            handle, draft = tempfile.mkstemp(dir=self._place, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(signature + message.as_bytes())
            os.replace(draft, self._place / name)
        except OSError as error:
            raise PutOff(_words(error)) from error
        return f"folder {self._place.name}: {name} (not sent)"


def _words(error: BaseException) -> str:
    """What went wrong, in the words of whoever said it, on one line."""
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_text(error.smtp_error)}"
    return " ".join(str(error).split()) or type(error).__name__


def _text(words: bytes | str) -> str:
    said = words.decode("utf-8", "replace") if isinstance(words, bytes) else words
    return " ".join(said.split())
