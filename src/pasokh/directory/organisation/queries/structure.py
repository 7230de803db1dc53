"""The organisation and its tree of units."""

from collections.abc import Iterable, Mapping

from pasokh.directory.organisation.models import Organisation, Unit
from pasokh.kernel.configuration import kept
from pasokh.kernel.errors import Refused

#: A unit, its parent and so on up, and None for the whole organisation.
Chain = tuple[int | None, ...]


@kept
def organisation() -> Organisation | None:
    """The organisation as it describes itself; None before set-up."""
    return Organisation.objects.first()


def units() -> list[Unit]:
    """Every unit, retired ones too, with its parent, by code."""
    return list(_units())


def front_unit() -> int:
    """The unit that takes in what is addressed to no unit: the first of those above all others."""
    top = [unit.pk for unit in _units() if unit.parent_id is None and unit.retired_at is None]
    if not top:
        raise Refused("no-unit")
    return min(top)


def subtrees(unit_ids: Iterable[int]) -> dict[int, frozenset[int]]:
    """Each unit with all units below it, retired ones too."""
    wanted = list(unit_ids)
    found: dict[int, set[int]] = {unit: set() for unit in wanted}
    for unit, chain in _chains().items() if wanted else ():
        for above in found.keys() & set(chain):
            found[above].add(unit)
    return {root: frozenset(below) for root, below in found.items()}


def subtree(unit_id: int) -> frozenset[int]:
    """A unit and all units below it."""
    return subtrees([unit_id])[unit_id]


def chains(unit_ids: Iterable[int | None]) -> dict[int | None, Chain]:
    """Each unit with the units above it, nearest first, then None."""
    known = _chains()
    return {unit: (None,) if unit is None else known.get(unit, (None,)) for unit in unit_ids}


@kept
def _units() -> tuple[Unit, ...]:
    return tuple(Unit.objects.select_related("parent").order_by("code"))


@kept
def _chains() -> Mapping[int, Chain]:
    above = {unit.pk: unit.parent_id for unit in _units()}
    return {unit: _chain(unit, above) for unit in above}


def _chain(unit: int, above: Mapping[int, int | None]) -> Chain:
    line: list[int | None] = [unit]
    while (last := line[-1]) is not None:
        line.append(above[last])
    return tuple(line)
