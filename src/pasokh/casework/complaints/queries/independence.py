"""Who could look at a file without having judged it before, and who when nobody can (4.7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from pasokh.casework.complaints.actions.independence import RIGHT, independent
from pasokh.casework.complaints.models import Waiver
from pasokh.casework.complaints.rules import CaseFacts
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.organisation.queries import Colleague

#: How far back the exceptions are counted.
COUNTED = timedelta(days=365)


@dataclass(frozen=True)
class Independence:
    """Who is independent and present, whom to propose where nobody is, and how often that was."""

    independent: tuple[Colleague, ...]
    proposed: Colleague | None
    others: tuple[Colleague, ...]
    allowed: int


def independence(case: CaseFacts, at: datetime) -> Independence:
    """Weigh who may decide a file in its present stage.

    Proposed is the most senior colleague not complained about; the others follow.
    """
    proposed = organisation.most_senior(case.complained_about, case.unit, at)
    known = case.complained_about | ({proposed.id} if proposed else frozenset())
    deciding = organisation.people_with(RIGHT, case.unit, at)
    return Independence(
        independent(case, at=at),
        proposed,
        tuple(one for one in deciding if one.id not in known),
        Waiver.objects.filter(given_at__gt=at - COUNTED).count(),
    )
