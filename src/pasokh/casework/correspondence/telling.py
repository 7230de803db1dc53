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
    TEXTED = "texted"  # by a text that the telephone has, as its network reports
    CHATTED = "chatted"  # in their chat, by a message that the messenger took
    STANDING = "standing"


#: What each way must be able to show.
PROOF: dict[Way, frozenset[str]] = {
    Way.SHOWN: frozenset(),
    Way.HANDED: frozenset({"signed_by"}),
    Way.TELEPHONED: frozenset({"number", "person", "said", "written_copy_on"}),
    Way.SENT: frozenset({"handed_over_to"}),
    Way.TEXTED: frozenset({"number", "gateway", "message_id", "text_sha256"}),
    Way.CHATTED: frozenset({"messenger", "message_id", "text_sha256"}),
    Way.STANDING: frozenset(),
}

#: What was sent by whatever hand: it has left the house, and can come back.
LEFT = frozenset({Way.SENT, Way.HANDED, Way.TEXTED})
#: What a letter that comes back had told.
UNDONE = frozenset({Way.SENT, Way.TEXTED})


def missing(way: Way, proof: Mapping[str, str]) -> tuple[str, ...]:
    """The parts of the proof that a way of telling still lacks, sorted."""
    return tuple(sorted(part for part in PROOF[way] if not proof.get(part, "").strip()))
