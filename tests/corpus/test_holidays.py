"""Holidays on offer for the United Kingdom against those its government publishes."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from pasokh.directory.organisation.holidays import offered

DIVISIONS = {
    "ENG": "england-and-wales",
    "WLS": "england-and-wales",
    "SCT": "scotland",
    "NIR": "northern-ireland",
}

#: What the library offers and the published list, as kept in the corpus, does not name: the one
#: day proclaimed for Scotland's matches in the football world cup. Whoever sets up decides.
OFFERED_BESIDES = {"SCT": [date(2026, 6, 15)]}


@pytest.fixture(scope="module")
def published(corpus: Path) -> Mapping[str, frozenset[date]]:
    """The published dates of each division."""
    read = json.loads((corpus / "calendars" / "govuk-bank-holidays.json").read_text("utf-8"))
    return {
        name: frozenset(date.fromisoformat(event["date"]) for event in division["events"])
        for name, division in read.items()
    }


@pytest.mark.parametrize("part", DIVISIONS)
def test_what_is_offered_is_what_is_published(
    part: str, published: Mapping[str, frozenset[date]]
) -> None:
    official = published[DIVISIONS[part]]
    years = range(min(official).year, max(official).year + 1)
    weekdays = {item.on for item in offered("GB", part, years) if item.on.weekday() < 5}

    assert sorted(weekdays - official) == OFFERED_BESIDES.get(part, [])
    assert sorted(official - weekdays) == []
