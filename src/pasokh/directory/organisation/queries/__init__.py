"""What may be asked of the organisation. Everything comes back fully loaded."""

from pasokh.directory.organisation.queries.first_run import setup_hash, setup_link
from pasokh.directory.organisation.queries.staffing import (
    Colleague,
    actor_for_staff,
    actor_for_user,
    administrator_exists,
    assignments,
    colleagues,
    holds,
    limits_in,
    line_above,
    most_senior,
    people_with,
    spending_limits,
    staff_free_to_take,
    stand_in,
)
from pasokh.directory.organisation.queries.structure import (
    chains,
    front_unit,
    organisation,
    subtree,
    subtrees,
    units,
)
from pasokh.directory.organisation.queries.working_time import (
    Regime,
    calendar_for,
    calendars_for,
    holidays,
    regime_for,
)

__all__ = [
    "Colleague",
    "Regime",
    "actor_for_staff",
    "actor_for_user",
    "administrator_exists",
    "assignments",
    "calendar_for",
    "calendars_for",
    "chains",
    "colleagues",
    "front_unit",
    "holds",
    "holidays",
    "limits_in",
    "line_above",
    "most_senior",
    "organisation",
    "people_with",
    "regime_for",
    "setup_hash",
    "setup_link",
    "spending_limits",
    "staff_free_to_take",
    "stand_in",
    "subtree",
    "subtrees",
    "units",
]
