"""A file as one line of a list: in the person's own words, whose turn it is, what is due when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from pasokh.casework.complaints.lifecycle import OPEN, State
from pasokh.casework.complaints.queries.contacts import called
from pasokh.casework.complaints.queries.fenced import Fenced
from pasokh.casework.complaints.terms import THEIRS
from pasokh.casework.correspondence.queries import REACHED_NOBODY
from pasokh.casework.deadlines.actions import OUTLASTING
from pasokh.kernel.actors import Reach
from pasokh.kernel.fields import Bilingual, read

#: Characters of the person's words that a line shows at most.
WORDS = 160


class Turn(StrEnum):
    """Who has to do something next."""

    OURS = "ours"
    THEIRS = "theirs"
    HELD = "held"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Line:
    """One file in a list; `lost` says that a letter of it reached nobody."""

    id: int
    ref: str
    words: str
    who: str
    anonymous: bool
    language: str
    state: State
    stage: int
    priority: int | None
    safety: bool
    unit: Bilingual
    handler: Bilingual | None
    category: Bilingual | None
    channel: str
    received_at: datetime
    due_at: datetime | None
    clock: str
    held: bool
    lost: bool

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        if self.state not in OPEN and self.clock not in OUTLASTING:
            return Turn.NOBODY
        if self.held and self.due_at is None:
            return Turn.HELD
        return Turn.THEIRS if self.clock in THEIRS else Turn.OURS

    def over(self, now: datetime) -> bool:
        """Whether the complainant's time has passed, so that the next step is ours."""
        return self.turn is Turn.THEIRS and self.due_at is not None and self.due_at < now

    def late(self, now: datetime) -> bool:
        """Whether something of ours is overdue."""
        return self.turn is Turn.OURS and self.due_at is not None and self.due_at < now


def lines(found: Fenced, which: str = "", *params: Any) -> list[Line]:
    """Files as lines, in one statement; `which` may narrow, order and cut them."""
    return [_line(found.contacts, *row) for row in found.ask(_LINES.format(which=which), *params)]


_LINES = f"""
, page AS (
    SELECT id, row_number() OVER () AS place FROM (SELECT id FROM found {{which}}) AS asked
)
SELECT file.unit_id, file.id, file.ref, issue.words, person.name, file.anonymous, file.language,
       file.state, file.stage, file.priority, file.safety, unit.name, handler.name, category.name,
       file.channel, file.received_at, file.due_at, file.due_clock,
       EXISTS (SELECT FROM casework_hold WHERE complaint_id = file.id AND until_at IS NULL),
       EXISTS (SELECT FROM casework_letter lost WHERE lost.complaint_id = file.id
               AND lost.copy_of_id IS NULL AND {REACHED_NOBODY})
FROM page
JOIN casework_complaint file ON file.id = page.id
JOIN directory_unit unit ON unit.id = file.unit_id
LEFT JOIN directory_staff handler ON handler.id = file.handler_id
LEFT JOIN directory_person person ON person.id = file.complainant_id
LEFT JOIN LATERAL (
    SELECT substr(first.text, 1, {WORDS + 1}) AS words, first.category_id FROM casework_issue first
    WHERE first.complaint_id = file.id ORDER BY first.number LIMIT 1
) issue ON true
LEFT JOIN policy_term category ON category.id = issue.category_id
ORDER BY page.place
"""  # noqa: S608  our numbers


def _line(contacts: Reach, in_unit: int, *row: Any) -> Line:
    id_, ref, words, who, anonymous, language, state, stage, priority, safety, *rest = row
    unit, handler, category, *more = rest
    who = called(who or "", in_unit, contacts)
    return Line(
        *(id_, ref, _short(words or ""), who, anonymous, language, State(state), stage),
        *(priority, safety, read(unit), read(handler), read(category), *more),
    )


def _short(words: str) -> str:
    told = " ".join(words.split())
    return told if len(words) <= WORDS else told[:WORDS].rsplit(" ", 1)[0] + "…"
