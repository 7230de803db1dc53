"""Tables as CSV, XLSX or JSON lines, row by row: as much memory for a million rows as for ten.

A cell that a spreadsheet program would take for a formula is written so that it stays a text: in
CSV behind an apostrophe, in XLSX as a text by its type.
"""

import csv
import io
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import orjson
from django.conf import settings

from pasokh.casework.exports.states import Format
from pasokh.kernel import files
from pasokh.kernel.files import Stored

#: What a program for spreadsheets begins a formula with, also behind white space.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LARGEST = 2**40
_MARK = "\ufeff".encode()
#: Rows of a worksheet, and characters of a cell, that XLSX can hold.
_SHEET, _CELL = 1_048_576, 32_767
_ROWS_AT_ONCE = 500


def guarded(cell: str) -> str:
    """A text as it stands in a CSV: never a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) else cell


def put_csv(
    rows: Iterable[Sequence[str]], *, mark: bool, delimiter: str = ",", guard: bool = True
) -> Stored:
    """Store rows as CSV in UTF-8; `mark` lets Excel know that."""
    return files.put(_csv(rows, mark, delimiter, guard), _LARGEST)


def _csv(rows: Iterable[Sequence[str]], mark: bool, delimiter: str, guard: bool) -> Iterator[bytes]:
    if mark:
        yield _MARK
    page = io.StringIO()
    writer = csv.writer(page, delimiter=delimiter, lineterminator="\r\n")
    for number, row in enumerate(rows, 1):
        writer.writerow([guarded(cell) for cell in row] if guard else row)
        if number % _ROWS_AT_ONCE == 0:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()


def put_lines(rows: Iterable[Mapping[str, Any]]) -> Stored:
    """Store rows as JSON, one a line."""
    return files.put((orjson.dumps(row) + b"\n" for row in rows), _LARGEST)


def put_table(rows: Sequence[Sequence[str]], *, format: Format, right_to_left: bool) -> Stored:
    """Store a short table, headings first, in one of the forms of an export."""
    if format == Format.CSV:
        return put_csv(rows, mark=True)
    if format == Format.XLSX:
        return put_xlsx(rows, right_to_left=right_to_left)
    headings, *others = rows
    return put_lines(dict(zip(headings, row, strict=True)) for row in others)


def put_xlsx(rows: Iterable[Sequence[str]], *, right_to_left: bool = False) -> Stored:
    """Store rows as a workbook of texts; the first is frozen as headings of every sheet."""
    import xlsxwriter  # noqa: PLC0415  slow import

    room = Path(settings.FILES)
    room.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=room, prefix="sheet-") as folder:
        made = Path(folder, "made")
        options = {"constant_memory": True, "tmpdir": folder}
        with xlsxwriter.Workbook(str(made), options) as book:
            _fill(book, iter(rows), right_to_left)
        with made.open("rb") as file:
            return files.put(iter(lambda: file.read(2**20), b""), _LARGEST)


def _fill(book: Any, rows: Iterator[Sequence[str]], right_to_left: bool) -> None:
    headings, place = next(rows, ()), _SHEET
    sheet: Any = None
    for row in rows:
        if place >= _SHEET:
            sheet, place = _new_sheet(book, headings, right_to_left), 1
        for column, cell in enumerate(row):
            if cell:
                sheet.write_string(place, column, _fitting(cell))
        place += 1
    if sheet is None:
        _new_sheet(book, headings, right_to_left)


def _new_sheet(book: Any, headings: Sequence[str], right_to_left: bool) -> Any:
    sheet = book.add_worksheet()
    if right_to_left:
        sheet.right_to_left()
    sheet.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        sheet.write_string(0, column, _fitting(heading))
    return sheet


def _fitting(cell: str) -> str:
    return cell if len(cell) <= _CELL else cell[: _CELL - 1] + "…"
