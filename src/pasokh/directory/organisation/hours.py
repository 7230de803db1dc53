"""Working hours as they are stored: `[["08:00", "12:00"], ["13:00", "17:00"]]`. Pure."""

from collections.abc import Sequence
from datetime import time
from itertools import pairwise

from pasokh.directory.organisation.calendar import Hours

#: The end of a day as it is written; in a calendar it is `time.max`.
MIDNIGHT = "24:00"

Stored = list[list[str]]


def refusal(hours: Hours) -> str | None:
    """Say what is wrong with the hours of one day: spans run forward, in order, without overlap."""
    if any(start >= end for start, end in hours):
        return "hours-run-backwards"
    if any(end > start for (_, end), (start, _) in pairwise(hours)):
        return "hours-overlap"
    return None


def dump(hours: Hours) -> Stored:
    """Write the hours of one day, to the minute."""
    return [[f"{start:%H:%M}", _end(end)] for start, end in hours]


def load(stored: Sequence[Sequence[str]]) -> Hours:
    """Read the hours of one day as `dump` wrote them; ValueError for anything else."""
    hours = tuple(
        (time.fromisoformat(start), time.max if end == MIDNIGHT else time.fromisoformat(end))
        for start, end in stored
    )
    if fault := refusal(hours):
        raise ValueError(fault)
    return hours


def _end(end: time) -> str:
    return MIDNIGHT if end == time.max else f"{end:%H:%M}"
