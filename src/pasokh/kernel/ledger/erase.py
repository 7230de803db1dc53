"""Erasing sealed texts. Only `privacy` imports this module; a test holds it to that."""

from collections.abc import Iterable

from django.db import connection


def erase(entries: Iterable[int]) -> int:
    """Delete the sealed texts of these entries (by id) and return how many there were.

    The entries stay and verify as before: they hold only the hash of salt and text.
    """
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_sealed WHERE entry_id = ANY (%s)", [list(entries)])
        return int(cursor.rowcount)
