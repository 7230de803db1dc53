"""Letters that somebody must look after: what failed, what is held back, what goes by hand."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.labels import HELD, LETTER_STATES, why_returned
from pasokh.casework.complaints.labels import LETTERS as KINDS
from pasokh.casework.complaints.queries import outbox
from pasokh.casework.correspondence.queries import Trouble
from pasokh.casework.exports.lists.listed import Columns, Listed, Narrowed, named, reads
from pasokh.kernel.actors import Actor

#: Letters of each sort at most; more in trouble at once is no list to be worked through.
MOST = 20_000

_COLUMNS: Columns = {
    "letter": (_("Letter"), lambda one, _words: named(KINDS, one.kind)),
    "reference": (_("Reference"), lambda one, _words: one.ref),
    "state": (_("How it stands"), lambda one, _words: named(LETTER_STATES, one.state)),
    "held": (_("Held back"), lambda one, _words: named(HELD, one.held)),
    "why": (_("Why"), lambda one, _words: str(why_returned(one.why))),
    "since": (_("Since"), lambda one, words: words.at(one.at)),
    "since_iso": (_("Since (ISO)"), lambda one, words: words.iso(one.at)),
}


def _count(actor: Actor, narrowed: Narrowed, now: datetime) -> int:
    return sum(1 for _one in _rows(actor, narrowed, now))


def _rows(actor: Actor, _narrowed: Narrowed, _now: datetime) -> Iterator[Trouble]:
    post = outbox.post(actor, most=MOST)
    yield from (*post.troubled, *post.approval, *post.lacking, *post.held, *post.by_hand)


LETTERS = Listed(
    *("letters", _("Letters to look after"), reads("complaint.read"), _count, _rows, _COLUMNS)
)
