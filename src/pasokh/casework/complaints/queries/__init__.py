"""Fenced reads of complaints. Everything comes back fully loaded."""

from pasokh.casework.complaints.queries.fence import complaint_for, steps_for, visible_to

__all__ = ["complaint_for", "steps_for", "visible_to"]
