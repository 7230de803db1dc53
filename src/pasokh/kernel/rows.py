"""Rows in one plain statement each, for verbs that everybody waits for.

Django works out its statement anew each time, which takes longer than the database does to run it.
Here it is worked out once for each model. No signals: nothing here listens to any.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connections, models

M = TypeVar("M", bound=models.Model)


def new(row: M) -> M:
    """Insert one new row and return it."""
    insert(row)
    return row


def insert(*rows: M) -> None:
    """Insert new rows of one model; each knows its key afterwards, as after `save`.

    Either all of them bring a key of their own or none does.
    """
    if not rows:
        return
    known = rows[0].pk is not None
    columns, fields = _columns(type(rows[0]), known)
    link = connections[DEFAULT_DB_ALIAS]  # looked up once, not for each value
    values = [
        field.get_db_prep_save(getattr(row, field.attname), link)
        for row in rows
        for field in fields
    ]
    places = ", ".join(["%s"] * len(fields))
    with link.cursor() as cursor:
        cursor.execute(columns + ", ".join([f"({places})"] * len(rows)) + _RETURNING, values)
        keys = cursor.fetchall()
    for row, (key,) in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, link.alias


def update(row: models.Model, *names: str) -> None:
    """Write fields of a row that is there, or all of them, as `save` does."""
    statement, fields = _changes(type(row), names)
    link = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(getattr(row, field.attname), link) for field in fields]
    with link.cursor() as cursor:
        cursor.execute(statement, [*values, row.pk])


def found(
    model: type[M], statement: str, params: Sequence[Any], *, more: Sequence[str] = ()
) -> list[M]:
    """The rows that a statement finds: it selects `columns(model)`, then what is set on them as
    `more`.
    """
    names, reads = _reading(model)
    link = connections[DEFAULT_DB_ALIAS]
    with link.cursor() as cursor:
        cursor.execute(statement, params)
        answer = cursor.fetchall()
    made = []
    for values in answer:
        told = list(values[: len(names)])
        for place, read in reads:
            told[place] = read(told[place], None, link)
        row = model.from_db(link.alias, names, told)
        vars(row).update(zip(more, values[len(names) :], strict=True))
        made.append(row)
    return made


def columns(model: type[models.Model]) -> str:
    """All columns of a model in the order in which `found` reads them."""
    table = model._meta.db_table
    return ", ".join(f'"{table}"."{field.column}"' for field in model._meta.concrete_fields)


_RETURNING = " RETURNING id"


@cache
def _reading(model: type[models.Model]) -> tuple[Sequence[str], Sequence[tuple[int, Any]]]:
    """The names of a model's fields, and how those are read that the database keeps otherwise."""
    fields: Sequence[Any] = model._meta.concrete_fields
    kept = [(n, each) for n, each in enumerate(fields) if hasattr(each, "from_db_value")]
    return [each.attname for each in fields], [(n, each.from_db_value) for n, each in kept]


@cache
def _changes(model: type[models.Model], names: tuple[str, ...]) -> tuple[str, Sequence[Any]]:
    own = [field for field in model._meta.concrete_fields if not field.primary_key]
    fields: Sequence[Any] = [model._meta.get_field(one) for one in names] if names else own
    values = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {values} WHERE id = %s', fields  # noqa: S608  ours


@cache
def _columns(model: type[models.Model], known: bool) -> tuple[str, Sequence[Any]]:
    fields = [field for field in model._meta.concrete_fields if known or not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ', fields  # noqa: S608  ours
