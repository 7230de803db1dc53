"""The page about the interface, tried in a browser with a token that the desk gave."""

import re
from collections.abc import Callable
from typing import Any

from tests.journeys.conftest import Site, View, seen_in
from tests.journeys.test_settings import PASSWORD, in_use, sign_in


@seen_in("en")
def test_a_token_is_given_and_the_interface_is_tried(
    site: Site, visitor: Any, view: View, look: Callable[..., None]
) -> None:
    in_use()
    visitor.goto(site(f"/{view.language}/desk/set-up/programs/"))
    sign_in(visitor, "zahra", PASSWORD)
    look(visitor, "set-up-programs")
    visitor.locator("#add_name_fa").fill("فروشگاه اینترنتی")
    visitor.locator("#add_name_en").fill("Web shop")
    for box in visitor.locator("[name=reads], [name=brings]").all():
        box.check()
    visitor.locator("form:has([name=act][value=add]) button").click()
    visitor.locator("tbody a").click()
    visitor.locator("form:has([name=act][value=give]) button").click()
    visitor.wait_for_load_state()
    look(visitor, "set-up-program")
    token = re.search(r"psk_[\w-]{32}", visitor.content())
    assert token

    visitor.goto(site(f"/{view.language}/api/"))
    look(visitor, "interface")
    visitor.locator("#token").fill(token[0])
    visitor.locator("#file_complaint > summary").click()
    visitor.locator("#file_complaint button").click()
    answer = visitor.locator("#file_complaint .call__answer pre")
    answer.wait_for()
    assert "tracking_code" in answer.inner_text()
    look(visitor, "interface-tried")
