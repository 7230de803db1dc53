"""Letters and receipts as PDF, made from files by the real verbs."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from docx import Document
from tests.casework.acts import Acts
from tests.casework.conftest import START, complainant, told
from tests.casework.correspondence.correspondents import complain, describe_office, written

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.queries.letters import compose, numbered_letter_for
from pasokh.casework.complaints.queries.papers import (
    letter_docx,
    letter_pdf,
    receipt_pdf,
)
from pasokh.casework.correspondence import sheets
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.kernel.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def office(shop: Any) -> Any:
    describe_office()
    with override_settings(PUBLIC_ADDRESS="https://pasokh.example"):
        yield


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("kind", LetterKind)
def test_every_letter_can_be_printed(kind: LetterKind, language: str, acts: Acts) -> None:
    row = written(kind, language, acts)
    made = letter_pdf(complainant(row.complaint), row.complaint.ref, row.pk)

    assert made.startswith(b"%PDF-1.7")
    assert b"<pdfaid:part>3</pdfaid:part>" in made
    assert b"<pdfuaid:part>1</pdfuaid:part>" in made


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("kind", LetterKind)
def test_every_letter_is_a_word_file_too(kind: LetterKind, language: str, acts: Acts) -> None:
    row = written(kind, language, acts)
    made = letter_docx(complainant(row.complaint), row.complaint.ref, row.pk, at=row.queued_at)
    paper, letter = Document(io.BytesIO(made)), compose(row)
    said = "".join(c for each in paper.paragraphs for c in each.text if c not in "\u200e\u200f")

    assert paper.core_properties.title == letter.subject
    fences = str.maketrans("", "", "\u2066\u2067\u2068\u2069")
    for each in (letter.subject, letter.salutation, letter.valediction, *letter.signature):
        assert each.translate(fences) in said


def test_the_secretariats_number_stands_on_a_persian_letter_and_its_blank_before(
    acts: Acts,
) -> None:
    row = written(LetterKind.DECISION, "fa", acts)
    letter = compose(row)
    row = actions.number_letter(
        row.complaint.ref,
        letter=row.pk,
        number=" ۱۴۰۵/ش/۲۱۷ ",
        by=acts.shop.reza,
        at=row.queued_at,
    )

    def rows(number: str) -> dict[str, str]:
        return {
            each["name"]: each["value"]
            for each in sheets.letter_sheet(letter, number=number)["head"]["rows"]
        }

    assert numbered_letter_for(acts.shop.reza, row.complaint.ref, row.pk) == (
        letter,
        "۱۴۰۵/ش/۲۱۷",
    )
    assert told(row.complaint)[-1] == "complaint.letter_numbered"
    assert rows(row.secretariat_number) == {
        "شماره": "۱۴۰۵/ش/۲۱۷",
        "تاریخ": letter.dated,
        "پیوست": "ندارد",
        "شمارهٔ شکایت": letter.reference,
    }
    assert set(rows("")["شماره"]) == {"…"}


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
@pytest.mark.parametrize("issues", range(1, 12))
def test_a_signature_never_stands_alone_on_a_page(issues: int, acts: Acts, tmp_path: Path) -> None:
    row = written(LetterKind.ACKNOWLEDGEMENT, "en", acts, issues=issues)
    paper = tmp_path / "letter.pdf"
    paper.write_bytes(letter_pdf(complainant(row.complaint), row.complaint.ref, row.pk))

    read = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True)
    (signed,) = [page for page in read.stdout.decode().split("\f") if "Parvin Kazemi" in page]

    assert "please give your reference" in " ".join(signed.split())


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_receipt_carries_its_proof_and_the_code_in_its_groups(
    language: str, acts: Acts
) -> None:
    case = complain(acts.shop, language, at=START)
    made = receipt_pdf(complainant(case), case.ref, code="1234-5678-9012-3456")

    assert b"<pdfaid:part>3</pdfaid:part>" in made
    assert f"receipt-{case.ref}.json".encode() in made
    assert re.search(rb"/AFRelationship\s*/Source", made)


def test_the_receipt_of_somebody_elses_file_is_refused(acts: Acts) -> None:
    case, other = complain(acts.shop, "fa"), complain(acts.shop, "fa")

    with pytest.raises(Refused, match="no-such-complaint"):
        receipt_pdf(complainant(other), case.ref)
