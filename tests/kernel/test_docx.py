"""A letter as a Word file: it opens again, and every run goes its own way."""

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from pasokh.kernel import docx

AT = datetime(2026, 3, 21, 9, tzinfo=UTC)
LRM, RLM = "\u200e", "\u200f"


def data(language: str, *blocks: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "language": language,
        "title": "تصمیم دربارهٔ شکایت شما" if language == "fa" else "Our decision",
        "head": {
            "name": "فروشگاه خانه",
            "unit": "امور مشتریان",
            "rows": [{"name": "Reference", "value": "P-000042-7"}],
        },
        "salutation": "سلام" if language == "fa" else "Dear Ms Karimi",
        "blocks": list(blocks),
        "annex": [{"block": "small", "title": "How it was counted", "lines": ["Day 1", "Day 2"]}],
        "valediction": "با احترام" if language == "fa" else "Yours faithfully",
        "signature": ["پروین کاظمی", "رئیس"],
        "foot": "تهران · \u2068021-1234\u2069",
        "page": "Page {page} of {pages}",
        "missing": "",
    }


def opened(language: str, *blocks: Mapping[str, Any]) -> list[Paragraph]:
    made = docx.letter(data(language, *blocks), at=AT)
    return Document(io.BytesIO(made)).paragraphs


def para(text: str) -> dict[str, str]:
    return {"block": "paragraph", "text": text}


def ways(made: Paragraph) -> list[tuple[str, bool]]:
    return [(run.text, bool(run.font.rtl)) for run in made.runs]


def the_one(paragraphs: list[Paragraph], within: str) -> Paragraph:
    (found,) = [each for each in paragraphs if within in each.text]
    return found


def is_rtl(made: Paragraph) -> bool:
    return made._p.pPr is not None and made._p.pPr.find(qn("w:bidi")) is not None


def test_words_of_the_other_direction_stand_in_runs_of_their_own() -> None:
    persian = the_one(opened("fa", para("مدل XR-200 را دیدیم.")), "XR-200")
    english = the_one(opened("en", para("They wrote: خراب است, twice.")), "They")

    assert is_rtl(persian)
    assert ways(persian) == [("مدل ", True), (f"{LRM}XR-200{LRM}", False), (" را دیدیم.", True)]
    assert not is_rtl(english)
    assert ways(english) == [
        ("They wrote: ", False),
        (f"{RLM}خراب است{RLM}", True),
        (", twice.", False),
    ]


def test_what_is_fenced_off_and_numbers_with_hyphens_keep_their_order() -> None:
    fenced = the_one(opened("fa", para("به \u2068a@b.example\u2069 بنویسید")), "بنویسید")
    number = the_one(opened("fa", para("شمارهٔ 021-88-12 را بگیرید")), "بگیرید")

    assert ways(fenced)[1] == (f"{LRM}a@b.example{LRM}", False)
    assert ways(number)[1] == (f"{LRM}021-88-12{LRM}", False)
    assert not any(sign in fenced.text + number.text for sign in "\u2066\u2068\u2069")


def test_each_line_of_somebodys_own_goes_the_way_it_is_read() -> None:
    lines = [{"text": "سلام", "dir": "rtl"}, {"text": "Hello", "dir": "ltr"}]
    told = opened("en", {"block": "quote", "lines": lines})
    persian, english = the_one(told, "سلام"), the_one(told, "Hello")

    assert (is_rtl(persian), is_rtl(english)) == (True, False)
    assert persian.style is not None
    assert persian.style.name == "Quote"


def test_an_issue_has_its_number_finding_and_reasons() -> None:
    issue = {
        "number": "1",
        "lines": [{"text": "It leaks.", "dir": "ltr"}, {"text": "Every day.", "dir": "ltr"}],
        "finding": "Upheld",
        "reasons": [{"text": "The seal was old.", "dir": "ltr"}],
    }
    said = [each.text for each in opened("en", {"block": "issues", "items": [issue]})]

    at = said.index("1. It leaks.")
    assert said[at : at + 4] == ["1. It leaks.", "Every day.", "Upheld", "The seal was old."]


def test_no_text_becomes_markup_or_breaks_the_file() -> None:
    hostile = '</w:t><w:fldSimple w:instr="INCLUDETEXT"/>\x00\x0b\ud800\ufffe& {page} \u202eback'
    made = docx.letter(data("en", para(hostile)), at=AT)
    body = ZipFile(io.BytesIO(made)).read("word/document.xml").decode()

    assert "<w:fldSimple" not in body
    assert "INCLUDETEXT" in the_one(Document(io.BytesIO(made)).paragraphs, "{page}").text
    assert "\u202e" not in body


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_file_says_whose_letter_it_is_and_counts_its_pages(language: str) -> None:
    made = docx.letter(data(language), at=AT)
    paper, parts = Document(io.BytesIO(made)), ZipFile(io.BytesIO(made))
    about, foot = paper.core_properties, parts.read("word/footer1.xml").decode()

    assert (about.title, about.author) == (data(language)["title"], "فروشگاه خانه")
    assert about.created == AT
    assert about.comments == ""
    assert 'w:instr="PAGE"' in foot
    assert 'w:instr="NUMPAGES"' in foot
    assert f"{LRM}021-1234{LRM}" in foot
    assert [each.text.strip(RLM) for each in paper.tables[0].cell(0, 0).paragraphs] == [
        "فروشگاه خانه",
        "امور مشتریان",
    ]
    assert paper.tables[0].cell(0, 1).text.replace(LRM, "") == "Reference: P-000042-7"


def test_no_picture_of_another_page_goes_with_it() -> None:
    """The library's empty file carries a picture of a page that is not ours."""
    with ZipFile(io.BytesIO(docx.letter(data("en", para("Thank you.")), at=AT))) as made:
        assert [name for name in made.namelist() if not name.endswith((".xml", ".rels"))] == []
        assert b"thumbnail" not in made.read("_rels/.rels")
