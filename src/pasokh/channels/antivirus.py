"""The virus scanner: a client for clamd, over its own socket or the loopback.

One connection for each question, limits on size and time on our side, and every answer one of
three: a finding, `Silent` (nobody answers: ask again later), or that this file cannot be read.
"""

import re
import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from ipaddress import ip_address
from time import monotonic
from typing import BinaryIO, NamedTuple
from urllib.parse import urlsplit

from pasokh.casework.inspection.verdicts import Finding, Verdict

#: Bytes of one piece, of all of a file, and of an answer.
PIECE, LARGEST, ANSWER = 64 * 1024, 128 << 20, 4096
#: Seconds: for a connection, for one word of the scanner, and for one file from first to last.
CONNECT, WORD, WHOLE = 5.0, 60.0, 180.0

_FOUND = re.compile(r"(?:stream|instream\(.*?\)): (?P<name>.+) FOUND", re.I | re.S)
_VERSION = re.compile(r"(?P<engine>ClamAV [^/\s]+)(?:/(?P<signatures>.+))?", re.S)


class Silent(Exception):  # noqa: N818  a state of the scanner, not a fault of ours
    """No scanner answers, or it went away in the middle: nothing is known of the file."""


class Scanner(NamedTuple):
    """Where a scanner listens: a Unix socket's path, or a loopback address and port."""

    path: str = ""
    host: str = ""
    port: int = 0


def scanner(url: str) -> Scanner | None:
    """Read the setting: `unix:/run/clamav/clamd.ctl` or `tcp://127.0.0.1:3310`; empty is none.

    Raises ValueError for anything else: files would leave this machine in clear.
    """
    if not url:
        return None
    if url.startswith("unix:") and (path := url.removeprefix("unix:")).startswith("/"):
        return Scanner(path=path)
    parts = urlsplit(url)
    host = "127.0.0.1" if parts.hostname == "localhost" else parts.hostname or ""
    if parts.scheme == "tcp" and parts.port and ip_address(host).is_loopback:
        return Scanner(host=host, port=parts.port)
    raise ValueError(url)


def version(at: Scanner) -> tuple[str, str]:
    """The scanner's name and its signatures; raises `Silent`."""
    with _line(at, CONNECT) as line:
        line.sendall(b"zVERSION\0")
        said = _answer(line, monotonic() + CONNECT)
    if (told := _VERSION.fullmatch(said)) is None:
        raise Silent(f"not a scanner: {said[:100]!r}")
    return told["engine"], told["signatures"] or ""


def look_through(at: Scanner, content: BinaryIO) -> Finding:
    """Ask the scanner about a file; raises `Silent`, after which it is asked once more."""
    engine, signatures = version(at)
    until = monotonic() + WHOLE
    with _line(at, WORD) as line:
        too_large = False
        # A scanner that has heard enough closes the line before it says so.
        with suppress(BrokenPipeError, ConnectionResetError):
            too_large = not _hand_over(line, content, until)
        said = "INSTREAM size limit exceeded" if too_large else _answer(line, until)
    if said.endswith(": OK"):
        return Finding(Verdict.CLEAN, engine, signatures)
    if found := _FOUND.fullmatch(said):
        return Finding(Verdict.INFECTED, engine, signatures, found["name"])
    if not said:
        raise Silent("the scanner went away")
    return Finding(Verdict.UNREADABLE, engine, signatures, said)


def _hand_over(line: socket.socket, content: BinaryIO, until: float) -> bool:
    """Send a file in pieces; False where it is larger than we send."""
    line.sendall(b"zINSTREAM\0")
    sent = 0
    for piece in iter(partial(content.read, PIECE), b""):
        sent += len(piece)
        if sent > LARGEST:
            return False
        _in_time(line, until)
        line.sendall(struct.pack("!L", len(piece)) + piece)
    line.sendall(struct.pack("!L", 0))
    return True


def _answer(line: socket.socket, until: float) -> str:
    """What the scanner says, to its end or the sign for it."""
    said = b""
    with suppress(ConnectionResetError):
        while len(said) < ANSWER and b"\0" not in said:
            _in_time(line, until)
            if not (more := line.recv(ANSWER - len(said))):
                break
            said += more
    return said.partition(b"\0")[0].decode("utf-8", "replace").strip()


def _in_time(line: socket.socket, until: float) -> None:
    if (left := until - monotonic()) <= 0:
        raise Silent("the scanner takes too long")
    line.settimeout(min(left, WORD))


@contextmanager
def _line(at: Scanner, patience: float) -> Iterator[socket.socket]:
    """A connection; whatever goes wrong with it is `Silent`."""
    family = socket.AF_UNIX if at.path else _family(at.host)
    try:
        with socket.socket(family, socket.SOCK_STREAM) as line:
            line.settimeout(CONNECT)
            line.connect(at.path or (at.host, at.port))
            line.settimeout(patience)
            yield line
    except OSError as error:
        raise Silent(f"{type(error).__name__}: {error}") from error


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET
