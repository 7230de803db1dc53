"""The queue: the files one may see, by what is due next. Everything through the fence.

Pages are found by key (due date and id of the last line), so nothing shifts while somebody reads.
Statements are constant whatever the number of files; counts are exact up to `MOST`.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from pasokh.casework.complaints.lifecycle import OPEN, State
from pasokh.casework.complaints.queries.fenced import Fenced, fenced
from pasokh.casework.complaints.queries.lines import Line, Turn, lines
from pasokh.casework.complaints.queries.search import with_words
from pasokh.casework.complaints.terms import THEIRS
from pasokh.kernel.actors import Actor, Kind

#: Lines on one page, and the number up to which counts are exact and a register is printed.
PAGE, MOST = 25, 1000

# What is the same for everybody stands in the statements, so the database keeps their plans.
_THEIRS = "due_clock IN ({})".format(", ".join(f"'{clock}'" for clock in sorted(THEIRS)))
_OURS = _THEIRS.replace(" IN ", " NOT IN ")
_OPEN = "state IN ({})".format(", ".join(f"'{state}'" for state in sorted(OPEN)))
_IN_CATEGORY = (
    "EXISTS (SELECT FROM casework_issue WHERE complaint_id = found.id AND category_id = %s)"
)
_COUNTS = f"""
SELECT (SELECT count(*) FROM (SELECT FROM found LIMIT {{most}}) AS every),
    (SELECT count(*) FROM (SELECT FROM found WHERE due_at < %s AND {_OURS} LIMIT {{most}}) AS late),
    (SELECT count(*) FROM (
        (SELECT FROM found WHERE due_at >= %s AND due_at < %s AND {_OURS} LIMIT {{most}})
        UNION ALL (SELECT FROM found WHERE due_at < %s AND {_THEIRS} LIMIT {{most}})
        LIMIT {{most}}
    ) AS today)
"""  # noqa: S608  our words
_FIRST = "WHERE due_at IS NOT NULL ORDER BY due_at, id LIMIT {most}"
_DATED_AFTER = "WHERE (due_at, id) > (%s, %s) ORDER BY due_at, id LIMIT {most}"
_DATED_BEFORE = "WHERE (due_at, id) < (%s, %s) ORDER BY due_at DESC, id DESC LIMIT {most}"
_UNDATED_AFTER = "WHERE due_at IS NULL AND id > %s ORDER BY id LIMIT {most}"
_UNDATED_BEFORE = "WHERE due_at IS NULL AND id < %s ORDER BY id DESC LIMIT {most}"


class Group(StrEnum):
    """The parts of the queue, in the order in which they are shown."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"
    WAITING = "waiting"
    ENDED = "ended"


@dataclass(frozen=True)
class Filters:
    """What narrows the queue; each empty one narrows nothing.

    `state` is a state, `open` or `all`. `owner` is a colleague's id, `me` or `nobody`.
    """

    state: str = "open"
    clock: str = ""
    unit: int | None = None
    owner: str = ""
    category: int | None = None
    language: str = ""
    channel: str = ""
    overdue: bool = False
    text: str = ""


@dataclass(frozen=True)
class Key:
    """A place in the order: after (or before) the file with this due date and id."""

    due_at: datetime | None
    id: int

    def __str__(self) -> str:
        return f"{self.due_at.astimezone(UTC).isoformat() if self.due_at else ''}_{self.id}"

    @classmethod
    def read(cls, text: str) -> "Key | None":
        """Read a key from an address; None where somebody wrote something else."""
        due_at, _mark, number = text.rpartition("_")
        try:
            at = datetime.fromisoformat(due_at) if due_at else None
            if (at and at.tzinfo is None) or not 0 < int(number) < 2**63:
                return None
            return cls(at, int(number))
        except ValueError:
            return None


@dataclass(frozen=True)
class QueuePage:
    """One page: the groups that have lines, the keys of the pages around, the counts."""

    groups: tuple[tuple[Group, tuple[Line, ...]], ...]
    before: Key | None
    after: Key | None
    total: int
    late: int
    today: int

    @property
    def lines(self) -> tuple[Line, ...]:
        """All lines, in order."""
        return tuple(line for _group, lines in self.groups for line in lines)


@dataclass(frozen=True)
class Day:
    """The present: now, and when today and this week end where the office is."""

    now: datetime
    today_ends: datetime
    week_ends: datetime = field(default=datetime.max.replace(tzinfo=UTC))

    @classmethod
    def of(cls, now: datetime, midnight: datetime) -> "Day":
        """The day that ends at a midnight; seven days are a week."""
        return cls(now, midnight, midnight + timedelta(days=6))


