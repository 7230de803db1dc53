"""The queue, and what a search found."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.labels import CLOSINGS, LANGUAGES, OUTCOMES, STATES
from pasokh.casework.complaints.queries import register
from pasokh.casework.complaints.queries.queue import Filters
from pasokh.casework.complaints.queries.register import Registered
from pasokh.casework.deadlines.labels import DUE
from pasokh.casework.exports.lists.listed import Columns, Listed, Narrowed, named, reads
from pasokh.kernel.actors import Actor

COLUMNS: Columns = {
    "reference": (_("Reference"), lambda one, _words: one.ref),
    "state": (_("Where it lies"), lambda one, _words: named(STATES, one.state)),
    "stage": (_("Stage"), lambda one, _words: str(one.stage)),
    "priority": (_("Priority"), lambda one, _words: str(one.priority or "")),
    "danger": (_("Danger"), lambda one, words: words.yes(one.safety)),
    "received": (_("Received"), lambda one, words: words.at(one.received_at)),
    "received_iso": (_("Received (ISO)"), lambda one, words: words.iso(one.received_at)),
    "due": (_("Due"), lambda one, words: words.at(one.due_at)),
    "due_iso": (_("Due (ISO)"), lambda one, words: words.iso(one.due_at)),
    "what_is_due": (_("What is due"), lambda one, _words: named(DUE, one.clock)),
    "held": (_("On hold"), lambda one, words: words.yes(one.held)),
    "unit": (_("Unit"), lambda one, _words: str(one.unit or "")),
    "handler": (_("Who has it"), lambda one, _words: str(one.handler or "")),
    "category": (_("Category"), lambda one, _words: str(one.category or "")),
    "product": (_("Product"), lambda one, _words: str(one.product or "")),
    "model": (_("Product and model"), lambda one, _words: one.model),
    "order_number": (_("Order number"), lambda one, _words: one.order_number),
    "channel": (
        _("Channel"),
        lambda one, words: words.channels.get(one.channel, one.channel),
    ),
    "language": (_("Language"), lambda one, _words: named(LANGUAGES, one.language)),
    "complainant": (_("Who complains"), lambda one, _words: one.who),
    "anonymous": (_("Anonymous"), lambda one, words: words.yes(one.anonymous)),
    "confidential": (_("Confidential"), lambda one, words: words.yes(one.confidential)),
    "words": (_("In their words"), lambda one, _words: one.words),
    "outcome": (_("Outcome"), lambda one, _words: named(OUTCOMES, one.outcome)),
    "closed": (_("Closed"), lambda one, words: words.at(one.closed_at)),
    "closed_iso": (_("Closed (ISO)"), lambda one, words: words.iso(one.closed_at)),
    "closed_by": (_("How it ended"), lambda one, _words: named(CLOSINGS, one.closing)),
}


def _count(actor: Actor, narrowed: Narrowed, now: datetime) -> int:
    return register.count(actor, Filters(**narrowed), now)


def _rows(actor: Actor, narrowed: Narrowed, now: datetime) -> Iterator[Registered]:
    return register.registered(actor, Filters(**narrowed), now)


COMPLAINTS = Listed(
    *("complaints", _("Complaints"), reads("complaint.read"), _count, _rows, COLUMNS),
    file=lambda one: int(one.id),
)
