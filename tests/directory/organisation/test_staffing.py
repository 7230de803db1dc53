from datetime import timedelta
from types import SimpleNamespace

import pytest
from tests.directory.conftest import ADMIN, NOBODY, NOON, acting, both, last, refusal, told

from pasokh.directory.organisation import actions, queries
from pasokh.directory.organisation.models import RoleAssignment, Staff, User
from pasokh.directory.organisation.roles import Role

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PASSWORD = "four-unrelated-words-here"


def test_a_colleague_is_added_with_their_name_sealed(units: SimpleNamespace, hire) -> None:
    boss = hire("boss")
    reza = hire("reza", unit_id=units.tehran, line_manager_id=boss.pk, language="en")

    assert (reza.unit_id, reza.line_manager_id, reza.language) == (units.tehran, boss.pk, "en")
    entry = last(reza.subject)
    assert entry.facts == {
        "unit": units.tehran,
        "line_manager": boss.pk,
        "active_from": "2026-05-04T06:00:00.000000Z",
    }
    assert b"reza" not in bytes(entry.canonical)
    assert entry.private == {
        "number": "reza",
        "name": {"fa": "reza فا", "en": "reza"},
        "post": {"fa": "post فا", "en": "post"},
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "reza"}, "staff-number-taken"),
        ({"name": both("").__class__("", "x")}, "name-missing"),
        ({"language": "de"}, "language-unknown"),
        ({"unit_id": 999}, "no-such-unit"),
        ({"line_manager_id": 999}, "no-such-staff"),
        ({"by": NOBODY}, "not-authorised"),
    ],
)
def test_a_colleague_is_not_added_when(hire, changes: dict, code: str) -> None:
    hire("reza")
    given = {"number": "nima", "name": both("nima"), "post": both("post"), "by": ADMIN}
    number = changes.pop("number", given.pop("number"))

    assert refusal(actions.add_staff, number, **given | changes, at=NOON) == code
    assert Staff.objects.count() == 1


def test_what_is_corrected_of_a_colleague_keeps_old_and_new(units: SimpleNamespace, hire) -> None:
    reza = hire("reza")

    actions.correct_staff(reza.pk, number="r-2", unit_id=units.tehran, by=ADMIN, at=NOON)

    entry = last(reza.subject)
    assert entry.facts == {"changed": ["number", "unit_id"], "unit": units.tehran}
    assert entry.private == {"number": ["reza", "r-2"], "unit_id": [None, units.tehran]}


def test_two_who_correct_different_things_lose_nothing(hire) -> None:
    reza = hire("reza")

    actions.correct_staff(reza.pk, post=both("Head"), by=ADMIN, at=NOON)
    actions.correct_staff(reza.pk, language="en", by=ADMIN, at=NOON)

    reza.refresh_from_db()
    assert (reza.post, reza.language) == (both("Head"), "en")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "nima"}, "staff-number-taken"),
        ({"name": both("").__class__("x", "")}, "name-missing"),
        ({"language": "de"}, "language-unknown"),
        ({"unit_id": 999}, "no-such-unit"),
        ({"by": NOBODY}, "not-authorised"),
    ],
)
def test_a_colleague_is_not_corrected_when(hire, changes: dict, code: str) -> None:
    reza, _ = hire("reza"), hire("nima")

    assert refusal(actions.correct_staff, reza.pk, **{"by": ADMIN} | changes, at=NOON) == code
    reza.refresh_from_db()
    assert (reza.number, reza.name) == ("reza", both("reza"))


def test_nobody_manages_who_manages_them(hire) -> None:
    boss = hire("boss")
    reza = hire("reza", line_manager_id=boss.pk)
    nima = hire("nima", line_manager_id=reza.pk)

    for under in (boss, reza, nima):
        code = refusal(actions.correct_staff, boss.pk, line_manager_id=under.pk, by=ADMIN, at=NOON)
        assert code == "manages-each-other"


def test_a_colleague_moves_only_where_the_mover_manages(units: SimpleNamespace, hire) -> None:
    reza = hire("reza", unit_id=units.tehran)
    local = acting("staff.manage", unit=units.tehran)

    actions.correct_staff(reza.pk, post=both("x"), by=local, at=NOON)
    code = refusal(actions.correct_staff, reza.pk, unit_id=units.shiraz, by=local, at=NOON)

    assert code == "not-authorised"


