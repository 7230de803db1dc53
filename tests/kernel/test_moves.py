"""The table behind every small state machine."""

from dataclasses import FrozenInstanceError
from enum import StrEnum

import pytest

from pasokh.kernel.moves import Moves


class Door(StrEnum):
    OPEN = "open"
    SHUT = "shut"
    LOCKED = "double-locked"


DOOR: Moves[Door, str] = Moves(
    {
        (None, "hang"): Door.OPEN,
        (Door.OPEN, "shut"): Door.SHUT,
        (Door.SHUT, "open"): Door.OPEN,
        (Door.SHUT, "turn-key"): Door.LOCKED,
    }
)


def test_a_step_leads_on_or_nowhere() -> None:
    assert DOOR.next_state(None, "hang") is Door.OPEN
    assert DOOR.next_state(Door.SHUT, "turn-key") is Door.LOCKED
    assert DOOR.next_state(Door.OPEN, "turn-key") is None


def test_the_steps_open_in_a_state_keep_the_order_of_the_table() -> None:
    assert DOOR.steps_from(Door.SHUT) == ("open", "turn-key")
    assert DOOR.steps_from(None) == ("hang",)
    assert DOOR.steps_from(Door.LOCKED) == ()


def test_reachable_follows_every_series_of_steps() -> None:
    assert DOOR.reachable() == frozenset(Door)
    assert DOOR.reachable(Door.LOCKED) == frozenset()
    assert DOOR.reachable(Door.OPEN) == frozenset(Door)


def test_the_table_draws_itself() -> None:
    assert DOOR.mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> open: hang",
        "    open --> shut: shut",
        "    shut --> open: open",
        "    shut --> double_locked: turn key",
    ]


def test_a_table_cannot_be_changed_afterwards() -> None:
    rows = {("a", "go"): "b"}
    moves = Moves(rows)
    rows["a", "stop"] = "a"

    assert moves.next_state("a", "stop") is None
    with pytest.raises(TypeError):
        moves.table["a", "stop"] = "a"  # type: ignore[index]
    with pytest.raises(FrozenInstanceError):
        moves.table = {}  # type: ignore[misc]
