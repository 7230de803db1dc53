"""White space, turned directions and markup, typed in a real browser at both doors."""

from typing import Any

import pytest
from tests.journeys.conftest import Site, View, opened
from tests.journeys.deskworld import open_shop
from tests.journeys.test_desk_pages import sign_in

from pasokh.casework.complaints.models import Complaint

#: What is typed; a browser makes every end of a line one sign, and sends it as two.
TYPED = [
    "\n\n  begins with lines,\n\tthen a tab;   ends with spaces and a line   \n",
    "\u202eevil\u202c می‌خواهم\u200f (SWM-84526)\u2067 ۱۲\u2069 \u061c\ufeff",
    "👨‍👩‍👧‍👦 🏳️‍🌈 0️⃣ Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤ \U000e0041",
    "</textarea></p><script>alert(1)</script>&amp;&#10;<!-- {{ 7 * 7 }} {% now %} %(x)s \\n",
    "a\u2028b\u2029c\u0085d\u00a0\u3000e\u200bf\x0bg\x0ch\x07i\x7f",
]
_SHOWN = "all => all.map(one => [one.textContent, getComputedStyle(one).whiteSpaceCollapse])"


@pytest.mark.parametrize("language", ["fa", "en"])
def test_what_is_typed_is_shown_kept_and_shown_again_to_the_letter(
    site: Site, browser: Any, language: str
) -> None:
    open_shop()
    with opened(browser, View(language, "desktop", "light")) as page:
        obeyed: list[str] = []
        page.on("dialog", lambda dialog: (obeyed.append(dialog.message), dialog.dismiss()))
        for typed in TYPED:
            _by_the_portal(page, site, language, typed)
        sign_in(page, site, language, "parvin")
        for typed in TYPED:
            _at_the_desk(page, site, language, typed)

    kept = Complaint.objects.order_by("id").values_list("narrative", flat=True)
    assert list(kept) == TYPED * 2
    assert obeyed == []


def _by_the_portal(page: Any, site: Site, language: str, typed: str) -> None:
    page.goto(site(f"/{language}/complain/"))
    page.locator("#id_narrative").fill(typed)
    page.locator("#id_anonymous").check()
    page.locator("form .button--primary").click()
    assert _words(page) == [typed]
    page.locator(".facts__act a").first.click()
    assert page.locator("#id_narrative").input_value() == typed
    page.locator("form .button--primary").click()
    assert _words(page) == [typed]
    page.locator("form .button--primary").click()
    ref, code = page.locator("#reference").inner_text(), page.locator("#code").inner_text()
    page.goto(site(f"/{language}/follow/"))
    page.locator("#id_ref").fill(ref)
    page.locator("#id_code").fill(code)
    page.locator("form .button--primary").click()
    assert _words(page) == [typed]


def _at_the_desk(page: Any, site: Site, language: str, typed: str) -> None:
    page.goto(site(f"/{language}/desk/complaints/new/"))
    page.locator("#id_narrative").fill(typed)
    page.locator("#id_anonymous").check()
    page.locator("form.act .button--primary").click()
    page.locator("main .actions a").first.click()
    assert _words(page) == [typed, typed]


def _words(page: Any) -> list[str]:
    """What people wrote, as the browser holds it; none of its white space may fall together."""
    page.wait_for_load_state("load")
    found = page.locator("main .words").evaluate_all(_SHOWN)
    assert {collapse for _text, collapse in found} == {"preserve"}
    return [text for text, _collapse in found]
