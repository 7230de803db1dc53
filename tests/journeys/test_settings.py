"""Set-up, from the first sign-in to an open portal, and each of its pages to be looked at."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys.conftest import Site, View

from pasokh.directory.organisation import actions
from pasokh.kernel import clock
from pasokh.kernel.fields import Bilingual

PASSWORD = "چهار واژهٔ بی‌ربط در کنار هم"
VIEWS = [View("fa", "phone", "light"), View("en", "desktop", "dark")]


def administrator() -> None:
    token = actions.open_setup(at=clock.now())
    assert token
    name = Bilingual("زهرا احمدی", "Zahra Ahmadi")
    actions.make_first_administrator(
        token, email="zahra@example.org", password=PASSWORD, name=name, at=clock.now()
    )


def send(page: Any, act: str, **given: str) -> None:
    for name, value in given.items():
        page.locator(f"#{act}_{name}").fill(value)
    page.locator(f"form:has([name=act][value={act}]) button").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("view", VIEWS, indirect=True, ids=str)
def test_an_organisation_is_made_ready(
    site: Site, visitor: Any, view: View, look: Callable[[Any, str], None]
) -> None:
    administrator()

    def go(path: str) -> None:
        assert visitor.goto(site(f"/{view.language}/desk/set-up/{path}")).status == 200

    go("")
    visitor.locator("#id_login").fill("zahra@example.org")
    visitor.locator("#id_password").fill(PASSWORD)
    visitor.locator("form .button--primary").click()
    visitor.wait_for_load_state()
    look(visitor, "set-up-nothing")

    go("organisation/")
    send(visitor, "describe", name_fa="خانهٔ نو", name_en="Khaneh-ye No", mailbox="wrong")
    look(visitor, "set-up-organisation-mistake")
    send(visitor, "describe", mailbox="office@example.org")
    look(visitor, "set-up-organisation")
    go("units/")
    send(visitor, "add", name_fa="دفتر مرکزی", name_en="Head office", code="HQ")
    look(visitor, "set-up-units")
    visitor.locator("tbody a").click()
    look(visitor, "set-up-unit")
    go("week/")
    send(visitor, "week", day_5="۸ تا ۱۶", day_6="8-12, 13-17")
    look(visitor, "set-up-week")
    go("holidays/IR/")
    look(visitor, "set-up-offer")
    send(visitor, "add")
    look(visitor, "set-up-holidays")
    go("periods/iso10002-2018/")
    look(visitor, "set-up-pack")
    send(visitor, "bind")
    look(visitor, "set-up-periods")
    go("lists/")
    send(visitor, "plant")
    look(visitor, "set-up-lists")
    for path, name in (
        *(("lists/category/", "list"), ("lists/channel/phone/", "term"), ("bodies/", "bodies")),
        *(("staff/", "staff"), ("limits/", "limits"), ("", "done")),
    ):
        go(path)
        look(visitor, f"set-up-{name}")
    for path, name in (("bodies/", "body"), ("staff/", "colleague")):
        go(path)
        with visitor.expect_response(lambda answer: answer.request.is_navigation_request()) as led:
            visitor.locator("tbody a").first.click()
        assert led.value.status == 200
        look(visitor, f"set-up-{name}")

    assert visitor.goto(site(f"/{view.language}/")).status == 200
