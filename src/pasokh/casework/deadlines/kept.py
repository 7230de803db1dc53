"""The clocks of one complaint as they are kept, and what changes them: one statement.

Every verb reads them, so the database answers with one JSON instead of rows of three tables.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.db import connection

from pasokh.casework.deadlines.clocks import Face, Given, State
from pasokh.casework.deadlines.due import Extended, Interval
from pasokh.casework.deadlines.imposed import Imposed
from pasokh.casework.deadlines.working import Answer, load
from pasokh.policy.regimes.pack import Length, Unit


@dataclass(frozen=True)
class Row:
    """One clock as it is kept: its face, the calendar it was found with, and what was told."""

    face: Face
    calendar_version: str
    warned_at: datetime | None
    alarmed_at: datetime | None


@dataclass(frozen=True)
class Kept:
    """What a drawing begins with: the clocks in the order in which they began, holds, extensions.

    `imposed` are the days that authorities named. `promised` is the first time by which somebody
    promised something in a conversation, `owed` the first day by which a remedy was promised that
    is not carried out, `ordered` the same of remedies that an outside body ordered. `lost` is
    when the first letter failed or came back that nobody has looked after: it was not told another
    way, none of its kind took its place, and no later one reached the person.
    """

    rows: Sequence[Row] = ()
    given: Given = field(default_factory=Given)
    imposed: Sequence[Imposed] = ()
    promised: datetime | None = None
    owed: date | None = None
    ordered: date | None = None
    lost: datetime | None = None


def read(complaint: int) -> Kept:
    """What is kept of a complaint's clocks."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [complaint] * 8)
        clocks, holds, extensions, inquiries, *promised = cursor.fetchone()
    given = _given(holds or (), extensions or ())
    imposed = [_imposed(one) for one in inquiries or ()]
    return Kept([_row(clock) for clock in clocks or ()], given, imposed, *promised)


_READ = """
SELECT (SELECT json_agg(clock ORDER BY stage, id)
        FROM (SELECT id, name, stage, round, state, duty, started_at, due_at, warn_at, warned_at,
                     alarmed_at, stopped_at, working::text, calendar_version
              FROM casework_clock WHERE complaint_id = %s) clock),
       (SELECT json_agg(hold) FROM casework_hold hold WHERE complaint_id = %s),
       (SELECT json_agg(extension ORDER BY at, id)
        FROM casework_extension extension WHERE complaint_id = %s),
       (SELECT json_agg(inquiry ORDER BY turn)
        FROM (SELECT stage, turn, received_at, due_on, answered_at FROM casework_inquiry
              WHERE complaint_id = %s AND due_on IS NOT NULL) inquiry),
       (SELECT min(promised_by) FROM casework_contact WHERE complaint_id = %s AND kept_at IS NULL),
       (SELECT min(due_on) FROM casework_remedy
        WHERE complaint_id = %s AND done_on IS NULL AND dropped_at IS NULL),
       (SELECT min(due_on) FROM casework_remedy
        WHERE complaint_id = %s AND done_on IS NULL AND ordered_in_id IS NOT NULL),
       (SELECT min(changed_at) FROM casework_letter lost
        WHERE complaint_id = %s AND state IN ('failed', 'returned') AND copy_of_id IS NULL
          AND NOT EXISTS (
            SELECT FROM casework_letter later
            WHERE later.complaint_id = lost.complaint_id AND later.id >= lost.id
              AND later.copy_of_id IS NULL AND (
                later.kind = lost.kind AND later.state NOT IN ('failed', 'returned', 'cancelled')
                OR EXISTS (SELECT FROM casework_telling
                           WHERE letter_id = later.id AND undone_at IS NULL))))
"""


def _row(clock: Mapping[str, Any]) -> Row:
    face = Face(
        name=clock["name"],
        stage=clock["stage"],
        round=clock["round"],
        state=State(clock["state"]),
        duty=clock["duty"],
        started_at=datetime.fromisoformat(clock["started_at"]),
        due_at=_at(clock["due_at"]),
        warn_at=_at(clock["warn_at"]),
        stopped_at=_at(clock["stopped_at"]),
        answer=_answer(clock["working"]),
    )
    told = _at(clock["warned_at"]), _at(clock["alarmed_at"])
    return Row(face, clock["calendar_version"], *told)


@lru_cache(maxsize=1000)
def _answer(working: str) -> Answer:
    """A working as it was kept: what one verb has read is often read by the next."""
    return load(json.loads(working))


def _given(holds: Sequence[Mapping[str, Any]], extensions: Sequence[Mapping[str, Any]]) -> Given:
    granted: dict[tuple[str, int], list[Extended]] = {}
    for one in extensions:
        more = Extended(Length(one["amount"], Unit(one["unit"])), datetime.fromisoformat(one["at"]))
        granted.setdefault((one["clock"], one["stage"]), []).append(more)
    return Given([_interval(one) for one in holds], granted)


def _interval(hold: Mapping[str, Any]) -> Interval:
    since = datetime.fromisoformat(hold["from_at"])
    return Interval(since, _at(hold["until_at"]), hold["category"])


def _imposed(inquiry: Mapping[str, Any]) -> Imposed:
    return Imposed(
        stage=inquiry["stage"],
        turn=inquiry["turn"],
        since=datetime.fromisoformat(inquiry["received_at"]),
        due_on=date.fromisoformat(inquiry["due_on"]),
        answered_at=_at(inquiry["answered_at"]),
    )


def _at(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
