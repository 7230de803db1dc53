"""From a telephone call to a closed file, by several colleagues, in each language."""

from types import SimpleNamespace
from typing import Any

import pytest
from tests.journeys.conftest import PICTURES, Site, View, faults, opened, settle
from tests.journeys.deskworld import open_shop
from tests.journeys.test_desk_pages import sign_in, sign_in_again

from pasokh.casework.complaints.models import Complaint
from pasokh.kernel import clock, dates

WORDS = {
    "fa": SimpleNamespace(
        narrative="یخچال از روز اول صدا می‌دهد و کسی نیامد.",
        name="مریم احمدی",
        plan="تماس با تعمیرگاه و دیدن فاکتور",
        reasons="سه بار تماس گرفته شد و تعمیرکار نرفت.",
        decision="یخچال عوض می‌شود.",
        said="گفت راضی است.",
    ),
    "en": SimpleNamespace(
        narrative="The refrigerator has been noisy from the first day and nobody came.",
        name="Mary Ahmadi",
        plan="Call the workshop and look at the invoice",
        reasons="Three calls were made and no technician went.",
        decision="We replace the refrigerator.",
        said="She is content.",
    ),
}


class Desk:
    """A browser at the desk, which fills forms by the names of their fields."""

    def __init__(self, page: Any, site: Site, language: str) -> None:
        self.page, self.site, self.language = page, site, language
        self.ref = ""

    def act(self, name: str, **said: str) -> None:
        """Fill an act's form, look at it, send it, and be back at the file."""
        self.page.goto(self.site(f"/{self.language}/desk/complaints/{self.ref}/{name}/"))
        self.send(**said)
        assert self.page.url.endswith(f"/complaints/{self.ref}/"), self.page.inner_text("main")

    def send(self, **said: str) -> None:
        """Fill the form of this page and send it."""
        for field, value in said.items():
            control = self.page.locator(f'[name="{field}"]')
            kind = control.first.get_attribute("type")
            if kind == "checkbox":
                control.check()
            elif kind == "radio":
                self.page.locator(f'[name="{field}"][value="{value}"]').check()
            elif control.first.evaluate("one => one.tagName") == "SELECT":
                control.select_option(value)
            else:
                control.fill(value)
        assert faults(self.page) == []
        self.page.locator("main form[method=post] .actions .button").first.click()
        self.page.wait_for_load_state()


@pytest.mark.clause("10002:7")
@pytest.mark.parametrize("language", ["fa", "en"])
def test_a_call_becomes_a_closed_file(site: Site, browser: Any, language: str) -> None:
    shop, words = open_shop(), WORDS[language]
    view = View(language, "desktop", "light")
    with opened(browser, view) as page:
        desk = Desk(page, site, language)
        sign_in(page, site, language, "nima")
        page.goto(site(f"/{language}/desk/complaints/new/"))
        desk.send(
            narrative=words.narrative,
            name=words.name,
            phone="0912 345 67 89",
            channel="phone",
            read_back="on",
        )
        assert page.locator("#tracking").count() == 1
        case = Complaint.objects.get()
        desk.ref = case.ref
        take_a_picture(page, view, "desk-handover")

        sign_in_again(page, site, language, "parvin")
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**/complaints/{desk.ref}/")
        desk.act("assign", staff=str(shop.staff["reza"].pk))

        sign_in_again(page, site, language, "reza")
        _handle(desk, words)
        take_a_picture(page, view, "desk-closed")
    case.refresh_from_db()
    assert (case.state, case.closing, case.outcome) == ("closed", "accepted", "upheld")


def _handle(desk: Desk, words: SimpleNamespace) -> None:
    tomorrow = dates.short_date(clock.now(), desk.language, dates.UTC)
    proof = {"number": "0912", "person": words.name, "said": words.said}
    desk.act("acknowledge", way="telephoned", **proof, written_copy_on=tomorrow)
    yes_no = dict.fromkeys(("safety", "immediate_needed", "immediate_possible", "recurrent"), "no")
    desk.act("assess", severity="3", impact="2", complexity="1", **yes_no)
    desk.act("investigate", plan=words.plan)
    cause = desk_choice(desk, "decide", "cause_1")
    desk.act(
        "decide",
        finding_1="upheld",
        reasons_1=words.reasons,
        cause_1=cause,
        others_1="no",
        reasons=words.decision,
    )
    desk.act("communicate", way="handed", signed_by=words.name)
    desk.act("verdict", verdict="accepted", comment=words.said)
    desk.act("close")


def desk_choice(desk: Desk, act: str, field: str) -> str:
    """The second choice that a list offers; the first is none."""
    desk.page.goto(desk.site(f"/{desk.language}/desk/complaints/{desk.ref}/{act}/"))
    value: str = desk.page.locator(f'[name="{field}"] option').nth(1).get_attribute("value")
    return value


def take_a_picture(page: Any, view: View, name: str) -> None:
    settle(page)
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}-{view}.png", full_page=True)


@pytest.mark.parametrize("language", ["fa", "en"])
def test_everything_works_without_scripts(site: Site, browser: Any, language: str) -> None:
    open_shop()
    view = View(language, "phone", "light")
    with opened(browser, view, java_script_enabled=False) as page:
        sign_in(page, site, language, "nima")
        page.goto(site(f"/{language}/desk/complaints/new/"))
        words = WORDS[language]
        for name, said in {
            "narrative": words.narrative,
            "name": words.name,
            "phone": "0912",
        }.items():
            page.locator(f'[name="{name}"]').fill(said)
        page.locator('[name="read_back"]').check()
        page.locator("main form[method=post] .actions .button").first.click()
        page.wait_for_load_state()

        assert page.locator("#tracking").count() == 1
