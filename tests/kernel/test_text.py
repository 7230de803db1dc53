"""Folding, search tokens and order of Persian, Arabic and Latin text."""

import sys
import unicodedata
from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import example, given
from hypothesis import strategies as st

from pasokh.kernel import text

ANY = st.text(st.characters(codec=None), max_size=200)
PERSIAN = st.text("ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهیيىكةأإآؤئ \u200c۰۱۲٣٤abAB-./ًّـ", max_size=80)
WORD = st.text("ابپتسشعقکگلمنوهی", min_size=2, max_size=9)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("شكايت", "شکایت"),
        ("عليّ", "علی"),
        ("مسئول", "مسیول"),
        ("خانۀ ما، خانهٔ ما", "خانه ما، خانه ما"),
        ("مؤسسة", "موسسه"),
        ("أحمد إيران آب ٱب", "احمد ایران اب اب"),
        ("كتـــاب", "کتاب"),
        ("ﻼ ﷼", "لا ریال"),
        ("می‌خواهم", "می خواهم"),
        ("۰۱۲ ٣٤٥ ６７", "012 345 67"),
        ("  \u202bسلام\u202c\u200f \r\n\t دنیا ", "سلام دنیا"),
        ("Café STRASSE straße İ", "cafe strasse strasse i"),
        ("1½", "1 1⁄2"),
        ("\0a\ud800b", "a\ufffdb"),
    ],
)
def test_texts_that_people_hold_to_be_the_same_fold_alike(typed: str, meant: str) -> None:
    assert text.fold(typed) == meant


@given(ANY)
@example("\u0345\u03b9\u1fb3")
def test_folding_twice_changes_nothing_more(given_text: str) -> None:
    once = text.fold(given_text)

    assert text.fold(once) == once
    assert len(once) <= 18 * len(given_text)


def test_every_single_character_folds_for_good() -> None:
    assigned = (chr(code) for code in range(sys.maxunicode + 1))
    folded = {text.fold(char) for char in assigned if unicodedata.category(char)[1] not in "no"}

    assert {form for form in folded if text.fold(form) != form} == set()


@given(ANY)
def test_composed_and_decomposed_texts_fold_alike(given_text: str) -> None:
    composed = unicodedata.normalize("NFC", given_text)
    decomposed = unicodedata.normalize("NFD", given_text)

    assert text.fold(composed) == text.fold(decomposed)


def test_marks_without_end_are_folded_in_step_with_the_length() -> None:
    """Sorting such marks would take minutes: they go before anything is normalised."""
    assert text.fold("a" + "\u0315\u0300\u05ae\u0327" * 250_000) == "a"


@pytest.mark.parametrize(
    "ways",
    [
        ("می‌خواهم", "می خواهم", "میخواهم", "مي‌خواهم"),
        ("کتابهای", "كتاب‌هاي", "کتاب های"),
        ("نمی‌توانم", "نمی توانم", "نميتوانم"),
        ("بزرگ‌ترین", "بزرگ ترین", "بزرگترین"),
        ("بزرگ‌تر‌ها", "بزرگ‌ترها", "بزرگترها", "بزرگ تر ها"),
    ],
)
def test_joined_half_spaced_and_spaced_forms_find_each_other(ways: tuple[str, ...]) -> None:
    for written in ways:
        for asked in ways:
            assert set(text.tokens(asked)) & set(text.tokens(written)), (asked, written)


@given(word=WORD, prefix=st.sampled_from(["می", "نمی"]), suffix=st.sampled_from(["ها", "های"]))
def test_affixes_give_the_same_tokens_however_they_are_written(
    word: str, prefix: str, suffix: str
) -> None:
    for first, second in ((prefix, word), (word, suffix)):
        joined = set(text.tokens(first + second))
        assert set(text.tokens(f"{first}\u200c{second}")) == joined | {first, second}
        assert set(text.tokens(f"{first} {second}")) >= joined - {first, second}


def test_a_word_gives_its_whole_its_stem_and_its_affix() -> None:
    assert text.tokens("كتابهاي") == ["کتابهای", "کتاب", "های"]
    assert text.tokens("کتاب‌های") == ["کتابهای", "کتاب", "های"]
    assert text.tokens("می‌خواهم") == ["میخواهم", "می", "خواهم"]
    assert text.tokens("پاسخ‌گو") == ["پاسخگو", "پاسخ", "گو"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("تلفن ۰۹۱۲ ۳۴۵ ۶۷۸۹ است", "09123456789"),
        ("0912-345-6789", "09123456789"),
        ("P-000042-7", "P0000427"),
        ("P-000042-7", "000042"),
        ("مدل WM-1200/X", "wm1200x"),
        ("۱۴۰۵/۰۹/۱۴", "14050914"),
        ("(۰۲۱) ۸۸۸۸ ۱۲۳۴", "02188881234"),
        ("O'Brien", "obrien"),
    ],
)
def test_numbers_and_codes_are_found_without_their_separators(written: str, asked: str) -> None:
    assert set(text.tokens(asked)) <= set(text.tokens(written))


@given(ANY)
@example("ـ")
@example("\u3164")
@example("x" * 5000)
def test_every_text_with_a_letter_or_digit_has_a_bounded_token(given_text: str) -> None:
    found = text.tokens(given_text)

    if any(char.isalnum() for char in given_text):
        assert found
    assert len(set(found)) == len(found)
    assert all(0 < len(token) <= text.LONGEST for token in found)
    assert sum(len(token.encode()) for token in found) <= text.MOST_BYTES


