"""A list as a file, made as the person who asked for it, with their rights of this moment."""

import errno
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.labels import CLOSINGS, LANGUAGES, OUTCOMES, STATES
from pasokh.casework.complaints.queries.queue import Filters
from pasokh.casework.complaints.queries.register import PIECE, Registered, registered
from pasokh.casework.deadlines.labels import CLOCKS
from pasokh.casework.exports import actions, queries
from pasokh.casework.exports.models import Export
from pasokh.casework.exports.states import AT_WORK, Format
from pasokh.channels.sheets import writing
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import dates
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.kernel.files import Stored
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Words:
    """How the cells of one export are written."""

    language: str
    zone: ZoneInfo
    channels: dict[str, str]

    def at(self, when: datetime | None) -> str:
        """An instant in the reader's calendar."""
        return dates.short_datetime(when, self.language, self.zone) if when else ""

    def iso(self, when: datetime | None) -> str:
        """An instant for programs, by ISO 8601, with the offset of the office."""
        return when.astimezone(self.zone).isoformat(timespec="seconds") if when else ""

    def yes(self, answer: bool) -> str:
        """A yes as such, and a no as nothing."""
        return str(_("Yes")) if answer else ""


Cell = Callable[[Registered, Words], str]

#: The columns by the name a program knows them by: heading, and the cell of a file.
COLUMNS: dict[str, tuple[Any, Cell]] = {
    "reference": (_("Reference"), lambda one, _words: one.ref),
    "state": (_("Where it lies"), lambda one, _words: named(STATES, one.state)),
    "stage": (_("Stage"), lambda one, _words: str(one.stage)),
    "priority": (_("Priority"), lambda one, _words: str(one.priority or "")),
    "danger": (_("Danger"), lambda one, words: words.yes(one.safety)),
    "received": (_("Received"), lambda one, words: words.at(one.received_at)),
    "received_iso": (_("Received (ISO)"), lambda one, words: words.iso(one.received_at)),
    "due": (_("Due"), lambda one, words: words.at(one.due_at)),
    "due_iso": (_("Due (ISO)"), lambda one, words: words.iso(one.due_at)),
    "what_is_due": (_("What is due"), lambda one, _words: named(CLOCKS, one.clock)),
    "held": (_("On hold"), lambda one, words: words.yes(one.held)),
    "unit": (_("Unit"), lambda one, _words: str(one.unit or "")),
    "handler": (_("Who has it"), lambda one, _words: str(one.handler or "")),
    "category": (_("Category"), lambda one, _words: str(one.category or "")),
    "product": (_("Product"), lambda one, _words: str(one.product or "")),
    "model": (_("Product and model"), lambda one, _words: one.model),
    "order_number": (_("Order number"), lambda one, _words: one.order_number),
    "channel": (
        _("Channel"),
        lambda one, words: words.channels.get(one.channel, one.channel),
    ),
    "language": (_("Language"), lambda one, _words: named(LANGUAGES, one.language)),
    "complainant": (_("Who complains"), lambda one, _words: one.who),
    "anonymous": (_("Anonymous"), lambda one, words: words.yes(one.anonymous)),
    "confidential": (_("Confidential"), lambda one, words: words.yes(one.confidential)),
    "words": (_("In their words"), lambda one, _words: one.words),
    "outcome": (_("Outcome"), lambda one, _words: named(OUTCOMES, one.outcome)),
    "closed": (_("Closed"), lambda one, words: words.at(one.closed_at)),
    "closed_iso": (_("Closed (ISO)"), lambda one, words: words.iso(one.closed_at)),
    "closed_by": (_("How it ended"), lambda one, _words: named(CLOSINGS, one.closing)),
}


def named(names: Any, code: str) -> str:
    """What a code is called; nothing for none."""
    return str(names.get(code, code)) if code else ""


def make(export_id: int) -> None:
    """Make the file of an export; begun again it is made anew."""
    export = queries.at_work(export_id)
    if export is None or export.state not in AT_WORK:
        return
    try:
        _make(export)
    except Refused as refused:
        actions.fail(export.pk, refused.code)
    except Exception as error:
        full = isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
        actions.fail(export.pk, "no-space" if full else "export-broke-off")
        if not full:
            logger.exception("export %s could not be made", export.pk)


def _make(export: Export) -> None:
    by = organisation.actor_for_staff(export.by_id, now())
    if by is None or by.reach("complaint.read") == frozenset():
        raise Refused("exporter-gone")
    own = organisation.organisation()
    counted = _Counted(export, by)
    with override(export.language):
        names = {one.code: str(one.name) for one in taxonomy.terms(Kind.CHANNEL)}
        words = Words(export.language, ZoneInfo(own.time_zone if own else "UTC"), names)
        stored = _stored(export, counted, words)
    actions.made(export.pk, stored, rows=counted.many, by=by, at=now())


class _Counted:
    """The files of an export, counted and written down as read while they pass."""

    def __init__(self, export: Export, by: Actor) -> None:
        self.export, self.by, self.many = export, by, 0

    def __iter__(self) -> Iterator[Registered]:
        seen: list[int] = []
        for one in registered(self.by, Filters(**self.export.filters), now()):
            seen.append(one.id)
            if len(seen) == PIECE:
                self._tell(seen)
            yield one
        self._tell(seen)

    def _tell(self, seen: list[int]) -> None:
        self.many += len(seen)
        complaints.log_readings(seen, what="export", by=self.by, at=now())
        seen.clear()
        if not actions.progress(self.export.pk, self.many):
            raise Refused("no-such-export")


def _stored(export: Export, found: _Counted, words: Words) -> Stored:
    if export.format == Format.JSONL:
        return writing.put_lines(
            {name: cell(one, words) for name, (_heading, cell) in COLUMNS.items()} for one in found
        )
    if export.format == Format.CSV:
        return writing.put_csv(_table(found, words), mark=export.mark)
    return writing.put_xlsx(_table(found, words), right_to_left=words.language == "fa")


def _table(found: _Counted, words: Words) -> Iterator[Sequence[str]]:
    yield [str(heading) for heading, _cell in COLUMNS.values()]
    cells = [cell for _heading, cell in COLUMNS.values()]
    for one in found:
        yield [cell(one, words) for cell in cells]
