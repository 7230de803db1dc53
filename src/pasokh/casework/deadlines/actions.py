"""The only writer of clocks, holds and extensions. Every verb on a complaint calls `redraw`.

Nothing is recorded in the ledger here: the verb that changed a milestone, a hold or a calendar
records what it did, and may add the moves that `redraw` returns. The caller holds the
complaint's lock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection

from pasokh.casework.deadlines import clocks, imposed, kept
from pasokh.casework.deadlines.clocks import GOING, Face, State
from pasokh.casework.deadlines.clocks import CaseClocks as CaseClocks
from pasokh.casework.deadlines.clocks import Moved as Moved
from pasokh.casework.deadlines.kept import Kept
from pasokh.casework.deadlines.models import Clock, Extension, Hold
from pasokh.casework.deadlines.rules import extension_refusal
from pasokh.casework.deadlines.working import dump
from pasokh.directory.organisation.calendar import Calendar
from pasokh.kernel import rows
from pasokh.kernel.errors import Refused
from pasokh.policy.regimes.pack import ClockRule, HoldCategory, Length, Pack, Unit

#: What `due_clock` says where a promise made in a conversation is due, a promised remedy, or a
#: letter that reached nobody.
PROMISE, REMEDY, LETTER = "promise", "remedy", "letter"
#: What may be due of a file that has ended.
OUTLASTING = frozenset({PROMISE, REMEDY, LETTER, imposed.NAME})

_TICK, _DAY = timedelta(microseconds=1), timedelta(days=1)
#: Days among which the next one is looked for on which somebody works.
_LOOKED_AT = 30


@dataclass(frozen=True)
class Redrawn:
    """The next thing due of a complaint and the clock it belongs to, and what moved.

    A duty of the organisation comes before a time that is the complainant's. A promise made in
    a conversation is as good as a duty, and so is a remedy once the decision was accepted, or when
    an outside body ordered it, until the end of its day. A letter that reached nobody is to be
    looked after by the end of the next working day. Without any `due_at` is None and `due_clock`
    empty.
    """

    due_at: datetime | None
    due_clock: str
    moves: list[Moved]


def redraw(case: CaseClocks, *, calendar: Calendar, pack: Pack, at: datetime) -> Redrawn:
    """Draw the clocks of one complaint anew and keep what changed, in at most two statements.

    `at` is when this is known: holidays learnt of later, or withdrawn before, do not count.
    """
    return _drawn(case, kept.read(case.id), calendar.as_known(at), pack, at)


def begin(case: CaseClocks, *, calendar: Calendar, pack: Pack, at: datetime) -> Redrawn:
    """Draw the first clocks of a complaint that has none yet, in one statement."""
    return _drawn(case, Kept(), calendar.as_known(at), pack, at)


def _drawn(case: CaseClocks, before: Kept, calendar: Calendar, pack: Pack, at: datetime) -> Redrawn:
    drawing = _Drawing(case, before, calendar, pack)
    _keep(drawing.changed(at))
    return drawing.redrawn()


def hold(case_id: int, *, category: str, reason: str, by: str, at: datetime) -> Hold:
    """Begin a hold; the caller has seen to it that none is open. `by` is an actor's code."""
    if category not in list(HoldCategory):
        raise Refused("no-such-hold-category", category=category)
    return Hold.objects.create(
        complaint_id=case_id, category=category, reason=reason, from_at=at, by=by
    )


def resume(case_id: int, *, at: datetime) -> Hold:
    """End the open hold. Refused: `not-held`, `hold-ends-before-it-began`."""
    open_hold = Hold.objects.filter(complaint_id=case_id, until_at=None).first()
    if open_hold is None:
        raise Refused("not-held")
    if at < open_hold.from_at:
        raise Refused("hold-ends-before-it-began", began=open_hold.from_at.isoformat())
    open_hold.until_at = at
    open_hold.save(update_fields=["until_at"])
    return open_hold


def extend(
    case_id: int,
    *,
    pack: Pack,
    stage: int,
    clock: str,
    amount: int,
    reason: str,
    by: str,
    at: datetime,
) -> Extension:
    """Grant a clock more time, in the unit of its regime's limit, as far as that allows.

    Refused with the codes of `extension_refusal`.
    """
    unit = _extendable(case_id, pack.clock(clock, stage), clock, stage, amount, at)
    return Extension.objects.create(
        complaint_id=case_id,
        clock=clock,
        stage=stage,
        amount=amount,
        unit=unit,
        reason=reason,
        by=by,
        at=at,
    )


def told_by(granted: Extension, *, letter: int) -> None:
    """Write down which letter tells of an extension."""
    granted.letter_id = letter
    granted.save(update_fields=["letter"])


def warned(clock_ids: Iterable[int], *, at: datetime) -> int:
    """Keep that warnings of these clocks went out; how many had not been kept before."""
    return _told("warned_at", clock_ids, at)


def alarmed(clock_ids: Iterable[int], *, at: datetime) -> int:
    """Keep that the passing of these deadlines was told; how many had not been kept before."""
    return _told("alarmed_at", clock_ids, at)


