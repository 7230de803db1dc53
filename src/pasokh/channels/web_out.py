"""HTTP to machines that somebody named in set-up: one question, one answer, no surprises.

The name is looked up once, every address it has is judged, and the connection goes to an address
that was judged: a name cannot mean one machine when it is checked and another when it is used.
No redirect is followed, no proxy is taken from the surroundings, and all of it together (the name,
the connection, the slowest drip of an answer) ends when the time is over.
"""

import http.client
import io
import ipaddress
import queue
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from pasokh.kernel import targets
from pasokh.kernel.errors import Refused
from pasokh.kernel.targets import Target

#: Seconds for everything, and bytes of an answer's body, unless a caller says otherwise.
TIMEOUT, LIMIT = 15.0, 1 << 20
#: At most so many addresses of a name are tried.
TRIED = 4


@dataclass(frozen=True)
class Answer:
    """What a server said: header names in small letters, the body up to the limit."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Unanswered(Exception):  # noqa: N818  an answer of the world, not a mistake
    """There is no answer. `spoken` says that the question may have been heard all the same."""

    def __init__(self, why: str, *, spoken: bool = False) -> None:
        super().__init__(why)
        self.spoken = spoken


class TargetRefused(Unanswered):
    """The server may not be spoken to; `code` is that of the refusal."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unreachable(Unanswered):
    """No such name, no connection, or what came back was not HTTP."""


class BadTls(Unreachable):
    """The server could not show that it is the one that was meant."""


class TooSlow(Unanswered):
    """The time was over before the answer was whole."""


class TooLarge(Unanswered):
    """The answer is longer than the limit; `answer` holds what came up to there."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.status}, and more than {len(answer.body)} bytes", spoken=True)
        self.answer = answer


def send(
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    timeout: float = TIMEOUT,
    limit: int = LIMIT,
) -> Answer:
    """Ask one page one question and return its answer, whatever its status.

    Raises TargetRefused, Unreachable, BadTls, TooSlow or TooLarge, all of them Unanswered; and
    ValueError for a header that is none. Networks that are not public are open to the operator
    alone, by `PASOKH_OUTGOING_NETWORKS`.
    """
    end = time.monotonic() + timeout
    try:
        target = targets.read(url)
    except Refused as refused:
        raise TargetRefused(refused.code) from None
    line = _Connection(target, _judged(target, end), end)
    spoken = False
    try:
        line.connect()
        line.putrequest(method, target.path, skip_host=True, skip_accept_encoding=True)
        for name, value in _headers(target, headers or {}, body).items():
            line.putheader(name, value)
        spoken = True
        line.endheaders(body or None)
        return _answer(line.getresponse(), limit)
    except ssl.SSLCertVerificationError as error:
        raise BadTls(error.verify_message) from error
    except TimeoutError as error:
        raise TooSlow("the time was over", spoken=spoken) from error
    except ssl.SSLError as error:
        raise BadTls(error.reason or type(error).__name__, spoken=spoken) from error
    except (OSError, http.client.HTTPException) as error:
        raise Unreachable(_words(error), spoken=spoken) from error
    finally:
        line.hang_up()


def _headers(target: Target, given: Mapping[str, str], body: bytes) -> dict[str, str]:
    ours = {
        "Host": target.authority,
        "User-Agent": "Pasokh",
        "Accept-Encoding": "identity",
        "Connection": "close",
        "Content-Length": str(len(body)),
    }
    return ours | {name: value for name, value in given.items() if name.title() not in ours}


def _answer(said: http.client.HTTPResponse, limit: int) -> Answer:
    """Read an answer up to its limit; one that breaks off is none."""
    body = said.read(limit + 1)
    headers = {name.lower(): value for name, value in said.getheaders()}
    if len(body) > limit:
        raise TooLarge(Answer(said.status, headers, body[:limit]))
    if said.length:
        raise http.client.IncompleteRead(body, said.length)
    return Answer(said.status, headers, body)


def _judged(target: Target, end: float) -> list[str]:
    """The addresses of a target; one that may not be spoken to spoils them all."""
    if settings.DEMO:
        raise TargetRefused("target-of-a-demonstration")
    found = _looked_up(target.host, end)
    within = settings.OUTGOING_NETWORKS
    if not all(targets.allowed(one, target.port, within=within) for one in found):
        raise TargetRefused("target-inside")
    return found[:TRIED]


def _looked_up(host: str, end: float) -> list[str]:
    """Every address of a name. The system's look-up knows no time limit, so it is left behind."""
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        pass
    told: queue.SimpleQueue[Any] = queue.SimpleQueue()

    def ask() -> None:
        try:
            told.put(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            told.put(error)

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    try:
        found = told.get(timeout=max(end - time.monotonic(), 0.001))
    except queue.Empty:
        raise TooSlow("the name was not found in time") from None
    if isinstance(found, Exception) or not found:
        raise Unreachable("there is no such name")
    return list(dict.fromkeys(str(one[4][0]) for one in found))


class _Connection(http.client.HTTPConnection):
    """A connection to addresses that were judged, in the name of the target, until an end."""

    def __init__(self, target: Target, addresses: list[str], end: float) -> None:
        super().__init__(target.host, target.port)
        self._target, self._addresses, self._end = target, addresses, end
        self._raw: socket.socket | None = None

    def connect(self) -> None:
        raw = self._reached()
        try:
            if self._target.scheme == "https":
                raw.settimeout(_left(self._end))
                safe = ssl.create_default_context()
                raw = safe.wrap_socket(raw, server_hostname=self._target.host)
        except BaseException:
            raw.close()
            raise
        self._raw = raw
        line: Any = _Line(raw, self._end)  # it speaks as a socket does
        self.sock = line

    def hang_up(self) -> None:
        """End the line; `close` is what `http.client` says while an answer is still read."""
        self.close()
        if self._raw:
            self._raw.close()

    def _reached(self) -> socket.socket:
        """Try the addresses one after another, each with its share of the time."""
        for tried, address in enumerate(self._addresses, 1):
            share = _left(self._end) / (len(self._addresses) - tried + 1)
            try:
                return socket.create_connection((address, self.port), timeout=share)
            except OSError:
                if tried == len(self._addresses):
                    raise
        raise Unreachable("the name has no address")


class _Line:
    """A socket as `http.client` uses one, each step of which ends with the time of all."""

    def __init__(self, raw: socket.socket, end: float) -> None:
        self._raw, self._end = raw, end

    def sendall(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            self._raw.settimeout(_left(self._end))
            rest = rest[self._raw.send(rest[: 1 << 16]) :]

    def makefile(self, mode: str) -> io.BufferedReader:
        del mode  # answers are read as bytes
        return io.BufferedReader(_Reading(self._raw, self._end))

    def close(self) -> None:
        """Leave it open: the answer is still to be read."""


class _Reading(io.RawIOBase):
    def __init__(self, raw: socket.socket, end: float) -> None:
        self._raw, self._end = raw, end

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        self._raw.settimeout(_left(self._end))
        return self._raw.recv_into(into)


def _left(end: float) -> float:
    """Seconds that are left; TimeoutError when none are."""
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _words(error: BaseException) -> str:
    """What went wrong, on one line and without what the other side sent."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return "the answer was not HTTP, or broke off"
