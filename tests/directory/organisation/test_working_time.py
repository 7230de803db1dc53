from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from tests.directory.conftest import ADMIN, NOBODY, NOON, acting, both, last, refusal, told

from pasokh.directory.organisation import actions, holidays, queries
from pasokh.directory.organisation.calendar import Holiday, Hours, Week
from pasokh.directory.organisation.models import WorkingWeek
from pasokh.kernel import configuration
from pasokh.kernel.errors import Refused

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OPEN: Hours = ((time(8), time(16)),)
HALF: Hours = ((time(8), time(12)),)
CLOSED: Hours = ()
SHOP = (OPEN, OPEN, OPEN, HALF, CLOSED, OPEN, OPEN)
OFFICE = (OPEN, OPEN, OPEN, CLOSED, CLOSED, OPEN, OPEN)
JANUARY, MARCH, MAY = date(2026, 1, 1), date(2026, 3, 1), date(2026, 5, 1)


def holiday(
    on: date, name: str = "holiday", hours: Hours = (), source: str = "the state"
) -> Holiday:
    long_ago = datetime(2000, 1, 1, tzinfo=UTC)
    return Holiday(on, {"fa": f"{name} فا", "en": name}, source, long_ago, hours=hours)


def week(days=SHOP, valid_from=JANUARY, unit_id=None, by=ADMIN) -> WorkingWeek:
    return actions.set_working_week(days, valid_from=valid_from, unit_id=unit_id, by=by, at=NOON)


def weeks_of(unit_id: int | None) -> list[tuple[date, bool]]:
    """From when each week holds, and whether its Thursday is worked."""
    calendar = queries.calendar_for(unit_id)
    return [(each.valid_from, bool(each.days[3])) for each in calendar.weeks]


def test_a_calendar_has_the_zone_the_weeks_and_the_holidays_of_the_organisation() -> None:
    actions.describe_organisation(name=both("Khaneh"), time_zone="Asia/Tehran", by=ADMIN, at=NOON)
    week()
    actions.add_holidays([holiday(MAY, hours=HALF)], by=ADMIN, at=NOON)

    calendar = queries.calendar_for(None)

    assert calendar.zone == "Asia/Tehran"
    assert calendar.weeks == (Week(JANUARY, SHOP),)
    assert calendar.holidays == (
        Holiday(MAY, {"fa": "holiday فا", "en": "holiday"}, "the state", NOON, hours=HALF),
    )
    assert calendar.known_until == MAY
    assert len(calendar.version) == 12


def test_before_set_up_there_is_a_calendar_without_anything() -> None:
    calendar = queries.calendar_for(None)

    assert (calendar.zone, calendar.weeks, calendar.holidays) == ("UTC", (), ())
    assert calendar.known_until is None


def test_a_units_weeks_come_before_those_above_it_from_its_first_on(units: SimpleNamespace) -> None:
    week(SHOP, JANUARY)
    week(OFFICE, MARCH, unit_id=units.tehran)
    week(SHOP, MAY)

    assert weeks_of(units.shiraz) == [(JANUARY, True), (MAY, True)]
    assert weeks_of(units.tehran) == [(JANUARY, True), (MARCH, False)]
    assert weeks_of(units.tajrish) == weeks_of(units.tehran)


def test_a_week_set_again_from_the_same_date_replaces_the_one_before(
    units: SimpleNamespace,
) -> None:
    for unit in (None, units.tehran):
        week(SHOP, unit_id=unit)
        week(OFFICE, unit_id=unit)

    assert WorkingWeek.objects.count() == 2
    assert weeks_of(units.tehran) == [(JANUARY, False)]
    assert told("organisation") == ["calendar.week_set"] * 2
    assert last(f"unit:{units.tehran}").facts["days"][3] == []


def test_holidays_of_a_unit_and_of_all_above_it_add_up(units: SimpleNamespace) -> None:
    for number, unit in enumerate((None, units.head, units.tehran, units.shiraz)):
        actions.add_holidays([holiday(MAY + number * DAY)], unit_id=unit, by=ADMIN, at=NOON)

    def days(unit: int | None) -> list[int]:
        return [each.on.day for each in queries.calendar_for(unit).holidays]

    assert days(None) == [1]
    assert days(units.tajrish) == [1, 2, 3]
    assert days(units.shiraz) == [1, 2, 4]


def test_holidays_entered_twice_stand_once(units: SimpleNamespace) -> None:
    listed = [holiday(MAY), holiday(MAY + DAY), holiday(MAY)]

    first = actions.add_holidays(listed, by=ADMIN, at=NOON)
    second = actions.add_holidays([*listed, holiday(MAY, "another")], by=ADMIN, at=NOON)
    third = actions.add_holidays(listed, by=ADMIN, at=NOON)

    assert [len(first), len(second), len(third)] == [2, 1, 0]
    assert told("organisation") == ["calendar.holidays_added"] * 2
    assert last("organisation").facts == {
        "count": 1,
        "first": "2026-05-01",
        "last": "2026-05-01",
        "holidays": [second[0].pk],
    }


