"""Entrances opened, changed, given new secrets and closed; tablets paired once."""

from dataclasses import replace
from types import SimpleNamespace

import pytest
from tests.casework.conftest import HOUR, START, both

from pasokh.casework.intake.entrances import actions, queries
from pasokh.casework.intake.entrances.actions import Sign
from pasokh.casework.intake.entrances.terms import Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db

SHOP = Sign(both("The shop"), origins=("https://Shop.example/", "http://localhost:8080"))


def test_a_site_has_origins_and_a_key_that_is_shown_once(shop: SimpleNamespace) -> None:
    one, key = actions.add(Kind.SITE, SHOP, by=shop.zahra, at=START)

    assert one.origins == ["https://shop.example", "http://localhost:8080"]
    assert queries.key_of(one) == key
    assert key.encode() not in bytes(one.key or b"")
    second = actions.renew(one.pk, by=shop.zahra, at=START)
    found = queries.entrance(Kind.SITE, one.code)
    assert found
    assert queries.key_of(found) == second != key
    actions.end(one.pk, by=shop.zahra, at=START)
    assert queries.entrance(Kind.SITE, one.code) is None
    acts = Entry.objects.filter(subject=one.subject).order_by("number")
    assert [entry.event for entry in acts] == [
        *("entrance.added", "entrance.renewed", "entrance.ended")
    ]


@pytest.mark.parametrize("origin", ["shop.example", "https://a.example/page", "https://*", "*", ""])
def test_what_is_no_origin_is_refused(shop: SimpleNamespace, origin: str) -> None:
    with pytest.raises(Refused, match="origin-unreadable"):
        actions.add(Kind.SITE, replace(SHOP, origins=(origin,)), by=shop.zahra, at=START)


def test_only_administrators_open_entrances(shop: SimpleNamespace) -> None:
    with pytest.raises(Refused, match="entrance-not-yours"):
        actions.add(Kind.PLACE, SHOP, by=shop.parvin, at=START)
    many = tuple(f"https://s{n}.example" for n in range(21))
    with pytest.raises(Refused, match="origins-too-many"):
        actions.add(Kind.SITE, replace(SHOP, origins=many), by=shop.zahra, at=START)


def test_a_tablet_is_paired_once_and_taken_back(shop: SimpleNamespace) -> None:
    one, link = actions.add(Kind.KIOSK, Sign(both("Counter")), by=shop.zahra, at=START)

    assert queries.kiosk_of(link) is None
    token = actions.pair(link, at=START)
    assert queries.kiosk_of(token) == one
    for used in (link, token):
        with pytest.raises(Refused, match="pairing-over"):
            actions.pair(used, at=START)
    again = actions.renew(one.pk, by=shop.zahra, at=START)
    assert queries.kiosk_of(token) is None
    with pytest.raises(Refused, match="pairing-over"):
        actions.pair(again, at=START + HOUR)
    token = actions.pair(again, at=START)
    actions.end(one.pk, by=shop.zahra, at=START)
    assert queries.kiosk_of(token) is None
