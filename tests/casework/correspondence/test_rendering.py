"""One letter as text, as a mail's page and as a sheet: the same words, each in its direction."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.casework.correspondence import composed, sheets, texts
from pasokh.casework.correspondence.composed import (
    Composed,
    Facts,
    Heading,
    Issue,
    Issues,
    Link,
    Office,
    Paragraph,
    Points,
    Quote,
    Small,
)
from pasokh.casework.correspondence.rendering import html, text

LETTER = Composed(
    kind="decision",
    language="fa",
    reference="P-000042-7",
    dated="دوشنبه ۱۴ اردیبهشت ۱۴۰۵",
    subject="تصمیم ما",
    salutation="مریم رضایی گرامی",
    blocks=(
        Paragraph("متن"),
        Heading("عنوان"),
        Facts((("شماره", "P-000042-7"),)),
        Points(("یکی", "دیگری")),
        Quote("first line\n\nخط دوم"),
        Issues((Issue("۱", "یخچال", "وارد است", "چون خراب بود"), Issue("۲", "تأخیر"))),
        Small("حساب", ("سطر",)),
        Link("صفحه", "https://p.example/fa/follow/?a=1&b=2"),
    ),
    valediction="با احترام",
    signature=("پروین", "مدیر"),
    office=Office("خانه", address="تهران", telephone="۰۲۱-۸۸", mailbox="a@b.example"),
)
RLM, LRM, FSI, PDI = "\u200f", "\u200e", "\u2068", "\u2069"


def test_the_plain_text_reads_from_salutation_to_signature_and_then_what_can_be_checked() -> None:
    assert text(LETTER).split("\n\n") == [
        "مریم رضایی گرامی",
        "متن",
        f"عنوان\n{RLM}-----",
        "شماره: P-000042-7",
        "• یکی\n• دیگری",
        "│ first line\n│ \n│ خط دوم",
        "۱. یخچال\n   وارد است\n│ چون خراب بود\n۲. تأخیر",
        "صفحه:\nhttps://p.example/fa/follow/?a=1&b=2",
        "با احترام\nپروین\nمدیر",
        "حساب:\n– سطر",
        f"{RLM}—\nخانه، تهران\n",
    ]


@pytest.mark.parametrize(
    ("language", "line", "marked"),
    [
        ("fa", "P-000042-7 شماره است", f"{RLM}P-000042-7 شماره است"),
        ("fa", "۱۲۳", f"{RLM}۱۲۳"),
        ("fa", "شماره P-1", "شماره P-1"),
        ("en", "مریم wrote", f"{LRM}مریم wrote"),
        ("en", "Mary wrote", "Mary wrote"),
    ],
)
def test_a_line_that_begins_the_other_way_is_marked(language: str, line: str, marked: str) -> None:
    letter = replace(LETTER, language=language, blocks=(Paragraph(line),), salutation="")

    assert text(letter).split("\n\n")[0] == marked


def test_the_mails_page_needs_no_other_file_and_says_its_language_and_direction() -> None:
    page = html(LETTER)

    assert '<html lang="fa" dir="rtl">' in page
    assert 'href="https://p.example/fa/follow/?a=1&amp;b=2"' in page
    assert [word for word in ("src=", "<table", "<style", "<script", "url(") if word in page] == []
    assert page.index("پروین") < page.index("حساب")


def test_a_sheet_keeps_each_line_of_a_strangers_with_its_direction() -> None:
    sheet = sheets.letter_sheet(LETTER)
    (quote,) = [each for each in sheet["blocks"] if each["block"] == "quote"]

    assert quote["lines"] == [
        {"text": "first line", "dir": "ltr"},
        {"text": "", "dir": "auto"},
        {"text": "خط دوم", "dir": "rtl"},
    ]
    assert [each["block"] for each in sheet["annex"]] == ["small"]


@given(st.text(), st.text())
def test_a_letter_comes_back_from_its_data_and_its_digest_is_its_own(one: str, two: str) -> None:
    letter = replace(LETTER, blocks=(Quote(one), Issues((Issue("1", two),))))
    other = replace(letter, blocks=(Quote(one + "x"),))

    assert composed.load(composed.dump(letter)) == letter
    assert composed.digest(letter) != composed.digest(other)


@pytest.mark.parametrize(
    ("language", "value", "fenced"),
    [
        ("fa", "P-000042-7", f"{FSI}P-000042-7{PDI}"),
        ("fa", "۰۲۱-۸۸", f"{FSI}۰۲۱-۸۸{PDI}"),
        ("fa", "شنبه ۱۴ آذر", "شنبه ۱۴ آذر"),
        ("en", "P-000042-7", "P-000042-7"),
        ("en", "مریم", f"{FSI}مریم{PDI}"),
        ("en", f"a{PDI}b", f"{FSI}ab{PDI}"),
        ("fa", "مریم\u202e", f"{FSI}مریم{PDI}"),
    ],
)
def test_what_is_put_into_a_sentence_cannot_turn_it(language: str, value: str, fenced: str) -> None:
    assert texts.speaker(language).fenced(value) == fenced
