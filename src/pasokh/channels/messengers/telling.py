"""How a complaint stands, said to a party of it; and what an answer in a chat tells."""

from datetime import datetime
from zoneinfo import ZoneInfo

from pasokh.casework.complaints.queries import complaint_for, tracking
from pasokh.casework.intake.conversations import queries
from pasokh.casework.intake.conversations.steps import Talk, Turn
from pasokh.casework.intake.conversations.words import say
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import dates
from pasokh.kernel.actors import Actor, Kind

#: How many complaints are told of when no reference was written.
MOST = 5


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
