"""Lists in and out: a branch's old complaints from a spreadsheet, and the queue as a file."""

import csv
from datetime import date, timedelta
from io import StringIO
from random import Random

from pasokh.casework.complaints.queries.queue import Filters
from pasokh.casework.exports import actions as exports
from pasokh.casework.exports.states import Format
from pasokh.casework.intake.imports import actions as imports
from pasokh.casework.intake.imports.states import Mode
from pasokh.channels.sheets import exporting, importing
from pasokh.demo import births
from pasokh.demo.case import Life, World
from pasokh.demo.data import Data, read
from pasokh.demo.hours import TEHRAN
from pasokh.kernel import files
from pasokh.kernel.dates import short_date
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind

_LIMIT = 1 << 20
#: What is wrong with three rows of each sheet: a month that is none, no words, an end too early.
_NO_MONTH, _NO_WORDS, _TOO_EARLY = 6, 13, 20
_DAY = timedelta(days=1)


def history(world: World) -> Life:
    """A branch hands over what it closed before it had a system: filed as history."""
    told = read("channels")["import"]
    sheet = _handed_in(world, told["name"], told, seed="tabriz")
    yield world.now + timedelta(minutes=9)
    by = world.actor("amini")
    imports.start(sheet, mode=Mode.HISTORY, letters=False, by=by, at=world.now)
    importing.run(sheet)


def waiting(world: World) -> Life:
    """Another sheet was looked through, and waits to be started."""
    told = read("channels")["import"]
    _handed_in(world, told["waiting"], told, seed="ahvaz")
    yield from ()


def lists(world: World) -> Life:
    """The open files, and what is late, as files for whoever asked."""
    by = world.actor("amini")
    for filters, kind in ((Filters(), Format.XLSX), (Filters(overdue=True), Format.CSV)):
        asked = exports.ask(
            "complaints", vars(filters), format=kind, mark=True, language="fa", by=by, at=world.now
        )
        exporting.make(asked.pk)
    yield from ()


def _handed_in(world: World, name: str, told: Data, *, seed: str) -> int:
    out = StringIO()
    lines = csv.writer(out, delimiter=";")
    lines.writerow(told["headings"])
    first = world.office.day(world.now) - 200 * _DAY
    for number in range(1, told["rows"] + 1):
        lines.writerow(_row(world, told, number, seed, first + number * 4 * _DAY))
    stored = files.put([out.getvalue().encode("utf-8")], _LIMIT)
    by = world.actor("amini")
    sheet = imports.begin(name, stored, language="fa", by=by, at=world.now)
    importing.look(sheet.pk)
    return int(sheet.pk)


def _row(world: World, told: Data, number: int, seed: str, day: date) -> list[str]:
    rng = Random(f"{seed} {number}")  # noqa: S311  a story, not a secret
    story = births.somebody(world, rng, "fa", by=("counter", "hand")).story
    kinds = {one.code: one.name.fa for one in taxonomy.terms(Kind.CATEGORY)}
    end = day + rng.randrange(5, 40) * _DAY * (-1 if number == _TOO_EARLY else 1)
    received = short_date(day, "fa", TEHRAN)
    if number == _NO_MONTH:
        received = f"{received[:5]}۱۳{received[7:]}"
    return [
        f"{seed[:2].upper()}-{number:03}",
        received,
        "" if number == _NO_WORDS else kinds[story.plot["category"]],
        rng.choice(told["ways"]),
        "" if number == _NO_WORDS else story.words("said"),
        story.person.name,
        story.person.mobile,
        rng.choice(told["results"]),
        short_date(end, "fa", TEHRAN),
        rng.choice(told["answers"]),
    ]
