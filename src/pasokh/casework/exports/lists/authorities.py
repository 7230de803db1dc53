"""The register of authorities' letters."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pasokh.casework.disputes import queries
from pasokh.casework.disputes.models import Inquiry
from pasokh.casework.disputes.queries import Registered
from pasokh.casework.exports.lists.listed import Columns, Listed, Narrowed, reads
from pasokh.kernel.actors import Actor

_COLUMNS: Columns = {
    "authority": (_("Authority"), lambda one, _words: str(one.body)),
    "reference": (_("Reference"), lambda one, _words: one.ref),
    "their_reference": (_("Their reference"), lambda one, _words: one.their_ref),
    "letter_number": (_("Number of their letter"), lambda one, _words: one.number),
    "dated_iso": (_("Date of their letter (ISO)"), lambda one, _words: one.dated_on.isoformat()),
    "number_in": (_("Our number for it"), lambda one, _words: one.number_in),
    "received": (_("Received"), lambda one, words: words.at(one.received_at)),
    "received_iso": (_("Received (ISO)"), lambda one, words: words.iso(one.received_at)),
    "due_iso": (
        _("Due (ISO)"),
        lambda one, _words: one.due_on.isoformat() if one.due_on else "",
    ),
    "asks": (_("What it asks"), lambda one, _words: one.asks),
    "written": (_("An answer is written"), lambda one, words: words.yes(one.written)),
    "number_out": (_("Number of the answer"), lambda one, _words: one.number_out),
    "answered": (_("Answered"), lambda one, words: words.at(one.answered_at)),
    "answered_iso": (_("Answered (ISO)"), lambda one, words: words.iso(one.answered_at)),
}


def _found(actor: Actor, narrowed: Narrowed) -> QuerySet[Inquiry]:
    return queries.registered_letters(actor, answered=narrowed.get("show") == "answered")


def _count(actor: Actor, narrowed: Narrowed, _now: datetime) -> int:
    return _found(actor, narrowed).count()


def _rows(actor: Actor, narrowed: Narrowed, _now: datetime) -> Iterator[Registered]:
    return (queries.registered(row) for row in _found(actor, narrowed).iterator(500))


def _narrowed(asked: Mapping[str, str]) -> dict[str, Any]:
    return {"show": "answered"} if asked.get("show") == "answered" else {}


def _said(narrowed: Narrowed) -> list[str]:
    return [str(_("Answered") if narrowed.get("show") else _("To be answered"))]


AUTHORITIES = Listed(
    name="authorities",
    title=_("Letters of authorities"),
    may=reads("complaint.read"),
    count=_count,
    rows=_rows,
    columns=_COLUMNS,
    narrowed=_narrowed,
    said=_said,
)
