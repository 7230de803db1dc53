"""The entries of a file with what proves them to an outsider, for those who may see the file."""

from dataclasses import dataclass
from datetime import datetime

from pasokh.casework.complaints.actions.reading import log_reading
from pasokh.casework.complaints.queries import contacts
from pasokh.casework.complaints.queries.fence import complaint_for
from pasokh.kernel.actors import Actor
from pasokh.kernel.ledger import receipt
from pasokh.kernel.ledger.models import Entry


@dataclass(frozen=True)
class Proved:
    """One entry and its receipt as JSON."""

    number: int
    event: str
    receipt: str


def of(by: Actor, ref: str, *, number: int | None = None, at: datetime) -> list[Proved]:
    """The receipts of a file's entries, oldest first, or of one; that they were read is noted.

    Texts that name a number or address are left out for who may not see those, as if they had been
    erased: the entry is proved all the same.
    """
    case = complaint_for(by, ref)
    entries = Entry.objects.select_related("sealed").filter(subject=case.subject)
    wanted = entries if number is None else entries.filter(number=number)
    log_reading(case, what="proofs", by=by, at=at)
    whole = contacts.seen_by(by, case.unit_id)
    return [
        Proved(one.number, one.event, receipt.issue(one, texts=whole or not _names(one)))
        for one in wanted.order_by("number")
    ]


def _names(entry: Entry) -> bool:
    return contacts.holds(entry.event, entry.private or {})
