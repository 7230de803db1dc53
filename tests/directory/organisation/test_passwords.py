"""Passwords given, renewed and chosen; what is given has to be changed by its owner."""

from types import SimpleNamespace

import pytest
from tests.directory.conftest import ADMIN, NOBODY, NOON, acting, last, refusal, told

from pasokh.directory.organisation import actions
from pasokh.directory.organisation.models import Staff, User
from pasokh.kernel.actors import clock

pytestmark = pytest.mark.django_db

GIVEN = "four-unrelated-words-here"
OWN = "and-four-others-of-my-own"


@pytest.fixture
def reza(hire) -> Staff:
    staff = hire("reza")
    actions.give_sign_in(staff.pk, email="r@khaneh.example", password=GIVEN, by=ADMIN, at=NOON)
    return staff


def choose(staff: Staff, present: str = GIVEN, password: str = OWN) -> User:
    by = acting(number=str(staff.pk))
    return actions.choose_password(present=present, password=password, by=by, at=NOON)


def test_a_given_password_has_to_be_changed_and_a_chosen_one_not(reza: Staff) -> None:
    assert User.objects.get().password_given

    choose(reza)

    user = User.objects.get()
    assert (user.password_given, user.check_password(OWN)) == (False, True)
    assert told(reza.subject)[-2:] == ["staff.sign_in_given", "staff.password_chosen"]
    assert last(reza.subject).private is None


def test_a_renewed_one_has_to_be_changed_again(reza: Staff) -> None:
    choose(reza)

    actions.renew_password(reza.pk, password=GIVEN, by=ADMIN, at=NOON)

    user = User.objects.get()
    assert (user.password_given, user.check_password(GIVEN)) == (True, True)
    assert last(reza.subject).event == "staff.password_renewed"


@pytest.mark.parametrize(
    ("present", "password", "code"),
    [
        ("nonsense", OWN, "password-wrong"),
        (GIVEN, GIVEN, "password-same"),
        (GIVEN, "short", "password-weak"),
        (GIVEN, "r@khaneh.example", "password-weak"),
    ],
)
def test_none_is_chosen_when(reza: Staff, present: str, password: str, code: str) -> None:
    assert refusal(choose, reza, present, password) == code
    assert User.objects.get().check_password(GIVEN)


def test_only_a_colleague_who_signs_in_chooses(hire) -> None:
    assert refusal(choose, hire("nima")) == "no-sign-in"
    words = {"present": GIVEN, "password": OWN, "by": clock("test"), "at": NOON}
    assert refusal(actions.choose_password, **words) == "not-authorised"


def test_only_who_manages_all_staff_renews(units: SimpleNamespace, reza: Staff, hire) -> None:
    again = {"password": OWN, "at": NOON}
    for by in (NOBODY, acting("staff.manage", unit=units.tehran)):
        assert refusal(actions.renew_password, reza.pk, by=by, **again) == "not-authorised"
    assert refusal(actions.renew_password, hire("nima").pk, by=ADMIN, **again) == "no-sign-in"
    assert refusal(actions.renew_password, reza.pk, password="x", by=ADMIN, at=NOON) == (
        "password-weak"
    )
