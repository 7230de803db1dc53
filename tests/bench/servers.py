"""Where a measurement runs: a database server, databases of its own, and web servers to ask.

Everything here is taken down again, also after an interruption: databases are dropped, and every
program ends with this process, however it ends.
"""

import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier
from tests.fixtures import databases

from pasokh.config import embedded, environment
from pasokh.config.supervise import command

ROOT = Path(__file__).resolve().parents[2]
#: Seconds until a server answers.
PATIENCE = 60
#: A bench files more from one address than a person would.
FILINGS = str(10**9)


@dataclass(frozen=True)
class Place:
    """A database server, and a data folder with the keys of what is made there."""

    server: str
    data: Path
    own: embedded.Server | None

    def environ(self, database: str) -> dict[str, str]:
        """The surroundings of a program that works on one database."""
        return {
            **os.environ,
            "DATABASE_URL": make_conninfo(self.server, dbname=database),
            "PASOKH_DATA": str(self.data),
            "PASOKH_FILINGS_AT_ONCE": FILINGS,
            "DJANGO_SETTINGS_MODULE": "pasokh.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        }

    @contextmanager
    def connected(self, database: str = "postgres") -> Iterator[psycopg.Connection[Any]]:
        """A connection in which each statement is a transaction."""
        with psycopg.connect(self.server, dbname=database, autocommit=True) as connection:
            yield connection

    def create(self, name: str, template: str = "template0") -> None:
        with self.connected() as server:
            query = SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8'")
            server.execute(query.format(Identifier(name), Identifier(template)))

    def drop(self, name: str) -> None:
        with self.connected() as server:
            databases.drop(server, name)

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """A database of one's own for a while."""
        name = f"pasokh_bench_{secrets.token_hex(4)}"
        try:
            self.create(name, template)
            yield name
        finally:
            self.drop(name)


@contextmanager
def place() -> Iterator[Place]:
    """The server that DATABASE_URL names, or an embedded one with a cluster of its own."""
    with tempfile.TemporaryDirectory(prefix="pasokh-bench-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        home.chmod(0o711)
        data, lent = home / "data", home / "engine"
        data.mkdir(mode=0o711)
        if url := os.environ.get("DATABASE_URL"):
            yield Place(url, data, None)
            return
        surroundings = environment.read({"PASOKH_DATA": str(data), "PASOKH_ENGINE": str(lent)})
        os.environ["PASOKH_ENGINE"] = str(lent)
        server = embedded.Server(surroundings)
        try:
            server.start()
            address = embedded.address(surroundings)
            assert address
            yield Place(address.dsn, data, server)
        finally:
            with suppress(ProcessLookupError):
                server.stop()


def given() -> Place:
    """The server and the data folder that the surroundings name."""
    return Place(os.environ["DATABASE_URL"], environment.read().data, None)


def run(module: str, *arguments: str, environ: Mapping[str, str]) -> Any:
    """Run a part of the bench in a process of its own, and return what it prints as JSON."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", module, *arguments],
        env=dict(environ),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(done.stdout or "null")


@contextmanager
def product(part: str, environ: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """`pasokh web` or `pasokh serve` as an operator starts it: its port and its process."""
    port = free_port()
    program = command(part, "--port", str(port))
    if part == "serve":  # has nobody above it; it ends its own parts
        program = program[: program.index("--parent")]
    with started(program, environ) as process:
        _await(port, "/healthz", process)
        yield port, process.pid


@contextmanager
def bare(environ: Mapping[str, str]) -> Iterator[int]:
    """The view that inserts one row, behind the same web server with the same threads."""
    port = free_port()
    program = [sys.executable, "-P", "-m", "tests.bench.bare", str(port), str(os.getpid())]
    with started(program, environ) as process:
        _await(port, "/", process)
        yield port


@contextmanager
def started(program: list[str], environ: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A program for a while; asked to stop, it gets a little time to do so."""
    process = subprocess.Popen(
        program, env=dict(environ), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(port: int, path: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until something answers there; whether well or not is not asked."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended at its start (code {process.returncode})")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1) as line:
            line.settimeout(PATIENCE)
            line.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            if line.recv(16).startswith(b"HTTP/1.1"):
                return
        time.sleep(0.05)
    raise RuntimeError("the server does not answer")
