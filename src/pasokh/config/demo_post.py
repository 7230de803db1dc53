"""What runs by itself in a demonstration, in processes of its own while the stories go on.

As in life, where the worker is another process. A story whose letter is on its way waits for it;
for the process that looks at files nobody waits.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection

from django.db import connections

from pasokh.config import leash
from pasokh.config.demo_machine import Machine, haste
from pasokh.kernel import clock

#: How far whoever looks at files stands back.
_AT_LEISURE = 10


class Elsewhere(Machine):
    """The machine of which all but deadlines and texts runs in other processes, each in order."""

    def __init__(self, line: Connection, eyes: Connection) -> None:
        self._line, self._eyes, self._asked, self._done = line, eyes, 0, 0

    def letters(self, now: datetime) -> int:
        return self._ask("letters", now)

    def night(self, now: datetime) -> int:
        self._eyes.send(now)
        return self._ask("night", now)

    def record(self, now: datetime) -> int:
        return self._ask("record", now)

    def done(self, ticket: int) -> None:
        while self._done < ticket:
            self._line.recv()
            self._done += 1

    def _ask(self, what: str, now: datetime) -> int:
        self._line.send((what, now))
        self._asked += 1
        return self._asked


@contextmanager
def machine() -> Iterator[Machine]:
    """A machine whose other processes end with the block or with this one, however that ends.

    Raises EOFError or BrokenPipeError in the block where one of them has broken down.
    """
    with _process(_work) as line, _process(_look) as eyes:
        yield Elsewhere(line, eyes)


@contextmanager
def _process(work: Callable[[Connection], None]) -> Iterator[Connection]:
    """The line to a process that ends when it has no more to read and nothing more to do."""
    here, there = multiprocessing.Pipe()
    ways = multiprocessing.get_context("fork")
    process = ways.Process(target=_begin, args=(work, here, there, os.getpid()), daemon=True)
    process.start()
    there.close()
    with here:
        yield here
    process.join()


def _begin(
    work: Callable[[Connection], None], here: Connection, there: Connection, parent: int
) -> None:
    leash.hold(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever is interrupted ends us
    here.close()
    for link in connections.all(initialized_only=True):
        link.connection = None  # it is the other process's
    with haste(), there:
        work(there)


def _work(line: Connection) -> None:
    """Do what is asked for, and tell when it is done."""
    own = Machine()
    acts = {"letters": own.letters, "night": own.lines, "record": own.record}
    with suppress(EOFError):
        while True:
            what, now = line.recv()
            clock.inject(partial(_at, now))
            acts[what](now)
            line.send(what)


def _look(line: Connection) -> None:
    """Look at the files that people gave until each night, when others leave time for it."""
    os.nice(_AT_LEISURE)
    own, now = Machine(), None
    with suppress(EOFError):
        while True:
            if now is None or line.poll() or not own.look(now):
                now = line.recv()
                clock.inject(partial(_at, now))
    while now and own.look(now):
        pass


def _at(now: datetime) -> datetime:
    return now
