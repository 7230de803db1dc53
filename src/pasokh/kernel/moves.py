"""The few lines that every small state machine shares: one table that every door reads."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Generic, TypeVar

State = TypeVar("State", bound=str)
Step = TypeVar("Step", bound=str)


@dataclass(frozen=True)
class Moves(Generic[State, Step]):
    """A table (state, step) → state; the state None is where nothing is there yet."""

    table: Mapping[tuple[State | None, Step], State]

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", MappingProxyType(dict(self.table)))

    def next_state(self, state: State | None, step: Step) -> State | None:
        """Return where a step leads, or None where it is not open."""
        return self.table.get((state, step))

    def steps_from(self, state: State | None) -> tuple[Step, ...]:
        """Return the steps open in a state, in the table's order."""
        return tuple(step for origin, step in self.table if origin == state)

    def reachable(self, start: State | None = None) -> frozenset[State]:
        """Return every state that some series of steps leads to."""
        seen: set[State] = set()
        fresh: set[State | None] = {start}
        while fresh:
            targets = {to for (origin, _), to in self.table.items() if origin in fresh}
            fresh = {*(targets - seen)}
            seen |= targets
        return frozenset(seen)

    def mermaid(self) -> str:
        """Draw the table as a Mermaid state diagram, for the documents."""
        arrows = (
            f"    {_node(origin)} --> {_node(to)}: {str(step).replace('-', ' ')}"
            for (origin, step), to in self.table.items()
        )
        return "\n".join(["stateDiagram-v2", *arrows])


def _node(state: str | None) -> str:
    return "[*]" if state is None else str(state).replace("-", "_")
