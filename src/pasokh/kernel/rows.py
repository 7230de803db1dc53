"""Rows in one plain statement each, for verbs that everybody waits for.

Django works out its statement anew each time, which takes longer than the database does to run it.
Here it is worked out once for each model; a row goes as one JSON text, of which the database makes
its columns; and what only writes goes together (`at_once`). No signals: nothing here listens to
any.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from itertools import islice
from typing import Any, TypeVar

import orjson
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.base import ModelState

M = TypeVar("M", bound=models.Model)
#: Where numbers come from that are given once: a model has keys, a sequence has a name.
Source = type[models.Model] | str


@dataclass
class Batch:
    """What waits to be written, and numbers that were taken for it.

    `told` are rows by the statement that takes them, in which many go as one does. `last` is one
    that must find a row, and what is raised where it does not.
    """

    told: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    writes: list[tuple[str, Sequence[Any]]] = field(default_factory=list)
    last: tuple[tuple[str, Sequence[Any]], Exception] | None = None
    numbers: dict[Source, list[int]] = field(default_factory=dict)

    def add(self, numbers: Mapping[Source, Iterable[int]]) -> None:
        """Have more numbers, taken along by a statement of the caller's."""
        for source, more in numbers.items():
            self.numbers.setdefault(source, []).extend(more)

    def statements(self) -> list[tuple[str, Sequence[Any]]]:
        """What is to be run, in an order that does not tell what was written first.

        So files that differ have the same statement where they write to the same tables.
        """
        told = [(one, [dump(self.told[one])]) for one in sorted(self.told)]
        return [*told, *self.writes, *([self.last[0]] if self.last else [])]


_batch: ContextVar[Batch | None] = ContextVar("batch", default=None)


@contextmanager
def at_once() -> Iterator[Batch]:
    """Write what is written in this block as one statement, at its end; one within belongs to it.

    For a verb that reads nothing of it inside the block, writes no row twice, and lets every
    refusal pass. The order does not matter: foreign keys are looked at when the transaction ends.
    """
    if under_way := _batch.get():
        yield under_way
        return
    batch = Batch()
    token = _batch.set(batch)
    try:
        yield batch
    finally:
        _batch.reset(token)
    if statements := batch.statements():
        *before, last = (statement for statement, _ in statements)
        others = ", ".join(f"w{number} AS ({one})" for number, one in enumerate(before))
        values = [value for _, told in statements for value in told]
        found = _run(f"WITH {others} {last}" if before else last, values)
        if batch.last and not found:
            raise batch.last[1]


def reserve(wanted: Mapping[Source, int]) -> None:
    """Take numbers for a block `at_once`, as far as it has none: new rows then need no answer."""
    batch = _batch.get()
    if batch is None:
        raise RuntimeError("numbers are taken for what is written at once")
    there = {source: len(batch.numbers.get(source, ())) for source in wanted}
    if missing := {one: many - there[one] for one, many in wanted.items() if many > there[one]}:
        batch.add(_numbers(missing))


def numbers(wanted: Mapping[Source, int]) -> str:
    """SQL for so many numbers of each source in one array, for a statement that takes them along.

    They stand in it one by one, so its plan is kept. `dealt` tells them apart.
    """
    each = [_next(source) for source, many in wanted.items() for _ in range(many)]
    return f"ARRAY[{', '.join(each)}]::bigint[]"


def dealt(wanted: Mapping[Source, int], told: Iterable[int]) -> dict[Source, list[int]]:
    """The numbers that a statement took along, by their sources."""
    numbers = iter(told)
    return {source: list(islice(numbers, many)) for source, many in wanted.items()}


def taken(*sources: Source) -> tuple[int, ...]:
    """One number of each source, in order: those that were reserved, or asked for now."""
    batch, wanted = _batch.get(), Counter(sources)
    free = batch.numbers if batch else {}
    if any(len(free.get(source, ())) < many for source, many in wanted.items()):
        free = _numbers(wanted)
    return tuple(free[source].pop(0) for source in sources)


