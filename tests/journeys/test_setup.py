"""From the one-time link to an administrator's account."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys.conftest import Site, View, opened, settle

from pasokh.directory.organisation import actions, queries
from pasokh.kernel import clock

PASSWORD = "چهار واژهٔ بی‌ربط در کنار هم"


def one_time_link(site: Site, language: str) -> str:
    return site(f"/{language}/setup/{actions.open_setup(at=clock.now())}/")


def fill(page: Any, **given: str) -> None:
    for name, value in given.items():
        page.locator(f"#id_{name}").fill(value)
    page.locator("form .button--primary").click()
    page.wait_for_load_state()


def test_the_first_administrator_makes_an_account(
    site: Site, visitor: Any, view: View, look: Callable[..., None]
) -> None:
    link = one_time_link(site, view.language)
    visitor.goto(link)
    look(visitor, "setup")

    fill(visitor, name_fa="زهرا احمدی", email="zahra", password="short", again="other")
    assert visitor.evaluate("document.activeElement.id") == "errors"
    assert visitor.locator(".summary a").count() == 3
    assert visitor.locator("#id_name_fa").input_value() == "زهرا احمدی"
    look(visitor, "setup-mistakes")

    known = {"name_en": "Zahra Ahmadi", "email": "zahra@example.org"}
    fill(visitor, **known, password=PASSWORD, again=PASSWORD)
    assert visitor.url == site(f"/{view.language}/setup/done/")
    look(visitor, "setup-done")
    assert queries.administrator_exists()

    assert visitor.goto(link).status == 410
    look(visitor, "setup-closed", status=410)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_an_account_can_be_made_without_scripts(site: Site, browser: Any, language: str) -> None:
    with opened(browser, View(language, "phone", "light"), java_script_enabled=False) as page:
        page.goto(one_time_link(site, language))
        fill(
            page,
            name_fa="زهرا احمدی",
            name_en="Zahra Ahmadi",
            email="zahra@example.org",
            password=PASSWORD,
            again=PASSWORD,
        )

        assert page.url == site(f"/{language}/setup/done/")


def test_the_account_can_be_made_by_keyboard_alone(site: Site, browser: Any) -> None:
    with opened(browser, View("en", "desktop", "light")) as page:
        page.goto(one_time_link(site, "en"))
        settle(page)
        page.locator("#id_name_fa").focus()
        for value in ("زهرا احمدی", "Zahra Ahmadi", "zahra@example.org", PASSWORD, PASSWORD):
            page.keyboard.insert_text(value)
            page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        page.wait_for_url(site("/en/setup/done/"))
