"""The database itself refuses what would change the past."""

from importlib import import_module

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from tests.kernel.ledger.conftest import TABLES

from pasokh.kernel.ledger.models import Entry, Sealed

REFUSED = [
    (table, act)
    for table in TABLES
    for act in ("UPDATE", "DELETE", "TRUNCATE")
    if (table, act) not in (("sealed", "DELETE"), ("pending", "DELETE"))
]
COLUMN = {
    "entry": "number",
    "sealed": "salt",
    "pending": "entry_id",
    "sequenced": "index",
    "node": "hash",
    "checkpoint": "note",
}
SQL = {
    "UPDATE": "UPDATE ledger_{table} SET {column} = {column}",
    "DELETE": "DELETE FROM ledger_{table}",
    "TRUNCATE": "TRUNCATE ledger_{table}",
}


@pytest.mark.parametrize(("table", "act"), REFUSED)
def test_the_database_refuses(history: list[Entry], table: str, act: str) -> None:
    statement = SQL[act].format(table=table, column=COLUMN[table])
    with (
        pytest.raises(DatabaseError, match=f"{act} on ledger_{table} is refused"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_refusal_does_not_depend_on_a_row_being_met(db: None) -> None:
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("DELETE FROM ledger_entry WHERE false")


def test_sealed_texts_may_be_deleted(history: list[Entry]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_sealed")

    assert Sealed.objects.count() == 0


def test_a_number_stands_once_in_a_chain(history: list[Entry]) -> None:
    with (
        pytest.raises(IntegrityError, match="ledger_entry_once"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            """INSERT INTO ledger_entry (subject, number, event, version, actor, happened_at,
                                         recorded_at, hash, canonical)
               SELECT subject, number, event, version, actor, happened_at, recorded_at,
                      hash, canonical FROM ledger_entry LIMIT 1"""
        )


def test_the_refusal_can_be_taken_back_and_given_again(history: list[Entry]) -> None:
    """The migration reads backwards too, for a database that must return to an older Pasokh."""
    operations = import_module("pasokh.kernel.migrations.0002_append_only").Migration.operations
    with connection.schema_editor() as editor:
        for operation in reversed(operations):
            operation.database_backwards("kernel", editor, apps, apps)
        editor.execute("UPDATE ledger_entry SET number = number")
        for operation in operations:
            operation.database_forwards("kernel", editor, apps, apps)

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_entry SET number = number")
