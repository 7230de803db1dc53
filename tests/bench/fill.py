"""Fill a database with complaints by COPY, from cases that real verbs made.

    python -m tests.bench.fill make      make those cases, in an empty, migrated database
    python -m tests.bench.fill COUNT     copy them until there are so many
    (DATABASE_URL and PASOKH_DATA say where)

The ledger that comes of it verifies.
"""

import random
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import django

django.setup()

import psycopg  # noqa: E402
from django.db import connection  # noqa: E402
from psycopg.sql import SQL, Identifier  # noqa: E402
from tests.bench import house, logbook, moulds  # noqa: E402
from tests.bench.logbook import Line, Logbook  # noqa: E402
from tests.bench.moulds import ROOT, WORDS, Mould, Table  # noqa: E402
from tests.bench.words import Marks  # noqa: E402

from pasokh.casework.complaints.lifecycle import OPEN, State  # noqa: E402
from pasokh.config.wiring import FOLLOWERS  # noqa: E402
from pasokh.kernel import clock, refs  # noqa: E402
from pasokh.kernel.text import tokens  # noqa: E402

#: Copies that go to the database together.
CHUNK = 2000
#: Over how many weeks complaints are spread, and how many of them are work in hand.
WEEKS, IN_HAND = 156, 12
#: How many of the older ones are still open, in a hundred.
FORGOTTEN = 3


@dataclass(frozen=True)
class Copied:
    """One case that is copied: its rows, its entries, the words that all its copies share."""

    mould: Mould
    entries: list[Line]
    words: frozenset[str]

    @property
    def open(self) -> bool:
        return self.mould.pattern.state in OPEN


def fill(count: int, each: int = house.EACH) -> None:
    """Make the database hold so many complaints; those made by verbs are in it."""
    made = house.patterns(each)
    with psycopg.connect(_address(), autocommit=True) as server:
        server.execute("SET synchronous_commit = off")
        server.execute("SET TimeZone = 'UTC'")
        server.execute("SET maintenance_work_mem = '256MB'")
        known = moulds.tables(server)
        copied = [_copied(server, known, pattern) for pattern in made]
        with _unindexed(server, [*known, *logbook.TABLES]):
            Copies(server, known, copied, len(made)).make(count - len(made))
        _settle(server, known)


def _address() -> str:
    given = connection.get_connection_params()
    plain = {name: value for name, value in given.items() if isinstance(value, str | int)}
    return psycopg.conninfo.make_conninfo(
        **{k: v for k, v in plain.items() if k not in ("prepare_threshold", "client_encoding")}
    )


def _copied(
    server: psycopg.Connection[Any], known: dict[str, Table], pattern: house.Pattern
) -> Copied:
    mould = moulds.take(server, known, pattern)
    query = "SELECT tsvector_to_array(words) FROM casework_searchtext WHERE complaint_id = %s"
    words = set(server.execute(query, [mould.ids[ROOT][0]]).fetchone()[0])
    own = tokens(f"{pattern.ref}\n{pattern.marks.text}")
    return Copied(mould, logbook.lines(server, mould), frozenset(words.difference(own)))


class Copies:
    """Makes copy after copy, the oldest first, and sends them to the database by the thousand."""

    def __init__(
        self,
        server: psycopg.Connection[Any],
        known: dict[str, Table],
        copied: Sequence[Copied],
        made: int,
    ) -> None:
        self.server, self.known = server, known
        ended = [one for one in copied if not one.open]
        self.closed = [one for one in ended if one.mould.pattern.state is State.CLOSED]
        self.others = [one for one in ended if one not in self.closed]
        self.going = [one for one in copied if one.open]
        self.made = made
        self.chance = random.Random(1)
        self.log = Logbook.of(server, clock.now())
        self.last = {name: self._last(table) for name, table in known.items()}
        self.rows: dict[str, list[str]] = {name: [] for name in known}

    def make(self, count: int) -> None:
        """Copy so many cases; while one part is on its way, the next is made."""
        with ThreadPoolExecutor(1) as sender:
            sent = sender.submit(lambda: None)
            for number in range(count):
                weeks = WEEKS * (count - number) // count
                self._copy(self._choose(weeks), self.made + number + 1, weeks)
                if (number + 1) % CHUNK == 0:
                    sent.result()
                    sent = sender.submit(self._send, self._taken())
            self.log.sequence()
            sent.result()
        self._send(self._taken())

    def _choose(self, weeks: int) -> Copied:
        """Recent cases are work in hand, older ones have ended, but for a few."""
        recent = weeks < IN_HAND or self.chance.randrange(100) < FORGOTTEN
        if recent:
            return self.chance.choice(self.going)
        return self.chance.choice(self.closed if self.chance.randrange(100) < 85 else self.others)

    def _copy(self, case: Copied, number: int, weeks: int) -> None:
        mould = case.mould
        marks, ref = Marks.of(number, mould.pattern.language), refs.make(number)
        values: dict[str, Any] = {"number": number, "ref": ref, **vars(marks)}
        values.update(_dates(frozenset(mould.holes.dates), weeks))
        for table, old in mould.ids.items():
            if table in mould.holes.known:
                first = self.last[table] + 1
                values.update({f"{table}:{at}": first + at for at in range(len(old))})
                self.last[table] += len(old)
        for table, text in mould.rows.items():
            self.rows[table].append(text % values)
        self.rows[WORDS].append(_words(case, values[f"{ROOT}:0"], ref, marks))
        self.log.write(case.entries, values)

    def _last(self, table: Table) -> int:
        query = SQL("SELECT coalesce(max({}), 0) FROM {}")
        found = self.server.execute(query.format(Identifier(table.key), Identifier(table.name)))
        return int(found.fetchone()[0])

    def _taken(self) -> dict[str, list[str]]:
        """The rows made since the last time, by table."""
        rows, self.rows = self.rows, {name: [] for name in self.known}
        return rows | self.log.taken()

    def _send(self, made: dict[str, list[str]]) -> None:
        for name, rows in made.items():
            columns = logbook.TABLES.get(name) or self.known[name].columns
            query = SQL("COPY {} ({}) FROM STDIN").format(
                Identifier(name), SQL(",").join(map(Identifier, columns))
            )
            with self.server.cursor() as cursor, cursor.copy(query) as copy:
                copy.write("".join(rows))


