"""From the answers of the assessment to a priority, by a dated table that prints its lines. Pure.

The criteria are those of ISO 10002:2018, 7.5. Complexity decides who handles a file and how
long it may take, not how urgent it is; nobody's value as a customer counts.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Line(StrEnum):
    """The lines of the table, in the order in which they are printed."""

    SEVERITY = "severity"
    SAFETY = "safety"
    IMPACT = "impact"
    NEED = "need"
    VULNERABLE = "vulnerable"


@dataclass(frozen=True)
class Answers:
    """The short form: severity and impact 1-5, complexity 1-3, the rest yes or no.

    `vulnerable` says that a need of the person was known; it is read from the file.
    """

    severity: int
    safety: bool
    complexity: int
    impact: int
    immediate_needed: bool
    immediate_possible: bool
    recurrent: bool
    vulnerable: bool = False


@dataclass(frozen=True)
class Table:
    """One version of the table: what each line weighs, and which weight is which priority."""

    version: str
    valid_from: date
    safety_floor: int
    need_floor: int
    vulnerable_adds: int
    #: The least weight for priority 1, 2 and 3; anything less is priority 4.
    bands: tuple[int, int, int]


TABLES: tuple[Table, ...] = (
    Table(
        version="2026-1",
        valid_from=date(2000, 1, 1),
        safety_floor=5,
        need_floor=4,
        vulnerable_adds=1,
        bands=(5, 4, 3),
    ),
)


@dataclass(frozen=True)
class Priority:
    """The computed priority, 1 (act now) to 4, with the printed lines and the table's version."""

    value: int
    weight: int
    lines: tuple[tuple[Line, int], ...]
    table: str


def table_at(day: date) -> Table:
    """The table in force on a day."""
    return max((t for t in TABLES if t.valid_from <= day), key=lambda t: t.valid_from)


def in_range(answers: Answers) -> bool:
    """Whether severity, impact and complexity lie on their scales."""
    return 1 <= answers.severity <= 5 and 1 <= answers.impact <= 5 and 1 <= answers.complexity <= 3


def priority(answers: Answers, table: Table) -> Priority:
    """Weigh the answers: the heaviest line counts, and vulnerability adds to it."""
    heaviest = {
        Line.SEVERITY: answers.severity,
        Line.SAFETY: table.safety_floor if answers.safety else 0,
        Line.IMPACT: answers.impact - 1,
        Line.NEED: table.need_floor if answers.immediate_needed else 0,
    }
    adds = {Line.VULNERABLE: table.vulnerable_adds if answers.vulnerable else 0}
    weight = min(5, max(heaviest.values()) + sum(adds.values()))
    value = next((n for n, least in enumerate(table.bands, 1) if weight >= least), 4)
    lines = tuple((line, points) for line, points in (heaviest | adds).items() if points)
    return Priority(value, weight, lines, table.version)
