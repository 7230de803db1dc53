"""Texts on paper: nothing that somebody wrote is typesetting, and nothing stops the press."""

import re
import subprocess
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pasokh.kernel import paper
from pasokh.kernel.paper import CUT, MARK, Attached, printable, typeset


def sheet(*lines: str, language: str = "fa", **changes: Any) -> dict[str, Any]:
    """The data of a letter that says some lines."""
    return {
        "language": language,
        "title": "نامه",
        "foot": "تهران",
        "page": "صفحهٔ {page} از {pages}",
        "missing": f"نشانهٔ {MARK}",
        "salutation": "با سلام",
        "valediction": "با احترام",
        "signature": ["پروین کاظمی"],
        "annex": [],
        "head": {"name": "خانه", "unit": "", "rows": [{"name": "تاریخ", "value": "امروز"}]},
        "blocks": [{"block": "quote", "lines": [{"text": text, "dir": "auto"} for text in lines]}],
        **changes,
    }


@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_page_is_for_archives_and_for_screen_readers(language: str) -> None:
    made = typeset("letter", sheet("متن", language=language))

    assert b"<pdfaid:part>3</pdfaid:part>" in made
    assert b"<pdfaid:conformance>A</pdfaid:conformance>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made
    assert re.search(rb"/Lang\s*\(%s\)" % language.encode(), made)
    assert b"/MarkInfo" in made


def test_no_face_of_the_machine_is_used() -> None:
    faces = set(re.findall(rb"/BaseFont\s*/[A-Z]{6}\+(\w+)", typeset("letter", sheet("متن Latin"))))

    assert {face.partition(b"-")[0] for face in faces} <= {b"Vazirmatn"}


@pytest.mark.parametrize(
    "text",
    [
        "#panic(1)",
        '#read("/etc/passwd") #include "x.typ"',
        "$x^2$ *bold* _em_ `raw` <label> @ref // gone /* gone */",
        "= heading\n- list\n+ enum",
        "\\u{1F600} \\ #sys.inputs",
        '"}); #eval("1")',
    ],
)
def test_what_somebody_wrote_is_never_typesetting(text: str) -> None:
    assert typeset("letter", sheet(text)).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("می‌خواهم ۱۲۳", "می‌خواهم ۱۲۳"),
        ("中😀", MARK * 2),
        ("Привет Ελλάδα", "Привет Ελλάδα"),
        ("שלום", MARK * 4),
        ("a\0b\x07c", f"a{MARK}b{MARK}c"),
        ("a\tb\u2028c\u00a0d", "a b c\u00a0d"),
        ("\u202eevil\u202c \u2068P-1\u2069", "evil \u2068P-1\u2069"),
        ("a\r\nb", "a\nb"),
        ("x" * 61, "x" * 60 + "\u200bx"),
        ("x" * 60 + " x", "x" * 60 + " x"),
        ("", ""),
    ],
)
def test_what_the_face_lacks_is_marked(text: str, printed: str) -> None:
    assert printable(text) == printed


def test_the_reader_is_told_what_the_mark_means_only_where_it_stands() -> None:
    ink = paper._Ink(paper._shown())

    assert ink.fitted({"a": ["x", f"said {MARK}"], "b": 1}) == {"a": ["x", f"said {MARK}"], "b": 1}
    assert not ink.marked
    ink.fitted("中")
    assert ink.marked


