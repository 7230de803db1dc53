"""Tables made the short way are those that Django makes: the tests' own were made by Django."""

from typing import LiteralString

import psycopg
import pytest
from django.db import connection
from tests.demo.conftest import empty

#: What a database is made of, each part as the server itself writes it.
PARTS: tuple[LiteralString, ...] = (
    """SELECT relname, attnum, attname, format_type(atttypid, atttypmod), attnotnull, attidentity,
    attgenerated, pg_get_expr(adbin, adrelid) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped""",
    "SELECT indexdef, '' FROM pg_indexes WHERE schemaname = 'public'",
    """SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE connamespace = 'public'::regnamespace""",
    """SELECT tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
    WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace""",
    """SELECT proname, pg_get_functiondef(oid) FROM pg_proc
    WHERE pronamespace = 'public'::regnamespace AND prokind = 'f'""",
    "SELECT sequencename, data_type::text, start_value FROM pg_sequences",
    "SELECT app, name FROM django_migrations",
    "SELECT app_label, model FROM django_content_type",
    """SELECT codename, model FROM auth_permission
    JOIN django_content_type kind ON kind.id = content_type_id""",
)


def written(rows: list[tuple[object, ...]]) -> list[str]:
    return sorted(map(repr, rows))


@pytest.mark.django_db
def test_the_tables_are_those_that_django_makes() -> None:
    with empty() as made:
        assert made.pasokh("migrate").returncode == 0
        with psycopg.connect(made.url) as other, connection.cursor() as cursor:
            for part in PARTS:
                cursor.execute(part)
                assert written(other.execute(part).fetchall()) == written(cursor.fetchall())