def test_who_leaves_holds_no_role_and_is_no_actor_from_then_on(hire) -> None:
    reza = hire("reza", Role.HANDLER)

    actions.end_staff(reza.pk, until=NOON + DAY, by=ADMIN, at=NOON)

    assert queries.actor_for_staff(reza.pk, NOON) is not None
    assert queries.actor_for_staff(reza.pk, NOON + DAY) is None
    assert [held.valid_until for held in queries.assignments(reza.pk)] == [NOON + DAY]
    assert refusal(actions.end_staff, reza.pk, until=NOON - DAY, by=ADMIN, at=NOON) == (
        "ends-before-it-begins"
    )


def test_who_comes_back_is_given_no_role_by_it(hire) -> None:
    reza = hire("reza", Role.HANDLER)
    actions.end_staff(reza.pk, until=NOON, by=ADMIN, at=NOON)
    assert refusal(actions.correct_staff, reza.pk, language="en", by=ADMIN, at=NOON) == (
        "staff-ended"
    )

    actions.reinstate_staff(reza.pk, by=ADMIN, at=NOON + DAY)

    actor = queries.actor_for_staff(reza.pk, NOON + DAY)
    assert actor is not None
    assert dict(actor.grants) == {}
    assert refusal(actions.reinstate_staff, reza.pk, by=ADMIN, at=NOON) == "staff-not-ended"


def test_a_sign_in_is_given_once_under_one_address(hire) -> None:
    reza, nima = hire("reza"), hire("nima")

    user = actions.give_sign_in(
        reza.pk, email=" Reza@Khaneh.example ", password=PASSWORD, by=ADMIN, at=NOON
    )

    assert user.email == "reza@khaneh.example"
    assert user.check_password(PASSWORD)
    assert User.objects.get_by_natural_key("REZA@khaneh.EXAMPLE") == user
    assert last(reza.subject).private == {"address": "reza@khaneh.example"}
    again = {"email": "reza@KHANEH.example", "by": ADMIN, "at": NOON}
    assert refusal(actions.give_sign_in, reza.pk, **again) == "has-sign-in"
    assert refusal(actions.give_sign_in, nima.pk, **again) == "address-taken"


def test_without_a_password_nobody_signs_in_until_it_is_reset(hire) -> None:
    user = actions.give_sign_in(hire("reza").pk, email="r@khaneh.example", by=ADMIN, at=NOON)

    assert not user.has_usable_password()


@pytest.mark.parametrize(
    ("email", "password", "code"),
    [
        ("reza", PASSWORD, "address-invalid"),
        ("reza@khaneh.example", "short", "password-weak"),
        ("reza@khaneh.example", "reza@khaneh.example", "password-weak"),
        ("reza@khaneh.example", "passwordpassword"[:8] * 1 + "1234", "password-weak"),
    ],
)
def test_a_sign_in_is_not_given_when(hire, email: str, password: str, code: str) -> None:
    reza = hire("reza")

    assert (
        refusal(actions.give_sign_in, reza.pk, email=email, password=password, by=ADMIN, at=NOON)
        == code
    )
    assert User.objects.count() == 0


def test_only_who_manages_all_staff_gives_sign_ins(units: SimpleNamespace, hire) -> None:
    reza = hire("reza", unit_id=units.tehran)
    local = acting("staff.manage", unit=units.tehran)

    assert (
        refusal(actions.give_sign_in, reza.pk, email="r@khaneh.example", by=local, at=NOON)
        == "not-authorised"
    )


@pytest.mark.clause("10002:5.4")
@pytest.mark.clause("10002:5.4.1")
def test_a_role_is_held_from_when_to_when_and_by_whom_it_was_given(hire) -> None:
    reza = hire("reza")

    held = actions.appoint(
        reza.pk, Role.HANDLER, valid_from=NOON + DAY, valid_until=NOON + 3 * DAY, by=ADMIN, at=NOON
    )

    assert held.by == "staff:0"
    assert [
        queries.holds(reza.pk, "complaint.handle", unit=None, at=NOON + day * DAY)
        for day in range(4)
    ] == [False, True, True, False]
    assert last(reza.subject).facts == {
        "assignment": held.pk,
        "role": "handler",
        "valid_from": "2026-05-05T06:00:00.000000Z",
        "valid_until": "2026-05-07T06:00:00.000000Z",
    }


