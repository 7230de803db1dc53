"""Those who do something about entries a moment later, each at its own pace.

A follower reads the log in its order. Its cursor moves in the transaction of its effect, so
an effect inside the database happens once; an effect outside is queued there. An entry that fails
holds up its own follower alone: tried again with growing pauses, never passed over.
"""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max

from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Cursor, Entry, Sequenced

#: Places read in one go.
BATCH = 500
#: Failures in a row after which a follower counts as stopped.
PATIENCE = 5
LONGEST_PAUSE = timedelta(hours=1)

Reaction = Callable[[Entry], None]

logger = logging.getLogger(__name__)

# The effect and the cursor are lost or kept together, so the commit need not wait for the disk.
_MOVE = """
UPDATE ledger_cursor SET position = %s, failures = 0, error = '', retry_at = NULL
WHERE name = %s AND position = %s RETURNING set_config('synchronous_commit', 'off', true)
"""


@dataclass(frozen=True)
class Follower:
    """A name, and what to do about each event. A reaction may run again after a rebuild.

    `reset` takes back what the reactions have built, in the transaction that returns to zero.
    """

    name: str
    reactions: Mapping[str, Reaction]
    reset: Callable[[], None] | None = None


@dataclass(frozen=True)
class State:
    """How a follower stands: entries still to read, and what holds it up."""

    name: str
    behind: int
    failures: int
    error: str
    retry_at: datetime | None

    @property
    def stopped(self) -> bool:
        return self.failures >= PATIENCE


def run_once(followers: Iterable[Follower], at: datetime) -> int:
    """Let each follower read one batch and return how many reactions were run."""
    return sum(_read_on(follower, at) for follower in followers)


@transaction.atomic
def rebuild(follower: Follower) -> None:
    """Send a follower back to the first entry, its earlier effects taken back."""
    Cursor.objects.get_or_create(name=follower.name)
    Cursor.objects.select_for_update().get(name=follower.name)
    if follower.reset:
        follower.reset()
    Cursor.objects.filter(name=follower.name).update(
        position=0, failures=0, error="", retry_at=None
    )


def retry(name: str) -> None:
    """End a follower's pause, after its cause has been mended."""
    Cursor.objects.filter(name=name).update(retry_at=None)


def states(followers: Iterable[Follower]) -> list[State]:
    """Return how each follower stands, in the order given."""
    size, cursors = _size(), {cursor.name: cursor for cursor in Cursor.objects.all()}
    found = [cursors.get(follower.name, Cursor(name=follower.name)) for follower in followers]
    return [
        State(cursor.name, size - cursor.position, cursor.failures, cursor.error, cursor.retry_at)
        for cursor in found
    ]


def _read_on(follower: Follower, at: datetime) -> int:
    cursor, _ = Cursor.objects.get_or_create(name=follower.name)
    if cursor.retry_at and cursor.retry_at > at:
        return 0
    position, stop = cursor.position, min(cursor.position + BATCH, _size())
    due = _due(follower, position, stop)
    for done, place in enumerate(due):
        if not _react(follower, place, position, at):
            return done
        position = place.index + 1
    if position < stop:
        _move(follower, position, stop)
    return len(due)


def _due(follower: Follower, start: int, stop: int) -> Sequence[Sequenced]:
    if start >= stop:
        return ()
    due = Sequenced.objects.filter(
        index__gte=start, index__lt=stop, entry__event__in=list(follower.reactions)
    )
    return list(due.select_related("entry").order_by("index"))


def _react(follower: Follower, place: Sequenced, position: int, at: datetime) -> bool:
    """Run one reaction and move the cursor, both or neither; False when it could not be done."""
    try:
        with transaction.atomic():
            if not _move(follower, position, place.index + 1):
                return False
            follower.reactions[place.entry.event](place.entry)
    except Exception as error:
        logger.exception("follower %s failed at place %s", follower.name, place.index)
        _hold(follower, position, error, at)
        return False
    return True


def _move(follower: Follower, position: int, to: int) -> bool:
    """Move the cursor from where we saw it; False when another process has moved it meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [to, follower.name, position])
        return cursor.fetchone() is not None


@transaction.atomic
def _hold(follower: Follower, position: int, error: Exception, at: datetime) -> None:
    """Note a failure by its kind alone, since its message may quote what people wrote."""
    cursor = Cursor.objects.select_for_update().get(name=follower.name)
    if cursor.position != position:
        return
    pause = min(timedelta(seconds=2 ** min(cursor.failures, 12)), LONGEST_PAUSE)
    cursor.failures += 1
    cursor.error = error.code if isinstance(error, Refused) else type(error).__name__
    cursor.retry_at = at + pause
    cursor.save()


def _size() -> int:
    last: int | None = Sequenced.objects.aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1
