"""A row of a sheet as the complaint it would become, or why it becomes none."""

from datetime import datetime
from hashlib import sha256

from pasokh.casework.afterwards.actions import Led
from pasokh.casework.complaints.matter import Ended, Matter
from pasokh.casework.complaints.terms import Outcome
from pasokh.casework.intake.imports.columns import HANDLING, Means
from pasokh.casework.intake.imports.states import Mode
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.channels.sheets import pasts
from pasokh.channels.sheets.cells import (
    Cells,
    Sheet,
    about,
    cells_of,
    code,
    day,
    heading_of,
    id_of,
    instant,
)
from pasokh.channels.sheets.outcomes import OPEN
from pasokh.channels.sheets.reading import Row
from pasokh.directory.people.ways import Way
from pasokh.kernel.errors import Refused

_MOST_ID = 120
_REACHED = ((Way.PHONE, Means.PHONE), (Way.EMAIL, Means.EMAIL), (Way.POST, Means.POST))


def take(row: Row, sheet: Sheet) -> Led:
    """What a row becomes; what is wrong with it stands in the result and raises nothing."""
    key = f"{sheet.source}:{row.number}"
    try:
        cells = cells_of(row, sheet)
        key = _key(cells, row, sheet)
        incoming, ended = _made(cells, key, sheet)
        anonymous = incoming.who is None
        past = pasts.of(cells, incoming.received_at, anonymous=anonymous, sheet=sheet)
    except Refused as refused:
        return Led(row.number, key, code=refused.code, facts=refused.facts)
    waits = past is None or past.waits
    return Led(row.number, key, incoming, ended, waits=waits, past=past)


def _key(cells: Cells, row: Row, sheet: Sheet) -> str:
    """By its own number a row is known in every file of its layout; else by its place in this."""
    number = cells[Means.ID].strip()
    if not number:
        return f"{sheet.source}:{row.number}"
    if len(number) > _MOST_ID:
        raise Refused("row-number-too-long")
    return f"{sheet.layout}:{number}"


def _made(cells: Cells, key: str, sheet: Sheet) -> tuple[Incoming, Ended | None]:
    received = instant(cells, Means.RECEIVED, sheet)
    if received is None:
        raise Refused("row-no-date")
    closed = instant(cells, Means.CLOSED, sheet)
    if closed is not None and closed < received:
        raise about("row-ends-before-receipt", cells, Means.CLOSED, sheet)
    incoming = Incoming(
        channel=code(cells, Means.CHANNEL, sheet) or sheet.reading.channel,
        language=code(cells, Means.LANGUAGE, sheet) or sheet.reading.language,
        matter=_matter(cells, sheet),
        received_at=received,
        who=_who(cells, sheet),
        source_id=f"sheet:{key}",
        unit=sheet.reading.unit,
        category=id_of(cells, Means.CATEGORY, sheet),
        remarks=_remarks(cells, sheet),
    )
    return incoming, _ended(cells, received, closed, sheet)


def _remarks(cells: Cells, sheet: Sheet) -> str:
    """What has no place of its own, and all that is told of its handling, to the letter."""
    ending = () if sheet.mode is Mode.HISTORY else (Means.OUTCOME, Means.ANSWER, Means.CLOSED)
    more = [
        f"{heading_of(means, sheet)}: {cells[means]}"
        for means in (*ending, *HANDLING)
        if cells[means].strip()
    ]
    return "\n".join(filter(None, [cells.remarks, *more]))


def _ended(cells: Cells, received: datetime, closed: datetime | None, sheet: Sheet) -> Ended | None:
    outcome = code(cells, Means.OUTCOME, sheet)
    if sheet.mode is not Mode.HISTORY or outcome == OPEN:
        return None
    return Ended(closed or received, Outcome(outcome) if outcome else None, cells[Means.ANSWER])


def _matter(cells: Cells, sheet: Sheet) -> Matter:
    words = cells[Means.NARRATIVE]
    if not words.strip():
        words = _joined(cells, Means.CATEGORY, Means.DETAIL)
        words = words or _joined(cells, Means.PRODUCT, Means.MODEL)
        if not words:
            raise Refused("row-says-nothing")
    return Matter(
        narrative=words,
        remedy_wanted=cells[Means.WANTED],
        incident_on=day(cells, Means.INCIDENT, sheet),
        product_id=id_of(cells, Means.PRODUCT, sheet),
        product_model=_model(cells, sheet),
        serial_number=cells[Means.SERIAL],
        purchase_place=cells[Means.PLACE],
        purchased_on=day(cells, Means.PURCHASED, sheet),
        guarantee=cells[Means.GUARANTEE],
        order_number=cells[Means.ORDER],
    )


def _joined(cells: Cells, *columns: Means) -> str:
    return ": ".join(filter(None, (cells[means].strip() for means in columns)))


def _model(cells: Cells, sheet: Sheet) -> str:
    """The model; with the product before it, where that is none of the organisation's terms."""
    known = id_of(cells, Means.PRODUCT, sheet) is not None
    parts = ("" if known else cells[Means.PRODUCT].strip(), cells[Means.MODEL].strip())
    return " – ".join(filter(None, parts))


def _who(cells: Cells, sheet: Sheet) -> Who | None:
    name = cells[Means.NAME]
    reached = tuple((way, cells[means]) for way, means in _REACHED if cells[means].strip())
    if not name.strip():
        if reached:
            raise Refused("row-no-name")
        return None
    language = code(cells, Means.LANGUAGE, sheet) or sheet.reading.language
    return Who(name=name, language=language, reached=reached)


def source_of(digest: str) -> str:
    """The name by which rows without numbers of their own are known: that of their file's bytes."""
    return sha256(f"sheet {digest}".encode()).hexdigest()[:20]