def test_holidays_are_entered_as_they_are_offered() -> None:
    offered = holidays.offered("IR", "", [2026])

    assert len(actions.add_holidays(offered, by=ADMIN, at=NOON)) == len(offered)
    assert actions.add_holidays(offered, by=ADMIN, at=NOON) == []
    assert queries.calendar_for(None).known_until == offered[-1].on


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (holiday(MAY, source=" "), "source-missing"),
        (holiday(MAY, hours=((time(9), time(8)),)), "hours-run-backwards"),
        (Holiday(MAY, {"fa": "", "en": "x"}, "the state", NOON), "name-missing"),
    ],
)
def test_of_many_holidays_all_are_entered_or_none(wrong: Holiday, code: str) -> None:
    assert refusal(actions.add_holidays, [holiday(MAY), wrong], by=ADMIN, at=NOON) == code
    assert queries.calendar_for(None).holidays == ()


def test_a_closure_says_nothing_of_how_far_the_holidays_are_known() -> None:
    actions.add_holidays([holiday(MARCH)], by=ADMIN, at=NOON)
    closed = {"name": both("air"), "source": "governor", "by": ADMIN, "at": NOON}

    actions.add_closure(MAY, hours_worked=HALF, **closed)

    calendar = queries.calendar_for(None)
    assert calendar.known_until == MARCH
    assert calendar.holidays[-1].hours == HALF
    assert last("organisation").facts["hours"] == [["08:00", "12:00"]]
    assert refusal(actions.add_closure, MAY, **closed) == "holiday-entered-already"


def test_a_withdrawn_holiday_is_kept_and_counts_no_more() -> None:
    [entered] = actions.add_holidays([holiday(MAY)], by=ADMIN, at=NOON)

    actions.withdraw_holiday(entered.pk, by=ADMIN, at=NOON + DAY)

    calendar = queries.calendar_for(None)
    assert [each.withdrawn_at for each in calendar.holidays] == [NOON + DAY]
    assert calendar.known_until is None
    assert len(calendar.as_known(NOON).holidays) == 1
    again = {"by": ADMIN, "at": NOON}
    assert refusal(actions.withdraw_holiday, entered.pk, **again) == "holiday-withdrawn-already"
    assert refusal(actions.withdraw_holiday, 999, **again) == "no-such-holiday"
    assert len(actions.add_holidays([holiday(MAY)], **again)) == 1


def test_the_version_changes_with_the_data_used_and_with_nothing_else(
    units: SimpleNamespace,
) -> None:
    week()
    tehran, shiraz = (queries.calendar_for(unit).version for unit in (units.tehran, units.shiraz))

    actions.add_holidays([holiday(MAY)], unit_id=units.tehran, by=ADMIN, at=NOON)

    assert queries.calendar_for(units.tehran).version != tehran
    assert queries.calendar_for(units.shiraz).version == shiraz == tehran


@pytest.mark.parametrize(
    ("days", "code"),
    [
        (SHOP[:6], "week-has-seven-days"),
        ((CLOSED,) * 7, "week-without-work"),
        ((((time(9), time(8)),),) * 7, "hours-run-backwards"),
        ((((time(8), time(12)), (time(11), time(13))),) * 7, "hours-overlap"),
    ],
)
def test_a_week_has_seven_days_and_some_work(days, code: str) -> None:
    assert refusal(week, days) == code


def test_only_who_keeps_the_calendar_of_a_unit_changes_it(units: SimpleNamespace) -> None:
    local = acting("calendar.configure", unit=units.tehran)
    week(unit_id=units.tehran, by=local)
    [entered] = actions.add_holidays([holiday(MAY)], by=ADMIN, at=NOON)
    closed = {"name": both("x"), "source": "x", "at": NOON}

    assert [
        refusal(week, by=local),
        refusal(week, by=NOBODY),
        refusal(week, unit_id=units.shiraz, by=local),
        refusal(actions.add_holidays, [holiday(MAY)], by=local, at=NOON),
        refusal(actions.add_closure, MAY, **closed, by=local),
        refusal(actions.withdraw_holiday, entered.pk, by=local, at=NOON),
    ] == ["not-authorised"] * 6


def test_the_holidays_of_a_unit_between_two_dates(units: SimpleNamespace) -> None:
    actions.add_holidays([holiday(JANUARY), holiday(MARCH), holiday(MAY)], by=ADMIN, at=NOON)
    actions.add_holidays([holiday(MARCH)], unit_id=units.head, by=ADMIN, at=NOON)

    assert [each.on for each in queries.holidays(None, MARCH, MAY)] == [MARCH, MAY]
    assert [each.on for each in queries.holidays(units.head, JANUARY, MAY)] == [MARCH]


