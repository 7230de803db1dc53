"""Amounts of money, written and read in both languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pasokh.kernel.money import Money, currencies, parse

MONEY = st.builds(Money, st.integers(0, 10**14), st.sampled_from(currencies()))
LANGUAGES = st.sampled_from(["fa", "en"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("۱٬۲۵۰٬۰۰۰ ریال", Money(1_250_000, "IRR")),
        ("1,250,000 rials", Money(1_250_000, "IRR")),
        ("۱۲۵۰۰۰۰﷼", Money(1_250_000, "IRR")),
        ("١٢٥٬٠٠٠ تومان", Money(1_250_000, "IRR")),
        ("125000 toman", Money(1_250_000, "IRR")),
        ("£12.50", Money(1250, "GBP")),
        ("12.50 GBP", Money(1250, "GBP")),
        ("gbp 12", Money(1200, "GBP")),
        ("۱۲٫۵۰ پوند", Money(1250, "GBP")),
        ("€ 1 250.00", Money(125_000, "EUR")),
        ("KWD 1.250", Money(1250, "KWD")),
        ("¥", None),
        ("12.50", None),
        ("£12.5", None),
        ("£12,50", None),
        ("£1,2500", None),
        ("£-5", None),
        ("£5 $", None),
        ("12.50 IRR", None),
        ("1.250.000 ریال", None),
        ("12 XXX", None),
        ("12.5 تومان", None),
        ("£12⁵⁰", None),
        ("£" + "9" * 40, None),
        ("", None),
    ],
)
def test_an_amount_is_read_or_not_guessed(typed: str, meant: Money | None) -> None:
    assert parse(typed) == meant


def test_a_bare_number_takes_the_currency_of_the_form_and_no_other_may_be_named() -> None:
    assert parse("12.50", "GBP") == Money(1250, "GBP")
    assert parse("£12.50", "GBP") == Money(1250, "GBP")
    assert parse("€12.50", "GBP") is None
    assert parse("۵ تومان", "IRR") == Money(50, "IRR")
    assert parse("5", "IRR") == Money(5, "IRR")


def test_an_amount_is_written_in_both_languages() -> None:
    assert Money(1_250_000, "IRR").text("fa") == "۱٬۲۵۰٬۰۰۰ ریال"
    assert Money(1_250_000, "IRR").text("en") == "1,250,000 IRR"
    assert Money(1205, "GBP").text("en") == "£12.05"
    assert Money(1205, "GBP").text("fa") == "۱۲٫۰۵ پوند"
    assert Money(-1205, "GBP").text("en") == "-£12.05"
    assert Money(1, "KWD").text("en") == "0.001 KWD"


def test_tomans_are_shown_with_their_word_and_lose_nothing() -> None:
    assert Money(1_250_000, "IRR").in_toman("fa") == "۱۲۵٬۰۰۰ تومان"
    assert Money(1_250_005, "IRR").in_toman("en") == "125,000.5 toman"
    with pytest.raises(ValueError, match="GBP"):
        Money(1, "GBP").in_toman("en")


@given(MONEY, LANGUAGES)
def test_every_amount_we_write_can_be_read_back(money: Money, language: str) -> None:
    assert parse(money.text(language)) == money


@given(st.text(max_size=70))
def test_no_text_makes_reading_fail(typed: str) -> None:
    read = parse(typed, "IRR")

    assert read is None or read.amount >= 0


def test_only_whole_units_of_a_known_currency_are_money() -> None:
    with pytest.raises(TypeError):
        Money(1.5, "GBP")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Money(True, "GBP")
    with pytest.raises(ValueError, match="ABC"):
        Money(1, "ABC")
