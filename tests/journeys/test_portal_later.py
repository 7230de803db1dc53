"""What a complainant does later on, in a real browser: details, another address, withdrawing."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from tests.journeys.conftest import Site, View, seen_in
from tests.journeys.test_portal import SAID, opens, post, shop
from tests.portal.post import Post, link

from pasokh.casework.complaints.models import Complaint

__all__ = ["post", "shop"]

#: By how many pixels the words of each link that begins a line stand off what holds the line.
OUT_OF_LINE = """[...document.querySelectorAll('.actions--links')].flatMap(row => {
  const around = row.parentElement, style = getComputedStyle(around)
  const box = around.getBoundingClientRect()
  const rtl = style.direction === 'rtl'
  const edge = rtl ? box.right - parseFloat(style.paddingRight) - parseFloat(style.borderRightWidth)
    : box.left + parseFloat(style.paddingLeft) + parseFloat(style.borderLeftWidth)
  let above = -1
  return [...row.querySelectorAll('.button')].flatMap(link => {
    const words = document.createRange()
    words.selectNodeContents(link)
    const at = words.getBoundingClientRect(), begins = at.top > above
    above = at.top
    return begins ? [Math.round(Math.abs(edge - (rtl ? at.right : at.left)))] : []
  })
})"""


def files(visitor: Any, site: Site, language: str) -> None:
    """File a complaint, and open its page."""
    visitor.goto(site(f"/{language}/complain/"))
    visitor.locator("#id_narrative").fill(SAID[language])
    visitor.locator("#id_email").fill("maryam@example.org")
    visitor.locator("#id_mobile").fill("0912 345 6789")
    visitor.locator("form .button--primary").click()
    visitor.locator("form .button--primary").click()
    ref, code = (visitor.locator(f"#{name}").inner_text() for name in ("reference", "code"))
    opens(visitor, site, language, ref, code)


@pytest.mark.clause("10002:7.2")
@seen_in("fa")
def test_details_and_another_address_are_given_later(
    site: Site,
    shop: SimpleNamespace,
    visitor: Any,
    view: View,
    look: Callable[..., None],
    post: Post,
) -> None:
    language = view.language
    there = f"/{language}/follow/complaint/"
    files(visitor, site, language)
    visitor.goto(site(f"{there}details/"))
    visitor.locator("#id_serial_number").fill("SN-77 1234")
    visitor.locator("#id_purchased_on").fill("?")
    visitor.locator("form .button--primary").click()
    look(visitor, "portal-details-mistake")
    visitor.locator("#id_purchased_on").fill("۱۴۰۵/۲/۱۳")
    for part in visitor.locator("form details").all():
        part.locator("summary").click()
    visitor.locator("#id_on_behalf_of").fill({"fa": "زهرا کریمی", "en": "Zahra Karimi"}[language])
    visitor.locator("#id_behalf_contact").fill("0912 111 2233")
    visitor.locator("input[name=needs][value=sight]").check()
    look(visitor, "portal-details-about")
    visitor.locator("#id_guarantee").fill({"fa": "دو سال", "en": "two years"}[language])
    visitor.locator("form .button--primary").click()
    look(visitor, "portal-file-details")
    assert set(visitor.evaluate(OUT_OF_LINE)) == {0}
    assert Complaint.objects.get().serial_number == "SN-77 1234"

    post.send()
    visitor.goto(site(there))
    look(visitor, "portal-file-mailed")
    assert set(visitor.evaluate(OUT_OF_LINE)) == {0}
    visitor.goto(site(f"{there}reach/"))
    look(visitor, "portal-reach")
    visitor.locator("#id_email").fill("new@example.net")
    visitor.locator("form .button--primary").click()
    look(visitor, "portal-reach-given")
    visitor.goto(site(link(post.one(), "confirm")))
    visitor.locator("form .button--primary").click()
    visitor.goto(site(f"{there}reach/"))
    visitor.locator("button[name=drop]").click()
    look(visitor, "portal-reach-confirmed")

    visitor.goto(site(f"{there}withdraw/"))
    look(visitor, "portal-withdraw")
    until = visitor.locator("main time").last.get_attribute("datetime")
    visitor.locator("form .button--grave").click()
    look(visitor, "portal-file-withdrawn")
    assert until[:10] in visitor.locator("main").inner_html()
