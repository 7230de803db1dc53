"""Warnings come before the deadline and in working time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.casework.deadlines import worlds
from tests.casework.deadlines.worlds import at, local, london

from pasokh.casework.deadlines.warning import warn_at
from pasokh.directory.organisation.calendar import Calendar
from pasokh.policy.regimes.pack import Length, Unit

CALENDAR = london()
#: A Wednesday, at close of business.
DUE = at(CALENDAR, 2026, 6, 17, 17)
LONG_BEFORE = at(CALENDAR, 2026, 5, 1, 9)


def warning(amount: int, unit: Unit, started: datetime = LONG_BEFORE) -> str | None:
    return local(CALENDAR, warn_at(Length(amount, unit), DUE, started, CALENDAR))


def test_working_days_before_is_the_opening_of_that_day() -> None:
    assert warning(1, Unit.WORKING_DAYS) == "2026-06-16 09:00"
    assert warning(3, Unit.WORKING_DAYS) == "2026-06-12 09:00"


def test_calendar_days_and_weeks_before_come_on_a_day_that_is_worked() -> None:
    assert warning(3, Unit.CALENDAR_DAYS) == "2026-06-12 09:00"
    assert warning(1, Unit.WEEKS) == "2026-06-10 09:00"


def test_working_hours_before_skip_the_night() -> None:
    assert warning(4, Unit.WORKING_HOURS) == "2026-06-17 13:00"
    assert warning(10, Unit.WORKING_HOURS) == "2026-06-16 15:00"


def test_nobody_is_warned_at_night() -> None:
    """zammad 4432: escalation mails at midnight and on holidays."""
    assert warning(24, Unit.CLOCK_HOURS) == "2026-06-16 09:00"
    assert warning(3, Unit.CLOCK_HOURS) == "2026-06-17 14:00"
    assert warning(90, Unit.CLOCK_HOURS) == "2026-06-12 09:00"


def test_a_warning_without_room_comes_as_the_last_day_opens() -> None:
    assert warning(5, Unit.WORKING_DAYS, at(CALENDAR, 2026, 6, 16, 12)) == "2026-06-17 09:00"


def test_a_deadline_of_the_same_day_has_no_room_for_a_warning() -> None:
    assert warning(1, Unit.WORKING_DAYS, at(CALENDAR, 2026, 6, 17, 12)) is None


lengths = st.builds(
    Length, st.integers(1, 30), st.sampled_from([unit for unit in Unit if unit is not Unit.MONTHS])
)


@given(lengths, worlds.starts, st.timedeltas(timedelta(hours=1), timedelta(90)), worlds.calendars())
@pytest.mark.clause("10002:4.15")
def test_a_warning_always_comes_between_start_and_deadline_while_somebody_works(
    before: Length, started: datetime, allowed: timedelta, calendar: Calendar
) -> None:
    due_at = started + allowed
    found = warn_at(before, due_at, started, calendar)

    if found is not None:
        assert started < found < due_at
        spans = calendar.spans(calendar.local(found).date())
        assert any(since <= found < until for since, until in spans)
        assert found.tzinfo is UTC
