"""Texts and messengers in a real browser: set up by staff, and met by whoever complains."""

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from tests.journeys.conftest import Site, View
from tests.journeys.test_portal import SAID, opens, post, shop
from tests.journeys.test_settings import PASSWORD, in_use, sign_in

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.intake.conversations import actions as conversations
from pasokh.casework.intake.conversations.terms import SourceKind
from pasokh.casework.texting import actions
from pasokh.directory.people.models import ContactPoint
from pasokh.kernel import actors, clock

__all__ = ["post", "shop"]

BY = actors.clock("test", "organisation.configure")


def gateway() -> None:
    """A gateway that nothing reaches."""
    actions.set_gateway(
        "kavenegar",
        base="http://127.0.0.1:9999",
        sender="30001234",
        credentials={"key": "K"},
        notice_tells=False,
        per_number=10,
        per_hour=1000,
        by=BY,
        at=clock.now(),
    )


def test_texts_and_messengers_are_set_up(
    site: Site, visitor: Any, view: View, look: Callable[..., None]
) -> None:
    in_use()
    there = f"/{view.language}/desk/set-up/"
    visitor.goto(site(f"{there}texts/"))
    sign_in(visitor, "zahra", PASSWORD)
    look(visitor, "set-up-texts-none")
    visitor.goto(site(f"{there}texts/melipayamak/"))
    look(visitor, "set-up-text-gateway")
    visitor.goto(site(f"{there}messages/"))
    look(visitor, "set-up-messages-none")
    gateway()
    for kind in (SourceKind.BALE, SourceKind.SMS):
        name = {"fa": "شکایت از خانه", "en": "Complaints"}[view.language]
        conversations.add_source(kind, name=name, base="", token="1", by=BY, at=clock.now())
    visitor.goto(site(f"{there}texts/"))
    look(visitor, "set-up-texts")
    visitor.goto(site(f"{there}messages/"))
    look(visitor, "set-up-messages")
    assert visitor.locator("table tbody tr").count() == 2


def test_whoever_has_a_mobile_number_alone_reads_that_texts_come_and_stops_them(
    site: Site,
    shop: SimpleNamespace,
    visitor: Any,
    view: View,
    look: Callable[..., None],
) -> None:
    gateway()
    language = view.language
    visitor.goto(site(f"/{language}/complain/"))
    look(visitor, "portal-complain-texts")
    visitor.locator("#id_narrative").fill(SAID[language])
    visitor.locator("#id_mobile").fill("0912 345 6789")
    visitor.locator("form .button--primary").click()
    visitor.locator("form .button--primary").click()
    ref, code = (visitor.locator(f"#{name}").inner_text() for name in ("reference", "code"))
    opens(visitor, site, language, ref, code)
    assert Complaint.objects.get().letters.get().state == "queued"

    visitor.goto(site(f"/{language}/follow/complaint/reach/"))
    look(visitor, "portal-reach-texts")
    visitor.locator("button[name=no-texts]").click()
    visitor.wait_for_load_state()
    look(visitor, "portal-reach-texts-stopped")
    assert ContactPoint.objects.get().texts_stopped_at
    assert Complaint.objects.get().letters.get().state == "shown_only"
    visitor.locator("button[name=texts]").click()
    visitor.wait_for_load_state()
    assert ContactPoint.objects.get().texts_stopped_at is None