@cache
def _dates(dates: frozenset[str], weeks: int) -> dict[str, str]:
    """Every date of a case, moved by whole weeks: what fell on a working day still does."""
    moved = timedelta(weeks=weeks)
    return {text: str(date.fromisoformat(text) - moved) for text in dates}


def _words(case: Copied, pk: int, ref: str, marks: Marks) -> str:
    own = tokens(f"{ref}\n{marks.serial}")
    told = case.words.union(own, *map(_tokens, f"{marks.name} {marks.said}".split()))
    reached = set(tokens(f"{marks.email}\n{marks.phone}\n{marks.phone_key}")) - told
    words = told | reached
    size = sum(len(word.encode()) for word in words)
    return f"{pk}\t{_quoted(words)}\t{size}\t{_quoted(reached)}\n"


def _quoted(words: Iterable[str]) -> str:
    return " ".join(f"'{word}'" for word in words)


@cache
def _tokens(word: str) -> tuple[str, ...]:
    """What a word is found by; invented words do not change beside one another."""
    return tuple(tokens(word))


_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE conrelid::regclass::text = ANY(%s) AND contype = ANY(%s) ORDER BY contype, conname
"""
_INDEXES = """
SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)
AND indexname NOT IN (SELECT conname FROM pg_constraint WHERE contype IN ('p', 'u'))
"""


@contextmanager
def _unindexed(server: psycopg.Connection[Any], names: list[str]) -> Iterator[None]:
    """Take foreign keys and indexes off while rows come in, and make them anew afterwards."""
    foreign = server.execute(_KEYS, [names, ["f"]]).fetchall()
    unique = server.execute(_KEYS, [names, ["u"]]).fetchall()
    indexes = server.execute(_INDEXES, [names]).fetchall()
    for table, name, _ in (*foreign, *unique):
        server.execute(_altered(table, "DROP CONSTRAINT {}", name))
    for name, _ in indexes:
        server.execute(SQL("DROP INDEX {}").format(Identifier(name)))
    yield
    for _, made in indexes:
        server.execute(made)
    for table, name, made in (*unique, *foreign):
        server.execute(_altered(table, "ADD CONSTRAINT {} " + made, name))


def _altered(table: str, how: str, name: str) -> Any:
    return SQL("ALTER TABLE {} " + how).format(Identifier(table), Identifier(name))


def _settle(server: psycopg.Connection[Any], known: dict[str, Table]) -> None:
    """Let sequences go on after the highest id, followers stand at the end; vacuum and analyze."""
    for table in [*known.values()]:
        if table.key not in table.links:
            _go_on(server, table.name, table.key)
    _go_on(server, "ledger_entry", "id")
    server.execute("SELECT setval('complaint_number', (SELECT count(*) FROM casework_complaint))")
    for follower in FOLLOWERS:
        server.execute(
            "INSERT INTO ledger_cursor (name, position, failures, error) "
            "SELECT %s, count(*), 0, '' FROM ledger_sequenced",
            [follower.name],
        )
    server.execute("VACUUM (ANALYZE)")


def _go_on(server: psycopg.Connection[Any], table: str, key: str) -> None:
    query = SQL("SELECT setval(pg_get_serial_sequence({}, {}), (SELECT max({}) FROM {}))")
    server.execute(query.format(table, key, Identifier(key), Identifier(table)))


if __name__ == "__main__":
    house.build() if sys.argv[1] == "make" else fill(int(sys.argv[1]))
