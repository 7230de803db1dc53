"""Who listens to what: the whole truth on one page."""

from pasokh.casework.complaints import reactions as complaints
from pasokh.casework.webhooks.reactions import Wanted
from pasokh.directory.organisation import events as organisation
from pasokh.kernel.events import name_of
from pasokh.kernel.ledger.follow import Follower

FOLLOWERS: tuple[Follower, ...] = (
    Follower(
        "deadlines",
        {
            name_of(organisation.WeekSet): complaints.calendar_changed,
            name_of(organisation.HolidaysAdded): complaints.calendar_changed,
            name_of(organisation.ClosureAdded): complaints.calendar_changed,
            name_of(organisation.HolidayWithdrawn): complaints.calendar_changed,
        },
    ),
    Follower("webhooks", Wanted()),
)
