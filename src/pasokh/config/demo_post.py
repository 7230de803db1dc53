"""What runs by itself in a demonstration, in a process of its own while the stories go on.

As in life, where the worker is another process. A story whose letter is on its way waits for it.
"""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from multiprocessing.connection import Connection

from django.db import connections

from pasokh.config import leash
from pasokh.config.demo_machine import Machine, haste
from pasokh.kernel import clock


class Elsewhere(Machine):
    """The machine of which all but deadlines and texts runs in another process, in order."""

    def __init__(self, line: Connection) -> None:
        self._line, self._asked, self._done = line, 0, 0

    def letters(self, now: datetime) -> int:
        return self._ask("letters", now)

    def night(self, now: datetime) -> int:
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
    """A machine whose other process ends with the block or with this one, however that ends.

    Raises EOFError in the block where that one has broken down.
    """
    here, there = multiprocessing.Pipe()
    ways = multiprocessing.get_context("fork")
    worker = ways.Process(target=_work, args=(here, there, os.getpid()), daemon=True)
    worker.start()
    there.close()
    with here:
        yield Elsewhere(here)
    worker.join()


def _work(here: Connection, there: Connection, parent: int) -> None:
    leash.hold(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever is interrupted ends us
    here.close()
    for link in connections.all(initialized_only=True):
        link.connection = None  # it is the other process's
    own = Machine()
    acts = {"letters": own.letters, "night": own.lines, "record": own.record}
    now = clock.now()
    with haste(), there:
        with suppress(EOFError):
            while True:
                while not there.poll() and own.look(now):
                    pass  # files are looked at while nobody waits for anything
                what, now = there.recv()
                clock.inject(partial(_at, now))
                acts[what](now)
                there.send(what)
        while own.look(now):
            pass


def _at(now: datetime) -> datetime:
    return now