def test_nobody_is_administrator_of_a_part(units: SimpleNamespace, hire) -> None:
    reza, given = hire("reza"), {"unit_id": units.tehran, "by": ADMIN, "at": NOON}

    assert refusal(actions.appoint, reza.pk, Role.ADMINISTRATOR, **given) == (
        "administrator-is-everywhere"
    )
    assert queries.assignments(reza.pk) == []


def test_the_same_role_is_not_given_twice_for_the_same_time(hire) -> None:
    reza = hire("reza", Role.HANDLER)

    assert refusal(actions.appoint, reza.pk, Role.HANDLER, by=ADMIN, at=NOON) == (
        "role-held-already"
    )
    held = queries.assignments(reza.pk)[0]
    actions.dismiss(held.pk, by=ADMIN, at=NOON + DAY)
    again = actions.appoint(reza.pk, Role.HANDLER, by=ADMIN, at=NOON + DAY)
    assert again.valid_from == NOON + DAY


def test_a_role_may_be_given_before_one_that_begins_later(hire) -> None:
    reza = hire("reza")
    later = {"by": ADMIN, "at": NOON}
    actions.appoint(reza.pk, Role.HANDLER, valid_from=NOON + 9 * DAY, **later)

    actions.appoint(reza.pk, Role.HANDLER, valid_until=NOON + 9 * DAY, **later)

    assert len(queries.assignments(reza.pk)) == 2


def test_a_role_that_has_not_begun_is_ended_as_if_never_held(hire) -> None:
    reza = hire("reza")
    held = actions.appoint(reza.pk, Role.HANDLER, valid_from=NOON + DAY, by=ADMIN, at=NOON)

    actions.dismiss(held.pk, by=ADMIN, at=NOON)

    assert not queries.holds(reza.pk, "complaint.handle", unit=None, at=NOON + 2 * DAY)
    assert refusal(actions.dismiss, held.pk, by=ADMIN, at=NOON + 2 * DAY) == "role-ended"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"by": NOBODY}, "not-authorised"),
        ({"unit_id": 999}, "no-such-unit"),
        ({"valid_until": NOON}, "ends-before-it-begins"),
    ],
)
def test_a_role_is_not_given_when(hire, changes: dict, code: str) -> None:
    reza = hire("reza")

    given = {"by": ADMIN, "at": NOON} | changes
    assert refusal(actions.appoint, reza.pk, Role.HANDLER, **given) == code
    assert refusal(actions.appoint, 999, Role.HANDLER, by=ADMIN, at=NOON) == "no-such-staff"
    assert RoleAssignment.objects.count() == 0


def test_who_manages_one_unit_gives_and_ends_roles_in_that_unit_alone(
    units: SimpleNamespace, hire
) -> None:
    reza = hire("reza", Role.AUDITOR)
    local = {"by": acting("staff.manage", unit=units.tehran), "at": NOON}

    actions.appoint(reza.pk, Role.HANDLER, unit_id=units.tehran, **local)

    everywhere = queries.assignments(reza.pk)[-1]
    assert [
        refusal(actions.appoint, reza.pk, Role.HANDLER, **local),
        refusal(actions.appoint, reza.pk, Role.HANDLER, unit_id=units.shiraz, **local),
        refusal(actions.dismiss, everywhere.pk, **local),
    ] == ["not-authorised"] * 3
    assert refusal(actions.dismiss, 999, **local) == "no-such-role"


def administrator(hire, number: str) -> Staff:
    staff = hire(number, Role.ADMINISTRATOR)
    actions.give_sign_in(staff.pk, email=f"{number}@khaneh.example", by=ADMIN, at=NOON)
    return staff


