"""Tables as files: a cell is always a text, and never a formula."""

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pasokh.channels.sheets import writing
from pasokh.kernel import files

HOSTILE = ["=1+1", "+98912", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "a=1", "1-2", "سلام"]


@pytest.fixture(autouse=True)
def own_files(tmp_path: Path, settings: Any) -> None:
    settings.FILES = tmp_path / "files"


def content(stored: Any) -> bytes:
    with files.open(stored.digest) as file:
        return file.read()


def test_no_cell_of_a_csv_is_a_formula() -> None:
    made = content(writing.put_csv([["h"], *([one] for one in HOSTILE)], mark=True))
    cells = [row[0] for row in csv.reader(io.StringIO(made.decode("utf-8-sig"), newline=""))][1:]

    assert made.startswith(b"\xef\xbb\xbf")
    assert cells == [f"'{one}" for one in HOSTILE[:8]] + HOSTILE[8:]


def test_no_cell_of_a_workbook_is_a_formula_a_link_or_a_number() -> None:
    told = [*HOSTILE, "https://example.org", "007", "x" * 40_000, "a\x01b"]
    made = content(writing.put_xlsx([["h"], *([one] for one in told)], right_to_left=True))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_index(0)
    cells = [row[0] for row in sheet.to_python()][1:]

    assert cells[:4] == HOSTILE[:4]
    assert cells[-4:-2] == ["https://example.org", "007"]
    assert len(str(cells[-2])) == 32_767
    assert b"<f>" not in made


def test_more_rows_than_a_sheet_holds_go_on_in_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_SHEET", 3)
    made = content(writing.put_xlsx([["h"], ["1"], ["2"], ["3"]]))
    book = CalamineWorkbook.from_filelike(io.BytesIO(made))
    sheets = [book.get_sheet_by_index(number).to_python() for number in (0, 1)]

    assert sheets == [[["h"], ["1"], ["2"]], [["h"], ["3"]]]


def test_json_is_one_object_a_line() -> None:
    made = content(writing.put_lines([{"a": "یک"}, {"a": "=2"}]))

    assert made.decode() == '{"a":"یک"}\n{"a":"=2"}\n'
