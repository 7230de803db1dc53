"""Every naughty string on paper and in a mail: nothing fails, and nothing of it is obeyed."""

import io
import json
import re
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document

from pasokh.casework.correspondence.composed import Composed, Issue, Issues, Office, Quote
from pasokh.casework.correspondence.rendering import html, text
from pasokh.casework.correspondence.sheets import letter_sheet
from pasokh.kernel import docx, paper


@pytest.fixture(scope="module")
def naughty(corpus: Path) -> list[str]:
    strings = json.loads((corpus / "hostile" / "blns" / "blns.json").read_text("utf-8"))
    return [str(each) for each in strings]


def letter(said: str, language: str) -> Composed:
    office = Office("فروشگاه خانه", address="تهران", mailbox="a@b.example")
    blocks = (Issues((Issue("1", said, "وارد است", said),)), Quote(said))
    return Composed(
        kind="decision",
        language=language,
        reference="P-000001-9",
        dated="امروز",
        subject="تصمیم",
        salutation=said,
        blocks=blocks,
        valediction="با احترام",
        signature=("پروین",),
        office=office,
    )


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_string_can_be_printed(language: str, naughty: list[str]) -> None:
    for said in naughty:
        made = paper.typeset("letter", letter_sheet(letter(said, language)))
        assert made.startswith(b"%PDF"), said


@pytest.mark.parametrize("language", ["fa", "en"])
def test_every_string_stands_in_a_word_file(language: str, naughty: list[str]) -> None:
    for said in naughty:
        made = docx.letter(
            letter_sheet(letter(said, language)), at=datetime(2026, 3, 21, tzinfo=UTC)
        )
        told = "".join(each.text for each in Document(io.BytesIO(made)).paragraphs)
        assert _letters(said) in _letters(told), said


def _letters(text: str) -> str:
    return "".join(char for char in text if char.isprintable() and not char.isspace())


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.told: list[str] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.told.append(data)


def test_no_string_becomes_an_element_of_the_mails_page(naughty: list[str]) -> None:
    for said in naughty:
        page = _Elements()
        page.feed(html(letter(said, "en")))
        assert page.tags <= {
            *("html", "head", "meta", "title", "body", "div", "h1", "p", "strong", "bdi", "br")
        }, said
        assert page.names <= {"lang", "dir", "charset", "style"}, said
        assert said in "".join(page.told).replace("\r\n", "\n") or "\r" in said or "\0" in said


def test_every_string_stands_in_the_mails_plain_text(naughty: list[str]) -> None:
    for said in naughty:
        plain = text(letter(said, "en"))
        missing = [
            line
            for line in re.split(r"[\r\n]+", said)
            if line.strip() and line.strip() not in plain
        ]
        assert [line for line in missing if line.isprintable()] == [], said
