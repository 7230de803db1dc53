"""Who read a file: a log of its own, apart from what was done to the file."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from pasokh.casework.complaints.models import Complaint
from pasokh.kernel.actors import Actor

_LOG = """
INSERT INTO casework_reading (complaint_id, actor, what, at) VALUES (%s, %s, %s, %s)
"""
_LOG_MANY = """
INSERT INTO casework_reading (complaint_id, actor, what, at)
SELECT one, %s, %s, %s FROM unnest(%s::bigint[]) AS one
"""
_UNWAITED = "RETURNING set_config('synchronous_commit', 'off', true)"


def log_reading(case: Complaint, *, what: str, by: Actor, at: datetime) -> None:
    """Write down that an actor was shown a file, or a part of it.

    A page does not wait for the disk: should the database itself die within a second, so may the
    last lines of this log. Within a transaction it is as lasting as the rest of it.
    """
    unwaited = "" if connection.in_atomic_block else _UNWAITED
    with connection.cursor() as cursor:
        cursor.execute(_LOG + unwaited, [case.pk, by.code, what, at])


def log_readings(cases: Sequence[int], *, what: str, by: Actor, at: datetime) -> None:
    """Write down that an actor was handed many files at once, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LOG_MANY, [by.code, what, at, list(cases)])
