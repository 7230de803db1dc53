"""A row of a sheet as the complaint it would become, or why it becomes none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from hashlib import sha256
from typing import Any

from pasokh.casework.complaints.matter import Ended, Matter
from pasokh.casework.complaints.terms import Outcome
from pasokh.casework.intake.imports.actions import Taken
from pasokh.casework.intake.imports.columns import LEFT, Means, Reading
from pasokh.casework.intake.imports.states import Mode
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.channels.sheets import dates
from pasokh.channels.sheets.outcomes import OPEN
from pasokh.channels.sheets.reading import Row
from pasokh.directory.people.ways import Way
from pasokh.kernel.errors import Refused

_MOST_ID = 120
_REACHED = ((Way.PHONE, Means.PHONE), (Way.EMAIL, Means.EMAIL), (Way.POST, Means.POST))


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


def take(row: Row, sheet: Sheet) -> Taken:
    """What a row becomes; what is wrong with it stands in the result and raises nothing."""
    key = f"{sheet.source}:{row.number}"
    try:
        cells = _cells(row, sheet)
        key = _key(cells, row, sheet)
        incoming, ended = _made(cells, key, sheet)
    except Refused as refused:
        return Taken(row.number, key, code=refused.code, facts=refused.facts)
    return Taken(row.number, key, incoming, ended)


class _Cells(dict[Means, str]):
    """What a row says, by what its columns mean; `remarks` are what else it says."""

    remarks = ""

    def __missing__(self, means: Means) -> str:
        return ""


def _cells(row: Row, sheet: Sheet) -> _Cells:
    if row.fault:
        raise Refused(row.fault)
    wide, has = len(sheet.headings), len(row.cells)
    if has < wide:
        raise Refused("row-cut-off", cells=has, columns=wide)
    if any(cell.strip() for cell in row.cells[wide:]):
        raise Refused("row-too-long", cells=has, columns=wide)
    cells, remarks = _Cells(), []
    for heading, means, cell in zip(sheet.headings, sheet.reading.means, row.cells, strict=False):
        if means is Means.REMARK and cell.strip():
            remarks.append(f"{heading}: {cell}")
        elif means not in (Means.REMARK, Means.NOTHING):
            cells[means] = cell
    cells.remarks = "\n".join(remarks)
    return cells


def _key(cells: _Cells, row: Row, sheet: Sheet) -> str:
    """By its own number a row is known in every file of its layout; else by its place in this."""
    number = cells[Means.ID].strip()
    if not number:
        return f"{sheet.source}:{row.number}"
    if len(number) > _MOST_ID:
        raise Refused("row-number-too-long")
    return f"{sheet.layout}:{number}"


def _made(cells: _Cells, key: str, sheet: Sheet) -> tuple[Incoming, Ended | None]:
    received = _instant(cells, Means.RECEIVED, sheet)
    if received is None:
        raise Refused("row-no-date")
    closed = _instant(cells, Means.CLOSED, sheet)
    if closed is not None and closed < received:
        raise _about("row-ends-before-receipt", cells, Means.CLOSED, sheet)
    incoming = Incoming(
        channel=_code(cells, Means.CHANNEL, sheet) or sheet.reading.channel,
        language=_code(cells, Means.LANGUAGE, sheet) or sheet.reading.language,
        matter=_matter(cells, sheet),
        received_at=received,
        who=_who(cells, sheet),
        source_id=f"sheet:{key}",
        unit=sheet.reading.unit,
        category=_id(cells, Means.CATEGORY, sheet),
        remarks=_remarks(cells, sheet),
    )
    return incoming, _ended(cells, received, closed, sheet)


def _remarks(cells: _Cells, sheet: Sheet) -> str:
    """What has no place of its own: also an answer and an ending, where the file goes on here."""
    if sheet.mode is Mode.HISTORY:
        return cells.remarks
    more = [
        f"{_heading(means, sheet)}: {cells[means]}"
        for means in (Means.OUTCOME, Means.ANSWER, Means.CLOSED)
        if cells[means].strip()
    ]
    return "\n".join(filter(None, [cells.remarks, *more]))


def _ended(
    cells: _Cells, received: datetime, closed: datetime | None, sheet: Sheet
) -> Ended | None:
    outcome = _code(cells, Means.OUTCOME, sheet)
    if sheet.mode is not Mode.HISTORY or outcome == OPEN:
        return None
    return Ended(closed or received, Outcome(outcome) if outcome else None, cells[Means.ANSWER])


def _matter(cells: _Cells, sheet: Sheet) -> Matter:
    words = cells[Means.NARRATIVE]
    if not words.strip():
        words = _joined(cells, Means.CATEGORY, Means.DETAIL)
        words = words or _joined(cells, Means.PRODUCT, Means.MODEL)
        if not words:
            raise Refused("row-says-nothing")
    return Matter(
        narrative=words,
        remedy_wanted=cells[Means.WANTED],
        incident_on=_day(cells, Means.INCIDENT, sheet),
        product_id=_id(cells, Means.PRODUCT, sheet),
        product_model=_model(cells, sheet),
        serial_number=cells[Means.SERIAL],
        purchase_place=cells[Means.PLACE],
        purchased_on=_day(cells, Means.PURCHASED, sheet),
        guarantee=cells[Means.GUARANTEE],
        order_number=cells[Means.ORDER],
    )


def _joined(cells: _Cells, *columns: Means) -> str:
    return ": ".join(filter(None, (cells[means].strip() for means in columns)))


def _model(cells: _Cells, sheet: Sheet) -> str:
    """The model; with the product before it, where that is none of the organisation's terms."""
    known = _id(cells, Means.PRODUCT, sheet) is not None
    parts = ("" if known else cells[Means.PRODUCT].strip(), cells[Means.MODEL].strip())
    return " – ".join(filter(None, parts))


