"""Subscriptions for tests, and the ledger's way to them."""

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from pasokh.casework.webhooks import actions
from pasokh.casework.webhooks.actions import Terms
from pasokh.casework.webhooks.models import Subscription
from pasokh.config.wiring import FOLLOWERS
from pasokh.kernel.ledger import follow, sequencer

EVENTS = ("complaint.received", "complaint.noted", "complaint.closed")
URL = "https://erp.example/pasokh"


def subscribed(shop: SimpleNamespace, at: datetime, **changes: Any) -> Subscription:
    """A program that is told what Parvin, who may read everything, lets it be told."""
    told = {"name": "ERP", "url": URL, "events": EVENTS} | changes
    by = told.pop("by", shop.parvin)
    return actions.subscribe(Terms(**told), by=by, at=at)[0]


def follow_on(at: datetime) -> None:
    """Give entries their place and let the followers read them."""
    while sequencer.run_once(at):
        pass
    while follow.run_once(FOLLOWERS, at):
        pass
