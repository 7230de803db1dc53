"""What became of each row of a spreadsheet, for whoever handed it in."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pasokh.casework.exports.lists.listed import Columns, Listed, Narrowed, named, number, reads
from pasokh.casework.intake.imports import queries
from pasokh.casework.intake.imports.actions import RIGHT
from pasokh.casework.intake.imports.models import ImportRow
from pasokh.casework.intake.imports.states import Fate
from pasokh.kernel.actors import Actor

_FATES = {
    Fate.FILED: _("Filed"),
    Fate.SEEN: _("Known before, not filed again"),
    Fate.REFUSED: _("Refused"),
}
_COLUMNS: Columns = {
    "row": (_("Row"), lambda one, _words: str(one.number)),
    "became": (_("What became of it"), lambda one, _words: named(_FATES, one.fate)),
    "reference": (_("Reference"), lambda one, _words: one.complaint.ref if one.complaint else ""),
    "why": (_("Why"), lambda one, words: words.say(one.code, one.facts) if one.code else ""),
}


def _found(actor: Actor, narrowed: Narrowed) -> QuerySet[ImportRow]:
    return queries.rows_of(actor, int(narrowed.get("sheet", 0)))


def _count(actor: Actor, narrowed: Narrowed, _now: datetime) -> int:
    return _found(actor, narrowed).count()


def _rows(actor: Actor, narrowed: Narrowed, _now: datetime) -> Iterator[ImportRow]:
    return _found(actor, narrowed).iterator(500)


ROWS = Listed(
    *("rows", _("Rows of a spreadsheet"), reads(RIGHT), _count, _rows, _COLUMNS),
    narrowed=lambda asked: number(asked, "sheet"),
)
