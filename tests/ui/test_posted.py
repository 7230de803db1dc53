"""Bytes that are no text: neither lost nor replaced unseen, and no way around the protection."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from pasokh.kernel.text import original, visible
from pasokh.ui import posted

BROKEN = b"caf\xe9 \xed\xa0\x80 a\0b\r\n"
SHOWN = "caf\ufffd \ufffd\ufffd\ufffd a\ufffdb\n"


def multipart(value: bytes, file: bytes = b"") -> tuple[bytes, str]:
    head = b'--edge\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
    named = '; filename="عکس.txt"'.encode()
    parts = [head % (b"said", b"", value)] + ([head % (b"files", named, file)] if file else [])
    return b"".join(parts) + b"--edge--\r\n", "multipart/form-data; boundary=edge"


def urlencoded(value: bytes) -> tuple[bytes, str]:
    return b"said=" + quote_from_bytes(value).encode(), "application/x-www-form-urlencoded"


def read(body: bytes, kind: str) -> tuple[dict[str, Any], dict[str, str], Any]:
    """What a view finds that is to keep words to the letter."""
    request = RequestFactory().post("/", body, kind)
    found: list[Any] = []

    @posted.to_the_letter
    def view(request: HttpRequest) -> HttpResponse:
        found.extend([request.POST.dict(), posted.broken(request), request.FILES])
        return HttpResponse()

    request._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]
    assert view(request).status_code == 200
    post, broken, files = found
    return post, broken, files


@pytest.mark.parametrize("carried", ["", "[", "3", "[1]", '{"said": 5}', '{"other": "a\\u0000"}'])
def test_what_nobody_could_have_carried_is_nothing(carried: str) -> None:
    body = urlencode({"said": "a\ufffd", posted.CARRIED: carried})

    assert read(body.encode(), "application/x-www-form-urlencoded")[1] == {}


FORMS = pytest.mark.parametrize("form", [multipart, urlencoded])


@FORMS
def test_what_cannot_be_stored_is_shown_and_what_came_is_at_hand(
    form: Callable[[bytes], tuple[bytes, str]],
) -> None:
    post, broken, _files = read(*form(BROKEN))

    assert post == {"said": SHOWN}
    assert posted.originals(broken) == (("said", BROKEN),)
    assert posted.gone(broken) == ["0x80", "0xA0", "0xE9", "0xED", "U+0000"]


@FORMS
def test_a_text_that_can_be_stored_is_only_rid_of_its_carriage_returns(
    form: Callable[[bytes], tuple[bytes, str]],
) -> None:
    post, broken, _files = read(*form("  می‌خواهم\r\n \ufffd \u202e".encode()))

    assert post == {"said": "  می‌خواهم\n \ufffd \u202e"}
    assert broken == {}


@FORMS
@given(value=st.binary(max_size=60))
def test_any_bytes_can_be_had_back(
    form: Callable[[bytes], tuple[bytes, str]], value: bytes
) -> None:
    post, broken, _files = read(*form(value))

    text = value.decode(errors="surrogateescape")

    assert post["said"] == visible(text).text
    assert original(broken.get("said", text)) == value
    assert ("said" in broken) == bool(visible(text).removed)


def test_files_and_their_names_come_as_ever() -> None:
    _post, _broken, files = read(*multipart(BROKEN, file=b"\xff\0\xd8"))

    assert (files["files"].name, files["files"].read()) == ("عکس.txt", b"\xff\0\xd8")


@pytest.mark.parametrize("enforced", [True, False])
def test_a_form_from_elsewhere_is_refused_as_everywhere(enforced: bool) -> None:
    """Whether or not the site's own protection looks at the view first."""
    asked: list[HttpRequest] = []

    @posted.to_the_letter
    def view(request: HttpRequest) -> HttpResponse:
        asked.append(request)
        return HttpResponse()

    request = RequestFactory().post("/en/complain/", *multipart(b"x"))
    if enforced:
        outer = CsrfViewMiddleware(lambda request: HttpResponse())
        assert outer.process_view(request, view, (), {}) is None

    assert view(request).status_code == 403
    assert asked == []


def test_a_page_that_is_only_asked_for_is_shown() -> None:
    shown = posted.to_the_letter(lambda request: HttpResponse(request.method))

    assert shown(RequestFactory().get("/?a=%FF")).content == b"GET"