def test_a_text_of_any_length_stays_within_what_a_tsvector_holds() -> None:
    endless = " ".join(f"واژه{number}" for number in range(90_000)) + " ها" * 200_000

    assert sum(len(token.encode()) for token in text.tokens(endless)) <= text.MOST_BYTES


def test_a_long_run_is_cut_into_searchable_pieces() -> None:
    assert text.tokens("a" * 90) == ["a" * 40, "a" * 10]
    assert text.tokens("ab" * 30) == ["ab" * 20, "ab" * 10]


def _found(written: str, asked: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_to_tsvector(%s::text[]) @@ %s::tsquery",
            [text.tokens(written), text.search_query(asked)],
        )
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("من پاسخگو نیستم", "پاسخ‌گو"),
        ("من پاسخ گو نیستم", "پاسخ‌گو"),
        ("یخچالم خراب شد", "يخچال"),
        ("09123456789", "۰۹۱۲ ۳۴۵ ۶۷۸۹"),
        ("0912 345 6789", "۰۹۱۲-۳۴۵-۶۷۸۹"),
        ("P0000427", "p-000042-7"),
        ("می خواهم کتاب‌های خود را پس بگیرم", "کتابهای میخواهم"),
        ("it's broken", "ITS BROK"),
        ("ـ", "ـ"),
    ],
)
def test_a_question_finds_the_text_however_either_is_typed(written: str, asked: str) -> None:
    assert _found(written, asked)


@pytest.mark.django_db
def test_a_question_wants_all_its_words() -> None:
    assert not _found("کولر خراب است", "یخچال خراب")
    assert not _found("anything", "")


@pytest.mark.django_db
@given(ANY | PERSIAN)
@example("'':*&|!<->\\")
def test_postgresql_takes_every_token_and_every_question_and_finds_the_text_by_itself(
    given_text: str,
) -> None:
    assert _found(given_text, given_text) == bool(text.tokens(given_text))


def _sorted(words: list[str]) -> list[str]:
    return sorted(words, key=text.sort_key)


def test_persian_words_stand_in_the_order_of_the_alphabet() -> None:
    words = [
        "آینه",
        "ابر",
        "بابا",
        "پارو",
        "تیر",
        "جام",
        "چای",
        "زن",
        "ژاله",
        "سیب",
        "کار",
        "گاو",
        "لاله",
        "مار",
        "نان",
        "وام",
        "هوا",
        "یخ",
    ]

    assert _sorted(words[::-1]) == words


def test_digits_come_before_persian_and_latin_comes_after() -> None:
    words = ["7up", "آب", "يزد", "Ali", "zeta", "日本"]

    assert _sorted(words[::-1]) == words


def test_half_spaces_marks_and_arabic_letters_do_not_change_the_order() -> None:
    assert text.sort_key("كتاب‌هايِ") == text.sort_key("کتابهای")
    assert text.sort_key("دست آورد") < text.sort_key("دستار")


@given(ANY)
def test_a_sort_key_is_bounded_and_has_no_space_or_nul(given_text: str) -> None:
    key = text.sort_key(given_text)

    assert len(key) <= 3 * text.MOST_SORTED
    assert not set(key) & {0x00, 0x20}


@given(ANY)
def test_digits_alone_are_changed(given_text: str) -> None:
    changed = text.digits(given_text)

    assert len(changed) == len(given_text)
    assert all(
        new == old or unicodedata.decimal(old) == int(new)
        for old, new in zip(given_text, changed, strict=True)
    )


@given(ANY)
def test_an_isolated_text_cannot_leave_its_fence(given_text: str) -> None:
    fenced = text.isolate(given_text)

    assert (fenced[0], fenced[-1]) == (text.FSI, text.PDI)
    assert not set(fenced[1:-1]) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    assert text.isolate(fenced) == fenced


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [("۱۲ سلام hi", "rtl"), ("12 hi سلام", "ltr"), ("12 - 34", "auto"), ("", "auto")],
)
def test_the_first_strong_letter_gives_the_direction(given_text: str, expected: str) -> None:
    assert text.direction(given_text) == expected


def test_what_cannot_be_stored_is_replaced_visibly_and_named() -> None:
    assert text.visible("a\0b\ud800\r\nc\rd\0") == text.Visible(
        "a\ufffdb\ufffd\nc\rd\ufffd", ("U+0000", "U+D800")
    )


def test_a_byte_that_was_no_text_is_named_as_one_and_had_back() -> None:
    came = b"caf\xe9\r\n \xff\0"
    read = came.decode(errors="surrogateescape")

    assert text.visible(read) == text.Visible(
        "caf\ufffd\n \ufffd\ufffd", ("0xE9", "0xFF", "U+0000")
    )
    assert text.original(read) == came
    assert text.original("\ud800\udcff") == b"\xed\xa0\x80\xff"


@given(st.binary())
def test_all_bytes_can_be_had_back(came: bytes) -> None:
    assert text.original(came.decode(errors="surrogateescape")) == came


@given(ANY)
def test_what_is_visible_can_be_stored_and_the_rest_is_untouched(given_text: str) -> None:
    shown = text.visible(given_text)

    shown.text.encode()
    assert "\0" not in shown.text
    assert text.visible(shown.text) == text.Visible(shown.text.replace("\r\n", "\n"))
    if not shown.removed:
        assert shown.text == given_text.replace("\r\n", "\n")


def test_neighbours_in_the_alphabet_are_all_there() -> None:
    alphabet = "ءآابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"

    assert all(text.sort_key(a) < text.sort_key(b) for a, b in pairwise(alphabet))
