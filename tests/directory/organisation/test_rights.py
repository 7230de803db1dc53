"""Actors and lists of colleagues, with rights resolved over the tree of units."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from tests.directory.conftest import ADMIN, NOON, both

from pasokh.directory.organisation import actions, queries
from pasokh.directory.organisation.roles import Role
from pasokh.kernel.actors import Actor

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def acts(staff, at=NOON) -> Actor:
    actor = queries.actor_for_staff(staff.pk, at)
    assert actor is not None
    return actor


def names(found) -> list[str]:
    return [colleague.number for colleague in found]


def test_a_role_in_a_unit_reaches_all_below_it_and_nothing_beside(
    units: SimpleNamespace, hire
) -> None:
    actor = acts(hire("reza", (Role.HANDLER, units.tehran)))

    assert actor.reach("complaint.decide") == {units.tehran, units.tajrish}
    assert actor.may("complaint.decide", unit=units.tajrish)
    assert not actor.may("complaint.decide", unit=units.shiraz)
    assert not actor.may("complaint.decide")


def test_a_role_without_a_unit_reaches_units_that_are_not_there_yet(
    units: SimpleNamespace, hire
) -> None:
    actor = acts(hire("ali", Role.AUDITOR))

    later = actions.add_unit("later", name=both("later"), by=ADMIN, at=NOON)
    assert actor.may("complaint.read", unit=later.pk)


def test_several_roles_add_up(units: SimpleNamespace, hire) -> None:
    actor = acts(
        hire("sara", (Role.HANDLER, units.tajrish), (Role.MANAGER, units.shiraz), Role.AUDITOR)
    )

    assert actor.reach("complaint.decide") == {units.tajrish}
    assert actor.reach("complaint.assess") == {units.tajrish, units.shiraz}
    assert actor.reach("complaint.read") is None


def test_a_unit_that_moves_takes_its_rights_along(units: SimpleNamespace, hire) -> None:
    reza = hire("reza", (Role.HANDLER, units.tehran))

    actions.move_unit(units.tajrish, parent_id=units.shiraz, by=ADMIN, at=NOON)

    assert acts(reza).reach("complaint.decide") == {units.tehran}


def test_files_of_a_retired_unit_can_still_be_read(units: SimpleNamespace, hire) -> None:
    reza = hire("reza", (Role.HANDLER, units.tehran))

    actions.retire_unit(units.tajrish, by=ADMIN, at=NOON)

    assert acts(reza).may("complaint.read", unit=units.tajrish)


def test_the_actor_behind_a_sign_in(hire) -> None:
    reza = hire("reza", Role.HANDLER)
    user = actions.give_sign_in(reza.pk, email="r@khaneh.example", by=ADMIN, at=NOON)

    actor = queries.actor_for_user(user, NOON)

    assert actor == acts(reza)
    assert actor is not None
    assert actor.code == reza.subject
    assert queries.actor_for_user(user, NOON - DAY) is None


def test_a_sign_in_that_was_closed_or_belongs_to_nobody_acts_as_nobody(hire) -> None:
    reza = hire("reza", Role.HANDLER)
    user = actions.give_sign_in(reza.pk, email="r@khaneh.example", by=ADMIN, at=NOON)
    user.is_active = False
    user.save()
    stranger = type(user).objects.create(email="s@khaneh.example", password="!")

    assert queries.actor_for_user(user, NOON) is None
    assert queries.actor_for_user(stranger, NOON) is None


def test_limits_are_the_nearest_of_the_most_generous_role(units: SimpleNamespace, hire) -> None:
    for role, amount, unit in (
        (Role.FRONTLINE, 10, None),
        (Role.HANDLER, 100, None),
        (Role.HANDLER, 30, units.tajrish),
    ):
        actions.set_limit(role, "IRR", amount=amount, unit_id=unit, by=ADMIN, at=NOON)
    nima = hire("nima", Role.FRONTLINE)
    reza = hire("reza", (Role.HANDLER, units.tehran))

    assert queries.limits_in(nima.pk, units.shiraz, NOON) == {"IRR": 10}
    assert queries.limits_in(reza.pk, units.tehran, NOON) == {"IRR": 100}
    assert queries.limits_in(reza.pk, units.tajrish, NOON) == {"IRR": 30}
    assert queries.limits_in(reza.pk, units.shiraz, NOON) == {}


def test_people_with_a_right_are_those_who_hold_it_here_now(units: SimpleNamespace, hire) -> None:
    hire("reza", (Role.HANDLER, units.tehran))
    hire("shirin", (Role.HANDLER, units.shiraz))
    hire("mina", Role.REVIEWER)
    hire("zahra", Role.ADMINISTRATOR)
    gone = hire("gone", Role.HANDLER)
    actions.end_staff(gone.pk, until=NOON, by=ADMIN, at=NOON)

    assert names(queries.people_with("complaint.handle", units.tajrish, NOON)) == ["mina", "reza"]
    assert names(queries.people_with("complaint.handle", units.head, NOON)) == ["mina"]
    assert names(queries.people_with("complaint.handle", None, NOON)) == ["mina"]


def test_free_to_take_is_who_is_not_away_and_not_excluded(units: SimpleNamespace, hire) -> None:
    reza, nima, leila = (hire(name, Role.HANDLER) for name in ("reza", "nima", "leila"))
    actions.report_absence(reza.pk, from_at=NOON, until_at=NOON + DAY, by=ADMIN, at=NOON)
    free = ("complaint.handle", units.tehran)

    assert names(queries.staff_free_to_take(*free, NOON)) == ["leila", "nima"]
    assert names(queries.staff_free_to_take(*free, NOON, excluding={nima.pk})) == ["leila"]
    assert names(queries.staff_free_to_take(*free, NOON + DAY)) == ["leila", "nima", "reza"]
    assert names(queries.staff_free_to_take(*free, NOON, {nima.pk, leila.pk})) == []


def test_a_colleague_in_a_list_comes_with_post_and_unit(units: SimpleNamespace, hire) -> None:
    hire("reza", (Role.HANDLER, units.tehran), unit_id=units.tehran)

    [reza] = queries.staff_free_to_take("complaint.handle", units.tehran, NOON)

    assert (reza.name, reza.post) == (both("reza"), both("post"))
    assert (reza.unit, reza.unit_name) == (units.tehran, both("tehran"))


@pytest.mark.clause("10002:4.7")
def test_the_most_senior_who_may_decide_is_top_management_then_the_top_of_the_line(
    units: SimpleNamespace, hire
) -> None:
    owner = hire("owner")
    omid = hire("omid", Role.TOP_MANAGEMENT, line_manager_id=owner.pk)
    boss = hire("boss", (Role.APPROVER, units.tehran), line_manager_id=omid.pk)
    reza = hire("reza", (Role.HANDLER, units.tehran), line_manager_id=boss.pk)
    hire("zahra", Role.ADMINISTRATOR)

    def senior(*excluding: int) -> str | None:
        found = queries.most_senior(excluding, units.tajrish, NOON)
        return found.number if found else None

    assert senior() == "omid"
    assert senior(omid.pk) == "boss"
    assert senior(omid.pk, boss.pk) == "reza"
    assert senior(omid.pk, boss.pk, reza.pk) is None


def test_who_stands_in_is_the_first_deputy_who_is_here(hire) -> None:
    reza, nima, leila = (hire(name) for name in ("reza", "nima", "leila"))
    time = {"from_at": NOON, "until_at": NOON + DAY, "by": ADMIN, "at": NOON}
    actions.report_absence(reza.pk, deputy_id=nima.pk, **time)
    actions.report_absence(nima.pk, deputy_id=leila.pk, **time)

    assert queries.stand_in(leila.pk, NOON) == leila.pk
    assert queries.stand_in(reza.pk, NOON) == leila.pk
    assert queries.stand_in(reza.pk, NOON + DAY) == reza.pk


def test_nobody_stands_in_when_deputies_name_each_other_or_nobody(hire) -> None:
    reza, nima, leila = (hire(name) for name in ("reza", "nima", "leila"))
    time = {"from_at": NOON, "until_at": NOON + DAY, "by": ADMIN, "at": NOON}
    actions.report_absence(reza.pk, deputy_id=nima.pk, **time)
    actions.report_absence(nima.pk, deputy_id=reza.pk, **time)
    actions.report_absence(leila.pk, **time)

    assert queries.stand_in(reza.pk, NOON) is None
    assert queries.stand_in(leila.pk, NOON) is None


def test_an_actor_is_read_once_however_many_roles_they_hold(
    units: SimpleNamespace, hire, django_assert_num_queries
) -> None:
    one = hire("one", (Role.HANDLER, units.tehran))
    actions.set_limit(Role.HANDLER, "IRR", amount=1, by=ADMIN, at=NOON)
    many = hire("many")
    for number in range(30):
        below = actions.add_unit(
            f"u{number}", name=both("u"), parent_id=units.shiraz, by=ADMIN, at=NOON
        )
        actions.appoint(many.pk, Role.HANDLER, unit_id=below.pk, by=ADMIN, at=NOON)
        actions.set_limit(Role.HANDLER, "IRR", amount=number, unit_id=below.pk, by=ADMIN, at=NOON)

    queries.actor_for_staff(one.pk, NOON)
    for cost in (3, 1):  # the mark, the colleague, their roles; then the mark alone
        with django_assert_num_queries(cost):
            queries.actor_for_staff(many.pk, NOON)


def test_a_list_of_colleagues_costs_the_same_for_one_and_for_thirty(
    units: SimpleNamespace, hire, django_assert_num_queries
) -> None:
    def cost() -> None:
        queries.chains([units.tajrish])  # the units are kept
        with django_assert_num_queries(2):
            queries.staff_free_to_take("complaint.handle", units.tajrish, NOON)
        with django_assert_num_queries(5):
            queries.most_senior((), units.tajrish, NOON)

    hire("first", (Role.HANDLER, units.tehran), unit_id=units.tehran)
    cost()
    for number in range(30):
        hire(f"n{number}", (Role.HANDLER, units.tehran), unit_id=units.tehran)
    cost()
