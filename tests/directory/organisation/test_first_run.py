from datetime import timedelta

import pytest
from tests.directory.conftest import NOON, both, last, refusal, told

from pasokh.directory.organisation import actions, queries
from pasokh.directory.organisation.models import SetupLink, Staff, User

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
PASSWORD = "four-unrelated-words-here"
GIVEN = {"email": "Zahra@khaneh.example", "password": PASSWORD, "name": both("Zahra")}


def opened(at=NOON) -> str:
    token = actions.open_setup(at=at)
    assert token is not None
    return token


def test_a_setup_link_makes_an_administrator_who_may_set_up_everything() -> None:
    staff = actions.make_first_administrator(opened(), **GIVEN, at=NOON + HOUR)

    actor = queries.actor_for_user(User.objects.get(), NOON + HOUR)
    assert actor is not None
    assert actor.code == staff.subject
    assert actor.may("organisation.configure")
    assert actor.may("staff.manage")
    assert not actor.may("complaint.read")
    assert User.objects.get().check_password(PASSWORD)
    assert User.objects.get().password.startswith("argon2")
    assert queries.administrator_exists()
    assert told(staff.subject) == ["setup.administrator_made"]
    assert last(staff.subject).actor == "clock:setup"


def test_the_token_is_long_and_kept_nowhere() -> None:
    token = opened()

    assert len(token) >= 22  # 128 bits and more
    link = SetupLink.objects.get()
    assert token not in (link.token_hash, last("organisation").facts)
    assert len(link.token_hash) == 64
    assert token.encode() not in bytes(last("organisation").canonical)


def test_where_there_is_an_administrator_no_link_is_made() -> None:
    actions.make_first_administrator(opened(), **GIVEN, at=NOON)

    assert actions.open_setup(at=NOON) is None


def test_a_new_link_replaces_one_that_was_not_used() -> None:
    old, new = opened(), opened()

    assert old != new
    assert refusal(actions.make_first_administrator, old, **GIVEN, at=NOON) == (
        "setup-link-unknown"
    )
    assert actions.make_first_administrator(new, **GIVEN, at=NOON).pk


def test_a_link_is_used_once() -> None:
    token = opened()
    actions.make_first_administrator(token, **GIVEN, at=NOON)

    second = GIVEN | {"email": "other@khaneh.example"}
    assert refusal(actions.make_first_administrator, token, **second, at=NOON) == (
        "setup-link-used"
    )
    assert Staff.objects.count() == 1


def test_a_link_expires_after_a_day() -> None:
    token = opened()
    just_now, too_late = NOON + 24 * HOUR - timedelta(seconds=1), NOON + 24 * HOUR

    assert refusal(actions.make_first_administrator, token, **GIVEN, at=too_late) == (
        "setup-link-expired"
    )
    assert actions.make_first_administrator(token, **GIVEN, at=just_now).pk


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"email": "zahra"}, "address-invalid"),
        ({"password": "too-short"}, "password-weak"),
        ({"name": both("").__class__("", "Zahra")}, "name-missing"),
        ({"language": "de"}, "language-unknown"),
    ],
)
def test_a_refusal_uses_nothing_up(changes: dict, code: str) -> None:
    token = opened()

    given = GIVEN | changes
    assert refusal(actions.make_first_administrator, token, **given, at=NOON) == code
    assert (User.objects.count(), Staff.objects.count()) == (0, 0)
    assert actions.make_first_administrator(token, **GIVEN, at=NOON).pk


def test_without_a_link_nobody_becomes_administrator() -> None:
    opened()

    assert refusal(actions.make_first_administrator, "", **GIVEN, at=NOON) == "setup-link-unknown"
