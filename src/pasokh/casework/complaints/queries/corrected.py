"""What a correction changed, both sides of it in the reader's words."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pasokh.casework.complaints import labels
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.people.terms import Need
from pasokh.kernel import dates
from pasokh.kernel.text import isolate
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind


def both(field: str, old: str, new: str) -> Iterator[str]:
    """The value before and the value now, as they would be said."""
    yield _("Before: %(what)s") % {"what": _said(field, old)}
    yield _("Now: %(what)s") % {"what": _said(field, new)}


def several(changes: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """What several fields say now, each by its name, and what they said before."""
    for field in sorted(changes, key=lambda field: [*_FIELDS, field].index(field)):
        old, new = changes[field]
        known = {"field": _FIELDS.get(field, field), "now": _said(field, new)}
        if old:
            known["before"] = _said(field, old)
            yield _("%(field)s: %(now)s (before: %(before)s)") % known
        else:
            yield _("%(field)s: %(now)s") % known


def _said(field: str, kept: str) -> str:
    """A value as the record keeps it, in words; as it is where it cannot be read."""
    if kept in ("", "None"):
        return _("nothing")
    with suppress(KeyError, ValueError):
        return str(_READ[field](kept)) if field in _READ else kept
    return kept


def _unit(kept: str) -> Any:
    return {str(one.pk): one.name for one in organisation.units()}[kept]


def _day(kept: str) -> str:
    return dates.as_date(date.fromisoformat(kept), _language(), timezone.get_current_timezone())


def _moment(kept: str) -> str:
    at = datetime.fromisoformat(kept)
    return dates.as_datetime(at, _language(), timezone.get_current_timezone())


def _language() -> str:
    return get_language() or "en"


_FIELDS = {**labels.FIELDS, **labels.THEMSELVES}
_READ: Mapping[str, Callable[[str], Any]] = {
    "channel": lambda kept: taxonomy.names_of(Kind.CHANNEL)[kept],
    "language": lambda kept: labels.LANGUAGES[kept],
    "complainant_kind": lambda kept: {str(k): said for k, said in labels.COMPLAINANTS.items()}[
        kept
    ],
    "behalf_contact": isolate,  # spaces in a number would turn it round in a Persian line
    "needs": lambda kept: " · ".join(str(labels.NEEDS[Need(one)]) for one in kept.split()),
    "confidential": lambda kept: {"True": _("Yes"), "False": _("No")}[kept],
    "product_id": lambda kept: taxonomy.names()[int(kept)],
    "unit_id": _unit,
    "incident_on": _day,
    "purchased_on": _day,
    "received_at": _moment,
}
