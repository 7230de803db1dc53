"""The last weeks by channel: what comes in and goes out beside the stories of single complaints."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from pasokh.demo import (
    by_hand,
    by_sheet,
    civic,
    coming_in,
    doors,
    from_authorities,
    on_paper,
    own_words,
)
from pasokh.demo.case import Life, World
from pasokh.demo.data import read
from pasokh.demo.hours import TEHRAN
from pasokh.directory.organisation.calendar import instant

#: A year of fewer complaints is made for tests and has none of it.
LEAST = 100
#: Every so many days somebody catches up with letters that were left lying; the last time, so many
#: days before the end.
_OFTEN, _LAST = 14, 7
_DAY = timedelta(days=1)

Planned = tuple[datetime, Life]


def planned(world: World, until: date) -> Iterator[Planned]:
    """Every scene with the moment at which it begins."""
    told = read("channels")
    for days in range(_LAST, 365, _OFTEN):
        morning = instant(TEHRAN, until - days * _DAY, time.min)
        yield world.office.after(morning, 2.3), on_paper.caught_up(world)
    yield _at_work(world, until, 18, 1.5), _open_doors(world)
    for one in told["mail"]:
        at = instant(TEHRAN, until - one["days"] * _DAY, time(one["hour"], 12))
        yield at, coming_in.mail(world, one)
    for one in told["visitor"]:
        yield _at_work(world, until, one["days"], 5), coming_in.visitor(world, one)
    for number, one in enumerate(told["talk"]):
        at = instant(TEHRAN, until - one["days"] * _DAY, time(18, 5 + 9 * number))
        yield at, coming_in.talk(world, one)
    for number, one in enumerate(told["paper"]):
        yield _at_work(world, until, 2, 2 + number / 4), coming_in.paper(world, one)
    for one in told["authority"]:
        yield _at_work(world, until, one["days"], 3), from_authorities.letter(world, one)
    for number, one in enumerate(told["letter"]):
        yield _at_work(world, until, 1, 1.2 + number / 3), by_hand.letter(world, one)
    yield _at_work(world, until, 3, 1), coming_in.blank_sheets(world)
    yield _at_work(world, until, 9, 4), by_sheet.history(world)
    yield _at_work(world, until, 1, 2.8), by_sheet.waiting(world)
    yield _at_work(world, until, 1, 3), by_sheet.lists(world)
    yield _at_work(world, until, 2, 0.5), _join_late(world)
    yield _at_work(world, until, 17, 2), own_words.texts(world)
    yield _at_work(world, until, 8, 2), civic.app(world, until)
    yield _at_work(world, until, 2, 3), on_paper.letters(world)
    yield _at_work(world, until, 1, 3.4), own_words.second_look(world)


def _open_doors(world: World) -> Life:
    doors.sign_mail(world.house, world.now)
    yield world.office.after(world.now, 1)
    doors.open_entrances(world.house, world.now)
    yield world.office.after(world.now, 1)
    world.sources = doors.open_texts(world.house, world.now)
    world.texting = True
    yield world.office.after(world.now, 1)
    doors.admit_programs(world.house, world.now)


def _join_late(world: World) -> Life:
    doors.tell_programs(world.house, world.now, late=True)
    yield from ()


def _at_work(world: World, until: date, days: int, hours: float) -> datetime:
    """A moment of a working day, so many working days before the end."""
    day = until
    while days:
        day -= _DAY
        days -= world.office.calendar.day(day).worked
    return world.office.after(instant(TEHRAN, day, time.min), hours)
