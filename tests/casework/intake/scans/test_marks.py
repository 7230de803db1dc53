"""What a reference sheet says, that only ours say it, and how a scan is parted at them."""

import pytest

from pasokh.casework.intake.scans.marks import BLANK, CASE, Mark, Part, marked, parts, read, written

KEY, OTHER = b"k" * 32, b"o" * 32
ONE, TWO = Mark(CASE, "P-000042-7"), Mark(BLANK, "7")


@pytest.mark.parametrize("mark", [ONE, TWO])
def test_a_sheet_says_what_was_written_on_it(mark: Mark) -> None:
    assert read(written(mark, KEY), KEY) == mark


def test_nobody_forges_a_sheet() -> None:
    true = written(ONE, KEY)

    assert read(true, OTHER) is None
    assert read(true.replace("42", "43"), KEY) is None
    assert read(true.replace(":C:", ":B:"), KEY) is None
    assert read(true[:-1] + ("A" if true[-1] != "A" else "B"), KEY) is None


@pytest.mark.parametrize(
    "text", ["", "PASOKH", "https://example.org", "PASOKH:C:P-000042-7:", "PASOKH:C:::", "x" * 4000]
)
def test_what_is_no_sheet_says_nothing(text: str) -> None:
    assert read(text, KEY) is None


def test_among_strange_codes_on_a_page_ours_is_found() -> None:
    pages = {3: ["https://example.org", written(TWO, KEY)], 1: ["WIFI:"], 2: [written(ONE, OTHER)]}

    assert marked(pages, KEY) == {3: TWO}


@pytest.mark.parametrize(
    ("pages", "sheets", "expected"),
    [
        (3, {}, [Part(None, 1, 3)]),
        (3, {1: ONE}, [Part(ONE, 1, 3)]),
        (1, {1: ONE}, [Part(None, 1, 1)]),
        (6, {1: ONE, 4: TWO}, [Part(ONE, 2, 3), Part(TWO, 5, 6)]),
        (6, {3: TWO}, [Part(None, 1, 2), Part(TWO, 4, 6)]),
        (4, {1: ONE, 2: TWO}, [Part(TWO, 3, 4)]),
        (4, {1: ONE, 4: TWO}, [Part(ONE, 2, 3)]),
        (2, {1: ONE, 2: TWO}, [Part(None, 1, 2)]),
    ],
    ids=["none", "one letter", "sheet alone", "two", "second", "empty", "last", "only sheets"],
)
def test_a_scan_is_parted_where_sheets_lie(
    pages: int, sheets: dict[int, Mark], expected: list[Part]
) -> None:
    assert parts(pages, sheets) == expected
