"""How a complaint stands, said to a party of it; and what an answer in a chat tells."""

import logging
from datetime import datetime
from hashlib import sha256
from zoneinfo import ZoneInfo

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.queries import complaint_for, tracking
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.intake.conversations import queries
from pasokh.casework.intake.conversations.queries import Place
from pasokh.casework.intake.conversations.steps import Talk, Turn
from pasokh.casework.intake.conversations.words import say
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import actors, dates
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused

#: How many complaints are told of when no reference was written.
MOST = 5
#: The rights that telling a receipt needs, and no other.
BY = actors.clock("messengers", "complaint.write", "complaint.acknowledge")

logger = logging.getLogger(__name__)


def receipt_taken(place: Place, ref: str, text: str, taken: str, *, at: datetime) -> None:
    """Write down that a messenger took the receipt of a complaint: they were told of it.

    `taken` is the messenger's id of the message; said twice after a kill, it is told once.
    """
    letter = queries.untold_receipt(ref)
    if letter is None or not taken:
        return
    proof = {
        "messenger": f"{place.kind} {place.id}",
        "message_id": taken,
        "text_sha256": sha256(text.encode()).hexdigest(),
    }
    try:
        complaints.told(
            ref, letter=letter, way=Way.CHATTED, proof=proof, happened_at=at, by=BY, at=at
        )
    except Refused as refused:
        logger.info("the receipt of %s was not told: %s", ref, refused.code)


def status(turn: Turn, own: list[str], *, at: datetime) -> list[str]:
    """The state of the file asked for, or of all of theirs; of a stranger's, that there is none."""
    talk = turn.talk
    if turn.ref:
        if turn.ref not in own:
            return [say("status_none", talk.language)]
        return [_one(turn.ref, talk)]
    return [_one(ref, talk) for ref in own[:MOST]] or [say("status_which", talk.language)]


def _one(ref: str, talk: Talk) -> str:
    by = Actor(Kind.COMPLAINANT, ref)
    case = complaint_for(by, ref)
    state = say(f"state.{case.state}", talk.language)
    said = [say("status", talk.language, ref=ref, state=state)]
    if coming := tracking.next_dates(by):
        house = organisation.organisation()
        zone = ZoneInfo(house.time_zone if house else "UTC")
        if due := coming[0].due_at:
            said.append(
                say("status_due", talk.language, day=dates.as_date(due, talk.language, zone))
            )
    if queries.asked(case):
        said.append(say("status_question", talk.language))
    return " ".join(said)
