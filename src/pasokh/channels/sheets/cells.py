"""What a row of a sheet says, cell by cell, by what its columns mean."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any

from pasokh.casework.intake.imports.columns import LEFT, Means, Reading
from pasokh.casework.intake.imports.states import Mode
from pasokh.channels.sheets import dates
from pasokh.channels.sheets.reading import Row
from pasokh.kernel.errors import Refused


@dataclass(frozen=True)
class Sheet:
    """What is the same for all rows: how they are read, and where what they say is looked up.

    `ids` are our terms by kind and code. `source` tells apart rows of other files.
    """

    headings: Sequence[str]
    reading: Reading
    mode: Mode
    source: str
    layout: str
    zone: tzinfo
    now: datetime
    ids: Mapping[str, Mapping[str, int]]


class Cells(dict[Means, str]):
    """What a row says, by what its columns mean; `remarks` are what else it says."""

    remarks = ""

    def __missing__(self, means: Means) -> str:
        return ""


def cells_of(row: Row, sheet: Sheet) -> Cells:
    """The cells of a row by their meaning; refuses a row that is cut off, or has too many."""
    if row.fault:
        raise Refused(row.fault)
    wide, has = len(sheet.headings), len(row.cells)
    if has < wide:
        raise Refused("row-cut-off", cells=has, columns=wide)
    if any(cell.strip() for cell in row.cells[wide:]):
        raise Refused("row-too-long", cells=has, columns=wide)
    cells, remarks = Cells(), []
    for heading, means, cell in zip(sheet.headings, sheet.reading.means, row.cells, strict=False):
        if means is Means.REMARK and cell.strip():
            remarks.append(f"{heading}: {cell}")
        elif means not in (Means.REMARK, Means.NOTHING):
            cells[means] = cell
    cells.remarks = "\n".join(remarks)
    return cells


def instant(cells: Cells, means: Means, sheet: Sheet) -> datetime | None:
    """When something was that a cell names; refuses what is no date, or lies ahead."""
    if not (text := cells[means].strip()):
        return None
    at = dates.read(text, sheet.reading.order, sheet.zone)
    if at is None:
        raise about("row-date-unread", cells, means, sheet)
    if at > sheet.now:
        raise about("row-in-the-future", cells, means, sheet)
    return at


def day(cells: Cells, means: Means, sheet: Sheet) -> date | None:
    """The day of something, where the office is."""
    at = instant(cells, means, sheet)
    return at.astimezone(sheet.zone).date() if at else None


def planned(cells: Cells, means: Means, sheet: Sheet) -> date | None:
    """A day that a cell names, also one that is still to come."""
    if not (text := cells[means].strip()):
        return None
    at = dates.read(text, sheet.reading.order, sheet.zone)
    if at is None:
        raise about("row-date-unread", cells, means, sheet)
    return at.astimezone(sheet.zone).date()


def code(cells: Cells, means: Means, sheet: Sheet) -> str:
    """The code that stands for what a cell says; empty where nothing does."""
    values: Mapping[str, Any] = sheet.reading.values.get(means, {})
    return str(values.get(cells[means].strip(), LEFT))


def id_of(cells: Cells, means: Means, sheet: Sheet) -> int | None:
    """The id of our term that stands for what a cell says."""
    return sheet.ids.get(means, {}).get(code(cells, means, sheet))


def about(why: str, cells: Cells, means: Means, sheet: Sheet) -> Refused:
    """A refusal that names the cell."""
    return Refused(why, date=cells[means].strip()[:60], column=heading_of(means, sheet)[:60])


def heading_of(means: Means, sheet: Sheet) -> str:
    """What the column is called that means something."""
    column = sheet.reading.column(means)
    return "" if column is None else sheet.headings[column].strip()
