"""Working time as dated data, and the edges of summer time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from pasokh.directory.organisation.calendar import Calendar, Holiday, Hours, Week, instant, overlap

NINE_TO_FIVE: Hours = ((time(9), time(17)),)
SPLIT: Hours = ((time(8), time(12)), (time(13), time(17)))
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
LONDON, TEHRAN = ZoneInfo("Europe/London"), ZoneInfo("Asia/Tehran")
MONDAY = date(2026, 5, 4)


def week(hours: Hours, since: date = date(2000, 1, 1), worked: int = 5) -> Week:
    days = tuple(hours if day < worked else () for day in range(7))
    return Week(since, days)  # type: ignore[arg-type]


def holiday(on: date, **given: object) -> Holiday:
    facts = {"name": {"en": "Closed", "fa": "تعطیل"}, "source": "test", "known_from": LONG_AGO}
    return Holiday(on, **{**facts, **given})  # type: ignore[arg-type]


def calendar(
    *holidays: Holiday, zone: str = "Europe/London", weeks: tuple[Week, ...] = ()
) -> Calendar:
    return Calendar(zone, weeks or (week(NINE_TO_FIVE),), holidays, None, "1")


def test_a_weekday_is_worked_and_a_weekend_is_not() -> None:
    assert calendar().day(MONDAY).hours == NINE_TO_FIVE
    assert calendar().day(MONDAY + timedelta(days=5)).worked is False


def test_a_holiday_takes_a_working_day_and_says_which_it_is() -> None:
    closed = holiday(MONDAY)

    assert calendar(closed).day(MONDAY).holiday is closed
    assert calendar(closed).day(MONDAY).worked is False


def test_a_holiday_on_a_weekend_stays_a_weekend() -> None:
    saturday = MONDAY + timedelta(days=5)

    assert calendar(holiday(saturday)).day(saturday).holiday is None


def test_a_half_day_leaves_only_hours_that_are_worked_anyway() -> None:
    short = holiday(MONDAY, hours=((time(7), time(12)),))

    assert calendar(short).day(MONDAY).hours == ((time(9), time(12)),)
    assert calendar(short).day(MONDAY).holiday is short


def test_two_half_days_on_one_date_leave_what_lies_in_both() -> None:
    morning = holiday(MONDAY, hours=((time(9), time(13)),))
    noon = holiday(MONDAY, hours=((time(11), time(17)),))

    assert calendar(morning, noon).day(MONDAY).hours == ((time(11), time(13)),)


def test_each_date_is_worked_by_the_week_in_force_on_it() -> None:
    change = MONDAY + timedelta(days=7)
    weeks = (week(NINE_TO_FIVE), week(SPLIT, change, worked=4))

    assert calendar(weeks=weeks).day(MONDAY).hours == NINE_TO_FIVE
    assert calendar(weeks=weeks).day(change).hours == SPLIT
    assert calendar(weeks=weeks).day(change + timedelta(days=4)).worked is False


def test_before_its_first_week_a_calendar_knows_only_that_one() -> None:
    assert calendar(weeks=(week(SPLIT, MONDAY),)).day(date(1999, 5, 3)).hours == SPLIT


def test_without_a_week_nothing_is_worked() -> None:
    assert Calendar("UTC", (), (), None, "1").day(MONDAY).worked is False


def test_a_withdrawn_holiday_does_not_count_any_more() -> None:
    withdrawn = holiday(MONDAY, withdrawn_at=LONG_AGO + timedelta(days=1))

    assert calendar(withdrawn).day(MONDAY).worked is True


def test_a_calendar_redrawn_as_it_stood_has_what_was_known_and_not_yet_withdrawn() -> None:
    learnt, gone = LONG_AGO + timedelta(days=10), LONG_AGO + timedelta(days=20)
    full = calendar(holiday(MONDAY, known_from=learnt, withdrawn_at=gone))

    worked = {
        at: full.as_known(at).day(MONDAY).worked
        for at in (learnt - timedelta(seconds=1), learnt, gone - timedelta(seconds=1), gone)
    }

    assert list(worked.values()) == [True, False, False, True]


instants = st.timedeltas(timedelta(), timedelta(days=3650)).map(LONG_AGO.__add__)


@given(
    st.lists(st.tuples(st.dates(date(2026, 1, 1), date(2026, 3, 1)), instants), max_size=8),
    instants,
    instants,
)
def test_what_was_known_only_grows_while_nothing_is_withdrawn(
    learnt: list[tuple[date, datetime]], one: datetime, other: datetime
) -> None:
    full = calendar(*(holiday(on, known_from=known) for on, known in learnt))
    early, late = sorted((one, other))

    assert {h.on for h in full.as_known(early).holidays} <= {
        h.on for h in full.as_known(late).holidays
    }
    assert full.as_known(late).as_known(early).holidays == full.as_known(early).holidays


def test_hours_that_the_clocks_skip_in_spring_have_no_length() -> None:
    night = week(((time(0, 30), time(1, 30)), (time(1, 40), time(1, 50))), worked=7)
    spring = date(2026, 3, 29)

    assert calendar(weeks=(night,)).spans(spring) == (
        (datetime(2026, 3, 29, 0, 30, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)),
    )


def test_a_time_that_comes_twice_in_autumn_is_its_first() -> None:
    assert instant(LONDON, date(2026, 10, 25), time(1, 30)) == datetime(
        2026, 10, 25, 0, 30, tzinfo=UTC
    )


def test_a_midnight_that_never_was_is_the_instant_of_the_change() -> None:
    # In 1401 (2022) Iran's clocks went from midnight straight to one o'clock, for the last time.
    assert instant(TEHRAN, date(2022, 3, 22), time(0)) == datetime(2022, 3, 21, 20, 30, tzinfo=UTC)
    assert instant(TEHRAN, date(2022, 3, 22), time(0, 59)) == instant(
        TEHRAN, date(2022, 3, 22), time(1)
    )


def test_iran_keeps_one_time_all_year() -> None:
    offsets = {
        instant(TEHRAN, date(2026, month, 1), time(12)) - datetime(2026, month, 1, 12, tzinfo=UTC)
        for month in range(1, 13)
    }

    assert offsets == {timedelta(hours=-3, minutes=-30)}


def test_a_span_to_the_end_of_the_day_ends_at_midnight() -> None:
    late = week(((time(22), time.max),))

    assert calendar(zone="UTC", weeks=(late,)).spans(MONDAY) == (
        (datetime(2026, 5, 4, 22, tzinfo=UTC), datetime(2026, 5, 5, tzinfo=UTC)),
    )


zones = st.sampled_from(["Europe/London", "Asia/Tehran", "America/St_Johns", "Australia/Lord_Howe"])
days = st.dates(date(2015, 1, 1), date(2030, 12, 31))


@given(zones, days, st.times(), st.times())
def test_a_later_time_of_a_day_is_never_an_earlier_instant(
    zone: str, on: date, one: time, other: time
) -> None:
    early, late = sorted((one, other))
    tz = ZoneInfo(zone)

    assert instant(tz, on, early) <= instant(tz, on, late)
    assert instant(tz, on, late) <= instant(tz, on + timedelta(days=1), time.min)


@given(zones, days, st.times())
def test_an_instant_shows_the_time_it_was_made_from_unless_the_clocks_skip_it(
    zone: str, on: date, at: time
) -> None:
    shown = instant(ZoneInfo(zone), on, at).astimezone(ZoneInfo(zone))
    wall = shown.replace(tzinfo=None)

    assert wall == datetime.combine(on, at) or _skipped(zone, datetime.combine(on, at))


def _skipped(zone: str, wall: datetime) -> bool:
    there = wall.replace(tzinfo=ZoneInfo(zone))
    return there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall


def test_overlapping_hours_are_those_in_both() -> None:
    assert overlap(SPLIT, ((time(10), time(14)),)) == (
        (time(10), time(12)),
        (time(13), time(14)),
    )
    assert overlap(SPLIT, ()) == ()
