"""Locks on what no row stands for, by name; the database lets go of them by itself."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def alone(name: str) -> Iterator[bool]:
    """Whether nobody else is at it: holds until the block ends, or until this process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [number(name)])
        (held,) = cursor.fetchone()
    try:
        yield held
    finally:
        if held:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [number(name)])


def number(name: str) -> int:
    """The 64-bit number of a lock; two names that share one only wait for each other."""
    digest = hashlib.sha256(f"pasokh lock {name}".encode()).digest()
    return int.from_bytes(digest[:8], signed=True)
