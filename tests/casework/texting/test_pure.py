"""Segments, words, states and single-word answers of texts: arithmetic and tables."""

import pytest

from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.texting import words
from pasokh.casework.texting.segments import Counted, counted
from pasokh.casework.texting.states import TextState, ask_next, may_become, tells
from pasokh.casework.texting.stopping import Meant, meant
from pasokh.directory.people.ways import Way, key, takes_texts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", Counted("gsm", 0, 1)),
        ("a" * 160, Counted("gsm", 160, 1)),
        ("a" * 161, Counted("gsm", 161, 2)),
        ("a" * 306, Counted("gsm", 306, 2)),
        ("a" * 307, Counted("gsm", 307, 3)),
        ("€" * 80, Counted("gsm", 160, 1)),
        ("€" * 81, Counted("gsm", 162, 2)),
        ("a" * 152 + "€" + "a" * 152, Counted("gsm", 306, 3)),  # an escape is not cut in two
        ("س" * 70, Counted("ucs2", 70, 1)),
        ("س" * 71, Counted("ucs2", 71, 2)),
        ("س" * 134, Counted("ucs2", 134, 2)),
        ("س" * 135, Counted("ucs2", 135, 3)),
        ("a" * 69 + "ç", Counted("ucs2", 70, 1)),  # the small one is not in the alphabet
        ("س" * 66 + "😀" + "س" * 66, Counted("ucs2", 134, 3)),  # nor a pair of surrogates
        ("half\u200cspace", Counted("ucs2", 10, 1)),
    ],
)
def test_a_text_is_counted_as_networks_bill_it(text: str, found: Counted) -> None:
    assert counted(text) == found


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("kind", LetterKind)
def test_every_letter_has_fixed_words_that_fit_three_messages(
    kind: LetterKind, language: str
) -> None:
    page = f"https://complaints.example.org/{language}/follow/"
    said = words.letter(
        kind, language, office="فروشگاه خانه", ref="P-000042-7", page=page, may_answer=True
    )

    assert "P-000042-7" in said
    assert page in said
    assert "%" not in said
    assert counted(said).segments <= 3
    assert sorted(words.sentences("fa")) == sorted(words.sentences("en"))


def test_a_number_that_nobody_confirmed_is_told_neither_reference_nor_name() -> None:
    said = words.unconfirmed("fa", office="خانه", link="https://p.example/x/", may_answer=True)

    assert said.splitlines() == [
        "خانه: این شماره برای پاسخ به یک شکایت به ما داده شده است.",
        "اگر شمارهٔ شماست تأیید کنید، وگرنه همان‌جا لغو کنید: https://p.example/x/",
        "اگر شمارهٔ شماست ۱۰ و اگر نه ۱۱ را بفرستید.",
    ]


def test_what_contradicts_itself_is_no_proof() -> None:
    lost, there = TextState.RETURNED, TextState.DELIVERED

    assert may_become(there, lost)
    assert may_become(lost, there)
    assert not may_become(lost, there, delivered=True)
    assert not may_become(there, TextState.HANDED_OVER)
    assert [ask_next(asked) is None for asked in range(7)] == [False] * 6 + [True]


@pytest.mark.clause("10002:7.4")
@pytest.mark.clause("10002:7.8")
def test_a_delivered_text_tells_what_it_holds_and_no_more() -> None:
    whole = {kind for kind in LetterKind if tells(kind, notice_tells=False)}

    assert whole == {LetterKind.ACKNOWLEDGEMENT, LetterKind.PROGRESS, LetterKind.WITHDRAWN}
    assert all(tells(kind, notice_tells=True) for kind in LetterKind)


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("STOP", Meant.STOP),
        (" لغو. ", Meant.STOP),
        ("۱۱", Meant.STOP),
        ("١١", Meant.STOP),
        ("بله", Meant.YES),
        ("START", Meant.START),
        ("stop calling me about the fridge", None),
        ("نه", None),
        ("x" * 100, None),
    ],
)
def test_a_single_word_means_what_it_says(said: str, found: Meant | None) -> None:
    assert meant(said) == found


@pytest.mark.parametrize(
    ("written", "takes"),
    [
        ("۰۹۱۲ ۳۴۵ ۶۷۸۹", True),
        ("+98 (0) 912 345 6789", True),
        ("021 8812 3456", False),
        ("124", False),
        ("+44 7700 900123", True),
        ("", False),
    ],
)
def test_a_text_goes_to_mobile_numbers_alone(written: str, takes: bool) -> None:
    assert takes_texts(key(Way.PHONE, written)) is takes
