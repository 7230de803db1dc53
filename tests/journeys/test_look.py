"""Every component in both shells, both languages, both devices, light and dark."""

from collections.abc import Callable
from typing import Any

import pytest
from tests.journeys.conftest import PICTURES, Site, View, faults, opened, settle, sideways

SHELLS = ("portal", "desk")


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.clause("10002:4.5")
def test_every_component_can_be_read_by_everybody(
    bare_site: Site, visitor: Any, view: View, look: Callable[..., None], shell: str
) -> None:
    visitor.goto(bare_site(f"/{view.language}/ui/?shell={shell}"))

    look(visitor, f"components-{shell}")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_form_with_mistakes_takes_the_reader_to_them(
    bare_site: Site, visitor: Any, view: View, look: Callable[..., None], shell: str
) -> None:
    visitor.goto(bare_site(f"/{view.language}/ui/?shell={shell}"))
    visitor.locator("form .button--primary").click()
    settle(visitor)

    assert visitor.evaluate("document.activeElement.id") == "errors"
    look(visitor, f"mistakes-{shell}")
    for number, control in enumerate(("id_what", "id_email", "id_wish_0")):
        visitor.locator(".summary a").nth(number).click()
        assert visitor.evaluate("document.activeElement.id") == control


def test_an_address_that_leads_nowhere_has_a_page(
    bare_site: Site, visitor: Any, view: View, look: Callable[..., None]
) -> None:
    assert visitor.goto(bare_site(f"/{view.language}/nowhere/")).status == 404

    look(visitor, "no-page", status=404)


def test_without_its_database_the_site_says_that_it_will_be_back(
    bare_site: Site, visitor: Any, view: View, look: Callable[..., None]
) -> None:
    assert visitor.goto(bare_site(f"/{view.language}/setup/a-link/")).status == 503

    look(visitor, "pause", status=503)


FA = View("fa", "desktop", "light")


def test_the_judge_sees_faults(browser: Any) -> None:
    with opened(browser, FA) as page:
        page.set_content("<img src='data:,'><p style='color: #bbb; inline-size: 200vw'>pale words")

        assert {"image-alt", "color-contrast", "html-has-lang"} <= {
            fault.split(":")[0] for fault in faults(page)
        }
        assert sideways(page) > 0


@pytest.mark.parametrize("language", ["fa", "en"])
def test_the_other_language_is_one_step_away_and_keeps_the_page(
    bare_site: Site, browser: Any, language: str
) -> None:
    other = {"fa": "en", "en": "fa"}[language]
    with opened(browser, FA) as page:
        page.goto(bare_site(f"/{language}/ui/?shell=desk"))
        page.locator(".languages a").click()

        assert page.url == bare_site(f"/{other}/ui/?shell=desk")
        assert page.locator("html").get_attribute("lang") == other


def test_the_first_press_of_tab_offers_to_skip_to_the_content(
    bare_site: Site, browser: Any
) -> None:
    with opened(browser, FA) as page:
        page.goto(bare_site("/fa/ui/?shell=desk"))
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip"
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize(
    ("language", "family"), [("fa", "Vazirmatn"), ("en", "Vazirmatn for Latin")]
)
def test_the_page_is_set_in_the_face_it_brings(
    bare_site: Site, browser: Any, language: str, family: str
) -> None:
    with opened(browser, FA) as page:
        page.goto(bare_site(f"/{language}/setup/done/"))
        settle(page)

        loaded = page.evaluate(
            "[...document.fonts].filter(each => each.status == 'loaded').map(each => each.family)"
        )
    assert loaded == [family]


@pytest.mark.parametrize("shell", SHELLS)
def test_forced_colours_and_still_pages_are_readable(
    bare_site: Site, browser: Any, shell: str
) -> None:
    options = {"forced_colors": "active", "reduced_motion": "reduce"}
    with opened(browser, FA, **options) as page:
        page.goto(bare_site(f"/fa/ui/?shell={shell}"))
        settle(page)
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"forced-colours-{shell}.png", full_page=True)

        assert faults(page) == []
        assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.parametrize("shell", SHELLS)
def test_paper_has_no_buttons_and_shows_what_the_screen_folds_away(
    bare_site: Site, browser: Any, shell: str
) -> None:
    with opened(browser, FA) as page:
        page.goto(bare_site(f"/fa/ui/?shell={shell}"))
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        settle(page)
        PICTURES.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=PICTURES / f"paper-{shell}.png", full_page=True)

        assert page.locator(".disclosure__body").is_visible()
        assert page.locator(".button:visible, nav:visible, .skip:visible").count() == 0


def test_what_was_opened_stays_open(bare_site: Site, browser: Any) -> None:
    with opened(browser, FA) as page:
        page.goto(bare_site("/fa/ui/"))
        page.locator("details[data-keep] summary").click()
        page.reload()

        assert page.locator("details[data-keep]").evaluate("each => each.open")


def test_a_code_can_be_copied_where_the_browser_allows_it(bare_site: Site, browser: Any) -> None:
    permissions = ["clipboard-read", "clipboard-write"]
    with opened(browser, View("en", "phone", "light"), permissions=permissions) as page:
        page.goto(bare_site("/en/ui/"))
        page.locator("[data-copy]").click()
        page.get_by_text("Copied").wait_for()

        assert page.evaluate("navigator.clipboard.readText()") == "4821 0937 5516 2048"


def test_without_scripts_everything_but_the_extras_is_there(bare_site: Site, browser: Any) -> None:
    with opened(browser, FA, java_script_enabled=False) as page:
        page.goto(bare_site("/fa/ui/"))
        page.locator("form .button--primary").click()

        assert page.locator(".summary a").count() == 3
        assert page.locator("[data-copy], [data-print]").locator("visible=true").count() == 0