def test_one_administrator_always_remains(hire) -> None:
    first, second = administrator(hire, "zahra"), administrator(hire, "ali")
    held = queries.assignments(first.pk)[0]

    actions.end_staff(second.pk, until=NOON + DAY, by=ADMIN, at=NOON)

    assert refusal(actions.dismiss, held.pk, by=ADMIN, at=NOON) == "last-administrator"
    assert refusal(actions.end_staff, first.pk, until=NOON + DAY, by=ADMIN, at=NOON) == (
        "last-administrator"
    )
    assert queries.administrator_exists()
    assert told(first.subject)[-1] == "staff.sign_in_given"


def test_an_administrator_who_cannot_sign_in_or_only_for_a_time_does_not_count(hire) -> None:
    hire("no-sign-in", Role.ADMINISTRATOR)
    brief = hire("brief")
    actions.give_sign_in(brief.pk, email="brief@khaneh.example", by=ADMIN, at=NOON)
    actions.appoint(brief.pk, Role.ADMINISTRATOR, valid_until=NOON + DAY, by=ADMIN, at=NOON)

    assert not queries.administrator_exists()


def test_a_limit_is_set_and_set_again_with_the_one_before(units: SimpleNamespace) -> None:
    actions.set_limit(Role.HANDLER, "IRR", amount=100, unit_id=units.tehran, by=ADMIN, at=NOON)
    actions.set_limit(Role.HANDLER, "IRR", amount=70, unit_id=units.tehran, by=ADMIN, at=NOON)

    assert last(f"unit:{units.tehran}").facts == {
        "role": "handler",
        "currency": "IRR",
        "amount": 70,
        "unit": units.tehran,
        "before": 100,
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"by": NOBODY}, "not-authorised"),
        ({"currency": "irr"}, "currency-unknown"),
        ({"amount": -1}, "amount-negative"),
    ],
)
def test_a_limit_is_not_set_when(changes: dict, code: str) -> None:
    given = {"currency": "IRR", "amount": 1, "by": ADMIN, "at": NOON} | changes

    assert refusal(actions.set_limit, Role.HANDLER, given.pop("currency"), **given) == code


def test_an_absence_is_reported_by_oneself_or_who_manages(hire) -> None:
    reza, nima = hire("reza"), hire("nima")
    time = {"from_at": NOON, "until_at": NOON + DAY, "at": NOON}

    own = actions.report_absence(reza.pk, **time, deputy_id=nima.pk, by=acting(number=str(reza.pk)))
    actions.report_absence(nima.pk, **time, by=ADMIN)

    assert refusal(actions.report_absence, nima.pk, **time, by=acting(number=str(reza.pk))) == (
        "not-authorised"
    )
    assert last(reza.subject).facts == {
        "absence": own.pk,
        "from_at": "2026-05-04T06:00:00.000000Z",
        "until_at": "2026-05-05T06:00:00.000000Z",
        "deputy": nima.pk,
    }


def test_an_absence_needs_another_who_is_here_and_a_time(hire) -> None:
    reza, gone = hire("reza"), hire("gone")
    actions.end_staff(gone.pk, until=NOON, by=ADMIN, at=NOON)
    time = {"from_at": NOON, "until_at": NOON + DAY, "by": ADMIN, "at": NOON}

    assert refusal(actions.report_absence, reza.pk, **time, deputy_id=reza.pk) == "own-deputy"
    assert refusal(actions.report_absence, reza.pk, **time, deputy_id=gone.pk) == "staff-ended"
    assert refusal(actions.report_absence, reza.pk, **time | {"until_at": NOON}) == (
        "ends-before-it-begins"
    )


def test_who_is_back_early_says_so(hire) -> None:
    reza = hire("reza")
    away = actions.report_absence(reza.pk, from_at=NOON, until_at=NOON + 5 * DAY, by=ADMIN, at=NOON)

    assert refusal(actions.end_absence, away.pk, by=NOBODY, at=NOON) == "not-authorised"
    actions.end_absence(away.pk, by=acting(number=str(reza.pk)), at=NOON + DAY)

    assert refusal(actions.end_absence, away.pk, by=ADMIN, at=NOON + DAY) == "no-such-absence"
    assert told(reza.subject)[-1] == "staff.absence_ended"
