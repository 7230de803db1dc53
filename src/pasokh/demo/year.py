"""The year of the demonstration: one clock, day by day, in which every story has its turns."""

import heapq
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import Protocol

from pasokh.casework.complaints import queries as complaints
from pasokh.casework.complaints.lifecycle import State
from pasokh.casework.deadlines import queries as deadlines
from pasokh.demo import births, house, lives, scenes
from pasokh.demo.case import Life, World
from pasokh.demo.data import Data
from pasokh.demo.hours import TEHRAN, Office
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.organisation.calendar import instant
from pasokh.kernel import clock, configuration
from pasokh.kernel.actors import clock as program
from pasokh.kernel.errors import Refused

YEAR, _DAY = timedelta(days=365), timedelta(days=1)
_NINE, _NIGHT, _FRIDAY = time(9), time(2, 30), 4
#: How long after an act the outbox is looked through; how exactly deadlines are watched, and how
#: often it is asked whether one is near.
_OUTBOX, _WATCH, _LOOK = timedelta(seconds=10), timedelta(minutes=5), timedelta(hours=2)

#: States of which a file is shown to whoever wants to try the tracking page.
_SHOWN = (State.INVESTIGATING, State.COMMUNICATED, State.CLOSED)
_READER = program("demo", "complaint.read", "complaint.read_confidential")

logger = logging.getLogger(__name__)


class Machine(Protocol):
    """What runs by itself while people work: the schedule, jobs, the ledger's sequencer.

    It may run while other stories go on: what is begun gives a ticket, and `done` waits until that
    of a ticket and of all before it is done.
    """

    def letters(self, now: datetime) -> int: ...

    def deadlines(self, now: datetime) -> None: ...

    def texts(self, now: datetime) -> None: ...

    def night(self, now: datetime) -> int: ...

    def record(self, now: datetime) -> int: ...

    def done(self, ticket: int) -> None: ...


@dataclass(frozen=True)
class Sample:
    """A file to look at: its reference, the code that opens it, and where it lies."""

    ref: str
    code: str
    state: State


@dataclass(frozen=True)
class Made:
    """A year that is made: the codes of its files, and how many stories could not go on."""

    world: World
    broken: int

    def open_doors(self) -> None:
        """Let the colleagues sign in: the last thing done, so it shows that all was done."""
        house.open_doors(self.world.house, self.world.now)

    def samples(self) -> list[Sample]:
        """The newest file in each state that says most, one for each language."""
        seen = complaints.visible_to(_READER).order_by("-received_at")
        newest: dict[tuple[str, str], str] = {}
        for ref, state, language in seen.values_list("ref", "state", "language"):
            if ref in self.world.codes:  # who wrote a mail has theirs in a letter
                newest.setdefault((state, language), ref)
        wanted = ((state, language) for state in _SHOWN for language in ("fa", "en"))
        return [
            Sample(newest[one], self.world.codes[newest[one]], State(one[0]))
            for one in wanted
            if one in newest
        ]


def make(until: date, complaints: int, machine: Machine, tell: Callable[[date, int], None]) -> Made:
    """Make the year that ends before a day; `tell` hears of each month and its complaints."""
    begin = until - YEAR
    opening = instant(TEHRAN, begin - _DAY, _NINE)
    clock.inject(lambda: opening)
    try:
        made = house.found(opening, until + YEAR)
        world = World(made, Office(organisation.calendar_for(None)), opening)
        clock.inject(lambda: world.now)
        year = _Year(world, machine, tell)
        year.fill(begin, until, complaints)
        year.run(instant(TEHRAN, until, time.min))
        return Made(world, year.broken)
    finally:
        clock.inject(None)


