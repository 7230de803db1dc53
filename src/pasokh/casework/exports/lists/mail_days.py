"""Each day's count of mail: what the mailboxes told of, and what became of what is kept."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from pasokh.casework.exports.lists.listed import Cell, Columns, Listed, Narrowed, reads
from pasokh.casework.intake.mailroom import queries
from pasokh.casework.intake.mailroom.labels import DISPOSITIONS
from pasokh.casework.intake.mailroom.queries import Count
from pasokh.casework.intake.mailroom.terms import SORT
from pasokh.kernel import dates
from pasokh.kernel.actors import Actor

#: Days that are handed out; the page shows the last month of them.
DAYS = 366


def _of(disposition: str) -> Cell:
    return lambda one, _words: str(one.kept.get(disposition, 0))


def _told(one: Count) -> str:
    return str(_("handed over") if one.told is None else one.told)


def _agrees(one: Count) -> str:
    return str(_("It does not agree") if one.missing else _("It agrees"))


_BECAME: Mapping[str, Any] = {**DISPOSITIONS, "": _("Not yet sorted")}
_COLUMNS: Columns = {
    "day": (_("Day"), lambda one, words: dates.short_date(one.day, words.language, words.zone)),
    "day_iso": (_("Day (ISO)"), lambda one, _words: one.day.isoformat()),
    "mailbox": (_("Mailbox"), lambda one, _words: one.mailbox),
    "told": (_("Told of"), lambda one, _words: _told(one)),
    "kept": (_("Kept"), lambda one, _words: str(one.many)),
    **{str(code) or "unsorted": (name, _of(code)) for code, name in _BECAME.items()},
    "gone": (_("Taken out before it was fetched"), lambda one, _words: str(one.gone)),
    "missing": (_("Missing"), lambda one, _words: str(one.missing)),
    "agrees": (_("Does it agree?"), lambda one, _words: _agrees(one)),
}


def _found(actor: Actor, now: datetime) -> list[Count]:
    return queries.day_counts(actor, since=now - timedelta(days=DAYS))


def _count(actor: Actor, _narrowed: Narrowed, now: datetime) -> int:
    return len(_found(actor, now))


def _rows(actor: Actor, _narrowed: Narrowed, now: datetime) -> Iterator[Count]:
    return iter(_found(actor, now))


MAIL_DAYS = Listed(*("mail-days", _("Daily count of mail"), reads(SORT), _count, _rows, _COLUMNS))
