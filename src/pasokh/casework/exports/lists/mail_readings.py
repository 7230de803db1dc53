"""Who has read which mail, for those who may see who read what."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.labels import READ
from pasokh.casework.exports.lists.listed import Columns, Listed, Narrowed, named, reads
from pasokh.casework.intake.mailroom import queries
from pasokh.casework.intake.mailroom.queries.pages import Read
from pasokh.casework.intake.mailroom.terms import LOG
from pasokh.kernel.actors import Actor

_COLUMNS: Columns = {
    "who": (_("Who"), lambda one, _words: str(one.actor)),
    "read": (_("What was read"), lambda one, _words: named(READ, one.what)),
    "mail": (_("Mail"), lambda one, _words: str(one.mail)),
    "mailbox": (_("Mailbox"), lambda one, _words: one.mailbox),
    "received": (_("Came in"), lambda one, words: words.at(one.received_at)),
    "at": (_("When"), lambda one, words: words.at(one.at)),
    "at_iso": (_("When (ISO)"), lambda one, words: words.iso(one.at)),
}


def _count(actor: Actor, _narrowed: Narrowed, _now: datetime) -> int:
    return queries.readings_of(actor).count()


def _rows(actor: Actor, _narrowed: Narrowed, _now: datetime) -> Iterator[Read]:
    return queries.every_reading(actor)


MAIL_READINGS = Listed(
    *("mail-readings", _("Who has read mail"), reads(LOG), _count, _rows, _COLUMNS)
)
