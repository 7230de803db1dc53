"""Mail that came in, with what became of each."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from pasokh.casework.exports.lists.listed import Columns, Listed, Narrowed, named, reads
from pasokh.casework.intake.mailroom import queries
from pasokh.casework.intake.mailroom.labels import DISPOSITIONS, REASONS
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.queries import MailLine
from pasokh.casework.intake.mailroom.terms import SORT, WAITING
from pasokh.kernel.actors import Actor

_COLUMNS: Columns = {
    "subject": (_("Subject"), lambda one, _words: one.heading),
    "sender": (_("From"), lambda one, _words: one.sender),
    "became": (
        _("What became of it"),
        lambda one, _words: named(DISPOSITIONS, one.disposition) or str(_("Not yet sorted")),
    ),
    "reason": (_("Why"), lambda one, _words: named(REASONS, one.reason)),
    "reference": (_("Reference"), lambda one, _words: one.ref),
    "mailbox": (_("Mailbox"), lambda one, _words: one.mailbox),
    "received": (_("Came in"), lambda one, words: words.at(one.received_at)),
    "received_iso": (_("Came in (ISO)"), lambda one, words: words.iso(one.received_at)),
}
#: What may be shown beside the dispositions, and which mails that is.
_PARTS: Mapping[str, tuple[Any, list[str] | None]] = {
    "waiting": (_("Waiting for somebody"), sorted(WAITING)),
    "all": (_("All"), None),
    "unsorted": (_("Not yet sorted"), [""]),
    **{str(one): (name, [one]) for one, name in DISPOSITIONS.items()},
}


def _found(actor: Actor, narrowed: Narrowed) -> QuerySet[Mail]:
    return queries.mails(actor, dispositions=_PARTS[narrowed["show"]][1])


def _count(actor: Actor, narrowed: Narrowed, _now: datetime) -> int:
    return _found(actor, narrowed).count()


def _rows(actor: Actor, narrowed: Narrowed, _now: datetime) -> Iterator[MailLine]:
    return (queries.mail_line(row, actor) for row in _found(actor, narrowed).iterator(500))


def _narrowed(asked: Mapping[str, str]) -> dict[str, Any]:
    return {"show": asked["show"] if asked.get("show") in _PARTS else "all"}


def _said(narrowed: Narrowed) -> list[str]:
    return [str(_PARTS[narrowed["show"]][0])]


MAILS = Listed(*("mail", _("Mail"), reads(SORT), _count, _rows, _COLUMNS, _narrowed, _said))