def _told(when: str, clock_ids: Iterable[int], at: datetime) -> int:
    kept = f"UPDATE casework_clock SET {when} = %s WHERE id = ANY(%s) AND {when} IS NULL"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(kept, [at, list(clock_ids)])
        return int(cursor.rowcount)


class _Drawing:
    """One complaint's clocks as they were kept and as they are drawn now."""

    def __init__(self, case: CaseClocks, before: Kept, calendar: Calendar, pack: Pack) -> None:
        self.case, self.calendar, self.pack, self.before = case, calendar, pack, before
        self.rows = {row.face.key: row for row in before.rows}
        self.kept = {key: row.face for key, row in self.rows.items()}
        ruled = [face for face in self.kept.values() if face.name != imposed.NAME]
        self.drawn = clocks.draw(case, ruled, before.given, calendar=calendar, pack=pack)
        self.drawn += [imposed.face(one, calendar) for one in before.imposed]

    def changed(self, at: datetime) -> list[dict[str, Any]]:
        """The rows to write: new, changed, or last found with another calendar."""
        return [
            self._row(face, at)
            for face in self.drawn
            if face != self.kept.get(face.key) or self._stale(face)
        ]

    def redrawn(self) -> Redrawn:
        due = [
            (not face.duty, face.due_at, face.name)
            for face in self.drawn
            if face.state is State.RUNNING and face.due_at
        ]
        if self.before.promised:
            due.append((False, self.before.promised, PROMISE))
        owed = self.before.owed if self.case.accepted else self.before.ordered
        if owed:
            due.append((False, self.calendar.midnight(owed) - _TICK, REMEDY))
        if self.before.lost:
            due.append((False, _next_day(self.before.lost, self.calendar), LETTER))
        _, at, clock = min(due, default=(False, None, ""))
        return Redrawn(at, clock, clocks.changes(list(self.kept.values()), self.drawn))

    def _stale(self, face: Face) -> bool:
        return face.state in GOING and self.rows[face.key].calendar_version != self.calendar.version

    def _row(self, face: Face, at: datetime) -> dict[str, Any]:
        """The row of a clock as drawn; what was told stays told unless it lies ahead again."""
        row = self.rows.get(face.key)
        return {
            "complaint_id": self.case.id,
            "name": face.name,
            "stage": face.stage,
            "round": face.round,
            "state": face.state,
            "duty": face.duty,
            "started_at": face.started_at,
            "due_at": face.due_at,
            "warn_at": face.warn_at,
            "warned_at": row.warned_at if row and not _ahead(face.warn_at, at) else None,
            "alarmed_at": row.alarmed_at if row and not _ahead(face.due_at, at) else None,
            "stopped_at": face.stopped_at,
            "working": dump(face.answer),
            "calendar_version": self.calendar.version,
            "pack": self.pack.id,
            "pack_digest": self.pack.digest,
        }


def _next_day(since: datetime, calendar: Calendar) -> datetime:
    """The end of the next day on which somebody works; of the very next, where nobody does."""
    first = calendar.local(since).date() + _DAY
    days = (first + n * _DAY for n in range(_LOOKED_AT))
    return calendar.midnight(next((day for day in days if calendar.day(day).worked), first)) - _TICK


def _ahead(instant: datetime | None, at: datetime) -> bool:
    return instant is not None and instant > at


def _keep(changed: Sequence[Mapping[str, Any]]) -> None:
    """Write new and changed clocks in one statement."""
    if changed:
        rows.write_told(_KEEP, changed)


_COLUMNS = (
    *("state", "duty", "started_at", "due_at", "warn_at", "warned_at", "alarmed_at"),
    *("stopped_at", "working", "calendar_version", "pack", "pack_digest"),
)
_ALL = ", ".join(("complaint_id", "stage", "name", "round", *_COLUMNS))
_KEEP = f"""
INSERT INTO casework_clock ({_ALL})
SELECT {_ALL} FROM jsonb_populate_recordset(NULL::casework_clock, %s::jsonb)
ON CONFLICT (complaint_id, stage, name, round) DO UPDATE SET
{", ".join(f"{name} = excluded.{name}" for name in _COLUMNS)}
"""  # noqa: S608  the names are ours


def _extendable(
    case_id: int, rule: ClockRule | None, clock: str, stage: int, amount: int, at: datetime
) -> Unit:
    """The unit in which a clock may be extended by an amount now, or a refusal."""
    of_clock = {"complaint_id": case_id, "stage": stage}
    earlier = Extension.objects.filter(clock=clock, **of_clock)
    granted = list(earlier.values_list("amount", flat=True))
    running = Clock.objects.filter(name=clock, state=State.RUNNING, **of_clock)
    due_at = running.values_list("due_at", flat=True).first()
    limit = rule.extension.most if rule and rule.extension else Length(0, Unit.WORKING_DAYS)
    if code := extension_refusal(rule, granted=granted, amount=amount, due_at=due_at, at=at):
        left = max(limit.amount - sum(granted), 0)
        raise Refused(code, clock=clock, most=limit.amount, left=left)
    return limit.unit
