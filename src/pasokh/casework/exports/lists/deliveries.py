"""The log of one webhook: what was delivered and what was not."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pasokh.casework.exports.lists.listed import Columns, Listed, Narrowed, named, number
from pasokh.casework.webhooks import queries
from pasokh.casework.webhooks.queries import Logged
from pasokh.casework.webhooks.terms import DeliveryState
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused

_STATES = {
    DeliveryState.WAITING: _("Waits"),
    DeliveryState.SENDING: _("Being sent"),
    DeliveryState.DELIVERED: _("Delivered"),
    DeliveryState.GIVEN_UP: _("Given up"),
}
_COLUMNS: Columns = {
    "id": (_("Number"), lambda one, _words: str(one.row.number)),
    "event": (_("Event"), lambda one, _words: one.row.event),
    "reference": (_("Reference"), lambda one, _words: one.ref),
    "state": (_("State"), lambda one, _words: named(_STATES, one.row.state)),
    "tries": (_("Tries"), lambda one, _words: str(one.row.tries)),
    "queued": (_("Queued"), lambda one, words: words.at(one.row.queued_at)),
    "queued_iso": (_("Queued (ISO)"), lambda one, words: words.iso(one.row.queued_at)),
    "ended": (_("Ended"), lambda one, words: words.at(one.row.ended_at)),
    "answer": (_("Last answer"), lambda one, _words: one.row.said),
}


def _count(_actor: Actor, narrowed: Narrowed, _now: datetime) -> int:
    try:
        return queries.subscription(int(narrowed.get("webhook", 0))).deliveries.count()
    except Refused:
        return 0


def _rows(actor: Actor, narrowed: Narrowed, _now: datetime) -> Iterator[Logged]:
    one, before = queries.subscription(int(narrowed.get("webhook", 0))), None
    while True:
        page, before = queries.log(one, actor, before=before)
        yield from page
        if before is None:
            return


DELIVERIES = Listed(
    *("deliveries", _("Log of deliveries"), lambda actor: actor.may(queries.RIGHT)),
    *(_count, _rows, _COLUMNS),
    narrowed=lambda asked: number(asked, "webhook"),
)
