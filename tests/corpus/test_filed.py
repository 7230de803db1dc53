"""Every text through every door in both languages: kept to the letter, and found again."""

from types import SimpleNamespace

import pytest
from tests.corpus.doors import through

from pasokh.casework.complaints import queries
from pasokh.casework.complaints.models import Complaint, Issue
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db

#: Small enough that a search shows all that it finds, and that several processes share the work.
PARTS = 14
#: As much of a text as somebody may type to look for it.
TYPED = 400


@pytest.mark.clause("10002:7.2")
@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("way", ["portal", "desk"])
def test_every_text_is_kept_to_the_letter_and_found(
    house: SimpleNamespace, texts: list[str], way: str, language: str, part: int
) -> None:
    door = through(way, language, house)
    said = [each for each in texts[part::PARTS] if each.strip()]
    shown = [door.file(each) for each in said]
    refs = Complaint.objects.order_by("id").values_list("ref", flat=True)
    told = dict(zip(refs, said, strict=True))

    assert shown == said
    assert dict(Complaint.objects.values_list("ref", "narrative")) == told
    assert dict(Issue.objects.values_list("complaint__ref", "text")) == told
    assert _sealed() == told
    assert [text for ref, text in told.items() if not _found(house, ref, text)] == []


def _sealed() -> dict[str, str]:
    begun = Entry.objects.filter(event="complaint.received").select_related("sealed")
    return {
        entry.subject.removeprefix("complaint:"): (entry.private or {})["narrative"]
        for entry in begun
    }


def _found(house: SimpleNamespace, ref: str, text: str) -> bool:
    """Whether its words find a file; a text without letter or digit has none to look for."""
    found = queries.search(house.sara, text[:TYPED])
    return ref in {line.ref for line in found.lines} or not any(map(str.isalnum, text))


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("way", ["portal", "desk"])
def test_a_text_that_says_nothing_is_answered_with_a_sentence(
    house: SimpleNamespace, texts: list[str], way: str, language: str
) -> None:
    door = through(way, language, house)
    silent = [each for each in texts if not each.strip()]
    sentences = [door.refuses(each) for each in silent]

    assert len(silent) == 2
    assert all(sentences)
    assert not Complaint.objects.exists()
