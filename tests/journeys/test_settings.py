"""Set-up, from the first sign-in to an open portal, and each of its pages to be looked at."""

import re
from collections.abc import Callable
from datetime import time
from typing import Any

from tests.journeys.conftest import Site, View, opened, seen_in

from pasokh.directory.organisation import actions
from pasokh.directory.organisation.roles import Role
from pasokh.kernel import actors, clock
from pasokh.kernel.fields import Bilingual

PASSWORD = "چهار واژهٔ بی‌ربط در کنار هم"


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


def in_use() -> tuple[int, int]:
    """A unit and a colleague of an organisation that works already."""
    administrator()
    at = clock.now()
    by = actors.clock("test", *("organisation.configure", "calendar.configure", "staff.manage"))
    day = ((time(8), time(16)),)
    actions.describe_organisation(
        by=by, at=at, name=Bilingual("خانهٔ نو", "Khaneh-ye No"), time_zone="Asia/Tehran"
    )
    unit = actions.add_unit("HQ", name=Bilingual("دفتر مرکزی", "Head office"), by=by, at=at)
    week = (day, day, day, (), (), day, day)
    actions.set_working_week(week, valid_from=at.date(), by=by, at=at)
    actions.bind_regime("iso10002-2018", parameters={}, valid_from=at, by=by, at=at)
    name, post = Bilingual("رضا کریمی", "Reza Karimi"), Bilingual("کارشناس", "Officer")
    reza = actions.add_staff("17", name=name, post=post, unit_id=unit.pk, by=by, at=at)
    actions.appoint(reza.pk, Role.HANDLER, by=by, at=at)
    return unit.pk, reza.pk


def _branch(unit: int) -> int:
    """A unit under another."""
    by = actors.clock("test", "organisation.configure")
    name = Bilingual("شعبهٔ شیراز", "Shiraz branch")
    return actions.add_unit("SHZ", name=name, parent_id=unit, by=by, at=clock.now()).pk


def sign_in(page: Any, name: str, password: str) -> None:
    page.locator("#id_login").fill(f"{name}@example.org")
    page.locator("#id_password").fill(password)
    page.locator("form .button--primary").click()
    page.wait_for_load_state()


@seen_in("en")
def test_an_organisation_is_made_ready(
    site: Site, visitor: Any, view: View, look: Callable[..., None]
) -> None:
    administrator()

    def go(path: str) -> None:
        assert visitor.goto(site(f"/{view.language}/desk/set-up/{path}")).status == 200

    go("")
    sign_in(visitor, "zahra", PASSWORD)
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
    visitor.locator(".parts a").last.click()
    last = visitor.locator(".table--parts tbody").last
    assert last.is_visible()
    assert visitor.locator(".table--parts tbody").first.is_visible() == (view.device == "desktop")
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
        *(("staff/", "staff"), ("limits/", "limits"), ("mail/", "mail"), ("", "done")),
    ):
        go(path)
        look(visitor, f"set-up-{name}")
    go("bodies/")
    visitor.locator("tbody a").first.click()
    look(visitor, "set-up-body")

    assert visitor.goto(site(f"/{view.language}/")).status == 200


@seen_in("fa")
def test_units_and_colleagues_that_differ(
    site: Site, browser: Any, visitor: Any, view: View, look: Callable[..., None]
) -> None:
    unit, reza = in_use()

    def go(path: str) -> None:
        assert visitor.goto(site(f"/{view.language}/desk/set-up/{path}")).status == 200

    go("")
    sign_in(visitor, "zahra", PASSWORD)
    go(f"units/{unit}/week/")
    look(visitor, "set-up-unit-week-as-above")
    send(visitor, "week", day_3="9-13")
    look(visitor, "set-up-unit-week")
    go(f"units/{unit}/holidays/")
    names = {"name_fa": "جشن شهر", "name_en": "City day"}
    on = "۱۴۰۶/۱/۲۰" if view.language == "fa" else "9 April 2027"
    send(visitor, "enter", on=on, source="نامهٔ ۱۲", **names)
    visitor.locator(".years a").last.click()
    look(visitor, "set-up-unit-holidays")
    go(f"units/{_branch(unit)}/periods/")
    look(visitor, "set-up-unit-periods")
    visitor.locator("tbody a", has_text=re.compile("10002|۱۰۰۰۲")).click()
    send(visitor, "bind", decide_days="23")
    look(visitor, "set-up-unit-periods-own")
    visitor.goto(site(f"/{view.language}/"))
    visitor.locator(".disclosure summary").first.click()
    look(visitor, "portal-front-units")
    go(f"staff/{reza}/")
    send(visitor, "sign-in", email="reza@example.org", password="سه واژهٔ بی‌ربط برای شروع")
    look(visitor, "set-up-colleague")
    go(f"staff/{reza}/away/")
    until = "1410/01/01 08:00" if view.language == "fa" else "2031-03-21 08:00"
    send(visitor, "report", until_at=until)
    look(visitor, "set-up-absences")

    with opened(browser, view) as theirs:
        theirs.goto(site(f"/{view.language}/desk/"))
        sign_in(theirs, "reza", "سه واژهٔ بی‌ربط برای شروع")
        look(theirs, "desk-password")
        for name, word in (
            *(("present", "سه واژهٔ بی‌ربط برای شروع"), ("password", PASSWORD)),
            ("again", PASSWORD),
        ):
            theirs.locator(f"#id_{name}").fill(word)
        theirs.locator("form.act button").click()
        theirs.wait_for_load_state()
        look(theirs, "desk-password-chosen")
        assert theirs.url == site(f"/{view.language}/desk/")
        assert theirs.goto(site(f"/{view.language}/desk/away/")).status == 200
        send(theirs, "report", until_at=until)
        look(theirs, "desk-away")
