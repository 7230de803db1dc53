"""A listener behind a mail server: LMTP or SMTP, for our own mailboxes alone.

It answers 250 for a recipient only when the mail is kept for that one. What could not be kept now
is answered by 4xx, and the server brings it again; a copy that comes again changes nothing.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import close_old_connections

from pasokh.casework.intake.mailroom import queries
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.terms import Door
from pasokh.channels.mail_in import pipeline
from pasokh.kernel import clock
from pasokh.kernel.errors import Refused

T = TypeVar("T")

#: Recipients of one mail, lines open at once, threads that keep, seconds of silence.
RECIPIENTS, LINES, THREADS, PATIENCE = 100, 50, 4, 120
#: The longest line of a mail: programs write longer ones than the standard allows.
LONGEST_LINE = 1 << 20

_LATER = "451 4.3.0 Try again later"
_ANSWERS = {
    "no-recipient-here": "550 5.1.1 No such mailbox here",
    "mail-too-large": "552 5.3.4 The mail is too large",
    "no-space": "452 4.3.1 No room on the disk now",
}

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Place:
    """Where to listen: `lmtp://127.0.0.1:2424`, `smtp://…` or `lmtp:/run/pasokh/lmtp.sock`."""

    lmtp: bool
    host: str = ""
    port: int = 0
    socket: str = ""


def place(address: str) -> Place:
    """Read such an address; ValueError for anything else."""
    parts = urlsplit(address)
    if parts.scheme not in ("lmtp", "smtp"):
        raise ValueError("not a place to listen on")
    lmtp = parts.scheme == "lmtp"
    if parts.path.startswith("/") and not parts.netloc:
        return Place(lmtp, socket=parts.path)
    if not parts.hostname or parts.port is None:
        raise ValueError("a host and a port are needed")
    return Place(lmtp, host=parts.hostname, port=parts.port)


async def listen(where: Place, stop: asyncio.Event, ready: Callable[[str], None]) -> None:
    """Listen until told to stop; what is being kept then is kept to its end."""
    loop = asyncio.get_running_loop()
    keeper = Keeper(where.lmtp)
    if where.socket:
        with suppress(FileNotFoundError):
            Path(where.socket).unlink()
        server: Any = await loop.create_unix_server(keeper.line, where.socket)
    else:
        server = await loop.create_server(keeper.line, where.host, where.port)
    ready(where.socket or f"{where.host}:{server.sockets[0].getsockname()[1]}")
    await stop.wait()
    server.close()
    await loop.run_in_executor(None, keeper.finish)


class Keeper:
    """What the lines of one listener share; the hooks that `aiosmtpd` calls."""

    def __init__(self, lmtp: bool) -> None:
        self.lmtp, self.lines = lmtp, 0
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="mail-listener")

    def line(self) -> SMTP:
        """The protocol of one line."""
        kind = _LmtpLine if self.lmtp else _SmtpLine
        options: dict[str, Any] = {"data_size_limit": pipeline.limits().bytes, "timeout": PATIENCE}
        return kind(self, enable_SMTPUTF8=True, hostname="pasokh", ident="Pasokh", **options)

    def finish(self) -> None:
        """Wait for what is being kept."""
        self._threads.shutdown(wait=True)

    async def handle_RCPT(  # noqa: N802  named by aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if len(envelope.rcpt_tos) >= RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        try:
            known = await self._apart(queries.for_recipient, address)
        except Exception:
            logger.exception("a recipient could not be looked up")
            return _LATER
        if known is None:
            return _ANSWERS["no-recipient-here"]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802  ditto
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = bytes(envelope.original_content or b"")
        sender = "" if envelope.mail_from in (None, "<>") else str(envelope.mail_from)
        answers = []
        for recipient in dict.fromkeys(envelope.rcpt_tos):
            handed = Handed(content, Door.LMTP, sender, recipient)
            answers.append(await self._apart(_kept, handed))
        if self.lmtp:
            each = dict(zip(dict.fromkeys(envelope.rcpt_tos), answers, strict=True))
            return "\r\n".join(each[recipient] for recipient in envelope.rcpt_tos)
        return max(answers, key=lambda one: (one.startswith("4"), one.startswith("5")))

    async def handle_exception(self, error: Exception) -> str:
        """Let nothing unforeseen send a mail back to whoever wrote it."""
        logger.error("a line of the mail listener broke: %s", type(error).__name__)
        return _LATER

    async def _apart(self, act: Callable[..., T], *given: Any) -> T:
        """Do something with the database in a thread, lest the other lines wait."""
        return await asyncio.get_running_loop().run_in_executor(
            self._threads, _with_connection, act, *given
        )


def _with_connection(act: Callable[..., T], *given: Any) -> T:
    close_old_connections()
    try:
        return act(*given)
    finally:
        close_old_connections()


def _kept(handed: Handed) -> str:
    try:
        pipeline.take_in(handed, at=clock.now())
    except Refused as refused:
        return _ANSWERS.get(refused.code, _LATER)
    except Exception:
        logger.exception("a mail could not be kept; the server brings it again")
        return _LATER
    return "250 2.0.0 Kept"


class _Line:
    """What LMTP and SMTP have in common: so many lines at once, and long lines in a mail."""

    line_length_limit = LONGEST_LINE
    event_handler: Keeper
    _counted = False

    def connection_made(self, transport: Any) -> None:
        if self.event_handler.lines >= LINES:
            transport.write(b"421 4.3.2 Too many lines at once\r\n")
            transport.close()
        self.event_handler.lines += 1
        super().connection_made(transport)  # type: ignore[misc]

    def connection_lost(self, error: Exception | None) -> None:
        self.event_handler.lines -= 1
        super().connection_lost(error)  # type: ignore[misc]


class _SmtpLine(_Line, SMTP):
    """One line of SMTP."""


class _LmtpLine(_Line, LMTP):
    """One line of LMTP, where each recipient has an answer of its own, a refusal too."""

    async def push(self, status: Any) -> None:
        told = len(self.envelope.rcpt_tos) if self.envelope else 0
        alike = isinstance(status, str) and status.startswith(_OF_THE_WHOLE)
        await super().push("\r\n".join([status] * told) if alike and told else status)


#: What `aiosmtpd` answers once for a mail that it drops itself.
_OF_THE_WHOLE = ("552 Error: Too much mail data", "500 Line too long", "500 Error: strict ASCII")
