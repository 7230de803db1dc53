"""Signing in: with the right words, not too often, and out again by POST."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from tests.casework.conftest import DAY, START

from pasokh.directory.organisation.models import RoleAssignment, User
from pasokh.kernel import configuration

pytestmark = pytest.mark.django_db

PASSWORD = "چهار واژهٔ بی‌ربط در کنار هم"
SIGN_IN = "/fa/desk/sign-in/"


@pytest.fixture(autouse=True)
def nobody_counted() -> None:
    cache.clear()


@pytest.fixture
def reza(shop: SimpleNamespace) -> User:
    user = User(email="reza@example.org")
    user.set_password(PASSWORD)
    user.save()
    shop.staff["reza"].user = user
    shop.staff["reza"].save()
    return user


def sign_in(browser: Client, **given: str) -> Any:
    return browser.post(
        SIGN_IN, {"login": "reza@example.org", "password": PASSWORD, "next": "", **given}
    )


def test_the_right_words_open_the_desk_in_the_same_language(reza: User) -> None:
    browser = Client()

    answer = sign_in(browser, login=" Reza@Example.org ")

    assert (answer.status_code, answer["Location"]) == (302, "/fa/desk/")
    assert browser.get("/fa/desk/").status_code == 200
    assert reza.password.startswith("argon2")


def test_one_is_led_back_to_where_one_wanted_to_go_and_nowhere_else(reza: User) -> None:
    assert sign_in(Client(), next="/fa/desk/search/?q=x")["Location"] == "/fa/desk/search/?q=x"
    assert sign_in(Client(), next="https://evil.example/")["Location"] == "/fa/desk/"


def test_wrong_words_keep_the_address_and_say_no_more_than_needed(reza: User) -> None:
    wrong = sign_in(Client(), password="nonsense")
    nobody = sign_in(Client(), login="nobody@example.org")

    assert (wrong.status_code, nobody.status_code) == (200, 200)
    assert "reza@example.org" in wrong.content.decode()
    assert wrong.context["form"].errors == nobody.context["form"].errors


def test_after_five_wrong_words_the_right_ones_wait_too(reza: User) -> None:
    browser = Client()
    for _time in range(6):
        sign_in(browser, password="nonsense")

    answer = sign_in(browser)

    assert answer.status_code == 200
    assert "_auth_user_id" not in browser.session


def test_who_was_switched_off_does_not_come_in(reza: User) -> None:
    reza.is_active = False
    reza.save()
    browser = Client()
    sign_in(browser)

    assert browser.get("/fa/desk/").status_code == 302


@pytest.mark.parametrize("change", ["is_active", "password"])
def test_who_is_there_already_is_out_at_the_next_look(
    reza: User, at_desk: Callable[[str], Client], change: str
) -> None:
    browser = at_desk("reza")
    assert browser.get("/fa/desk/").status_code == 200
    if change == "is_active":
        User.objects.filter(pk=reza.pk).update(is_active=False)
    else:
        reza.set_password("another one altogether")
        reza.save()

    assert browser.get("/fa/desk/").status_code == 302


def test_signing_in_lets_nothing_go_that_is_kept_of_the_set_up(reza: User) -> None:
    def mark() -> object:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {configuration.MARK}")
            return cursor.fetchone()

    before = mark()
    browser = Client()
    sign_in(browser)

    assert browser.get("/fa/desk/").status_code == 200
    assert User.objects.get(pk=reza.pk).last_login is not None
    assert mark() == before


def test_signing_out_is_a_post(at_desk: Callable[[str], Client]) -> None:
    browser = at_desk("reza")

    assert browser.get("/fa/desk/sign-out/").status_code == 200
    assert browser.get("/fa/desk/").status_code == 200
    answer = browser.post("/fa/desk/sign-out/")

    assert answer["Location"] == SIGN_IN
    assert browser.get("/fa/desk/").status_code == 302


def test_the_session_cookie_is_out_of_reach_of_scripts(reza: User) -> None:
    browser = Client()
    sign_in(browser)
    cookie = browser.cookies["sessionid"]

    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_nobody_can_make_an_account(reza: User) -> None:
    for address in ("/fa/accounts/signup/", "/fa/desk/sign-up/", "/fa/desk/signup/"):
        assert Client().get(address).status_code == 404


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize(
    ("roles", "begins"),
    [
        ((), "password/"),
        (("administrator",), "set-up/"),
        (("handler",), ""),
        (("administrator", "handler"), ""),
    ],
)
def test_everybody_is_led_to_where_their_own_work_begins(
    reza: User, shop: SimpleNamespace, language: str, roles: tuple[str, ...], begins: str
) -> None:
    staff = shop.staff["reza"]
    staff.roles.all().delete()
    for role in roles:
        RoleAssignment.objects.create(
            staff=staff, role=role, unit=None, valid_from=START - DAY, by="clock:test"
        )

    answer = Client().post(
        f"/{language}/desk/sign-in/",
        {"login": reza.email, "password": PASSWORD, "next": ""},
        follow=True,
    )

    assert (answer.status_code, answer.request["PATH_INFO"]) == (200, f"/{language}/desk/{begins}")
    assert answer.context["home"] == f"/{language}/desk/{begins}"
