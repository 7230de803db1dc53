"""When to warn of a deadline before it passes: always in working time. Pure."""

from datetime import date, datetime, timedelta
from functools import partial

from pasokh.casework.deadlines.days import days_of
from pasokh.casework.deadlines.question import HORIZON
from pasokh.directory.organisation.calendar import Calendar
from pasokh.policy.regimes.pack import Length, Unit

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)


def warn_at(
    before: Length, due_at: datetime, started_at: datetime, calendar: Calendar
) -> datetime | None:
    """The instant to warn at: the given length before the deadline, when somebody is at work.

    A warning that would come before the clock started comes as the deadline's own day opens;
    None when even that is before the start.
    """
    for find in (partial(_earlier, before), _opening):
        at = find(due_at, calendar)
        if at is not None and started_at < at < due_at:
            return at
    return None


def _earlier(before: Length, due_at: datetime, calendar: Calendar) -> datetime | None:
    if before.unit is Unit.WORKING_HOURS:
        return _hours_back(before.amount * _HOUR, due_at, calendar)
    if before.unit is Unit.CLOCK_HOURS:
        return _in_hours(due_at - before.amount * _HOUR, calendar)
    on = calendar.local(due_at).date()
    if before.unit is Unit.WORKING_DAYS:
        return _days_back(before.amount, on, calendar)
    return _days_back(0, on - days_of(before) * _DAY, calendar)


def _days_back(days: int, on: date, calendar: Calendar) -> datetime | None:
    """The opening of the working day so many before a date; of the date itself for none."""
    for _ in range(HORIZON):
        spans = calendar.spans(on)
        if spans and days <= 0:
            return spans[0][0]
        on -= _DAY
        days -= 1 if calendar.spans(on) else 0
    return None


def _hours_back(length: timedelta, at: datetime, calendar: Calendar) -> datetime | None:
    """So much working time before an instant."""
    on = calendar.local(at).date()
    for _ in range(HORIZON):
        for since, until in reversed(calendar.spans(on)):
            here = min(until, at) - since
            if here >= length:
                return min(until, at) - length
            length -= max(here, timedelta())
        on -= _DAY
    return None


def _in_hours(at: datetime, calendar: Calendar) -> datetime | None:
    """The last instant of working time not after an instant; an opening rather than a close."""
    on = calendar.local(at).date()
    for _ in range(HORIZON):
        for since, until in reversed(calendar.spans(on)):
            if since <= at:
                return at if at < until else since
        on -= _DAY
    return None


def _opening(at: datetime, calendar: Calendar) -> datetime | None:
    spans = calendar.spans(calendar.local(at).date())
    return spans[0][0] if spans else None
