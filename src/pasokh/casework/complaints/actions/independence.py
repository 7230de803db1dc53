"""Who could look at a file without having judged it before (ISO 10002:2018, 4.7)."""

from datetime import datetime

from pasokh.casework.complaints.rules import CaseFacts
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.organisation.queries import Colleague

#: The right without which nobody can look at a file again.
RIGHT = "complaint.decide"


def independent(case: CaseFacts, *, at: datetime) -> tuple[Colleague, ...]:
    """Those present who may decide, judged no earlier stage and are not complained about.

    Whoever is let act by an exception is not independent because of it.
    """
    involved = case.complained_about | case.earlier_judges
    return tuple(organisation.staff_free_to_take(RIGHT, case.unit, at, involved))
