"""What counts as told, and what proves it (ISO 10002:2018, 7.8). Pure."""

from collections.abc import Mapping
from enum import StrEnum


class Way(StrEnum):
    """The ways that count as told, each with its own proof.

    STANDING is for an anonymous person, who has no other: the letter stands on the tracking
    page for the whole published period.
    """

    SHOWN = "shown"  # on the tracking page, after the code was entered
    HANDED = "handed"  # on paper, and signed for
    TELEPHONED = "telephoned"
    SENT = "sent"  # by mail or post, and not returned
    STANDING = "standing"


#: What each way must be able to show.
PROOF: dict[Way, frozenset[str]] = {
    Way.SHOWN: frozenset(),
    Way.HANDED: frozenset({"signed_by"}),
    Way.TELEPHONED: frozenset({"number", "person", "said", "written_copy_on"}),
    Way.SENT: frozenset({"handed_over_to"}),
    Way.STANDING: frozenset(),
}


def missing(way: Way, proof: Mapping[str, str]) -> tuple[str, ...]:
    """The parts of the proof that a way of telling still lacks, sorted."""
    return tuple(sorted(part for part in PROOF[way] if not proof.get(part, "").strip()))
