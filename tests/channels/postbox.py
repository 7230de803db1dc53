"""A small SMTP server on the loopback that does as its script says; standard library alone."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from types import TracebackType


@dataclass
class Postbox:
    """What arrived, and what is answered: `refuse` by recipient, `cut` after the mail was spoken.

    `cut` counts down: so many mails are taken in whole and then the line drops without an answer.
    """

    mails: list[tuple[str, str, bytes]] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    after_data: list[str] = field(default_factory=list)
    cut: int = 0
    drop_at_rcpt: set[str] = field(default_factory=set)
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def letters(self) -> list[EmailMessage]:
        """What arrived, parsed."""
        return [message_from_bytes(raw, policy=default) for _, _, raw in self.mails]  # type: ignore[misc]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talk = _Talk(self, reader, writer)
        try:
            await talk.run()
        finally:
            writer.close()


@dataclass
class _Talk:
    box: Postbox
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    sender: str = ""
    to: str = ""

    async def run(self) -> None:
        await self.say("220 postbox ready")
        while line := await self.reader.readline():
            verb, _, rest = line.decode().strip().partition(" ")
            if not await self.answer(verb.upper(), rest):
                return

    async def answer(self, verb: str, rest: str) -> bool:
        """Answer one command; False ends the talk."""
        match verb:
            case "EHLO":
                await self.say("250-postbox\r\n250 8BITMIME")
            case "MAIL":
                self.sender = rest.partition("<")[2].partition(">")[0]
                await self.say("250 sender ok")
            case "RCPT":
                self.to = rest.partition("<")[2].partition(">")[0]
                if self.to in self.box.drop_at_rcpt:
                    return False
                await self.say(self.box.refuse.get(self.to, "250 recipient ok"))
            case "DATA":
                return await self.take()
            case "QUIT":
                await self.say("221 bye")
                return False
            case _:
                await self.say("250 ok")
        return True

    async def take(self) -> bool:
        await self.say("354 go on")
        raw = b""
        while (line := await self.reader.readline()) != b".\r\n":
            raw += line.removeprefix(b".") if line.startswith(b"..") else line
        if self.box.cut:
            self.box.cut -= 1
            self.box.mails.append((self.sender, self.to, raw))
            return False
        said = self.box.after_data.pop(0) if self.box.after_data else "250 queued as 4711"
        if said.startswith("250"):
            self.box.mails.append((self.sender, self.to, raw))
        await self.say(said)
        return True

    async def say(self, words: str) -> None:
        self.writer.write(words.encode() + b"\r\n")
        await self.writer.drain()


class _Running(threading.Thread):
    def __init__(self, box: Postbox) -> None:
        super().__init__(daemon=True)
        self.box, self.ready, self.loop = box, threading.Event(), asyncio.new_event_loop()

    def run(self) -> None:
        self.loop.run_until_complete(self._run())
        self.loop.close()

    async def _run(self) -> None:
        self._end = asyncio.Event()
        server = await asyncio.start_server(self.box.serve, "127.0.0.1", 0)
        self.box.port = server.sockets[0].getsockname()[1]
        self.ready.set()
        async with server:
            await self._end.wait()

    def __enter__(self) -> Postbox:
        self.start()
        self.ready.wait(10)
        return self.box

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.loop.call_soon_threadsafe(self._end.set)
        self.join(10)


@contextmanager
def postbox() -> Iterator[Postbox]:
    """A server that runs while the block does."""
    with _Running(Postbox()) as box:
        yield box