def test_calendars_cost_the_same_for_one_unit_and_for_thirty(
    units: SimpleNamespace, django_assert_num_queries
) -> None:
    week()
    many = [
        actions.add_unit(
            f"u{number}", name=both("u"), parent_id=units.tajrish, by=ADMIN, at=NOON
        ).pk
        for number in range(30)
    ]
    for unit in many:
        week(unit_id=unit)
        actions.add_holidays([holiday(MAY)], unit_id=unit, by=ADMIN, at=NOON)

    with django_assert_num_queries(5):  # the mark, the units, the organisation, weeks, holidays
        queries.calendar_for(many[0])
    with configuration.held(), django_assert_num_queries(1):
        assert len(queries.calendars_for(many)) == 30


def bind(pack: str, unit_id=None, by=ADMIN, **changes):
    week()
    given = {"parameters": {}, "valid_from": NOON} | changes
    return actions.bind_regime(pack, **given, unit_id=unit_id, by=by, at=NOON)


def test_the_nearest_regime_in_force_when_it_was_received_binds(units: SimpleNamespace) -> None:
    bind("iso10002-2018", valid_from=NOON)
    bind("uk-housing-2024", unit_id=units.tehran, valid_from=NOON + DAY)
    bind("ir-bank-1393", unit_id=units.head, valid_from=NOON + 2 * DAY)

    def packs_on(day: int, *of: int | None) -> list[str]:
        return [queries.regime_for(unit, NOON + day * DAY).pack for unit in of]

    assert packs_on(0, units.tajrish, units.shiraz) == ["iso10002-2018"] * 2
    assert packs_on(1, units.tajrish, units.shiraz) == ["uk-housing-2024", "iso10002-2018"]
    assert packs_on(2, units.tajrish, units.shiraz, None) == [
        "uk-housing-2024",
        "ir-bank-1393",
        "iso10002-2018",
    ]


def test_a_unit_goes_back_to_the_rules_above_it_for_what_comes_from_then_on(
    units: SimpleNamespace,
) -> None:
    bind("iso10002-2018", valid_from=NOON)
    bind("uk-housing-2024", unit_id=units.tehran, valid_from=NOON)
    actions.release_regime(units.tehran, by=ADMIN, at=NOON + DAY)

    packs = [queries.regime_for(units.tajrish, NOON + day * DAY).pack for day in (0, 1)]
    assert packs == ["uk-housing-2024", "iso10002-2018"]
    assert set(queries.own_regimes(NOON)) == {None, units.tehran}
    assert set(queries.own_regimes(NOON + DAY)) == {None}
    told = last(f"unit:{units.tehran}")
    assert told.event == "regime.released"
    assert told.facts == {"valid_from": "2026-05-05T06:00:00.000000Z", "unit": units.tehran}
    again = {"by": ADMIN, "at": NOON + DAY}
    assert refusal(actions.release_regime, units.tehran, **again) == "no-rules-of-its-own"


def test_a_regime_comes_with_the_organisations_own_numbers() -> None:
    pack = bind("iso10002-2018")
    name, bounds = next(iter(queries.regime_for(None, NOON).load().parameters.items()))

    bind("iso10002-2018", parameters={name: bounds.most})

    regime = queries.regime_for(None, NOON)
    assert regime.parameters == {name: bounds.most}
    assert regime.load().values[name] == bounds.most
    assert last("organisation").facts == {
        "pack": pack.pack,
        "digest": regime.load().digest,
        "parameters": {name: bounds.most},
        "valid_from": "2026-05-04T06:00:00.000000Z",
    }


def test_no_regime_binds_before_there_is_a_working_week() -> None:
    given = {"parameters": {}, "valid_from": NOON, "by": ADMIN, "at": NOON}

    assert refusal(actions.bind_regime, "iso10002-2018", **given) == "rules-need-a-week"


def test_before_a_regime_is_bound_nothing_can_be_received() -> None:
    bind("iso10002-2018", valid_from=NOON)

    with pytest.raises(Refused, match="no-regime-bound"):
        queries.regime_for(None, NOON - DAY)


@pytest.mark.parametrize(
    ("pack", "changes", "code"),
    [
        ("no-such-pack", {}, "pack-unknown"),
        ("iso10002-2018", {"parameters": {"wishes": 3}}, "parameter-unknown"),
        ("uk-housing-2024", {"valid_from": datetime(2023, 1, 1, tzinfo=UTC)}, "pack-not-in-force"),
        ("iso10002-2018", {"by": NOBODY}, "not-authorised"),
        ("iso10002-2018", {"unit_id": 999}, "no-such-unit"),
    ],
)
def test_a_regime_does_not_bind_when(pack: str, changes: dict, code: str) -> None:
    assert refusal(bind, pack, **changes) == code
