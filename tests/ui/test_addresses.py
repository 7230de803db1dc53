"""A NUL sign in an address or a cookie is answered, not a fault."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["fa", "en"])
@pytest.mark.parametrize("path", ["%00/", "desk/complaints/%00/", "setup/a%00/", "follow/%00"])
def test_there_is_no_page_at_an_address_with_a_nul_sign(language: str, path: str) -> None:
    answer = Client().get(f"/{language}/{path}")

    assert (answer.status_code, answer["Content-Language"]) == (404, language)


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "messages", "pasokh-draft"])
@pytest.mark.parametrize("path", ["/en/desk/", "/en/follow/", "/en/complain/receipt/"])
def test_a_cookie_with_a_nul_sign_is_none_of_ours(name: str, path: str) -> None:
    answer = Client(headers={"Cookie": rf'{name}="\000aaaaaaaaaaaaaaaa"'}).get(path)

    assert answer.status_code in (200, 302, 503)
