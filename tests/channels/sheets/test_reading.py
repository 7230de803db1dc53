"""Whatever program saved a sheet, its rows come out as the texts they were."""

import gzip
import io
import zipfile
from collections.abc import Callable
from datetime import date
from functools import partial

import pytest
import xlsxwriter

from pasokh.channels.sheets import reading
from pasokh.channels.sheets.reading import Row
from pasokh.kernel.errors import Refused

HEAD = ("شماره", "تاریخ", "شرح")
ROWS = [HEAD, ("۱", "۱۴۰۳/۲/۱", "یخچال، سرد نمی‌کند"), ("۲", "۱۴۰۳/۲/۲", "گفت «نه»\nو رفت")]
MANIFEST = """<?xml version="1.0"?><manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"""
ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body>
<office:spreadsheet><table:table table:name="a">{rows}</table:table></office:spreadsheet>
</office:body></office:document-content>"""


def told(content: bytes) -> list[tuple[str, ...]]:
    return [row.cells for row in rows(content)]


def rows(content: bytes) -> list[Row]:
    open_ = partial(io.BytesIO, content)
    return list(reading.rows(open_, reading.look(open_)))


def files(content: bytes, folder: object) -> Callable[[], io.BufferedReader]:
    path = folder / "sheet"  # type: ignore[operator]
    path.write_bytes(content)
    return lambda: open(path, "rb")


def in_csv(sign: str = ",", told: list[tuple[str, ...]] = ROWS) -> str:
    quoted = [sign.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in told]
    return "\r\n".join(quoted) + "\r\n"


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_a_csv_is_read_whatever_its_signs(sign: str, encoding: str) -> None:
    assert told(in_csv(sign).encode(encoding)) == ROWS


def test_old_code_pages_are_told_apart_by_what_their_bytes_make() -> None:
    persian = [("شماره", "شرح"), ("1", "یخچال سرد نمي كند و صدا مي دهد"), ("2", "گاز نشت كرد")]
    persian = [tuple(cell.replace("ی", "ي") for cell in row) for row in persian]
    german = [
        ("Nummer", "Beschreibung"),
        ("1", "Der Kühlschrank kühlt nicht"),
        ("2", "é"),
    ]

    assert told(in_csv(told=persian).encode("cp1256")) == persian
    assert told(in_csv(told=german).encode("cp1252")) == german


def test_a_packed_csv_is_unpacked_and_an_endless_one_refused() -> None:
    assert told(gzip.compress(in_csv().encode())) == ROWS

    endless = gzip.compress(b"a,b\n" + b"0,0\n" * 20_000_000)
    with pytest.raises(Refused, match="sheet-unpacks-too-large"):
        rows(endless)
    with pytest.raises(Refused, match="sheet-packing-broken"):
        rows(gzip.compress(in_csv().encode())[:-20])


def test_a_cell_that_never_ends_costs_its_row_and_not_the_sheet() -> None:
    text = 'a,b\n1,fine\n2,"never closed ' + "x" * 150_000 + "\n3,lost in it\n4,fine\n"
    found = rows(text.encode())

    assert [row.fault for row in found] == ["", "", "row-cell-too-long", "", ""]
    assert found[-1].cells == ("4", "fine")


def test_a_line_that_says_the_sign_between_cells_is_no_row() -> None:
    assert told(b"sep=;\r\na;b\r\n1;2\r\n") == [("a", "b"), ("1", "2")]


def test_what_stands_above_the_headings_is_passed_over() -> None:
    found = rows(b"Complaints of the year,,\n,,\nid,date,text\n1,2,3\n")

    assert [(row.number, row.cells[0]) for row in found] == [(3, "id"), (4, "1")]


def test_a_workbook_is_read_with_dates_numbers_and_its_own_row_numbers(tmp_path: object) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        sheet.write_row(1, 0, HEAD)
        sheet.write_number(3, 0, 7523056)
        sheet.write_datetime(3, 1, date(2026, 5, 4), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_string(3, 2, "=1+1")
    open_ = files(made.getvalue(), tmp_path)
    found = list(reading.rows(open_, reading.look(open_)))

    assert found == [Row(2, HEAD), Row(4, ("7523056", "2026-05-04", "=1+1"))]


def test_an_open_document_is_read(tmp_path: object) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    line = "<table:table-row>{}</table:table-row>"
    lines = [line.format("".join(cell.format(one) for one in row)) for row in ROWS[:2]]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        packed.writestr("META-INF/manifest.xml", MANIFEST)
        packed.writestr("content.xml", ODS.format(rows="".join(lines)))
    open_ = files(made.getvalue(), tmp_path)

    assert reading.look(open_).kind == "ods"
    assert [row.cells for row in reading.rows(open_, reading.look(open_))] == ROWS[:2]


def test_a_workbook_that_would_take_all_memory_is_refused(tmp_path: object) -> None:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "id")
        sheet.write_string(1_048_575, 16_383, "far away")
    open_ = files(made.getvalue(), tmp_path)

    with pytest.raises(Refused, match="sheet-cannot-be-read"):
        list(reading.rows(open_, reading.look(open_)))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "sheet-empty"),
        (b" \r\n,,\r\n", "sheet-empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "sheet-not-known"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "sheet-old-or-locked"),
        (b"PK\x03\x04 and nothing more", "sheet-packing-broken"),
        (",".join(f"c{n}" for n in range(201)).encode(), "sheet-too-wide"),
    ],
)
def test_what_is_no_sheet_is_refused_in_words_of_its_own(content: bytes, code: str) -> None:
    with pytest.raises(Refused, match=code):
        rows(content)
