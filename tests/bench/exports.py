"""Export: how long a list of every file takes, and how much memory the process that makes it.

    python -m tests.bench.exports grow COUNT      copy the files until there are so many
    python -m tests.bench.exports make FORMAT     make the list of all of them: csv, xlsx, jsonl
    (DATABASE_URL and PASOKH_DATA say where)

`make` prints JSON. The copies have words, people and issues of real cases but no ledger of their
own: a list does not read it, and a million of them would take an hour to write.
"""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path

import django

django.setup()

from django.db import connection, models  # noqa: E402
from tests.bench.words import OFFICER  # noqa: E402

from pasokh.casework.complaints.models import Complaint, Issue  # noqa: E402
from pasokh.casework.complaints.queries import Filters  # noqa: E402
from pasokh.casework.exports import actions  # noqa: E402
from pasokh.casework.exports.models import Export  # noqa: E402
from pasokh.casework.exports.states import Format, State  # noqa: E402
from pasokh.channels.sheets import exporting  # noqa: E402
from pasokh.directory.organisation import queries as organisation  # noqa: E402
from pasokh.directory.organisation.models import Staff  # noqa: E402
from pasokh.kernel import clock  # noqa: E402

_PATTERNS = """
WITH pattern AS (
    SELECT id, row_number() OVER (ORDER BY id) - 1 AS place, count(*) OVER () AS many
    FROM casework_complaint WHERE ref NOT LIKE 'B-%%'
), copy AS (
    SELECT %s + n AS copy_id, n, pattern.id AS pattern_id
    FROM generate_series(1, %s) AS n JOIN pattern ON pattern.place = n %% pattern.many
)
"""


def grow(count: int) -> None:
    """Copy the rows of files and issues until there are so many files."""
    last = Complaint.objects.latest("pk").pk
    more = count - Complaint.objects.count()
    own = {"id": "copy_id", "ref": "'B-' || copy_id", "source_id": "NULL"}
    _copy(Complaint, own, "old.id = pattern_id", last, more)
    _copy(Issue, {"complaint_id": "copy_id"}, "old.complaint_id = pattern_id", last, more)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE casework_complaint, casework_issue")


def _copy(model: type[models.Model], own: dict[str, str], which: str, last: int, more: int) -> None:
    """Copy the rows of a table for each new file, but for the columns that say something else."""
    columns = [field.column for field in model._meta.local_concrete_fields]
    wanted = [name for name in columns if name in own or name != "id"]
    values = ", ".join(own.get(name, f"old.{name}") for name in wanted)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
        cursor.execute(
            f"{_PATTERNS} INSERT INTO {table} ({', '.join(wanted)})"  # noqa: S608  our words
            f" SELECT {values} FROM copy JOIN {table} old ON {which}",
            [last, more],
        )


def make(format_: Format) -> dict[str, float]:
    """Make the list of every file as somebody who may see all; rows, seconds and peak memory."""
    at = clock.now()
    staff = Staff.objects.get(number=OFFICER.partition("@")[0])
    by = organisation.actor_for_staff(staff.pk, at)
    if by is None:
        raise SystemExit(f"{OFFICER} may not act")
    filters, begun = asdict(Filters(state="all")), time.perf_counter()
    asked = actions.ask(
        "complaints", filters, format=format_, mark=True, language="fa", by=by, at=at
    )
    exporting.make(asked.pk)
    made = Export.objects.get(pk=asked.pk)
    if (made.state, made.done) != (State.READY, made.rows):
        raise SystemExit(f"the export is {made.state} with {made.done} of {made.rows} files")
    taken = time.perf_counter() - begun
    return {"rows": made.done, "seconds": round(taken, 1), "peak_mib": peak(), "bytes": made.size}


def peak() -> float:
    """The most that this process held of the machine's memory at once, in MiB."""
    lines = Path("/proc/self/status").read_text().splitlines()
    found = next(line for line in lines if line.startswith("VmHWM:"))
    return round(int(found.split()[1]) / 1024, 1)


if __name__ == "__main__":
    if sys.argv[1] == "grow":
        grow(int(sys.argv[2]))
    else:
        print(json.dumps(make(Format(sys.argv[2]))))