def _who(cells: _Cells, sheet: Sheet) -> Who | None:
    name = cells[Means.NAME]
    reached = tuple((way, cells[means]) for way, means in _REACHED if cells[means].strip())
    if not name.strip():
        if reached:
            raise Refused("row-no-name")
        return None
    language = _code(cells, Means.LANGUAGE, sheet) or sheet.reading.language
    return Who(name=name, language=language, reached=reached)


def _instant(cells: _Cells, means: Means, sheet: Sheet) -> datetime | None:
    if not (text := cells[means].strip()):
        return None
    at = dates.read(text, sheet.reading.order, sheet.zone)
    if at is None:
        raise _about("row-date-unread", cells, means, sheet)
    if at > sheet.now:
        raise _about("row-in-the-future", cells, means, sheet)
    return at


def _day(cells: _Cells, means: Means, sheet: Sheet) -> date | None:
    at = _instant(cells, means, sheet)
    return at.astimezone(sheet.zone).date() if at else None


def _code(cells: _Cells, means: Means, sheet: Sheet) -> str:
    """The code that stands for what a cell says; empty where nothing does."""
    values: Mapping[str, Any] = sheet.reading.values.get(means, {})
    return str(values.get(cells[means].strip(), LEFT))


def _id(cells: _Cells, means: Means, sheet: Sheet) -> int | None:
    return sheet.ids.get(means, {}).get(_code(cells, means, sheet))


def _about(code: str, cells: _Cells, means: Means, sheet: Sheet) -> Refused:
    return Refused(code, date=cells[means].strip()[:60], column=_heading(means, sheet)[:60])


def _heading(means: Means, sheet: Sheet) -> str:
    column = sheet.reading.column(means)
    return "" if column is None else sheet.headings[column].strip()


def source_of(digest: str) -> str:
    """The name by which rows without numbers of their own are known: that of their file's bytes."""
    return sha256(f"sheet {digest}".encode()).hexdigest()[:20]
