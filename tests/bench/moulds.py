"""Cases as moulds: every row that hangs on a case, as the text of COPY with holes in it.

Which tables hang on a complaint or a person is read from the database's own foreign keys, so a
new table is multiplied too. Ids are holes, as are references, names, numbers and dates.
"""

import re
from collections.abc import Iterable
from dataclasses import astuple, dataclass, field

import psycopg
from psycopg.sql import SQL, Identifier
from tests.bench.house import Pattern

ROOT, PERSON, WORDS = "casework_complaint", "directory_person", "casework_searchtext"
_DATE = re.compile(r"\b20\d\d-\d\d-\d\d(?=\b|T)")

_TABLES = """
SELECT child.relname, own.attname, parent.relname, own.attnotnull
FROM pg_constraint AS key
JOIN pg_class AS child ON child.oid = key.conrelid
JOIN pg_class AS parent ON parent.oid = key.confrelid
JOIN pg_attribute AS own ON own.attrelid = key.conrelid AND own.attnum = key.conkey[1]
WHERE key.contype = 'f' AND key.connamespace = 'public'::regnamespace ORDER BY child.relname
"""
_COLUMNS = """
SELECT attname, bool_or(indisprimary) FROM pg_attribute
LEFT JOIN pg_index ON indrelid = attrelid AND indisunique AND indkey::text = attnum::text
WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
GROUP BY attname, attnum ORDER BY attnum
"""


@dataclass(frozen=True)
class Table:
    """A table of which each case has rows: its columns, and where its ids come from.

    `owner` is the column that says to whose row a row belongs, in table `of`.
    """

    name: str
    columns: tuple[str, ...]
    key: str
    unique: frozenset[str]
    owner: str
    of: str
    links: dict[str, str]


@dataclass(frozen=True)
class Mould:
    """One case: the rows of each table with holes, and the old ids that are to be new ones."""

    pattern: Pattern
    rows: dict[str, str]
    ids: dict[str, tuple[int, ...]]
    holes: "Holes"


@dataclass
class Holes:
    """Turns the text of one case into a text with holes, and remembers the dates it met."""

    pattern: Pattern
    dates: set[str] = field(default_factory=set)
    known: dict[str, dict[int, str]] = field(default_factory=dict)

    def cut(self, text: str) -> str:
        """A text with holes for what each copy says differently; `%` is kept apart."""
        text = text.replace("%", "%%")
        for name, said in zip(NAMES, (self.pattern.ref, *astuple(self.pattern.marks)), strict=True):
            text = text.replace(said, f"%({name})s")
        return _DATE.sub(self._date, text)

    def id(self, table: str, old: int) -> str:
        """The hole for an id; an id of something that is not copied stays as it is."""
        return self.known.get(table, {}).get(old, str(old))

    def _date(self, found: re.Match[str]) -> str:
        self.dates.add(found[0])
        return f"%({found[0]})s"


NAMES = ("ref", "name", "email", "phone", "phone_key", "serial", "said")


def tables(server: psycopg.Connection) -> dict[str, Table]:
    """The tables that hang on a complaint or its person, parents before children."""
    keys = server.execute(_TABLES).fetchall()
    found = {ROOT, PERSON}
    while more := {key[0] for key in keys if key[2] in found and key[3]} - found:
        found |= more
    within = [key for key in keys if key[2] in found]
    by_name = {name: _table(server, name, within) for name in found}
    ordered: list[str] = [PERSON, ROOT]
    while len(ordered) < len(by_name):
        ready = [t.name for t in by_name.values() if t.of in ordered and t.name not in ordered]
        ordered += sorted(ready)
    return {name: by_name[name] for name in ordered}


def _table(
    server: psycopg.Connection, name: str, keys: Iterable[tuple[str, str, str, bool]]
) -> Table:
    columns = server.execute(_COLUMNS, [name]).fetchall()
    links = {column: parent for child, column, parent, _needed in keys if child == name}
    own = [c for child, c, _p, needed in keys if child == name and needed]
    owner = "complaint_id" if "complaint_id" in own else next(iter(own), "")
    key = next(column for column, primary in columns if primary)
    unique = {column for column, primary in columns if primary is False} - set(links) - {"ref"}
    names = tuple(column for column, _ in columns)
    return Table(name, names, key, frozenset(unique), owner, links.get(owner, ""), links)


def take(server: psycopg.Connection, known: dict[str, Table], pattern: Pattern) -> Mould:
    """Read every row of one case."""
    holes, rows, ids = Holes(pattern), {}, {}
    for table in known.values():
        lines = _read(server, table, pattern, ids)
        place = table.columns.index(table.key)
        ids[table.name] = tuple(int(line[place]) for line in lines)
        if table.key not in table.links:
            holes.known[table.name] = {
                old: f"%({table.name}:{at})s" for at, old in enumerate(ids[table.name])
            }
        if lines and table.name != WORDS:
            rows[table.name] = "".join(_line(line, table, holes) for line in lines)
    return Mould(pattern, rows, ids, holes)


def _read(
    server: psycopg.Connection, table: Table, pattern: Pattern, ids: dict[str, tuple[int, ...]]
) -> list[list[str]]:
    """The rows of a table that belong to a case, split into columns as COPY writes them."""
    if table.name == ROOT:
        chosen = SQL("ref = {}").format(pattern.ref)
    elif table.name == PERSON:
        of = "SELECT unnest(ARRAY[complainant_id, representative_id]) FROM casework_complaint"
        chosen = SQL("id IN (" + of + " WHERE ref = {})").format(pattern.ref)
    else:
        chosen = SQL("{} = ANY({})").format(Identifier(table.owner), list(ids[table.of]))
    query = SQL("COPY (SELECT * FROM {} WHERE {} ORDER BY 1) TO STDOUT").format(
        Identifier(table.name), chosen
    )
    with server.cursor() as cursor, cursor.copy(query) as copy:
        text = b"".join(copy).decode()
    return [line.split("\t") for line in text.split("\n")[:-1]]


def _line(line: list[str], table: Table, holes: Holes) -> str:
    pairs = zip(table.columns, line, strict=True)
    return "\t".join(_value(column, value, table, holes) for column, value in pairs) + "\n"


def _value(column: str, value: str, table: Table, holes: Holes) -> str:
    if value == r"\N":
        return value
    if column in table.links:
        return holes.id(table.links[column], int(value))
    if column == table.key:
        return holes.id(table.name, int(value))
    if column in table.unique:  # a hash, a message's id: another one for each copy
        start = 3 if value.startswith(r"\\x") else 0
        return value[:start] + "%(number)08x" + value[start + 8 :].replace("%", "%%")
    return holes.cut(value)
