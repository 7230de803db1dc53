"""A virus scanner for tests: Debian's clamd in a folder of its own, with signatures of our own."""

import hashlib
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pasokh.channels import antivirus
from pasokh.channels.antivirus import Scanner, Silent

#: What scanners are tried with, put together here so that no scanner finds it in this file.
EICAR = b"".join(
    [b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$", b"EICAR-STANDARD-", b"ANTIVIRUS-TEST-FILE!", b"$H+H*"]
)
FOUND = "Pasokh.Test.UNOFFICIAL"
#: Bytes beyond which this scanner refuses a file.
MOST = 1 << 20

_SETTINGS = """
LocalSocket {folder}/clamd.ctl
TCPSocket {port}
TCPAddr 127.0.0.1
DatabaseDirectory {folder}/signatures
TemporaryDirectory {folder}
LogFile {folder}/log
User {user}
Foreground yes
StreamMaxLength {most}
SelfCheck 0
ConcurrentDatabaseReload no
DisableCertCheck yes
"""


class Clamd:
    """A running scanner, by both of its doors."""

    def __init__(self, folder: Path, port: int) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.folder, self.port = folder, port
        self.at = Scanner(path=f"{folder}/clamd.ctl")
        self.by_tcp = Scanner(host="127.0.0.1", port=port)

    @property
    def url(self) -> str:
        return f"unix:{self.at.path}"

    def start(self) -> None:
        self.process = subprocess.Popen(
            ["/usr/sbin/clamd", "--config-file", f"{self.folder}/clamd.conf"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 60
        while not self.answers():
            assert time.monotonic() < until, (self.folder / "log").read_text()
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            antivirus.version(self.at)
        except Silent:
            return False
        return True

    def kill(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()
        Path(self.at.path).unlink(missing_ok=True)


@contextmanager
def clamd(folder: Path, port: int) -> Iterator[Clamd]:
    """Start a scanner and end it."""
    signatures = folder / "signatures"
    signatures.mkdir()
    # By its digest, as clamd's own lists name a whole file.
    line = f"{hashlib.sha256(EICAR).hexdigest()}:{len(EICAR)}:Pasokh.Test:73\n"
    (signatures / "ours.hsb").write_text(line)
    said = _SETTINGS.format(folder=folder, port=port, user=folder.owner(), most=MOST)
    (folder / "clamd.conf").write_text(said)
    running = Clamd(folder, port)
    running.start()
    try:
        yield running
    finally:
        running.kill()


@pytest.fixture(scope="module")
def scanning() -> Iterator[Clamd]:
    """A scanner for the tests of one module."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="clamd-") as folder, clamd(Path(folder), port) as one:
        yield one
