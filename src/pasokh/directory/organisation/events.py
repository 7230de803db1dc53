"""What the organisation's own records leave in the ledger, each with its sentence.

Ids, codes, numbers, dates and instants only; names of people and units are sealed beside it.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pasokh.kernel.events import event


@event("organisation.described", _("The organisation's particulars were changed"))
class OrganisationDescribed:
    changed: tuple[str, ...]


@event("unit.added", _("Unit added: %(code)s"))
class UnitAdded:
    code: str
    parent: int | None


@event("unit.renamed", _("Unit renamed"))
class UnitRenamed:
    pass


@event("unit.moved", _("Unit moved in the tree of units"))
class UnitMoved:
    before: int | None
    after: int | None


@event("unit.retired", _("Unit retired"))
class UnitRetired:
    pass


@event("unit.restored", _("Unit taken into use again"))
class UnitRestored:
    pass


@event("staff.added", _("Colleague added"))
class StaffAdded:
    unit: int | None
    line_manager: int | None
    active_from: datetime


@event("staff.corrected", _("A colleague's particulars were changed"))
class StaffCorrected:
    changed: tuple[str, ...]
    unit: int | None
    line_manager: int | None


@event("staff.ended", _("Colleague left"))
class StaffEnded:
    until: datetime


@event("staff.reinstated", _("Colleague came back"))
class StaffReinstated:
    pass


@event("staff.sign_in_given", _("Sign-in given"))
class SignInGiven:
    user: int


@event("staff.password_renewed", _("A new password to begin with was given"))
class PasswordRenewed:
    pass


@event("staff.password_chosen", _("A password of one's own was chosen"))
class PasswordChosen:
    pass


@event("staff.appointed", _("Role given: %(role)s"))
class Appointed:
    assignment: int
    role: str
    unit: int | None
    valid_from: datetime
    valid_until: datetime | None


@event("staff.dismissed", _("Role ended: %(role)s"))
class Dismissed:
    assignment: int
    role: str
    unit: int | None
    valid_until: datetime


@event("staff.absence_reported", _("Absence reported"))
class AbsenceReported:
    absence: int
    from_at: datetime
    until_at: datetime
    deputy: int | None


@event("staff.absence_ended", _("Absence ended"))
class AbsenceEnded:
    absence: int
    until_at: datetime


@event("limit.set", _("Limit for remedies set: %(role)s, %(amount)s %(currency)s"))
class LimitSet:
    role: str
    currency: str
    amount: int
    unit: int | None
    before: int | None


@event("calendar.week_set", _("Working week set from %(valid_from)s on"))
class WeekSet:
    valid_from: str
    days: list[list[list[str]]]
    unit: int | None


@event("calendar.holidays_added", _("Holidays entered: %(count)s, from %(first)s to %(last)s"))
class HolidaysAdded:
    count: int
    first: str
    last: str
    holidays: tuple[int, ...]
    unit: int | None


@event("calendar.closure_added", _("Closure entered for %(on)s"))
class ClosureAdded:
    holiday: int
    on: str
    hours: list[list[str]]
    unit: int | None


@event("calendar.holiday_withdrawn", _("Holiday withdrawn: %(on)s"))
class HolidayWithdrawn:
    holiday: int
    on: str
    unit: int | None


@event("regime.bound", _("Policy pack %(pack)s binds from %(valid_from)s on"))
class RegimeBound:
    pack: str
    digest: str
    parameters: dict[str, int]
    valid_from: datetime
    unit: int | None


@event("regime.released", _("The rules of the unit above bind again from %(valid_from)s on"))
class RegimeReleased:
    valid_from: datetime
    unit: int


@event("setup.opened", _("A one-time link for set-up was made"))
class SetupOpened:
    expires_at: datetime


@event("setup.administrator_made", _("The first administrator was made"))
class AdministratorMade:
    staff: int
