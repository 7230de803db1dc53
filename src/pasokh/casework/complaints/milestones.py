"""What was done in a complaint, stage by stage, and when: happened and recorded. Pure.

Kept as plain data on the complaint's own row, so that reading a file's dates costs nothing:
`{"1": {"received": [happened, recorded]}, "void": [[stage, name, happened, recorded, voided]]}`.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

Data = dict[str, Any]


class Milestone(StrEnum):
    """Things done that clocks and the closing contract read (ISO 10002:2018, 7.2 to 7.9)."""

    RECEIVED = "received"
    ACKNOWLEDGED = "acknowledged"
    ASSESSED = "assessed"
    INVESTIGATED = "investigated"
    UPDATED = "updated"
    DECIDED = "decided"
    COMMUNICATED = "communicated"
    ANSWERED = "answered"
    REFUSED = "refused"
    ROUTES_TOLD = "routes_told"
    NOTICED = "noticed"
    TRIED_AGAIN = "tried_again"
    CLOSED = "closed"


def mark(
    data: Data, stage: int, name: Milestone, *, happened: datetime, recorded: datetime
) -> Data:
    """Return the data with a milestone set; a repeated one (an update) moves to the newer time."""
    of_stage = {**data.get(str(stage), {}), str(name): [_text(happened), _text(recorded)]}
    return {**data, str(stage): of_stage}


def void(data: Data, stage: int, name: Milestone, *, at: datetime) -> Data:
    """Return the data without a milestone, which is kept among the voided with the time."""
    of_stage = dict(data.get(str(stage), {}))
    if str(name) not in of_stage:
        return data
    gone = [stage, str(name), *of_stage.pop(str(name)), _text(at)]
    return {**data, str(stage): of_stage, "void": [*data.get("void", []), gone]}


def times(data: Data, stage: int) -> dict[str, datetime]:
    """When each milestone of a stage happened: name → instant."""
    return {
        name: datetime.fromisoformat(happened)
        for name, (happened, _recorded) in data.get(str(stage), {}).items()
    }


def when(data: Data, stage: int, name: Milestone) -> datetime | None:
    """When one milestone of a stage happened, or None."""
    return times(data, stage).get(str(name))


def _text(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat()
