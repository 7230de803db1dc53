"""Where a holiday comes from, in the reader's language."""

import pytest
from django.utils.translation import override

from pasokh.directory.organisation.holidays import COUNTRIES
from pasokh.directory.organisation.labels import PLACES, kept_source, said_source

#: The parts of countries that are on offer, each by its address.
ON_OFFER = {
    country if not parts else f"{country}-{part}"
    for country, parts in COUNTRIES.items()
    for part in parts or ("",)
}


def test_every_place_on_offer_has_a_name() -> None:
    assert set(PLACES) == ON_OFFER


@pytest.mark.parametrize(
    ("language", "place", "estimated", "told"),
    [
        ("en", "IR", True, "Calendar of Iran, estimated date"),
        ("en", "GB-NIR", False, "Calendar of Northern Ireland"),
        ("fa", "IR", True, "تقویم ایران، تاریخ تخمینی"),
        ("fa", "GB-ENG", False, "تقویم انگلستان"),
    ],
)
def test_what_was_on_offer_is_told_by_its_calendar(
    language: str, place: str, estimated: bool, told: str
) -> None:
    with override(language):
        assert said_source(kept_source("0.85", place, estimated=estimated)) == told


@pytest.mark.parametrize("written", ["اطلاعیهٔ استانداری", "holidays 2026, FR", "holidays", ""])
def test_what_somebody_wrote_stays_as_it_is(written: str) -> None:
    assert said_source(written) == written
