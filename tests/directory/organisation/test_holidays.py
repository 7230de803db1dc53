"""The holidays offered at set-up."""

import re

import pytest

from pasokh.directory.organisation.holidays import COUNTRIES, offered

YEARS = range(2020, 2031)


@pytest.mark.parametrize(
    ("country", "part"), [(c, part) for c, parts in COUNTRIES.items() for part in ("", *parts)]
)
def test_every_holiday_on_offer_is_named_in_both_languages(country: str, part: str) -> None:
    found = offered(country, part, YEARS)

    assert found
    assert [item.on for item in found] == sorted({item.on for item in found})
    for item in found:
        assert set(item.name) == {"fa", "en"}
        assert not re.search("[A-Za-z]|تخمینی", item.name["fa"])
        assert not re.search("[آ-ی]|estimated", item.name["en"])
        assert re.fullmatch(
            rf"holidays [\d.]+, {country}(-{part})?" + r" \(estimated\)" * item.estimated,
            item.source,
        )


def test_lunar_holidays_to_come_are_marked_as_estimates() -> None:
    found = {item.name["en"]: item.estimated for item in offered("IR", "", [2029])}

    assert found["Ashura"] is True
    assert found["Nature's Day"] is False


def test_british_holidays_differ_by_country() -> None:
    [boyne] = [i for i in offered("GB", "NIR", [2026]) if i.name["en"] == "Battle of the Boyne"]

    assert boyne.source.endswith("GB-NIR")
    assert boyne.on not in {item.on for item in offered("GB", "ENG", [2026])}


@pytest.mark.parametrize(("country", "part"), [("FR", ""), ("IR", "THR"), ("GB", "XX")])
def test_what_is_not_offered_is_an_error(country: str, part: str) -> None:
    with pytest.raises(ValueError, match=f"no holidays are offered for {country}"):
        offered(country, part, [2026])
