"""New rows in one plain statement, for verbs that everybody waits for.

Django's `save` works out its statement anew for each row, which takes longer than the database
does to run it. Here it is worked out once for each model. No signals: nothing here listens to any.
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


def update(row: models.Model) -> None:
    """Write all fields of a row that is there, as `save` does."""
    statement, fields = _changes(type(row))
    link = connections[DEFAULT_DB_ALIAS]
    values = [field.get_db_prep_save(getattr(row, field.attname), link) for field in fields]
    with link.cursor() as cursor:
        cursor.execute(statement, [*values, row.pk])


_RETURNING = " RETURNING id"


@cache
def _changes(model: type[models.Model]) -> tuple[str, Sequence[Any]]:
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    names = ", ".join(f'"{field.column}" = %s' for field in fields)
    return f'UPDATE "{model._meta.db_table}" SET {names} WHERE id = %s', fields  # noqa: S608  ours


@cache
def _columns(model: type[models.Model], known: bool) -> tuple[str, Sequence[Any]]:
    fields = [field for field in model._meta.concrete_fields if known or not field.primary_key]
    names = ", ".join(f'"{field.column}"' for field in fields)
    return f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ', fields  # noqa: S608  ours
