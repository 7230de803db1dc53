"""Programs in set-up: added, given a token that is shown once, changed, shut out."""

import re
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from tests.desk.conftest import NOW

from pasokh.directory.clients import actions, queries
from pasokh.kernel.errors import Refused

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/set-up/programs/"
SHOP = {
    "act": "add",
    "name_fa": "فروشگاه",
    "name_en": "Web shop",
    "reads": ["complaint.read"],
    "brings": ["complaint.receive"],
    "per_minute": "۶۰",
}


def token_on(page: str) -> str:
    found = re.search(r"psk_[\w-]{32}", page)
    assert found
    return found[0]


def post(browser: Client, address: str, **told: Any) -> str:
    return browser.post(address, told, follow=True).content.decode()


def test_a_program_is_set_up_and_its_token_is_shown_once(
    at_desk: Callable[[str], Client], shop: SimpleNamespace
) -> None:
    browser = at_desk("zahra")
    page = post(browser, PAGE, **SHOP, unit=shop.units["tehran"].pk)
    (one,) = queries.clients()
    own = f"{PAGE}{one.pk}/"
    assert own in page
    assert (one.grants, one.per_minute) == (["complaint.read", "complaint.receive"], 60)
    assert one.unit == shop.units["tehran"]

    token = token_on(post(browser, own, act="give", expires_at=""))
    assert actions.admit(token, at=NOW).client == one.pk
    again = browser.get(own).content.decode()
    assert token not in again
    assert f"…{token[-4:]}" in again
    assert f"client-{one.pk}" in again

    (key,) = queries.keys_of(one.pk, NOW)
    new = token_on(post(browser, own, act="rotate", token=key.pk, overlap="1"))
    assert {actions.admit(each, at=NOW).client for each in (token, new)} == {one.pk}
    post(browser, own, act="revoke", id=key.pk)
    with pytest.raises(Refused, match="token-does-not-open"):
        actions.admit(token, at=NOW)
    assert actions.admit(new, at=NOW).client == one.pk


def test_what_it_may_do_is_changed_and_it_is_shut_out(at_desk: Callable[[str], Client]) -> None:
    browser = at_desk("zahra")
    post(browser, PAGE, **SHOP)
    (one,) = queries.clients()
    own = f"{PAGE}{one.pk}/"
    token = token_on(post(browser, own, act="give", expires_at=""))
    changed = SHOP | {"act": "change", "reads": [], "brings": [], "handles": []}

    nothing = browser.post(own, changed).content.decode()
    assert "may do nothing is none" in nothing
    post(browser, own, **changed | {"handles": ["complaint.note"]})
    assert list(actions.admit(token, at=NOW).actor.grants) == ["complaint.note"]
    post(browser, own, act="retire")
    with pytest.raises(Refused, match="token-does-not-open"):
        actions.admit(token, at=NOW)
    assert "Shut out" in browser.get(PAGE).content.decode()
    post(browser, own, act="restore")
    assert actions.admit(token, at=NOW).client == one.pk


def test_a_page_of_nobody_is_not_there(at_desk: Callable[[str], Client]) -> None:
    assert at_desk("zahra").get(f"{PAGE}999/").status_code == 404
