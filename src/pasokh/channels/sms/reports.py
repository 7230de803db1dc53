"""What a gateway reports of a text becomes what counts of its letter (ISO 10002:2018, 7.8)."""

from datetime import datetime
from hashlib import sha256

from django.db import transaction

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.correspondence.delivery import Form, LetterKind
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.texting import actions, queries
from pasokh.casework.texting.models import Text
from pasokh.casework.texting.states import tells
from pasokh.channels.sms.wire import Outcome
from pasokh.directory.people import actions as people
from pasokh.kernel import actors

#: The rights that telling a letter and taking it back need, whatever its kind, and no other.
BY = actors.clock(
    "text-reports",
    "complaint.write",
    "complaint.acknowledge",
    "complaint.unacknowledge",
    "complaint.report_progress",
    "complaint.communicate",
    "complaint.undelivered",
    "complaint.notice",
    "complaint.reopen",
)


@transaction.atomic
def settle(text: int, found: Outcome, *, at: datetime) -> bool:
    """Write down what became of a text, and what that tells; False while it is on its way.

    Said twice, or by an older report after a newer one, it changes nothing more.
    """
    if found.state == "delivered":
        if row := actions.arrived(text, at=at):
            if row.to_id:
                people.trust_contact_point(row.to_id, by=BY, at=at)
            _told(row, at)
    elif found.state == "returned":
        if row := actions.came_back(text, why=found.why, at=at):
            if row.to_id:
                people.doubt_contact_point(row.to_id, by=BY, at=at)
            _returned(row, found.why, at)
    else:
        return False
    return True


def _told(row: Text, at: datetime) -> None:
    if row.letter is None or row.form != Form.TEXT:
        return
    gateway, kind = queries.gateway(), LetterKind(row.letter.kind)
    if not tells(kind, notice_tells=bool(gateway and gateway.notice_tells)):
        return
    complaints.told(
        row.letter.complaint.ref,
        letter=row.letter.pk,
        way=Way.TEXTED,
        proof={
            "number": row.number,
            "gateway": row.template,
            "message_id": row.their_id or row.key,
            "text_sha256": sha256(row.words.encode()).hexdigest(),
        },
        happened_at=at,
        by=BY,
        at=at,
    )


def _returned(row: Text, why: str, at: datetime) -> None:
    if row.letter is not None:
        ref = row.letter.complaint.ref
        complaints.returned(ref, letter=row.letter.pk, why=why, happened_at=at, by=BY, at=at)