class _Year:
    """The turns that wait, in order of time, and the one clock that goes from one to the next."""

    def __init__(self, world: World, machine: Machine, tell: Callable[[date, int], None]) -> None:
        self.world, self.machine, self.tell, self.broken = world, machine, tell, 0
        self._turns: list[tuple[datetime, int, Callable[[], None]]] = []
        self._number = count()
        self._watched = self._looked = world.now
        self._ticket, self._posting, self._awaited = 0, set[Life](), dict[Life, int]()

    def fill(self, begin: date, until: date, complaints: int) -> None:
        """Put a turn for each night, each end of a month and each complaint into the year."""
        rng = Random(f"pasokh {until.isoformat()}")  # noqa: S311  a story, not a secret
        world = self.world
        mornings = births.mornings(world, begin, until, complaints, rng)
        for left, morning in zip(reversed(range(complaints)), mornings, strict=True):
            self._at(morning, partial(self._begin, morning, f"{until.isoformat()} {left}", left))
        for when, scene in scenes.planned(world, until) if complaints >= scenes.LEAST else ():
            self._at(when, partial(self._go_on, scene))
        self._at(house.smog(begin), self._close)
        for first, one in house.absences(begin):
            self._at(instant(TEHRAN, first, time.min), partial(self._leave, one, first))
        for day in range((until - begin).days):
            self._at(instant(TEHRAN, begin + day * _DAY, _NIGHT), self._night)

    def run(self, end: datetime) -> None:
        """Take turn after turn until the year is over."""
        self.machine.done(self.machine.record(self.world.now))
        while self._turns and self._turns[0][0] < end:
            at, _, turn = heapq.heappop(self._turns)
            self._pass(at)
            turn()
        self._pass(end)
        if self.world.texting:  # what programs are told is not left to the morning
            self._ticket = self.machine.record(self.world.now)
        self.machine.done(self._ticket)

    def _at(self, at: datetime, turn: Callable[[], None]) -> None:
        heapq.heappush(self._turns, (at, next(self._number), turn))

    def _begin(self, morning: datetime, seed: str, left: int) -> None:
        rng = Random(seed)  # noqa: S311  a story, not a secret
        case = births.born(self.world, rng, left=left)
        life = lives.live(case)
        self._at(births.arrival(case, morning), partial(self._go_on, life))

    def _go_on(self, life: Life) -> None:
        """One turn of a story. One that cannot go on stays as it is: such is life."""
        self.machine.done(self._awaited.pop(life, 0))
        try:
            with configuration.held():
                self._at(max(next(life), self.world.now), partial(self._go_on, life))
        except StopIteration:
            return
        except Refused as refused:
            self.broken += 1
            logger.warning("a story could not go on: %s", refused.code)
        finally:
            if self.world.posted:
                self._posting.add(life)
            while self.world.begun:
                self._at(self.world.now, partial(self._go_on, self.world.begun.pop()))

    def _close(self) -> None:
        """A closure is announced for tomorrow: open files are drawn anew, people stay at home."""
        self.machine.done(self._ticket)
        house.announce_closure(self.world.house, self.world.now)
        self.machine.done(self.machine.record(self.world.now))
        self.world.office = Office(organisation.calendar_for(None))

    def _leave(self, one: Data, first: date) -> None:
        """A colleague goes on holiday; a deputy takes what comes."""
        back = house.report_absence(self.world.house, one, first, self.world.now)
        self.world.away[one["key"]] = back, one["deputy"]

    def _night(self) -> None:
        now = self.world.now
        self._ticket = self.machine.night(now)
        today = self.world.office.day(now)
        # The ledger's loop is not of the schedule: at its leisure, until programs wait to be told.
        if today.weekday() == _FRIDAY or self.world.texting:
            self._ticket = self.machine.record(now)
        if today.day == 1:
            self.tell(today, len(self.world.codes))

    def _pass(self, at: datetime) -> None:
        """Let time go by: letters leave, deadlines are watched."""
        world = self.world
        if world.posted and world.now + _OUTBOX <= at:
            world.now, world.posted = world.now + _OUTBOX, False
            self._ticket = self.machine.letters(world.now)
            self._awaited |= dict.fromkeys(self._posting, self._ticket)
            self._posting.clear()
        if at - self._looked >= _LOOK:
            self._looked = at
            if world.texting:
                self.machine.done(self._ticket)
                self.machine.texts(world.now)
            while (due := deadlines.next_to_tell(self._watched)) and due < at:
                world.now = self._watched = max(world.now, _tick(due))
                self.machine.done(self._ticket)
                self.machine.deadlines(world.now)
        world.now = max(world.now, at)


def _tick(due: datetime) -> datetime:
    """The first look at the deadlines after a moment."""
    return due - (due - datetime.min.replace(tzinfo=UTC)) % _WATCH + _WATCH
