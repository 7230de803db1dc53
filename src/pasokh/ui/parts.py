"""What the larger components show: plain values that a door fills in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal


@dataclass(frozen=True)
class Stage:
    """One stage of a road: done at a time, under way, or ahead; with a promised time or none."""

    title: str
    state: Literal["done", "now", "ahead"]
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Link:
    """An entry of the rail: where it leads, its icon, how much waits there, if it is this page."""

    title: str
    url: str
    icon: str
    count: str = ""
    current: bool = False
