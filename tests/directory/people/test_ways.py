import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pasokh.directory.people.ways import Way, email_key, key, phone_key

PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.mark.parametrize(
    "written",
    [
        "09123456789",
        "۰۹۱۲۳۴۵۶۷۸۹",
        "٠٩١٢٣٤٥٦٧٨٩",
        "0912 345 6789",
        "۰۹۱۲-۳۴۵-۶۷۸۹",
        "(0912) 345.6789",
        "+989123456789",
        "+98 912 345 6789",
        "+98 (0) 912 345 6789",
        "00989123456789",
        "989123456789",
        "9123456789",
        "\u200e+98 912 345 6789\u200e",
        " موبایل: ۰۹۱۲۳۴۵۶۷۸۹ ",
    ],
)
def test_one_number_has_one_key_however_it_is_written(written: str) -> None:
    assert phone_key(written) == "+989123456789"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("021-88881234", "+982188881234"),
        ("۰۲۱ ۸۸۸۸ ۱۲۳۴ داخلی ۱۲", "+982188881234"),
        ("+44 20 7946 0018", "+442079460018"),
        ("0044 20 7946 0018", "+442079460018"),
        ("۱۲۴", "124"),
        ("1517", "1517"),
        ("88881234", "88881234"),
        ("", ""),
        ("ندارم", ""),
    ],
)
def test_other_numbers(written: str, expected: str) -> None:
    assert phone_key(written) == expected


def test_another_country_may_be_home() -> None:
    assert phone_key("020 7946 0018", home="44") == "+442079460018"


DIGITS = st.text("0123456789", min_size=10, max_size=10).filter(lambda text: text[0] not in "0")


@given(DIGITS, st.sampled_from(["0", "+98", "0098", "+98 0"]), st.data())
def test_script_and_separators_never_change_a_key(
    number: str, prefix: str, data: st.DataObject
) -> None:
    gaps = data.draw(st.lists(st.sampled_from(["", " ", "-", "."]), min_size=10, max_size=10))
    written = prefix + number[0] + "".join(g + d for g, d in zip(gaps, number[1:], strict=False))
    script = data.draw(st.sampled_from([PERSIAN, ARABIC, {}]))

    assert phone_key(written.translate(script)) == f"+98{number}"


@given(st.text())
@example("00")
def test_any_text_has_a_key_for_any_way_and_keys_keep_still(text: str) -> None:
    for way in Way:
        once = key(way, text)
        assert key(way, once) == once


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (" Reza.K@Khaneh.Example ", "Reza.K@khaneh.example"),
        ("\u200fa@b.example", "a@b.example"),
        ("no address", "no address"),
    ],
)
def test_an_address_is_equal_whatever_the_letters_of_its_domain(
    written: str, expected: str
) -> None:
    assert email_key(written) == expected


def test_a_postal_address_is_folded() -> None:
    assert key(Way.POST, "تهران، خيابان  كارگر") == key(Way.POST, "تهران، خیابان کارگر")
