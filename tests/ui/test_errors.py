"""No test here may open the database: pytest-django keeps it closed."""

from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import DatabaseError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings
from django.urls import path

from pasokh.config import urls
from pasokh.ui import errors

RAISED = {
    "bad": SuspiciousOperation,
    "forbidden": PermissionDenied,
    "broken": ZeroDivisionError,
    "data": DatabaseError,
    "away": OperationalError,
    "gone": InterfaceError,
}


def _raise(request: HttpRequest, what: str) -> HttpResponse:
    if what == "form":
        return HttpResponse("sent")
    raise RAISED[what]("secret words")


urlpatterns = [
    path("<str:language>/<str:what>/", lambda request, language, what: _raise(request, what))
]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500


class _Heading(HTMLParser):
    text, inside = "", False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.inside = tag == "h1"

    def handle_data(self, data: str) -> None:
        self.text += data if self.inside else ""

    def handle_endtag(self, tag: str) -> None:
        self.inside = False


def heading(answer: HttpResponse) -> str:
    reader = _Heading()
    reader.feed(answer.content.decode())
    return reader.text


@pytest.fixture
def visitor() -> Client:
    with override_settings(ROOT_URLCONF=__name__):
        yield Client(raise_request_exception=False, enforce_csrf_checks=True)


@pytest.mark.parametrize(
    ("what", "status", "says"),
    [
        ("bad", 400, "Your browser sent something we could not read"),
        ("forbidden", 403, "You may not open this page"),
        ("broken", 500, "Something went wrong on our side"),
        ("data", 500, "Something went wrong on our side"),
        ("away", 503, "We will be back in a moment"),
        ("gone", 503, "We will be back in a moment"),
    ],
)
def test_what_went_wrong_has_a_page(visitor: Client, what: str, status: int, says: str) -> None:
    answer = visitor.get(f"/en/{what}/")

    assert (answer.status_code, heading(answer)) == (status, says)
    assert b"secret words" not in answer.content
    assert answer["Cache-Control"] == "no-store"


def test_a_pause_says_when_to_come_back(visitor: Client) -> None:
    assert visitor.get("/en/away/")["Retry-After"] == "60"


def test_an_unknown_address_has_a_page(visitor: Client) -> None:
    answer = visitor.get("/en/no/such/page")

    assert (answer.status_code, heading(answer)) == (404, "There is no page here")


def test_a_form_without_its_cookie_says_so(visitor: Client) -> None:
    answer = visitor.post("/en/form/")

    assert (answer.status_code, heading(answer)) == (403, "The form was not sent")
    assert "Allow cookies for this site" in answer.content.decode()


def test_a_form_that_was_open_too_long_says_so(visitor: Client) -> None:
    visitor.cookies["csrftoken"] = "a" * 32

    answer = visitor.post("/en/form/", {"csrfmiddlewaretoken": "b" * 32})

    assert answer.status_code == 403
    assert "The page had been open for too long" in answer.content.decode()


@pytest.mark.parametrize(
    ("address", "accept", "language", "direction"),
    [
        ("/fa/broken/", "en", "fa", "rtl"),
        ("/en/broken/", "fa", "en", "ltr"),
        ("/xx/broken/", "en", "en", "ltr"),
        ("/xx/broken/", "", "fa", "rtl"),
    ],
)
def test_the_page_is_in_the_language_of_the_address_or_the_reader(
    visitor: Client, address: str, accept: str, language: str, direction: str
) -> None:
    answer = visitor.get(address, headers={"accept-language": accept})

    assert f'<html lang="{language}" dir="{direction}">' in answer.content.decode()
    assert answer["Content-Language"] == language


@pytest.mark.parametrize(
    ("view", "status"), [(errors.busy, 503), (lambda request: errors.too_many(request, 600), 429)]
)
def test_pages_without_an_error_behind_them(
    view: Callable[[HttpRequest], HttpResponse], status: int
) -> None:
    answer = view(RequestFactory().get("/fa/"))

    assert (answer.status_code, int(answer["Retry-After"]) > 0) == (status, True)
