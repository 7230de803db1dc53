"""The queue: the files one may see, by what is due next. Everything through the fence.

Pages are found by key (due date and id of the last line), so nothing shifts while somebody reads.
Statements are constant whatever the number of files; counts are exact up to `MOST`.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from pasokh.casework.complaints.actions.bracket import THEIRS
from pasokh.casework.complaints.lifecycle import OPEN, State
from pasokh.casework.complaints.models import Complaint, Issue
from pasokh.casework.complaints.queries.fence import visible_to
from pasokh.casework.complaints.queries.lines import Line, Turn, lines
from pasokh.casework.complaints.queries.search import with_words
from pasokh.kernel.actors import Actor, Kind

#: Lines on one page, and the number up to which counts are exact.
PAGE, MOST = 25, 1000


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
) -> QueuePage:
    """One page of the queue of an actor, by what is due next; six statements at most."""
    found = narrowed(actor, filters, day.now)
    page = _backwards(found, before) if before else _forwards(found, after)
    more = len(page) > PAGE
    shown = page[-PAGE:] if before and more else page[:PAGE]
    ours = found.filter(due_at__isnull=False).exclude(due_clock__in=THEIRS)
    return QueuePage(
        groups=_grouped(shown, day),
        before=_key(shown[0]) if shown and (after or (before and more)) else None,
        after=_key(shown[-1]) if shown and (more or before) else None,
        total=_count(found),
        late=_count(ours.filter(due_at__lt=day.now)),
        today=_count(ours.filter(due_at__gte=day.now, due_at__lt=day.today_ends)),
    )


def narrowed(actor: Actor, filters: Filters, now: datetime) -> QuerySet[Complaint]:
    """The files an actor may see that the filters let through, in no order."""
    found = visible_to(actor).filter(_state(filters.state), _owner(actor, filters.owner))
    if filters.clock:
        found = found.filter(due_clock=filters.clock)
    if filters.unit is not None:
        found = found.filter(unit=filters.unit)
    if filters.category is not None:
        in_it = Issue.objects.filter(complaint=OuterRef("pk"), category=filters.category)
        found = found.filter(Exists(in_it))
    if filters.language:
        found = found.filter(language=filters.language)
    if filters.channel:
        found = found.filter(channel=filters.channel)
    if filters.overdue:
        found = found.filter(due_at__lt=now).exclude(due_clock__in=THEIRS)
    return with_words(found, filters.text) if filters.text.strip() else found


def without(filters: Filters, name: str) -> Filters:
    """The filters with one taken off."""
    return replace(filters, **{name: getattr(Filters(), name)})


def _state(wanted: str) -> Q:
    if wanted == "all":
        return Q()
    if wanted in set(State):
        return Q(state=wanted)
    return Q(state__in=sorted(OPEN))


def _owner(actor: Actor, wanted: str) -> Q:
    if wanted == "me" and actor.kind is Kind.STAFF:
        return Q(handler=int(actor.id))
    if wanted == "nobody":
        return Q(handler__isnull=True)
    return Q(handler=int(wanted)) if wanted.isascii() and wanted.isdigit() else Q()


def _forwards(found: QuerySet[Complaint], after: Key | None) -> list[Line]:
    dated: list[Line] = []
    undated = found.filter(due_at__isnull=True).order_by("id")
    if after is None or after.due_at is not None:
        rows = found.filter(due_at__isnull=False)
        if after and after.due_at:
            past = Q(due_at__gt=after.due_at) | Q(id__gt=after.id)
            rows = rows.filter(past, due_at__gte=after.due_at)
        dated = lines(rows.order_by("due_at", "id")[: PAGE + 1])
    elif after:
        undated = undated.filter(id__gt=after.id)
    return dated + lines(undated[: PAGE + 1 - len(dated)]) if len(dated) <= PAGE else dated


def _backwards(found: QuerySet[Complaint], before: Key) -> list[Line]:
    undated: list[Line] = []
    rows = found.filter(due_at__isnull=False)
    if before.due_at is None:
        earlier = found.filter(due_at__isnull=True, id__lt=before.id)
        undated = lines(earlier.order_by("-id")[: PAGE + 1])
    else:
        past = Q(due_at__lt=before.due_at) | Q(id__lt=before.id)
        rows = rows.filter(past, due_at__lte=before.due_at)
    latest = rows.order_by(F("due_at").desc(), "-id")
    dated = lines(latest[: PAGE + 1 - len(undated)]) if len(undated) <= PAGE else []
    return [*reversed(dated), *reversed(undated)]


def _key(line: Line) -> Key:
    return Key(line.due_at, line.id)


def _count(found: QuerySet[Complaint]) -> int:
    """How many, up to one more than `MOST`."""
    return found.order_by().values("pk")[: MOST + 1].count()


def _grouped(shown: list[Line], day: Day) -> tuple[tuple[Group, tuple[Line, ...]], ...]:
    groups: dict[Group, list[Line]] = {}
    for line in shown:
        groups.setdefault(group_of(line, day), []).append(line)
    return tuple((group, tuple(groups[group])) for group in Group if group in groups)


def group_of(line: Line, day: Day) -> Group:
    """In which part of the queue a file stands."""
    if line.turn is Turn.NOBODY:
        return Group.ENDED
    if line.turn in (Turn.THEIRS, Turn.HELD):
        return Group.WAITING
    if line.due_at is None or line.due_at >= day.week_ends:
        return Group.LATER
    if line.due_at < day.now:
        return Group.LATE
    return Group.TODAY if line.due_at < day.today_ends else Group.WEEK