def write(statement: str, values: Sequence[Any]) -> None:
    """Run a statement that need not answer, now or at the end of the block."""
    if batch := _batch.get():
        batch.writes.append((statement, values))
    else:
        _run(statement, values)


def write_one(statement: str, values: Sequence[Any], otherwise: Exception) -> None:
    """Run a statement that must find a row, now or as the last of the block; else raise."""
    if batch := _batch.get():
        if batch.last:
            raise RuntimeError("of one statement only the last part tells what it found")
        batch.last = (statement, values), otherwise
    elif not _run(statement, values):
        raise otherwise


def write_told(statement: str, told: Sequence[Mapping[str, Any]]) -> None:
    """Run a statement that makes rows of one JSON text, or add these to the block's for it."""
    if batch := _batch.get():
        batch.told.setdefault(statement, []).extend(told)
    else:
        _run(statement, [dump(told)])


def new(row: M) -> M:
    """Insert one new row and return it."""
    insert(row)
    return row


def made(model: type[M], **told: Any) -> M:
    """A row that is not saved yet, as `model(…)` makes it of columns, in a third of the time.

    Raises TypeError for a name that is no column of it (`unit_id`, not `unit`).
    """
    empty, fresh = _empty(model)
    if strange := told.keys() - empty.keys():
        raise TypeError(f"{model.__name__} has no {', '.join(sorted(strange))}")
    row = model.__new__(model)
    own = {name: value() for name, value in fresh}
    vars(row).update(empty | own | told, _state=ModelState())
    return row


def loaded(model: type[M], told: Mapping[str, Any]) -> M:
    """A row that is there already, told by all its columns, as `from_db` makes it."""
    row, state = model.__new__(model), ModelState()
    state.adding, state.db = False, DEFAULT_DB_ALIAS
    vars(row).update(told, _state=state)
    return row


def insert(*rows: M) -> None:
    """Insert new rows of one model; each knows its key afterwards, as after `save`.

    Either all of them bring a key of their own or none does.
    """
    if not rows:
        return
    model, batch = type(rows[0]), _batch.get()
    if rows[0].pk is not None or (batch and _numbered(rows, batch.numbers)):
        insert_told(model._meta.db_table, [_told(row) for row in rows])
    else:
        given = _ask(_insert_new(model), [dump([_told(row) for row in rows])])
        for row, (key,) in zip(rows, given, strict=True):
            row.pk = key
    for row in rows:
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def insert_told(table: str, told: Sequence[Mapping[str, Any]]) -> None:
    """Insert new rows that are told by their columns, keys and all."""
    write_told(f"INSERT INTO {table} SELECT * FROM {_made(table)}", told)  # noqa: S608  ours


def update(row: models.Model, *names: str) -> None:
    """Write fields of a row that is there, or all of them, as `save` does."""
    write_told(_changes(type(row), names), [_told(row)])


def found(
    model: type[M], statement: str, values: Sequence[Any], *, more: Sequence[str] = ()
) -> list[M]:
    """The rows that a statement finds: it selects `columns(model)`, then what is set on them as
    `more`.
    """
    names, reads = _reading(model)
    link, made = connections[DEFAULT_DB_ALIAS], []
    for answer in _ask(statement, values):
        told = dict(zip((*names, *more), answer, strict=True))
        for name, read in reads:
            told[name] = read(told[name], None, link)
        made.append(loaded(model, told))
    return made


def columns(model: type[models.Model]) -> str:
    """All columns of a model in the order in which `found` reads them."""
    table = model._meta.db_table
    return ", ".join(f'"{table}"."{field.column}"' for field in model._meta.concrete_fields)


def dump(told: Any) -> str:
    """Values as one JSON text, of which the database makes columns again."""
    return orjson.dumps(told, default=_plain).decode()


def _plain(value: Any) -> Any:
    if isinstance(value, bytes | memoryview):
        return "\\x" + bytes(value).hex()
    return str(value)


def _ask(statement: str, values: Sequence[Any]) -> Sequence[Any]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(statement, values)
        found: Sequence[Any] = cursor.fetchall()
    return found


