"""Who acts. No actor, no act: the clock and programs are actors with named grants too."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

#: The units a grant reaches: a set of unit ids, or None for every unit there is or will be.
Reach = frozenset[int] | None

NOTHING: Mapping[str, Reach] = MappingProxyType({})


class Kind(StrEnum):
    STAFF = "staff"
    COMPLAINANT = "complainant"
    CLIENT = "client"
    CLOCK = "clock"


@dataclass(frozen=True)
class Actor:
    """One who acts, with the rights they have at this moment.

    `id` is the staff number, the complaint's reference (a complainant acts on that one file
    alone), the client's id, or the name of the line in the schedule.
    """

    kind: Kind
    id: str
    grants: Mapping[str, Reach] = field(default_factory=lambda: NOTHING)

    @property
    def code(self) -> str:
        """As written in the ledger: `staff:12`. Never a name."""
        return f"{self.kind}:{self.id}"

    @property
    def staff(self) -> int | None:
        """The id of a colleague; None for who is none."""
        return int(self.id) if self.kind is Kind.STAFF else None

    def reach(self, right: str) -> Reach:
        """The units in which this actor holds a right; an empty set when in none."""
        return self.grants.get(right, frozenset())

    def may(self, right: str, *, unit: int | None = None) -> bool:
        """Whether the right is held for this unit; without a unit, whether everywhere."""
        reach = self.reach(right)
        return reach is None or (unit is not None and unit in reach)


def clock(line: str, *rights: str) -> Actor:
    """The actor for a line of the schedule, holding the named rights everywhere."""
    return Actor(Kind.CLOCK, line, MappingProxyType(dict.fromkeys(rights)))
