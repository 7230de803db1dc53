"""A small browser on one open line: it costs little beside the server that it measures."""

import json
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.I)
_COOKIE = re.compile(r"\r\nset-cookie: *([^=;\s]+)=([^;\r]*)", re.I)
_PLACE = re.compile(r"\r\nlocation: *([^\r]+)", re.I)
PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    """What came back: the status, the lines above the page, and the page."""

    status: int
    head: bytes
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def place(self) -> str:
        """Where a redirect leads."""
        found = _PLACE.search(self.head.decode("latin-1"))
        return found[1] if found else ""


class Browser:
    """One visitor: a line that stays open, and cookies."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.line: socket.socket | None = None

    def get(self, path: str) -> Answer:
        return self._kept(self.send(self.request("GET", path)))

    def post(self, path: str, **said: str) -> Answer:
        return self._kept(self.send(self.request("POST", path, **said)))

    def token(self, path: str) -> str:
        """The token of the form on a page."""
        found = _TOKEN.search(self.get(path).text)
        if not found:
            raise RuntimeError(f"there is no form on {path}")
        return found[1]

    def request(
        self, method: str, path: str, cookies: Mapping[str, str] | None = None, **said: str
    ) -> bytes:
        """A request as it goes over the line."""
        held = {**self.cookies, **(cookies or {})}
        body = urlencode(said).encode()
        lines = [
            f"{method} {path} HTTP/1.1",
            f"Host: localhost:{self.port}",
            "Accept: text/html",
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in held.items()),
        ]
        if method == "POST":
            lines += [
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
                f"Origin: http://localhost:{self.port}",
            ]
        return "\r\n".join([*lines, "", ""]).encode() + body

    def call(self, path: str, told: object, *, token: str, key: str) -> bytes:
        """A call of a program as it goes over the line."""
        body = json.dumps(told).encode()
        lines = (
            f"POST /{path} HTTP/1.1",
            f"Host: localhost:{self.port}",
            f"Authorization: Bearer {token}",
            f"Idempotency-Key: {key}",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
        )
        return "\r\n".join([*lines, "", ""]).encode() + body

    def send(self, request: bytes) -> Answer:
        """Send a request and read the whole answer; a line that was closed is opened again."""
        if self.line is None:
            self.line = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
            self.line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.line.sendall(request)
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head, body = data[: end + 2], data[end + 4 :]
        found = _LENGTH.search(head)
        if found is None:
            body = self._chunks(body)
        else:
            while len(body) < int(found[1]):
                body += self._more()
        return Answer(int(head[9:12]), head, body)

    def close(self) -> None:
        if self.line:
            self.line.close()
            self.line = None

    def _more(self) -> bytes:
        assert self.line
        if not (data := self.line.recv(1 << 16)):
            raise RuntimeError("the server closed the line")
        return data

    def _chunks(self, data: bytes) -> bytes:
        """An answer of which the length is not said beforehand."""
        body = b""
        while True:
            while b"\r\n" not in data:
                data += self._more()
            size, _, data = data.partition(b"\r\n")
            length = int(size, 16)
            while len(data) < length + 2:
                data += self._more()
            if not length:
                return body
            body, data = body + data[:length], data[length + 2 :]

    def _kept(self, answer: Answer) -> Answer:
        self.cookies.update(_COOKIE.findall(answer.head.decode("latin-1")))
        return answer
