"""What a civic app may know of the complaints that it filed: facts that their people know, too.

It needs no right to read files for this, and reads none: no word of anybody's is among the values.
It has to be allowed to take in complaints still, and confidential files are not there for it
unless it may read those.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from django.db import connection

from pasokh.casework.complaints.lifecycle import OPEN, State
from pasokh.casework.complaints.milestones import times
from pasokh.casework.complaints.queries.queue import Key
from pasokh.casework.complaints.terms import OPEN311
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.fields import Bilingual, read


@dataclass(frozen=True)
class Wanted:
    """Which of them: by reference, by the app's own id, by time of receipt, state and category.

    A file without a category has the category "".
    """

    refs: Collection[str] | None = None
    own_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    states: Collection[State] | None = None
    categories: Collection[str] | None = None
    after: Key | None = None


@dataclass(frozen=True)
class Filed:
    """One of them. `due_at` is the day promised for the answer, while it is owed."""

    id: int
    ref: str
    state: State
    category: str
    unit: Bilingual | None
    received_at: datetime
    changed_at: datetime
    due_at: datetime | None

    @property
    def open(self) -> bool:
        """Whether it is being worked on."""
        return self.state in OPEN

    @property
    def key(self) -> Key:
        """Its place in the list."""
        return Key(self.received_at, self.id)


def source_id(actor: Actor, own_id: str) -> str:
    """Under which id is kept what an app calls by an id of its own: it says whose it is, and by
    which way it came, whatever a colleague makes of the channel.
    """
    return f"{OPEN311}:{actor.id}:{own_id}"


def filed(actor: Actor, wanted: Wanted, *, size: int) -> list[Filed]:
    """What a program filed as a civic app, the newest first: one statement."""
    if actor.kind is not Kind.CLIENT or actor.reach("complaint.receive") == frozenset():
        return []
    which, params = _which(actor, wanted)
    statement = _FILED.format(which=" AND ".join(which))
    with connection.cursor() as cursor:
        cursor.execute(statement, {**params, "client": actor.id, "size": size})
        return [_filed(*row) for row in cursor.fetchall()]


def _which(actor: Actor, wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    reach = actor.reach("complaint.read_confidential")
    own_id = None if wanted.own_id is None else source_id(actor, wanted.own_id)
    key = wanted.after
    told: dict[str, Any] = {
        "(NOT file.confidential OR file.unit_id = ANY(%(secret)s))": ("secret", _list(reach)),
        "file.ref = ANY(%(refs)s)": ("refs", _list(wanted.refs)),
        "file.source_id = %(own_id)s": ("own_id", own_id),
        "file.received_at >= %(since)s": ("since", wanted.since),
        "file.received_at <= %(until)s": ("until", wanted.until),
        "file.state = ANY(%(states)s)": ("states", _list(wanted.states)),
        "coalesce(category.code, '') = ANY(%(categories)s)": (
            "categories",
            _list(wanted.categories),
        ),
        "(file.received_at, file.id) < (%(key_at)s, %(key_id)s)": ("key_at", key and key.due_at),
    }
    asked = {clause: one for clause, one in told.items() if one[1] is not None}
    return ["true", *asked], {**dict(asked.values()), "key_id": key and key.id}


def _list(values: Collection[Any] | None) -> list[Any] | None:
    return None if values is None else sorted(values)


#: By which way it came stands in the statement as it does in the index.
_FILED = f"""
SELECT file.id, file.ref, file.state, file.stage, coalesce(category.code, ''), unit.name,
       file.received_at, file.recorded_at, file.closed_at, file.milestones::text,
       (SELECT max(clock.due_at) FROM casework_clock clock
        WHERE clock.complaint_id = file.id AND clock.stage = file.stage AND clock.duty
          AND clock.stopped_at IS NULL AND clock.name IN ('decide', 'respond', 'communicate'))
FROM casework_complaint file
JOIN directory_unit unit ON unit.id = file.unit_id
LEFT JOIN LATERAL (
    SELECT first.category_id FROM casework_issue first
    WHERE first.complaint_id = file.id ORDER BY first.number LIMIT 1
) issue ON true
LEFT JOIN policy_term category ON category.id = issue.category_id
WHERE file.source_id LIKE '{OPEN311}:%%' AND split_part(file.source_id, ':', 2) = %(client)s
  AND {{which}}
ORDER BY file.received_at DESC, file.id DESC
LIMIT %(size)s
"""  # noqa: S608  our words


def _filed(*row: Any) -> Filed:
    id_, ref, state, stage, category, unit, received, recorded, closed, milestones, due = row
    done = times(orjson.loads(milestones), stage).values()
    changed = closed if closed and state not in OPEN else max((recorded, *done))
    owed = due if state in OPEN else None
    return Filed(id_, ref, State(state), category, read(unit), received, changed, owed)
