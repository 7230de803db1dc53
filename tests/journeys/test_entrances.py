"""The form inside a shop's page of another origin, and a tablet on the counter."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.channels.receiver import receiver
from tests.journeys.conftest import PICTURES, Site, View
from tests.journeys.test_settings import in_use

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.intake.entrances import actions, given
from pasokh.casework.intake.entrances.actions import Sign
from pasokh.casework.intake.entrances.terms import Kind
from pasokh.kernel import actors, clock
from pasokh.kernel.fields import Bilingual

VIEWS = pytest.mark.parametrize(
    "view", [View("fa", "phone", "light"), View("en", "desktop", "dark")], indirect=True, ids=str
)
BY = actors.clock("test", "organisation.configure")
SAID = {"fa": "یخچال از هفتهٔ دوم سرد نمی‌کند.", "en": "It has not cooled since the second week."}


def write(place: Any, view: View) -> None:
    place.locator("#id_narrative").fill(SAID[view.language])
    place.locator("#id_mobile").fill("0912 345 6789")
    place.locator("form .button--primary").first.click()


@VIEWS
def test_a_shop_s_page_holds_the_form_and_files_without_a_cookie(
    site: Site, visitor: Any, view: View, look: Callable[..., None]
) -> None:
    in_use()
    with receiver() as shop:
        origin = f"http://localhost:{shop.port}"
        sign = Sign(Bilingual("فروشگاه", "The shop"), origins=(origin,))
        one, key = actions.add(Kind.SITE, sign, by=BY, at=clock.now())
        answers = {"order_number": "A-1405-17", "product_model": "Yakhchal RF-300"}
        signed = given.sign(one.code, key, answers, until=clock.now() + given.LASTS)
        line = f'data-form="{one.code}" data-language="{view.language}" data-given="{signed}"'
        page = f'<!doctype html><title>Shop</title><h1>Shop</h1><script src="{site("/form.js")}"'
        shop.replies["/"] = (
            200,
            {"Content-Type": "text/html; charset=utf-8"},
            f"{page} {line} async></script>".encode(),
        )
        visitor.goto(f"{origin}/")
        frame = visitor.frame_locator("iframe")
        frame.locator("#id_narrative").wait_for()
        assert frame.locator("#id_order_number").input_value() == "A-1405-17"
        grown = "document.querySelector('iframe').style.blockSize !== '60rem'"
        visitor.wait_for_function(grown)
        PICTURES.mkdir(parents=True, exist_ok=True)
        visitor.screenshot(path=PICTURES / f"framed-{view}.png")
        write(frame, view)
        frame.locator("button[value=send]").click()
        frame.locator("#code").wait_for()
        visitor.screenshot(path=PICTURES / f"framed-receipt-{view}.png", full_page=True)
        assert visitor.context.cookies() == []

    case = Complaint.objects.get()
    assert (case.order_number, case.narrative) == ("A-1405-17", SAID[view.language])
    visitor.goto(site(f"/{view.language}/form/{one.code}/?given={signed}"))
    look(visitor, "form-alone")
    write(visitor, view)
    look(visitor, "form-alone-check")
    visitor.locator("button[value=send]").click()
    look(visitor, "form-alone-receipt")


@VIEWS
def test_a_page_that_was_not_named_holds_nothing(site: Site, browser: Any, view: View) -> None:
    in_use()
    sign = Sign(Bilingual("فروشگاه", "The shop"), origins=("https://shop.example",))
    one, _key = actions.add(Kind.SITE, sign, by=BY, at=clock.now())
    with receiver() as stranger:
        framed = site(f"/{view.language}/form/{one.code}/")
        body = f'<!doctype html><title>x</title><iframe src="{framed}"></iframe>'
        stranger.replies["/"] = (200, {"Content-Type": "text/html"}, body.encode())
        page = browser.new_page()
        page.goto(f"http://localhost:{stranger.port}/")
        page.wait_for_load_state("networkidle")
        assert page.frame_locator("iframe").locator("#id_narrative").count() == 0
        page.close()


@VIEWS
def test_a_tablet_takes_a_complaint_and_keeps_nothing(
    site: Site, visitor: Any, view: View, look: Callable[..., None]
) -> None:
    in_use()
    sign = Sign(Bilingual("پیشخوان شعبهٔ زند", "Zand branch counter"))
    _one, link = actions.add(Kind.KIOSK, sign, by=BY, at=clock.now())
    visitor.goto(site(f"/{view.language}/kiosk/pair/{link}/"))
    look(visitor, "kiosk-pair")
    visitor.locator("form .button--primary").click()
    look(visitor, "kiosk-start")
    visitor.locator(f".kiosk__choice[lang={view.language}]").click()
    look(visitor, "kiosk-home")
    visitor.locator(".kiosk__choice").first.click()
    look(visitor, "kiosk-form")
    write(visitor, view)
    look(visitor, "kiosk-check")
    visitor.locator("button[value=send]").click()
    look(visitor, "kiosk-receipt")
    ref = visitor.locator("#reference").inner_text()
    assert Complaint.objects.get().channel == "counter"

    visitor.evaluate("document.querySelector('dialog').showModal()")
    look(visitor, "kiosk-still")
    visitor.evaluate("document.querySelector('dialog').close()")
    visitor.locator("button[value=end]").click()
    look(visitor, "kiosk-over")
    visitor.goto(site(f"/{view.language}/kiosk/follow/"))
    look(visitor, "kiosk-follow")
    visitor.goto(site(f"/{view.language}/complain/"))
    assert visitor.url.endswith(f"/{view.language}/kiosk/")
    assert ref not in visitor.content()


@pytest.mark.parametrize("view", [View("en", "desktop", "light")], indirect=True, ids=str)
def test_after_silence_a_tablet_asks_and_begins_anew(site: Site, visitor: Any, view: View) -> None:
    in_use()
    _one, link = actions.add(Kind.KIOSK, Sign(Bilingual("پ", "c")), by=BY, at=clock.now())
    visitor.clock.install()
    visitor.goto(site(f"/en/kiosk/pair/{link}/"))
    visitor.locator("form .button--primary").click()
    visitor.goto(site("/en/kiosk/complain/"))
    visitor.locator("#id_narrative").fill("a secret")
    visitor.clock.fast_forward(46_000)
    visitor.locator("dialog[open]").wait_for()
    visitor.locator("dialog[open] .button--primary").click()
    assert visitor.locator("#id_narrative").input_value() == "a secret"
    visitor.clock.fast_forward(61_000)
    visitor.wait_for_selector("h1:has-text('deleted')")
    assert "a secret" not in visitor.content()
