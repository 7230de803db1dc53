"""How much a colleague may promise as a remedy, from the roles they hold where. Pure.

A limit set for a unit binds that unit and all below it, and comes before those set above it.
"""

from collections.abc import Iterable, Mapping, Sequence

from pasokh.directory.organisation.roles import Role, rights_of

#: A role held in a unit and all below it; None is everywhere.
Held = tuple[Role, int | None]
#: (role, currency, unit) → smallest units.
Limits = Mapping[tuple[Role, str, int | None], int]
#: A unit, its parent and so on up, and None for the organisation.
Chain = Sequence[int | None]

#: Rights by which a remedy may be promised.
PROMISING = frozenset({"complaint.decide", "complaint.settle"})


def promises(role: Role) -> bool:
    """Whether a role lets its holder promise a remedy."""
    return bool(rights_of(role) & PROMISING)


def in_unit(chain: Chain, held: Iterable[Held], limits: Limits) -> dict[str, int]:
    """The most one may promise in the unit a chain begins with: currency → smallest units.

    Only roles that promise remedies count, whatever limits are set for others.
    """
    most: dict[str, int] = {}
    for role in {role for role, unit in held if unit in chain and promises(role)}:
        for currency in {currency for of, currency, _ in limits if of is role}:
            amount = _nearest(role, currency, chain, limits)
            most[currency] = max(amount, most.get(currency, 0))
    return most


def _nearest(role: Role, currency: str, chain: Chain, limits: Limits) -> int:
    return next(
        (limits[role, currency, unit] for unit in chain if (role, currency, unit) in limits), 0
    )
