"""Real servers, real processes: what the tests of `pasokh serve` share."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import psutil
import pytest

from pasokh.config import embedded, environment
from pasokh.config.environment import Environment

SOURCE = Path(environment.__file__).absolute().parents[2]
PATIENCE = 240.0

needs_root = pytest.mark.skipif(os.geteuid() != 0, reason="needs root")


def until(true: Callable[[], Any], what: str = "") -> Any:
    """Poll until something is true; fail loudly when it never is."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := true():
            return found
        time.sleep(0.03)
    raise AssertionError(f"never came: {what or true}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


class Place:
    """An installation of its own: a data folder, a port, and the processes started on it."""

    def __init__(self, root: Path, **variables: str) -> None:
        self.root = root
        self.port = free_port()
        self.environ = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(SOURCE),
            "PASOKH_DATA": str(root / "data"),
            "PASOKH_ENGINE": os.environ["PASOKH_ENGINE"],
            "PASOKH_LANG": "en",
            **variables,
        }
        self.started: list[subprocess.Popen[str]] = []
        self.outputs: list[Path] = []
        self.python = [sys.executable, "-P"]
        self.popen: dict[str, Any] = {}

    @property
    def environment(self) -> Environment:
        return environment.read(self.environ)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def serving(self) -> list[str]:
        return [*self.python, "-m", "pasokh.config", "serve", "--port", str(self.port)]

    def pasokh(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command of Pasokh to its end."""
        return subprocess.run(
            [*self.python, "-m", "pasokh.config", *arguments],
            env=self.environ | variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            **self.popen,
        )

    def serve(self, *arguments: str) -> subprocess.Popen[str]:
        """Start `pasokh serve` and return once everything answers."""
        handle, output = tempfile.mkstemp(prefix="pasokh-output-")
        self.outputs.append(Path(output))
        with open(handle, "w") as file:
            process = subprocess.Popen(
                [*self.serving, *arguments],
                env=self.environ,
                stdout=file,
                stderr=subprocess.STDOUT,
                text=True,
                **self.popen,
            )
        self.started.append(process)

        def announced() -> bool:
            assert process.poll() is None, self.said()
            return "Pasokh is running" in self.said()

        try:
            until(announced, "the address")
        except AssertionError as error:
            error.add_note(self.said())
            raise
        return process

    def said(self) -> str:
        return self.outputs[-1].read_text("utf-8")

    def health(self) -> tuple[int, dict[str, bool]]:
        """The status and the parts; (0, {}) when nothing answers."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            answer = connection.getresponse()
            return answer.status, json.load(answer)
        except OSError:
            return 0, {}
        finally:
            connection.close()

    def part(self, name: str) -> psutil.Process:
        """The process of a part that the supervisor started."""
        (found,) = [
            child
            for child in psutil.Process(self.started[-1].pid).children()
            if child.cmdline()[4:5] == [name]
        ]
        return found

    def postmaster(self) -> int:
        home = Path(embedded.Server(self.environment).place()["home"])
        return int((home / "cluster" / "postmaster.pid").read_text().split()[0])

    def processes(self) -> list[psutil.Process]:
        """Every process that runs on this installation, whoever started it."""
        return [process for process in psutil.process_iter() if self._ours(process)]

    def _ours(self, process: psutil.Process) -> bool:
        with suppress(psutil.Error):
            if process.pid == os.getpid() or process.status() == psutil.STATUS_ZOMBIE:
                return False
            at_home = process.cwd().startswith(f"{self.root}/")
            return at_home or process.environ().get("PASOKH_DATA") == self.environ["PASOKH_DATA"]
        return False

    def kill_everything(self) -> None:
        for process in self.processes():
            with suppress(psutil.Error):
                process.kill()
        until(lambda: not self.processes(), "their end")

    def close(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            for process in self.started:
                process.wait(20)
        self.kill_everything()
        for output in self.outputs:
            output.unlink()


@contextmanager
def passable() -> Iterator[Path]:
    """A folder that others may pass through, as most are (pytest's own are closed)."""
    with tempfile.TemporaryDirectory(prefix="pasokh-") as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    with passable() as folder:
        yield folder


@dataclass(frozen=True)
class First:
    """A first start and its end, kept so that other tests need not begin so far back."""

    place: Place
    health: tuple[int, dict[str, bool]]
    code: int
    left: list[psutil.Process]

    def copy_to(self, place: Place) -> None:
        """Make an installation like this one, stopped, at another place."""
        target = Path(place.environ["PASOKH_DATA"])
        subprocess.run(["cp", "-a", self.place.environ["PASOKH_DATA"], target], check=True)
        record = target / embedded.PLACE
        old, new = self.place.environ["PASOKH_DATA"], place.environ["PASOKH_DATA"]
        record.write_text(record.read_text("utf-8").replace(old, new), "utf-8")

    def spare(self, place: Place) -> None:
        """Spare a fresh installation the making of its static files."""
        source, target = (Path(each.environ["PASOKH_DATA"]) for each in (self.place, place))
        target.mkdir(mode=0o711, exist_ok=True)
        for name in ("secrets", "static", "static.stamp"):
            subprocess.run(["cp", "-a", source / name, target / name], check=True)


@pytest.fixture(scope="session")
def first() -> Iterator[First]:
    with passable() as folder:
        place = Place(folder)
        process = place.serve()
        health = place.health()
        process.send_signal(signal.SIGINT)
        yield First(place, health, process.wait(PATIENCE), place.processes())
        place.close()


@pytest.fixture
def place(open_folder: Path) -> Iterator[Place]:
    """A place where nothing was ever started."""
    installation = Place(open_folder)
    yield installation
    installation.close()


@pytest.fixture
def ready(place: Place, first: First) -> Place:
    """An installation that was started before and is stopped."""
    first.copy_to(place)
    return place


@pytest.fixture(scope="module")
def running(first: First) -> Iterator[Place]:
    """An installation that serves, for tests that leave it serving."""
    with passable() as folder:
        installation = Place(folder)
        first.copy_to(installation)
        installation.serve()
        yield installation
        installation.close()