def test_a_text_too_long_for_paper_is_cut_where_the_reader_sees_it() -> None:
    ink = paper._Ink(paper._shown())
    long = ink.fitted("x " * paper.LONGEST)

    assert long == "x " * (paper.LONGEST // 2) + CUT
    ink.fitted(["x " * paper.LONGEST] * 20)
    assert ink.left <= 0
    assert ink.fitted("more") == CUT


@pytest.mark.parametrize("text", ["word " * 7000, "x" * 39_000, "\n" * 5000, "ا" * 39_000])
def test_long_texts_are_set(text: str) -> None:
    assert typeset("letter", sheet(*text.split("\n"))).startswith(b"%PDF")


def test_a_file_inside_is_exactly_what_was_given() -> None:
    proof = '{"narrative": "中 \\u0000 یخچال"}\n' + "x" * 100
    attached = Attached("receipt.json", proof, "application/json", "رسید")
    made = typeset("letter", sheet("متن"), attached=[attached])

    assert b"/EmbeddedFile" in made
    assert b"/AFRelationship" in made
    assert re.search(rb"/Size\s+%d" % len(proof.encode()), made)


def test_a_reader_of_pdf_finds_persian_in_its_order(tmp_path: Any) -> None:
    program = "/usr/bin/pdftotext"
    file = tmp_path / "a.pdf"
    file.write_bytes(typeset("letter", sheet("یخچال خراب بود")))
    try:
        told = subprocess.run([program, file, "-"], capture_output=True, check=True, text=True)
    except FileNotFoundError:
        pytest.skip("poppler-utils is not installed")

    assert "یخچال خراب بود" in told.stdout


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_any_text_can_be_printed(text: str) -> None:
    assert typeset("letter", sheet(*text.splitlines())).startswith(b"%PDF")


def as_seen(made: bytes) -> str:
    """What is to be seen on the first page, line by line, as it lies there from left to right."""
    import pypdfium2  # noqa: PLC0415  slow import

    page = pypdfium2.PdfDocument(made)[0].get_textpage()
    lines: dict[int, list[tuple[float, str]]] = {}
    for at in range(page.count_chars()):
        left, bottom, _right, _top = page.get_charbox(at, loose=True)
        lines.setdefault(round(bottom / 3), []).append((left, page.get_text_range(at, 1)))
    return "\n".join(
        "".join(char for _left, char in sorted(line)) for line in lines.values()
    ).replace("\u200e", "")


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("به نامهٔ شمارهٔ ۱۴۰۵-۱۲", "۱۴۰۵-۱۲"),
        ("پاسخ نامهٔ ۱۴۰۵-۱۲ رسید.", "۱۴۰۵-۱۲"),
        ("نامهٔ 1405-12 و پیوست آن", "1405-12"),
        ("تلفن ما ۰۲۱-۸۸-۱۲۳۴۵۶ است", "۰۲۱-۸۸-۱۲۳۴۵۶"),
        ("تلفن ما +۹۸-۲۱-۸۸۱۲", "+۹۸-۲۱-۸۸۱۲"),
        ("تلفن ما ٠٢١-٨٨-١٢٣٤٥٦ است", "٠٢١-٨٨-١٢٣٤٥٦"),
        ("نامهٔ ١٤٠٥‐١٢", "١٤٠٥‐١٢"),
        ("تلفن ما +٩٨-٢١-٨٨١٢", "+٩٨-٢١-٨٨١٢"),
        ("از تاریخ ١٤٠٥/١٢-٣ تا امروز", "١٤٠٥/١٢-٣"),
        ("شکایت P-000042-7 بسته شد", "P-000042-7"),
        ("سریال KS۱۲-۳۴ و SN-20-441", "KS۱۲-۳۴"),
        ("از تاریخ ۱۴۰۵/۱۲ تا امروز", "۱۴۰۵/۱۲"),
    ],
)
def test_a_number_with_a_hyphen_keeps_its_order_after_persian_words(said: str, seen: str) -> None:
    rows = [{"name": "شماره", "value": said.rpartition("نامهٔ ")[2]}]
    blocks = [
        {"block": "paragraph", "text": said},
        {"block": "facts", "rows": rows},
        {"block": "points", "items": [said]},
    ]

    assert as_seen(typeset("letter", sheet(blocks=blocks))).count(seen) == 3
    assert as_seen(typeset("letter", sheet(blocks=blocks, language="en"))).count(seen) == 3
