"""No index of a file's tables does what another one does: each row written pays for all of them."""

import pytest
from django.db import connection

_NEEDLESS = """
SELECT one.indexrelid::regclass::text
FROM pg_index one JOIN pg_index other USING (indrelid)
WHERE one.indexrelid <> other.indexrelid
  AND indrelid::regclass::text LIKE ANY (ARRAY['casework_%', 'ledger_entry', 'directory_contact%'])
  AND NOT one.indisunique AND one.indnatts = 1 AND one.indpred IS NULL AND other.indpred IS NULL
  AND one.indkey[0] = other.indkey[0]
"""


@pytest.mark.django_db
def test_no_index_is_the_beginning_of_another() -> None:
    with connection.cursor() as cursor:
        cursor.execute(_NEEDLESS)
        assert cursor.fetchall() == []
        cursor.execute("CREATE INDEX ON casework_clock (name)")
        cursor.execute("CREATE INDEX ON casework_clock (name, stage)")
        cursor.execute(_NEEDLESS)
        assert cursor.fetchall() == [("casework_clock_name_idx",)]