def _run(statement: str, values: Sequence[Any]) -> int:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(statement, values)
        return int(cursor.rowcount)


def _numbers(wanted: Mapping[Source, int]) -> dict[Source, list[int]]:
    (told,) = _ask(_take(tuple(wanted)), tuple(wanted.values()))
    return {source: list(found) for source, found in zip(wanted, told, strict=True)}


def _numbered(rows: Sequence[models.Model], numbers: Mapping[Source, list[int]]) -> bool:
    """Whether new rows could be given keys that were taken for their model."""
    free = numbers.get(type(rows[0]), [])
    if len(free) < len(rows):
        return False
    for row in rows:
        row.pk = free.pop(0)
    return True


def _told(row: models.Model) -> dict[str, Any]:
    """A row by its columns, without a key that it does not have yet."""
    held = vars(row)
    return {
        column: value if type(value := held[name]) in _AS_THEY_ARE else plain(value)
        for name, column, plain in _telling(type(row))
    }


#: Values that `dump` writes as every field would have them written.
_AS_THEY_ARE = frozenset({str, int, bool, type(None), bytes, datetime, date})


@cache
def _telling(model: type[models.Model]) -> Sequence[tuple[str, str, Callable[[Any], Any]]]:
    fields: Sequence[Any] = model._meta.concrete_fields
    return [(each.attname, each.column, each.get_prep_value) for each in fields]


@cache
def _empty(
    model: type[models.Model],
) -> tuple[dict[str, Any], Sequence[tuple[str, Callable[[], Any]]]]:
    """What a new row has in each field, and in which fields something that is only its own."""
    fields: Sequence[Any] = model._meta.concrete_fields
    fresh = [(each.attname, each.get_default) for each in fields if _fresh(each)]
    return {each.attname: each.get_default() for each in fields}, fresh


def _fresh(field: Any) -> bool:
    return field.has_default() and callable(field.default)


@cache
def _reading(model: type[models.Model]) -> tuple[Sequence[str], Sequence[tuple[str, Any]]]:
    """The names of a model's fields, and how those are read that the database keeps otherwise."""
    fields: Sequence[Any] = model._meta.concrete_fields
    kept = [each for each in fields if hasattr(each, "from_db_value")]
    return [each.attname for each in fields], [(one.attname, one.from_db_value) for one in kept]


@cache
def _take(sources: tuple[Source, ...]) -> str:
    """Several numbers of each source; how many is a value, so that the plan is kept."""
    many = "FROM generate_series(1, %s)"
    each = (f"ARRAY(SELECT {_next(one)} {many})" for one in sources)
    return f"SELECT {', '.join(each)}"


def _next(source: Source) -> str:
    """The next number; that of a key comes from the sequence that PostgreSQL names after it."""
    return f"nextval('{source if isinstance(source, str) else f'{source._meta.db_table}_id_seq'}')"


@cache
def _insert_new(model: type[models.Model]) -> str:
    own = _names([each for each in model._meta.concrete_fields if not each.primary_key])
    table = model._meta.db_table
    return f"INSERT INTO {table} ({own}) SELECT {own} FROM {_made(table)} RETURNING id"  # noqa: S608


@cache
def _changes(model: type[models.Model], names: tuple[str, ...]) -> str:
    fields: Sequence[Any] = [model._meta.get_field(name) for name in names] or [
        each for each in model._meta.concrete_fields if not each.primary_key
    ]
    table = model._meta.db_table
    told = f"UPDATE {table} SET ({_names(fields)}) = ROW({_names(fields, 'told.')})"  # noqa: S608
    return f"{told} FROM {_made(table)} told WHERE {table}.id = told.id"


def _names(fields: Sequence[Any], of: str = "") -> str:
    return ", ".join(f'{of}"{field.column}"' for field in fields)


def _made(table: str) -> str:
    """The rows of a table that the database makes of one JSON text."""
    return f"json_populate_recordset(NULL::{table}, %s::json)"
