"""A file as one line of a list: in the person's own words, whose turn it is, what is due when."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Substr

from pasokh.casework.complaints.actions.bracket import PROMISE, THEIRS
from pasokh.casework.complaints.lifecycle import OPEN, State
from pasokh.casework.complaints.models import Complaint, Issue
from pasokh.casework.deadlines.models import Hold
from pasokh.kernel.fields import Bilingual

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
    """One file in a list."""

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

    @property
    def turn(self) -> Turn:
        """Whose turn it is."""
        if self.state not in OPEN and self.clock != PROMISE:
            return Turn.NOBODY
        if self.held and self.due_at is None:
            return Turn.HELD
        return Turn.THEIRS if self.clock in THEIRS else Turn.OURS

    def late(self, now: datetime) -> bool:
        """Whether something of ours is overdue."""
        return self.turn is Turn.OURS and self.due_at is not None and self.due_at < now


def lines(cases: QuerySet[Complaint]) -> list[Line]:
    """Turn files, in the order given, into lines; one statement."""
    first = Issue.objects.filter(complaint=OuterRef("pk")).order_by("number")
    rows: Any = cases.annotate(
        first_words=Subquery(first.values(words=Substr("text", 1, WORDS + 1))[:1]),
        first_category=Subquery(first.values("category__name")[:1]),
        waits=Exists(Hold.objects.filter(complaint=OuterRef("pk"), until_at=None)),
    ).values_list(
        *("id", "ref", "first_words", "complainant__name", "anonymous", "language", "state"),
        *("stage", "priority", "safety", "unit__name", "handler__name", "first_category"),
        *("channel", "received_at", "due_at", "due_clock", "waits"),
    )
    return [_line(*row) for row in rows]


def _line(id_: int, ref: str, words: str | None, who: str | None, *rest: Any) -> Line:
    anonymous, language, state, stage, *more = rest
    return Line(
        id_, ref, _short(words or ""), who or "", anonymous, language, State(state), stage, *more
    )


def _short(words: str) -> str:
    told = " ".join(words.split())
    return told if len(told) <= WORDS else told[:WORDS].rsplit(" ", 1)[0] + "…"
