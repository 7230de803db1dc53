"""A list as a file, made as the person who asked for it, with their rights of this moment."""

import errno
import logging
from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import override

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.queries.register import PIECE
from pasokh.casework.exports import actions, queries
from pasokh.casework.exports.lists import LISTS
from pasokh.casework.exports.lists.listed import Listed, Words
from pasokh.casework.exports.models import Export
from pasokh.casework.exports.states import AT_WORK, Format
from pasokh.channels.sheets import writing
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.kernel.files import Stored
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.ui.sentences import sentence

logger = logging.getLogger(__name__)


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
    by, listed = organisation.actor_for_staff(export.by_id, now()), LISTS[export.list]
    if by is None or not listed.may(by):
        raise Refused("exporter-gone")
    own = organisation.organisation()
    counted = _Counted(export, listed, by)
    with override(export.language):
        names = {one.code: str(one.name) for one in taxonomy.terms(Kind.CHANNEL)}
        zone = ZoneInfo(own.time_zone if own else "UTC")
        stored = _stored(export, counted, Words(export.language, zone, names, _said))
    actions.made(export.pk, stored, rows=counted.many, by=by, at=now())


def _said(code: str, facts: Any) -> str:
    return sentence(Refused(code, **facts))


class _Counted:
    """The lines of an export, counted while they pass; files are written down as read."""

    def __init__(self, export: Export, listed: Listed, by: Actor) -> None:
        self.export, self.listed, self.by, self.many = export, listed, by, 0

    def __iter__(self) -> Iterator[Any]:
        seen: list[Any] = []
        for one in self.listed.rows(self.by, self.export.filters, now()):
            seen.append(one)
            if len(seen) == PIECE:
                self._tell(seen)
            yield one
        self._tell(seen)

    def _tell(self, seen: list[Any]) -> None:
        self.many += len(seen)
        if self.listed.file is not None:
            read = [self.listed.file(one) for one in seen]
            complaints.log_readings(read, what="export", by=self.by, at=now())
        seen.clear()
        if not actions.progress(self.export.pk, self.many):
            raise Refused("no-such-export")


def _stored(export: Export, found: _Counted, words: Words) -> Stored:
    if export.format == Format.JSONL:
        columns = found.listed.columns
        return writing.put_lines(
            {name: cell(one, words) for name, (_heading, cell) in columns.items()} for one in found
        )
    if export.format == Format.CSV:
        return writing.put_csv(_table(found, words), mark=export.mark)
    return writing.put_xlsx(_table(found, words), right_to_left=words.language == "fa")


def _table(found: _Counted, words: Words) -> Iterator[Sequence[str]]:
    yield [str(heading) for heading, _cell in found.listed.columns.values()]
    cells = [cell for _heading, cell in found.listed.columns.values()]
    for one in found:
        yield [cell(one, words) for cell in cells]
