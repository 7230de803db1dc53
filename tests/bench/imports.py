"""Import: how many rows of a sheet a second become files, beside bare inserts of the same rows.

    python -m tests.bench.imports ROWS     (DATABASE_URL and PASOKH_DATA say where)

Prints JSON: rows a second of the look through a sheet, of its filing to be handled and as history,
and of what there is to be had: the same cells as rows of one table, each in a transaction of its
own, and a hundred in one as the import does.
"""

import csv
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from tests.bench.words import Marks  # noqa: E402

from pasokh.casework.intake.imports import actions, queries  # noqa: E402
from pasokh.casework.intake.imports.states import Mode, State  # noqa: E402
from pasokh.channels.sheets import importing  # noqa: E402
from pasokh.config import garbage  # noqa: E402
from pasokh.directory.organisation import queries as organisation  # noqa: E402
from pasokh.directory.organisation.models import Staff  # noqa: E402
from pasokh.kernel import clock  # noqa: E402

IMPORTER = "parvin"
_HEADINGS = ("id", "received", "narrative", "name", "phone", "e-mail", "outcome", "closed", "state")
_WORDS = {
    "fa": "یخچالی که خریدم از روز سوم دیگر سرد نمی‌کند و هیچ‌کس پاسخ تلفن را نمی‌دهد. ",
    "en": "The fridge I bought stopped cooling on the third day and nobody answers my calls. ",
}
_ENDS = (("وارد", "1404/06/20"), ("not upheld", "2025-09-12"), ("", "2025-09-30"))
_BARE = f"INSERT INTO bench_cells VALUES ({', '.join(['%s'] * len(_HEADINGS))})"  # noqa: S608  our words


def measure(count: int) -> dict[str, float]:
    """Rows a second of each part, of as many rows each."""
    sheets = {mode: list(_rows(count, str(mode)[:1])) for mode in Mode}
    found = _bare(sheets[Mode.HISTORY])
    _imported(list(_rows(200, "w")), Mode.RECEIVE)  # what is loaded and planned once
    garbage.settle()  # as the worker does
    for mode, rows in sheets.items():
        looked, filed = _imported(rows, mode)
        found |= {"looked": looked, str(mode): filed}
    return found


def _imported(rows: Sequence[Sequence[str]], mode: Mode) -> tuple[float, float]:
    """Rows a second looked through and filed; whatever is not filed ends the run."""
    at = clock.now()
    by = organisation.actor_for_staff(Staff.objects.get(number=IMPORTER).pk, at)
    if by is None:
        raise SystemExit(f"{IMPORTER} may not act")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "sheet.csv")
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([_HEADINGS, *rows])
        sheet = importing.uploaded(path.name, path, language="en", by=by, at=at)
    looked = _rate(lambda: importing.look(sheet.pk), len(rows))
    actions.start(sheet.pk, mode=mode, letters=False, by=by, at=clock.now())
    filed = _rate(lambda: importing.run(sheet.pk), len(rows))
    sheet = queries.import_for(by, sheet.pk)
    if (sheet.state, sheet.filed) != (State.DONE, len(rows)):
        raise SystemExit(f"of {len(rows)} rows {sheet.filed} were filed; {sheet.failure}")
    return looked, filed


def _bare(rows: Sequence[Sequence[str]]) -> dict[str, float]:
    """Rows a second as plain inserts of their cells, one by one and a hundred together."""
    columns = ", ".join(f"c{place} text" for place in range(len(_HEADINGS)))
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bench_cells")
        cursor.execute(f"CREATE TABLE bench_cells ({columns})")
    hundreds = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    return {
        "bare_each": _rate(lambda: [_inserted([row]) for row in rows], len(rows)),
        "bare_hundred": _rate(lambda: [_inserted(part) for part in hundreds], len(rows)),
    }


def _inserted(rows: Sequence[Sequence[str]]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for row in rows:
            cursor.execute(_BARE, row)


def _rate(act: Callable[[], object], count: int) -> float:
    begun = time.perf_counter()
    act()
    return round(count / (time.perf_counter() - begun), 1)


def _rows(count: int, prefix: str) -> Iterator[tuple[str, ...]]:
    """Rows as departments keep them: both languages and calendars, a third without a name."""
    for number in range(1, count + 1):
        language = "fa" if number % 2 else "en"
        marks = Marks.of(number, language)
        day = number % 28 + 1
        received = f"1404/05/{day:02}" if number % 2 else f"2025-08-{day:02}"
        said = _WORDS[language] * (1 + number % 5) + marks.said
        known = (marks.name, marks.phone, marks.email) if number % 3 else ("", "", "")
        yield (f"{prefix}{number}", received, said, *known, *_ENDS[number % 3], "تهران")


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
