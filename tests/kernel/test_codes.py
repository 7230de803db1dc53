"""Tracking codes, tokens and the hashes they are stored under."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.kernel import codes

KEY = bytes(range(32))


def test_a_code_is_sixteen_digits_in_four_groups() -> None:
    made = {codes.new_code() for _ in range(200)}

    assert len(made) == 200
    assert all(re.fullmatch(r"\d{4}(-\d{4}){3}", code) for code in made)


@pytest.mark.parametrize(
    "written",
    [
        "0123-4567-8901-2345",
        "0123456789012345",
        "۰۱۲۳ ۴۵۶۷ ۸۹۰۱ ۲۳۴۵",
        "٠١٢٣\u200c٤٥٦٧–٨٩٠١.٢٣٤٥",
        "\u20680123-4567-8901-2345\u2069\n",
        "0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5",
    ],
)
def test_a_code_is_read_in_any_digits_and_spacing(written: str) -> None:
    assert codes.read_code(written) == "0123-4567-8901-2345"


@pytest.mark.parametrize("written", ["", "0123", "0123-4567-8901-234x", "1" * 17, "²" * 16])
def test_anything_else_is_not_a_code(written: str) -> None:
    assert codes.read_code(written) is None


@given(st.text(max_size=120))
def test_no_text_makes_reading_fail(written: str) -> None:
    read = codes.read_code(written)

    assert read is None or codes.read_code(read) == read


def test_tokens_are_long_and_fit_in_an_address() -> None:
    assert len({codes.new_token() for _ in range(200)}) == 200
    assert re.fullmatch(r"[A-Za-z0-9_-]{32}", codes.new_token())


def test_a_hash_depends_on_purpose_value_and_key() -> None:
    hashes = {
        codes.keyed_hash("tracking-code", "1", KEY),
        codes.keyed_hash("confirm-address", "1", KEY),
        codes.keyed_hash("tracking-code", "2", KEY),
        codes.keyed_hash("tracking-code", "1", KEY[::-1]),
        codes.keyed_hash("tracking-code1", "", KEY),
    }

    assert len(hashes) == 5
    assert {len(each) for each in hashes} == {32}
    assert codes.keyed_hash("tracking-code", "1", KEY) in hashes


def test_equal_hashes_are_the_same_and_others_not() -> None:
    one = codes.keyed_hash("tracking-code", "1", KEY)

    assert codes.same(one, bytes(one))
    assert not codes.same(one, one[::-1])


def test_a_short_key_is_refused() -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        codes.keyed_hash("tracking-code", "1", b"short")