def queue(
    actor: Actor,
    filters: Filters,
    day: Day,
    *,
    after: Key | None = None,
    before: Key | None = None,
    size: int = PAGE,
) -> QueuePage:
    """One page of the queue of an actor, by what is due next; three statements at most."""
    found = narrowed(actor, filters, day.now)
    page = _backwards(found, before, size) if before else _forwards(found, after, size)
    more = len(page) > size
    shown = page[-size:] if before and more else page[:size]
    total, late, today = _counts(found, day)
    return QueuePage(
        groups=_grouped(shown, day),
        before=_key(shown[0]) if shown and (after or (before and more)) else None,
        after=_key(shown[-1]) if shown and (more or before) else None,
        total=total,
        late=late,
        today=today,
    )


def narrowed(actor: Actor, filters: Filters, now: datetime) -> Fenced:
    """The files an actor may see that the filters let through, in no order."""
    found = _owned(_in_state(fenced(actor), filters.state), actor, filters.owner)
    if filters.clock:
        found = found.where("due_clock = %s", filters.clock)
    if filters.unit is not None:
        found = found.where("unit_id = %s", filters.unit)
    if filters.category is not None:
        found = found.where(_IN_CATEGORY, filters.category)
    if filters.language:
        found = found.where("language = %s", filters.language)
    if filters.channel:
        found = found.where("channel = %s", filters.channel)
    if filters.overdue:
        found = found.where(f"due_at < %s AND {_OURS}", now)
    return with_words(found, filters.text) if filters.text.strip() else found


def without(filters: Filters, name: str) -> Filters:
    """The filters with one taken off."""
    return replace(filters, **{name: getattr(Filters(), name)})


def _in_state(found: Fenced, wanted: str) -> Fenced:
    if wanted == "all":
        return found
    if wanted in set(State):
        return found.where("state = %s", wanted)
    return found.where(_OPEN)


def _owned(found: Fenced, actor: Actor, wanted: str) -> Fenced:
    if wanted == "nobody":
        return found.where("handler_id IS NULL")
    if wanted == "me" and actor.kind is Kind.STAFF:
        wanted = actor.id
    number = int(wanted) if wanted.isascii() and wanted.isdigit() else None
    return found if number is None else found.where("handler_id = %s", number)


def _counts(found: Fenced, day: Day) -> tuple[int, ...]:
    """How many there are, are late and are due today; none counted beyond one more than `MOST`.

    Due today is what ends today, and what waits for us since the complainant's time is over.
    """
    asked = _COUNTS.format(most=MOST + 1)
    return found.ask(asked, day.now, day.now, day.today_ends, day.now)[0]


def _forwards(found: Fenced, after: Key | None, size: int) -> list[Line]:
    dated: list[Line] = []
    if after is None:
        dated = lines(found, _FIRST.format(most=size + 1))
    elif after.due_at:
        dated = lines(found, _DATED_AFTER.format(most=size + 1), after.due_at, after.id)
    if len(dated) > size:
        return dated
    last = after.id if after and not after.due_at else 0
    return dated + lines(found, _UNDATED_AFTER.format(most=size + 1 - len(dated)), last)


def _backwards(found: Fenced, before: Key, size: int) -> list[Line]:
    undated: list[Line] = []
    last: tuple[datetime, int] = (datetime.max.replace(tzinfo=UTC), 0)
    if before.due_at:
        last = (before.due_at, before.id)
    else:
        undated = lines(found, _UNDATED_BEFORE.format(most=size + 1), before.id)
    left = size + 1 - len(undated)
    dated = lines(found, _DATED_BEFORE.format(most=left), *last) if left else []
    return [*reversed(dated), *reversed(undated)]


def _key(line: Line) -> Key:
    return Key(line.due_at, line.id)


def _grouped(shown: list[Line], day: Day) -> tuple[tuple[Group, tuple[Line, ...]], ...]:
    groups: dict[Group, list[Line]] = {}
    for line in shown:
        groups.setdefault(group_of(line, day), []).append(line)
    return tuple((group, tuple(groups[group])) for group in Group if group in groups)


def group_of(line: Line, day: Day) -> Group:
    """In which part of the queue a file stands."""
    if line.turn is Turn.NOBODY:
        return Group.ENDED
    if line.over(day.now):
        return Group.TODAY
    if line.turn in (Turn.THEIRS, Turn.HELD):
        return Group.WAITING
    if line.due_at is None or line.due_at >= day.week_ends:
        return Group.LATER
    if line.due_at < day.now:
        return Group.LATE
    return Group.TODAY if line.due_at < day.today_ends else Group.WEEK
