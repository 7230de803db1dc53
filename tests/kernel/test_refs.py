"""References and the mistakes their check digit finds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.kernel import refs

NUMBERS = st.integers(1, 10**18 - 1)


def test_a_reference_is_padded_to_six_digits_and_grows() -> None:
    assert refs.make(42) == "P-000042-7"
    assert refs.make(1_234_567).startswith("P-1234567-")


@pytest.mark.parametrize(
    "written",
    [
        "P-000042-7",
        "p-42-7",
        "P 000042 7",
        "۰۰۰۰۴۲۷",
        "P–٠٠٠٠٤٢–٧",
        "p000042−7",
        "\u2066P-000042-7\u2069",
        "427",
        " P_000042/7 ",
    ],
)
def test_a_reference_is_read_however_it_is_written(written: str) -> None:
    assert refs.read(written) == "P-000042-7"


@pytest.mark.parametrize(
    "written", ["", "P", "2", "P-000042", "P-000042-2", "X-000042-7", "P-000000-0", "P-42-7a"]
)
def test_what_is_not_a_reference_is_not_read(written: str) -> None:
    assert refs.read(written) is None


@given(NUMBERS)
def test_every_reference_is_read_back(number: int) -> None:
    assert refs.read(refs.make(number)) == refs.make(number)


@given(NUMBERS, st.data())
def test_one_wrong_digit_is_always_found(number: int, data: st.DataObject) -> None:
    written = list(refs.make(number))
    at = data.draw(st.sampled_from([i for i, char in enumerate(written) if char.isdigit()]))
    written[at] = data.draw(st.sampled_from(sorted(set("0123456789") - {written[at]})))

    assert refs.read("".join(written)) is None


@given(NUMBERS, st.data())
def test_two_neighbours_that_changed_places_are_always_found(
    number: int, data: st.DataObject
) -> None:
    digits = [char for char in refs.make(number) if char.isdigit()]
    at = data.draw(st.integers(0, len(digits) - 2))
    swapped = [*digits[:at], digits[at + 1], digits[at], *digits[at + 2 :]]

    assert swapped == digits or refs.read("".join(swapped)) is None


@pytest.mark.parametrize("number", [0, -1, 10**18])
def test_a_number_outside_the_sequence_has_no_reference(number: int) -> None:
    with pytest.raises(ValueError, match="no reference"):
        refs.make(number)


@given(st.text(max_size=80))
def test_no_text_makes_reading_fail(written: str) -> None:
    read = refs.read(written)

    assert read is None or refs.read(read) == read
