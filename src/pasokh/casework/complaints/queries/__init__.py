"""Fenced reads of complaints. Everything comes back fully loaded."""

from pasokh.casework.complaints.queries.case import CasePage, case_page, read_case
from pasokh.casework.complaints.queries.fence import complaint_for, steps_for, visible_to
from pasokh.casework.complaints.queries.lines import Line, Turn
from pasokh.casework.complaints.queries.queue import (
    MOST,
    PAGE,
    Day,
    Filters,
    Group,
    Key,
    QueuePage,
    queue,
    without,
)
from pasokh.casework.complaints.queries.search import Found, of_persons, search

__all__ = [
    "MOST",
    "PAGE",
    "CasePage",
    "Day",
    "Filters",
    "Found",
    "Group",
    "Key",
    "Line",
    "QueuePage",
    "Turn",
    "case_page",
    "complaint_for",
    "of_persons",
    "queue",
    "read_case",
    "search",
    "steps_for",
    "visible_to",
    "without",
]
