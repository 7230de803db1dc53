"""What is left of numbers and addresses for who may not see them."""

import pytest

from pasokh.directory.people import masking
from pasokh.directory.people.ways import Way


@pytest.mark.parametrize(
    ("way", "value", "left"),
    [
        (Way.EMAIL, "soraya.h@example.org", "s…h@example.org"),
        (Way.EMAIL, " sor@example.org ", "…@example.org"),
        (Way.EMAIL, "no address", "n…s"),
        (Way.EMAIL, "", ""),
        (Way.PHONE, "۰۹۱۲ ۳۴۵ ۶۷۸۹", "…۶۷ ۸۹"),
        (Way.PHONE, "+98 (912) 345-6789", "…67 89"),
        (Way.PHONE, "1234567", "…"),
        (Way.PHONE, "124", "…"),
        (Way.POST, "تهران، خیابان ولی‌عصر، پلاک ۱۲", "تهران …"),
        (Way.POST, "12 Baker Street, London", "…"),
        (Way.POST, "Rasht, 5", "…"),
        (Way.POST, "Kucheyenahanegolestan, near the old bridge", "…"),
        (Way.OTHER, "@soraya_h", "@s…h"),
        (Way.OTHER, "@sor", "@…"),
    ],
)
def test_enough_is_left_to_tell_two_apart_and_nothing_of_short_ones(
    way: Way, value: str, left: str
) -> None:
    assert masking.masked(way, value) == left


def test_what_a_server_says_keeps_its_sense() -> None:
    said = "550 5.1.1 <soraya.h@example.org>: no such user; tell +98 912 345 6789, code 5.7.26"

    assert (
        masking.words(said) == "550 5.1.1 <s…h@example.org>: no such user; tell …67 89, code 5.7.26"
    )
    assert (
        masking.words("ایمیل \u2068soraya@example.org\u2069،")
        == "ایمیل \u2068s…a@example.org\u2069،"
    )


def test_a_name_is_masked_only_where_it_is_an_address() -> None:
    for name in ("ثریا حسینی", "S. Hosseini (soraya@example.org)", "Flat 12", ""):
        assert masking.name(name) == name
    assert masking.name("soraya@example.org") == "s…a@example.org"
    assert masking.name("۰۹۱۲۳۴۵۶۷۸۹") == "…۶۷ ۸۹"
