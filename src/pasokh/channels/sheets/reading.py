"""Sheets as rows of texts, whatever program saved them: CSV, XLSX or ODS, also packed with gzip.

What a file is, is told by its bytes and never by its name. Nothing is believed of sizes: what is
unpacked, how wide and how long a sheet is, and how long a cell, all end somewhere.
"""

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import islice
from typing import Any, BinaryIO, NamedTuple

from pasokh.channels.sheets import books
from pasokh.channels.sheets.encodings import encoding_of
from pasokh.kernel.errors import Refused

#: Rows and columns of a sheet, characters of a cell, bytes of a sheet that was packed.
MOST_ROWS, MOST_COLUMNS, MOST_SIGNS, MOST_BYTES = 200_000, 200, 100_000, 400 * 2**20
#: How much larger than its packed form a sheet may be, beyond ten megabytes.
MOST_TIMES, ALWAYS = 100, 10 * 2**20
#: Rows at the beginning among which the headings are looked for.
TOP = 10
_DELIMITERS = ",;\t"
_SAMPLE = 64 * 1024

Open = Callable[[], BinaryIO]


@dataclass(frozen=True)
class Form:
    """What a file turned out to be. `encoding` and `delimiter` are those of a CSV."""

    kind: str
    packed: bool = False
    encoding: str = ""
    delimiter: str = ""

    def told(self) -> dict[str, Any]:
        """As plain values, to be kept."""
        return asdict(self)


class Row(NamedTuple):
    """A row by its place in the sheet, counted from 1; `fault` says why it cannot be read."""

    number: int
    cells: tuple[str, ...]
    fault: str = ""


def look(open_: Open) -> Form:
    """Find out what a file is. Refuses what is no sheet, in words that say what to do."""
    with open_() as file:
        head = file.read(8)
    if head.startswith(b"PK\x03\x04"):
        with open_() as file:
            return Form(books.kind_of(file, most=MOST_BYTES, times=MOST_TIMES, always=ALWAYS))
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused("sheet-old-or-locked")
    packed = head.startswith(b"\x1f\x8b")
    with _stream(open_, packed=packed) as file:
        encoding = encoding_of(_guarded(file))
    if encoding is None:
        raise Refused("sheet-not-known")
    form = Form("csv", packed, encoding)
    with _text(open_, form) as text:
        sample = text.read(_SAMPLE)
    if not sample.strip():
        raise Refused("sheet-empty")
    return Form("csv", packed, encoding, _delimiter(sample))


def rows(open_: Open, form: Form) -> Iterator[Row]:
    """The rows that hold anything, the one with the headings first."""
    found = _of_text(open_, form) if form.kind == "csv" else _of_book(open_)
    first = list(islice(found, TOP))
    if not first:
        raise Refused("sheet-empty")
    widest = max(_filled(row) for row in first)
    top = next(n for n, row in enumerate(first) if 2 * _filled(row) >= widest)
    headings = first[top]
    if len(headings.cells) > MOST_COLUMNS:
        raise Refused("sheet-too-wide", most=MOST_COLUMNS)
    yield headings
    yield from first[top + 1 :]
    yield from found


def _filled(row: Row) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _of_text(open_: Open, form: Form) -> Iterator[Row]:
    csv.field_size_limit(MOST_SIGNS)
    with _text(open_, form) as text:
        reader = csv.reader(text, delimiter=form.delimiter)
        number = 0
        while True:
            number += 1
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error:
                cells, fault = [], "row-cell-too-long"
            else:
                fault = ""
            if number == 1 and cells and cells[0].lower().startswith("sep="):
                continue
            yield from _row(number, cells, fault)


def _of_book(open_: Open) -> Iterator[Row]:
    with open_() as file:
        for number, cells in enumerate(books.rows(file), 1):
            fault = "row-cell-too-long" if max(map(len, cells), default=0) > MOST_SIGNS else ""
            yield from _row(number, cells, fault)


def _row(number: int, cells: Sequence[str], fault: str) -> Iterator[Row]:
    if number > MOST_ROWS + TOP:
        raise Refused("sheet-too-long", most=MOST_ROWS)
    if fault:
        yield Row(number, (), fault)
    elif any(cell.strip() for cell in cells):
        wrong = any("\0" in cell for cell in cells)
        yield Row(number, tuple(cells[: MOST_COLUMNS + 1]), "row-not-text" if wrong else "")


def _text(open_: Open, form: Form) -> io.TextIOWrapper:
    stream = _stream(open_, packed=form.packed)
    guarded: Any = io.BufferedReader(_Guarded(stream))
    return io.TextIOWrapper(guarded, form.encoding, errors="replace", newline="")


def _stream(open_: Open, *, packed: bool) -> BinaryIO:
    file = open_()
    if not packed:
        return file
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    unpacked: Any = gzip.GzipFile(fileobj=file)
    most = min(MOST_BYTES, size * MOST_TIMES + ALWAYS)
    limited: Any = io.BufferedReader(_Guarded(unpacked, most))
    return limited


class _Guarded(io.RawIOBase):
    """A stream that ends with a refusal where it is too long, or where its packing is broken."""

    def __init__(self, stream: BinaryIO, most: int = MOST_BYTES) -> None:
        self._stream, self._left = stream, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            chunk = self._stream.read(len(buffer))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise Refused("sheet-packing-broken") from error
        self._left -= len(chunk)
        if self._left < 0:
            raise Refused("sheet-unpacks-too-large")
        buffer[: len(chunk)] = chunk
        return len(chunk)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _guarded(stream: BinaryIO) -> Iterator[bytes]:
    while chunk := stream.read(2**20):
        yield chunk


def _delimiter(sample: str) -> str:
    """The sign between cells: the one that parts the first rows alike, and into most."""
    first = sample.partition("\n")[0]
    if first.strip().lower().startswith("sep=") and len(first.strip()) == 5:
        return first.strip()[-1]
    lines = (sample if len(sample) < _SAMPLE else sample[: sample.rfind("\n") + 1]).splitlines(True)
    return max(_DELIMITERS, key=lambda sign: _worth(lines, sign))


def _worth(lines: Sequence[str], sign: str) -> tuple[int, int]:
    csv.field_size_limit(MOST_SIGNS)
    try:
        widths = [len(row) for row in islice(csv.reader(lines, delimiter=sign), 40) if row]
    except csv.Error:
        return 0, 0
    usual = max(set(widths), key=widths.count, default=1)
    return (widths.count(usual), usual) if usual > 1 else (0, 0)
