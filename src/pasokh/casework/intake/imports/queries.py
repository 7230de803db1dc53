"""Imports as whoever handed them in may see them: their own."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from pasokh.casework.intake.imports.columns import Reading, layout_of
from pasokh.casework.intake.imports.models import Import, ImportLayout, ImportRow
from pasokh.casework.intake.imports.states import Fate
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused

#: Imports in the list, and rows with their reasons on a page.
SHOWN, ROWS = 50, 100


def own(actor: Actor) -> list[Import]:
    """The imports of a colleague, the newest first."""
    if actor.kind is not Kind.STAFF:
        return []
    return list(Import.objects.filter(by=int(actor.id)).order_by("-id")[:SHOWN])


def import_for(actor: Actor, sheet_id: int) -> Import:
    """An import of a colleague's own; refused in the same words whether it is there or not."""
    found = Import.objects.filter(pk=sheet_id).first()
    if found is None or actor.kind is not Kind.STAFF or found.by_id != int(actor.id):
        raise Refused("no-such-import")
    return found


def at_work(sheet_id: int) -> Import | None:
    """An import for the job that works on it; None where it was forgotten."""
    return Import.objects.select_related("by").filter(pk=sheet_id).first()


def refused_rows(sheet: Import, limit: int = ROWS) -> list[ImportRow]:
    """The rows that are refused, in their order."""
    found = ImportRow.objects.filter(sheet=sheet, fate=Fate.REFUSED).order_by("number")
    return list(found[:limit])


def rows_of(actor: Actor, sheet_id: int) -> QuerySet[ImportRow]:
    """What became of each row of a colleague's own import, in order; nobody else's has any."""
    own = int(actor.id) if actor.kind is Kind.STAFF else 0
    found = ImportRow.objects.filter(sheet=sheet_id, sheet__by=own)
    return found.select_related("complaint").order_by("number")


def short_rows(sheet: Import, limit: int = ROWS) -> list[tuple[int, str, dict[str, Any]]]:
    """Number, code and facts of rows that were filed, but not as far as they say, in order."""
    found = ImportRow.objects.filter(sheet=sheet, fate=Fate.FILED).exclude(code="")
    return list(found.order_by("number").values_list("number", "code", "facts")[:limit])


def short(sheet: Import) -> int:
    """How many rows were filed, but not as far as they say."""
    return ImportRow.objects.filter(sheet=sheet, fate=Fate.FILED).exclude(code="").count()


def reasons(sheet: Import) -> Iterator[tuple[int, str, dict[str, Any]]]:
    """Number, code and facts of every row that is refused, in order."""
    found = ImportRow.objects.filter(sheet=sheet, fate=Fate.REFUSED).order_by("number")
    return found.values_list("number", "code", "facts").iterator(2000)


def same_before(sheet: Import) -> Import | None:
    """The last import of the very same bytes of which something was filed, whoever's it was."""
    return (
        Import.objects.filter(digest=sheet.digest, filed__gt=0, pk__lt=sheet.pk)
        .order_by("-id")
        .first()
    )


def known(keys: list[str]) -> set[str]:
    """Those of the keys by which a row was filed."""
    found = ImportRow.objects.filter(fate=Fate.FILED, key__in=keys)
    return set(found.values_list("key", flat=True))


def remembered(headings: list[str]) -> Reading | None:
    """How sheets with these headings were read last."""
    found = ImportLayout.objects.filter(layout=layout_of(headings)).first()
    return Reading.read(found.reading) if found else None
