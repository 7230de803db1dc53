from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client, override_settings
from tests.fixtures.pages import Page

from pasokh.desk import setup
from pasokh.directory.organisation import actions, queries
from pasokh.directory.organisation.models import Staff, User
from pasokh.kernel import clock
from pasokh.kernel.text import visible

pytestmark = pytest.mark.django_db

PASSWORD = "چهار واژهٔ بی‌ربط در کنار هم"
GIVEN = {
    "name_fa": "زهرا احمدی",
    "name_en": "Zahra Ahmadi",
    "email": "Zahra@example.org",
    "password": PASSWORD,
    "again": PASSWORD,
}
NOT_STORABLE = {
    "en": "Some of these signs cannot be stored as text. Write it without them.",
    "fa": "بعضی از این نشانه‌ها را نمی‌توان به شکل متن نگه داشت. بدون آن‌ها بنویسید.",
}


@pytest.fixture(autouse=True)
def nobody_counted() -> Any:
    with override_settings(
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    ):
        cache.clear()
        yield


@pytest.fixture
def link() -> str:
    token = actions.open_setup(at=clock.now())
    assert token
    return f"/en/setup/{token}/"


def errors(answer: HttpResponse) -> dict[str, list[str]]:
    return {name: list(each) for name, each in answer.context["form"].errors.items()}


def test_the_link_opens_a_form_and_uses_nothing_up(client: Client, link: str) -> None:
    for _ in range(2):
        assert client.get(link).status_code == 200

    assert not queries.administrator_exists()


def test_the_form_makes_an_administrator_who_can_sign_in(client: Client, link: str) -> None:
    answer = client.post(link, GIVEN, follow=True)

    assert answer.redirect_chain == [("/en/setup/done/", 302)]
    assert "Sign in with your e-mail address" in answer.content.decode()
    staff, user = Staff.objects.get(), User.objects.get()
    assert (staff.name.fa, staff.name.en, staff.language) == ("زهرا احمدی", "Zahra Ahmadi", "en")
    assert (user.email, user.check_password(PASSWORD)) == ("zahra@example.org", True)


def test_the_language_of_the_page_becomes_the_administrator_s(client: Client, link: str) -> None:
    client.post(link.replace("/en/", "/fa/"), GIVEN)

    assert Staff.objects.get().language == "fa"


@pytest.mark.parametrize(
    ("given", "field", "says"),
    [
        ({"name_fa": " "}, "name_fa", "Write your name in Persian."),
        ({"name_en": ""}, "name_en", "Write your name in English."),
        ({"email": "zahra"}, "email", "This is not a whole e-mail address"),
        ({"password": "short", "again": "short"}, "password", "This password is too easy to guess"),
        ({"again": PASSWORD + "!"}, "again", "The two passwords differ."),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_is_made(
    client: Client, link: str, given: dict[str, str], field: str, says: str
) -> None:
    answer = client.post(link, GIVEN | given)

    assert answer.status_code == 200
    assert [*errors(answer)] == [field]
    assert errors(answer)[field][0].startswith(says)
    assert PASSWORD not in answer.content.decode()
    assert not queries.administrator_exists()
    assert client.post(link, GIVEN).status_code == 302


@pytest.mark.parametrize("field", GIVEN)
@pytest.mark.parametrize(
    ("signs", "language"), [(b"a\0b", "en"), (b"caf\xe9", "fa"), (b"\xed\xa0\x80", "en")]
)
def test_signs_that_no_database_holds_are_refused_at_their_field(
    client: Client, link: str, signs: bytes, language: str, field: str
) -> None:
    at = link.replace("/en/", f"/{language}/")
    form = Page(client.get(at)).form("name_fa")

    answer = form.post(client, at, {**GIVEN, field: GIVEN[field].encode() + signs})

    assert answer.status_code == 200
    assert list(errors(answer)) == [field]
    assert errors(answer)[field] == [NOT_STORABLE[language]]
    shown = Page(answer).form("name_fa").fields[field][0]
    assert shown == ("" if field in ("password", "again") else GIVEN[field] + gone(signs))
    assert not queries.administrator_exists()


def gone(signs: bytes) -> str:
    return visible(signs.decode("utf-8", "surrogateescape")).text


def test_white_space_is_part_of_a_password(client: Client, link: str) -> None:
    client.post(link, GIVEN | {"password": f" {PASSWORD} ", "again": f" {PASSWORD} "})

    assert User.objects.get().check_password(f" {PASSWORD} ")


def test_a_link_works_once(client: Client, link: str) -> None:
    client.post(link, GIVEN)

    for answer in (client.get(link), client.post(link, GIVEN)):
        assert answer.status_code == 410
        assert "this link is spent" in answer.content.decode()
        assert "If it was not you" in answer.content.decode()
    assert User.objects.count() == 1


@pytest.mark.parametrize("address", ["/en/setup/nonsense/", "/fa/setup/" + "۱" * 300 + "/"])
def test_an_unknown_link_opens_nothing(client: Client, address: str) -> None:
    answer = client.get(address)

    assert (answer.status_code, answer.templates[0].name) == (410, "desk/setup_closed.html")


def test_an_expired_link_says_how_to_get_another(client: Client) -> None:
    token = actions.open_setup(at=clock.now() - timedelta(hours=25))

    answer = client.get(f"/en/setup/{token}/")

    assert answer.status_code == 410
    assert "Start the server again" in answer.content.decode()


def test_the_address_stays_out_of_caches_and_other_sites(client: Client, link: str) -> None:
    for answer in (client.get(link), client.get("/en/setup/nonsense/"), client.post(link, GIVEN)):
        assert answer["Referrer-Policy"] == "strict-origin"
        assert answer["Cache-Control"] == "no-store"


def test_the_token_is_in_no_link_but_that_to_the_other_language(client: Client, link: str) -> None:
    token = link.split("/")[3]
    page = client.get(link).content.decode()

    assert page.count(token) == page.count(f"/fa/setup/{token}/") == 1
    assert token not in client.post(link, GIVEN)["Location"]


def test_the_token_is_in_no_log(link: str, caplog: pytest.LogCaptureFixture) -> None:
    Client(enforce_csrf_checks=True).post(link, GIVEN)
    Client().get("/en/setup/nonsense/")

    assert len(caplog.messages) >= 2
    assert link.split("/")[3] not in caplog.text
    assert "nonsense" not in caplog.text


def test_the_form_cannot_be_sent_from_elsewhere(link: str) -> None:
    answer = Client(enforce_csrf_checks=True).post(link, GIVEN)

    assert answer.status_code == 403
    assert not queries.administrator_exists()


def test_who_tries_too_often_is_asked_to_wait(client: Client, link: str) -> None:
    for _ in range(setup.MOST):
        assert client.post("/en/setup/nonsense/").status_code == 410

    refused = client.post(link, GIVEN)

    assert (refused.status_code, refused["Retry-After"]) == (429, str(setup.SECONDS))
    assert client.get(link).status_code == 200
    assert client.post(link, GIVEN, REMOTE_ADDR="192.0.2.7").status_code == 302
