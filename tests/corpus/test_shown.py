"""Sixty texts on every page that shows them, in the bundle, in the proof and on paper."""

import json
import re
import shutil
import subprocess
import sys
import zlib
from collections.abc import Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.corpus import sample
from tests.corpus.doors import at_desk, through
from tests.fixtures.pages import Page

from pasokh.casework.complaints.queries import export, papers
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.texts import speaker
from pasokh.kernel import clock, paper
from pasokh.kernel.ledger import bundle

pytestmark = pytest.mark.django_db

PARTS = 10
PLAIN = "The kettle leaks."
#: As much of a text as is typed to look for it, and as the list of issues shows.
TYPED, EXCERPT = 400, 300

EACH_PART = pytest.mark.parametrize("part", range(PARTS))
LANGUAGES = pytest.mark.parametrize("language", ["fa", "en"])


@pytest.fixture
def some(texts: list[str], part: int) -> list[str]:
    """One part of the sample."""
    return sample.sample(texts)[part::PARTS]


@pytest.fixture
def way(part: int, language: str) -> str:
    """Each text comes in by one door in one language, and by the other in the other."""
    return ("portal", "desk")[(part + (language == "en")) % 2]


#: On paper a text is set once in each way, the letter in the other language than the receipt.
ON_PAPER = [("fa", "en")[part % 2] for part in range(PARTS)]


@EACH_PART
@LANGUAGES
def test_every_page_shows_the_text_to_the_letter_and_nothing_of_it_is_obeyed(
    house: SimpleNamespace, some: list[str], way: str, language: str
) -> None:
    door, desk = through(way, language, house), at_desk(house)
    usual = _pages(_filed(door, PLAIN), desk, language)
    for text in some:
        ref, code = _filed(door, text)
        pages = _pages((ref, code), desk, language)

        assert _counts(pages, text) == _counts(usual, PLAIN), text
        more = {name: page.parts - usual[name].parts for name, page in pages.items()}
        assert not any(more.values()), (text, more)
        assert _searched(desk, language, text[:TYPED], ref), text


def _filed(door: Any, text: str) -> tuple[str, str]:
    door.file(text, door.who)
    receipt: tuple[str, str] = door.receipt()
    return receipt


def _pages(filed: tuple[str, str], desk: Client, language: str) -> dict[str, Page]:
    """Every page on which a complaint's words stand, for staff and for the complainant."""
    ref, code = filed
    asked = {
        "case": desk.get(f"/{language}/desk/complaints/{ref}/"),
        "note": desk.get(f"/{language}/desk/complaints/{ref}/note/"),
        "form": desk.get(f"/{language}/desk/complaints/{ref}/form/"),
        "tracking": _followed(ref, code, language),
    }
    assert {name: answer.status_code for name, answer in asked.items()} == dict.fromkeys(asked, 200)
    return {name: Page(answer) for name, answer in asked.items()}


def _followed(ref: str, code: str, language: str) -> Any:
    browser, at = Client(enforce_csrf_checks=True), f"/{language}/follow/"
    form = Page(browser.get(at)).form("ref")
    assert form.post(browser, at, {"ref": ref, "code": code})["Location"] == f"{at}complaint/"
    return browser.get(f"{at}complaint/")


def _counts(pages: Mapping[str, Page], text: str) -> dict[str, tuple[bool, int]]:
    """By page: whether the whole text stands there, and how often it or its beginning does."""
    begun = text if len(text) <= EXCERPT else f"{text[: EXCERPT - 1]}…"
    found = {name: page.texts("words") + page.texts("blocks__said") for name, page in pages.items()}
    return {
        name: (text in said, sum(each in (text, begun) for each in said))
        for name, said in found.items()
    }


def _searched(desk: Client, language: str, words: str, ref: str) -> bool:
    answer = desk.get(f"/{language}/desk/search/", {"q": words})
    page = Page(answer)
    assert (answer.status_code, page.form("q").fields["q"]) == (200, [words])
    return ref in page.texts("code") or not any(map(str.isalnum, words))


@pytest.mark.parametrize(("part", "language"), list(enumerate(ON_PAPER)))
@pytest.mark.clause("10002:8.1")
def test_the_text_leaves_to_the_letter_in_bundle_proof_and_paper(
    house: SimpleNamespace, some: list[str], way: str, language: str, tmp_path: Path
) -> None:
    door = through(way, language, house)
    for number, text in enumerate(some):
        ref, _code = _filed(door, text)
        folder = tmp_path / str(number)

        _export(ref, folder)

        assert _sealed((folder / "entries" / "000001.json").read_bytes()) == text
        told = (folder / f"timeline.{language}.txt").read_bytes().decode()
        assert text.replace("\n", "\n   ") in told
        made = papers.receipt_pdf(house.sara, ref, language=language)
        assert [_sealed(inside) for inside in _attached(made)] == [text]
    checked = subprocess.run(
        [sys.executable, "-I", folder / "verify.py"], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def _export(ref: str, folder: Path) -> None:
    """Write a case as `pasokh export-case` does."""
    bundle.write(
        folder,
        subject=f"complaint:{ref}",
        files=export.files_of(ref),
        timeline=export.story,
        at=clock.now(),
    )


def _sealed(proved: bytes) -> str:
    """The narrative in a receipt, or in an entry of a bundle."""
    said: str = json.loads(json.loads(proved)["sealed"]["json"])["narrative"]
    return said


def _attached(made: bytes) -> list[bytes]:
    """The files inside a PDF."""
    found = re.finditer(rb"/Length (\d+)/Type/EmbeddedFile.*?stream\r?\n", made, re.S)
    return [zlib.decompress(made[one.end() : one.end() + int(one[1])]) for one in found]


@pytest.mark.parametrize(("part", "language"), list(enumerate(reversed(ON_PAPER))))
def test_a_letter_on_paper_marks_what_its_face_lacks_and_says_so(
    house: SimpleNamespace, some: list[str], language: str, tmp_path: Path
) -> None:
    if not (program := shutil.which("pdftotext")):
        pytest.skip("poppler-utils is not installed")
    door = through("desk", language, house)
    explains = {"fa": "قلم", "en": "typeface"}[language]
    assert explains in speaker(language)("letter.missing")
    for text in some:
        letter = Letter.objects.get(complaint__ref=_filed(door, text)[0])
        file = tmp_path / f"{letter.pk}.pdf"
        file.write_bytes(papers.letter_pdf(house.sara, letter.complaint.ref, letter.pk))
        read = subprocess.run([program, file, "-"], capture_output=True, check=True)
        marked = paper.MARK in paper.printable(text)

        assert (explains in read.stdout.decode()) is marked, text
