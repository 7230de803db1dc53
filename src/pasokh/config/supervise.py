"""Keeps programs running until told to stop. Knows no Django, for it must stay small and alive."""

import contextlib
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from pasokh.config.messages import _, warn

#: Seconds before a program that ended is started again, doubled each time it ends soon.
SHORTEST, LONGEST = 1.0, 30.0
#: Seconds that each gets to finish what it is doing, when asked to stop.
WEB_GRACE, WORKER_GRACE = 10, 15
#: Seconds after which a program counts as started well.
SETTLED = 60.0


class Stopped(BaseException):
    """The operator asked to stop, while something else was being waited for."""


class Signals:
    """Ctrl-C, SIGTERM and SIGHUP as a count; every wait ends early when one arrives."""

    def __init__(self) -> None:
        self.asked = 0
        self._stopping = False
        self._reader, self._writer = os.pipe()
        os.set_blocking(self._reader, False)
        os.set_blocking(self._writer, False)
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)

    def pause(self, seconds: float) -> None:
        """Wait, or until a signal arrives. Raises Stopped when that was a request to stop."""
        select.select([self._reader], [], [], seconds)
        with contextlib.suppress(BlockingIOError):
            while os.read(self._reader, 512):
                pass
        if self.asked and not self._stopping:
            raise Stopped

    def stopping(self) -> None:
        """From now on requests to stop only raise the count."""
        self._stopping = True

    @property
    def firm(self) -> bool:
        return self.asked > 1

    def _ask(self, _number: int, _frame: object) -> None:
        self.asked += 1


@dataclass
class Pauses:
    """How long to wait before the next attempt: doubled while attempts fail soon."""

    next: float = SHORTEST
    due: float = 0.0

    def failed(self, started: float, now: float) -> float:
        """Note a failure and return the seconds until the next attempt."""
        if now - started > SETTLED:
            self.next = SHORTEST
        pause, self.next = self.next, min(self.next * 2, LONGEST)
        self.due = now + pause
        return pause


@dataclass
class Part:
    """A program of Pasokh's own, in a session of its own, so that Ctrl-C does not reach it."""

    name: str
    arguments: tuple[str, ...]
    #: What the operator knows it as, translated.
    title: str
    #: Seconds it gets to finish what it is doing.
    grace: float
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pauses: Pauses = field(default_factory=Pauses)

    def start(self, now: float) -> None:
        self.started = now
        self.process = subprocess.Popen(
            command(self.name, *self.arguments),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def keep(self, now: float) -> None:
        """Start the program again, after a pause, when it has ended."""
        if self.process is None:
            if now >= self.pauses.due:
                self.start(now)
            return
        code = self.process.poll()
        if code is None:
            return
        self._sweep()
        self.process = None
        pause = self.pauses.failed(self.started, now)
        warn(
            _("%(part)s ended (code %(code)s) and starts again in %(seconds)d seconds.")
            % {"part": self.title, "code": code, "seconds": pause}
        )

    def stop(self, signals: Signals) -> None:
        """Ask the program to finish; end it when time is up or the operator insists."""
        if self.process is None:
            return
        deadline = time.monotonic() + self.grace
        if self.process.poll() is None:
            self.process.terminate()
        while self.process.poll() is None:
            if signals.firm or time.monotonic() > deadline:
                self._sweep()
            signals.pause(0.05)
        self._sweep()
        self.process = None

    def _sweep(self) -> None:
        """End what the program may have left of its own processes."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


def command(name: str, *arguments: str) -> list[str]:
    """How to run a command of Pasokh as a child that ends with this process."""
    program = [sys.executable, "-P", "-m", "pasokh.config", name, *arguments]
    return [*program, "--parent", str(os.getpid())]


def result(name: str, arguments: tuple[str, ...], signals: Signals) -> tuple[int, str]:
    """Run a command to its end; return its exit code and what it printed."""
    with subprocess.Popen(
        command(name, *arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        try:
            while process.poll() is None:
                signals.pause(0.5)
        except Stopped:
            process.kill()
            raise
        assert process.stdout  # noqa: S101  for the type checker
        return process.returncode, process.stdout.read()


def keep(parts: list[Part], tick: Callable[[], float], signals: Signals) -> None:
    """Keep all parts running until asked to stop. `tick` returns the seconds to its next call.

    A negative number means that the parts would fail now: they are left alone meanwhile.
    """
    while True:
        seconds = tick()
        if seconds >= 0:
            for part in parts:
                part.keep(time.monotonic())
        signals.pause(abs(seconds))
