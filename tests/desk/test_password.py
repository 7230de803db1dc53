"""One's own password: chosen before anything else where somebody else gave the first one."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.desk.conftest import NOW
from tests.fixtures.pages import Page

from pasokh.directory.organisation import actions
from pasokh.directory.organisation.models import User
from pasokh.kernel.actors import clock
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db

GIVEN = "سه واژهٔ بی‌ربط برای شروع"
OWN = "چهار واژهٔ بی‌ربط در کنار هم"
PAGE = "/en/desk/password/"
NOT_STORABLE = "Some of these signs cannot be stored as text. Write it without them."
KEEPER = clock("test", "staff.manage")


@pytest.fixture(autouse=True)
def nobody_counted() -> None:
    cache.clear()


@pytest.fixture
def reza(shop: SimpleNamespace) -> User:
    """A colleague whose sign-in was just given."""
    return actions.give_sign_in(
        shop.staff["reza"].pk, email="reza@example.org", password=GIVEN, by=KEEPER, at=NOW
    )


def sign_in(password: str, language: str = "en", path: str = "desk/search/?q=x") -> Client:
    browser = Client()
    given = {"login": "reza@example.org", "password": password, "next": f"/{language}/{path}"}
    browser.post(f"/{language}/desk/sign-in/", given)
    return browser


def choose(browser: Client, present: str = GIVEN, password: str = OWN, **more: Any) -> Any:
    given = {"present": present, "password": password, "again": password, **more}
    return browser.post(PAGE, given)


def faults(answer: Any) -> dict[str, list[str]]:
    assert answer.status_code == 200
    return {name: list(each) for name, each in answer.context["form"].errors.items()}


def test_a_given_password_opens_only_the_page_to_change_it(reza: User) -> None:
    browser = sign_in(GIVEN)

    for address in ("/en/desk/", "/en/desk/search/?q=x", "/en/desk/complaints/new/"):
        answer = browser.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith(f"{PAGE}?next=/en/desk/")
    assert "Choose a password of your own first" in browser.get(PAGE).content.decode()


def test_one_s_own_password_opens_the_desk_and_leads_on(reza: User) -> None:
    browser = sign_in(GIVEN)

    answer = choose(browser, next="/en/desk/search/?q=x")

    assert (answer.status_code, answer["Location"]) == (302, "/en/desk/search/?q=x")
    assert browser.get("/en/desk/").status_code == 200
    assert sign_in(OWN).get("/en/desk/").status_code == 200
    assert sign_in(GIVEN).get("/en/desk/")["Location"].startswith("/en/desk/sign-in/")
    entry = Entry.objects.filter(event="staff.password_chosen").get()
    assert entry.actor == f"staff:{reza.staff.pk}"


def test_whoever_else_was_signed_in_is_signed_out(reza: User) -> None:
    here, there = sign_in(GIVEN), sign_in(GIVEN)
    choose(here)

    assert here.get("/en/desk/").status_code == 200
    assert there.get("/en/desk/")["Location"].startswith("/en/desk/sign-in/")


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"present": "nonsense"}, "present", "The present password is not right."),
        ({"password": GIVEN}, "password", "The new password is the present one."),
        ({"password": "reza@example.org"}, "password", "This password is too easy to guess."),
        ({"password": "short"}, "password", "This password is too easy to guess."),
        ({"again": "another"}, "again", "The two passwords differ."),
        ({"present": ""}, "present", "Write your present password."),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_changes_nothing(
    reza: User, given: dict[str, str], field: str, says: str
) -> None:
    browser = sign_in(GIVEN)

    found = faults(choose(browser, **given))

    assert [*found] == [field]
    assert found[field][0].startswith(says)
    reza.refresh_from_db()
    assert (reza.check_password(GIVEN), reza.password_given) == (True, True)


@pytest.mark.parametrize("signs", [b"a\0b", b"caf\xe9", b"\xed\xa0\x80"])
@pytest.mark.parametrize("field", ["present", "password", "again"])
def test_signs_that_no_database_holds_are_refused_at_their_field(
    reza: User, field: str, signs: bytes
) -> None:
    browser = sign_in(GIVEN)
    form = Page(browser.get(PAGE)).form("present")
    given = {"present": GIVEN, "password": OWN, "again": OWN}

    found = faults(form.post(browser, PAGE, {**given, field: given[field].encode() + signs}))

    assert found == {field: [NOT_STORABLE]}
    reza.refresh_from_db()
    assert (reza.check_password(GIVEN), reza.password_given) == (True, True)
    leads = form.post(browser, PAGE, {**given, "next": b"/en/desk/" + signs})
    assert leads.status_code == 302
    assert leads["Location"].startswith("/en/desk/")


@pytest.mark.parametrize("signs", [b"a\0b", b"caf\xe9", b"\xed\xa0\x80"])
@pytest.mark.parametrize("field", ["login", "password", "next"])
def test_signs_that_no_database_holds_sign_nobody_in_and_break_nothing(
    reza: User, field: str, signs: bytes
) -> None:
    browser, at = Client(), "/en/desk/sign-in/"
    given = {"login": "reza@example.org", "password": GIVEN, "next": "/en/desk/"}
    form = Page(browser.get(at)).form("login")

    answer = form.post(browser, at, {**given, field: given[field].encode() + signs})

    assert answer.status_code == (302 if field == "next" else 200)
    assert ("_auth_user_id" in browser.session) == (field == "next")


@pytest.mark.parametrize(
    ("act", "field", "signs"),
    [
        ("sign-in", "email", b"\0"),
        ("sign-in", "email", b"\xe9"),
        ("sign-in", "password", b"a\0b"),
        ("renew", "password", b"caf\xe9"),
        ("renew", "password", b"\xed\xa0\x80"),
    ],
)
def test_what_a_colleague_is_given_to_sign_in_with_holds_no_such_signs_either(
    at_desk: Callable[[str], Client], shop: SimpleNamespace, act: str, field: str, signs: bytes
) -> None:
    staff, given = shop.staff["reza"], {"email": "reza@example.org", "password": OWN}
    if act == "renew":
        actions.give_sign_in(staff.pk, email=given["email"], password=GIVEN, by=KEEPER, at=NOW)
    keeper, page = at_desk("zahra"), f"/en/desk/set-up/staff/{staff.pk}/"
    form = next(form for form in Page(keeper.get(page)).forms if form.fields.get("act") == [act])

    answer = form.post(keeper, page, {**given, field: given[field].encode() + signs})

    assert faults(answer) == {field: [NOT_STORABLE]}
    staff.refresh_from_db()
    assert staff.user is None or staff.user.check_password(GIVEN)


def test_guessing_the_present_password_is_slowed(reza: User) -> None:
    browser = sign_in(GIVEN)
    answers = [choose(browser, present="nonsense").status_code for _time in range(7)]

    assert answers[:5] == [200] * 5
    assert answers[-1] == 429
    assert browser.get(PAGE).status_code == 200


def test_it_leads_nowhere_else(reza: User) -> None:
    assert choose(sign_in(GIVEN), next="https://evil.example/")["Location"] == "/en/desk/"


def test_the_administrator_gives_a_new_one_when_it_is_forgotten(
    reza: User, at_desk: Callable[[str], Client], shop: SimpleNamespace
) -> None:
    here = sign_in(GIVEN)
    choose(here)
    page = f"/en/desk/set-up/staff/{shop.staff['reza'].pk}/"
    keeper = at_desk("zahra")
    assert "reza@example.org" in keeper.get(page).content.decode()

    weak = keeper.post(page, {"act": "renew", "password": "12345"})
    assert "too easy to guess" in str(weak.context["form"].errors)
    assert keeper.post(page, {"act": "renew", "password": GIVEN}).status_code == 302

    assert here.get("/en/desk/")["Location"].startswith("/en/desk/sign-in/")
    assert sign_in(GIVEN).get("/en/desk/")["Location"].startswith(PAGE)


@pytest.mark.parametrize(
    ("language", "weak", "many"),
    [
        ("en", "too easy to guess", "There were too many wrong attempts"),
        ("fa", "به‌آسانی می‌توان حدس زد", "چند بار رمز عبور نادرست نوشته شده است"),
    ],
)
def test_strength_and_lock_out_are_told_in_the_reader_s_language(
    reza: User, language: str, weak: str, many: str
) -> None:
    browser = sign_in(GIVEN, language, "desk/")
    given = {"present": GIVEN, "password": "12345678", "again": "12345678"}
    assert weak in browser.post(f"/{language}/desk/password/", given).content.decode()

    stranger = Client()
    wrong = {"login": "reza@example.org", "password": "nonsense", "next": ""}
    for _time in range(6):
        page = stranger.post(f"/{language}/desk/sign-in/", wrong)
    assert many in page.content.decode()
