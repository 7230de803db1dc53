"""The organisation and its tree of units."""

from collections.abc import Iterable

from django.db import connection

from pasokh.directory.organisation.models import Organisation, Unit
from pasokh.kernel.errors import Refused

#: A unit, its parent and so on up, and None for the whole organisation.
Chain = tuple[int | None, ...]

_BELOW = """
WITH RECURSIVE below(root, id) AS (
    SELECT id, id FROM directory_unit WHERE id = ANY(%s)
    UNION
    SELECT below.root, unit.id FROM directory_unit unit JOIN below ON unit.parent_id = below.id
)
SELECT root, id FROM below
"""

_ABOVE = """
WITH RECURSIVE above(root, id, parent, distance) AS (
    SELECT id, id, parent_id, 0 FROM directory_unit WHERE id = ANY(%s)
    UNION ALL
    SELECT above.root, unit.id, unit.parent_id, distance + 1
    FROM directory_unit unit JOIN above ON unit.id = above.parent
)
SELECT root, id FROM above ORDER BY root, distance
"""


def organisation() -> Organisation | None:
    """The organisation as it describes itself; None before set-up."""
    return Organisation.objects.first()


def units() -> list[Unit]:
    """Every unit, retired ones too, with its parent, by code."""
    return list(Unit.objects.select_related("parent").order_by("code"))


def front_unit() -> int:
    """The unit that takes in what is addressed to no unit: the first of those above all others."""
    top = (
        Unit.objects.filter(parent=None, retired_at=None)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if (unit := top.first()) is None:
        raise Refused("no-unit")
    return unit


def subtrees(unit_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Each unit with all units below it, retired ones too, in one query."""
    found: dict[int, set[int]] = {unit: set() for unit in unit_ids}
    for root, unit in _rows(_BELOW, found):
        found[root].add(unit)
    return {root: frozenset(below) for root, below in found.items()}


def subtree(unit_id: int) -> frozenset[int]:
    """A unit and all units below it."""
    return subtrees([unit_id])[unit_id]


def chains(unit_ids: Iterable[int | None]) -> dict[int | None, Chain]:
    """Each unit with the units above it, nearest first, then None; in one query."""
    found: dict[int | None, Chain] = dict.fromkeys(unit_ids, ())
    for root, unit in _rows(_ABOVE, [unit for unit in found if unit is not None]):
        found[root] += (unit,)
    return {root: (*above, None) for root, above in found.items()}


def _rows(sql: str, unit_ids: Iterable[int]) -> list[tuple[int, int]]:
    if not (wanted := list(unit_ids)):
        return []
    with connection.cursor() as cursor:
        cursor.execute(sql, [wanted])
        return cursor.fetchall()
