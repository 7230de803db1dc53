"""What becomes of a letter by a person's hand until it leaves, and of what is not sent yet.

Called by a verb of the core or, for drafts, by the door: a draft is nobody's fact yet.
"""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from pasokh.casework.correspondence.actions import move
from pasokh.casework.correspondence.delivery import LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.writing.models import Enclosure, Writing
from pasokh.kernel import rows
from pasokh.kernel.errors import Refused

#: States in which a letter by hand is still here and can be taken back.
_HERE = (LetterState.APPROVAL, LetterState.PENDING)


def enclose(letter: Letter, attachments: Iterable[int]) -> None:
    """Let files of the case go with a letter."""
    each = (rows.made(Enclosure, letter_id=letter.pk, attachment_id=one) for one in attachments)
    rows.insert(*each)


def copy(letter: Letter, *, to: int | None, address: str = "") -> Letter:
    """Send a copy of a letter elsewhere, when the letter itself leaves."""
    row = rows.made(Letter, copy_of_id=letter.pk, to_id=to, address=address)
    for name in ("complaint_id", "stage", "kind", "language", "facts", "try_at"):
        setattr(row, name, getattr(letter, name))
    row.state = letter.state if letter.state in _HERE else LetterState.QUEUED
    row.writer = letter.writer
    row.message_id = uuid.uuid4().hex
    row.queued_at = row.changed_at = letter.queued_at
    return rows.new(row)


def set_out(at: datetime) -> None:
    """Let the letters whose time has come go their way."""
    with connection.cursor() as cursor:
        cursor.execute(_SET_OUT, [at, at])


_SET_OUT = f"""
UPDATE casework_letter SET changed_at = %s, state = CASE
    WHEN to_id IS NULL AND address = '' THEN '{LetterState.SHOWN_ONLY}'
    ELSE '{LetterState.QUEUED}' END
WHERE state = '{LetterState.PENDING}' AND try_at <= %s
"""  # noqa: S608  our words


def take_back(letter: Letter, *, at: datetime) -> None:
    """Cancel a letter and its copies before they leave."""
    for row in _waiting(letter):
        move(row, LetterState.CANCELLED, at=at)
    along = [str(one) for one in letter.enclosures.values_list("attachment", flat=True)]
    for writing in Writing.objects.filter(letter=letter):
        writing.content |= {"enclosed": along, "kept": ""}  # its files belong to the case by now
        writing.letter, writing.changed_at = None, at
        writing.save()


def approve(letter: Letter, *, at: datetime) -> None:
    """Let a letter and its copies leave, at the time that was chosen for them or now."""
    for row in _waiting(letter):
        move(row, _next_state(row, at), at=at)


def _next_state(row: Letter, at: datetime) -> LetterState:
    if row.try_at and row.try_at > at:
        return LetterState.PENDING
    return LetterState.QUEUED if row.to_id or row.address else LetterState.SHOWN_ONLY


def postpone(letter: Letter, *, until: datetime) -> None:
    """Let a letter and its copies leave at another time."""
    for row in _waiting(letter):
        row.try_at = until
        rows.update(row, "try_at")


def _waiting(letter: Letter) -> list[Letter]:
    """A letter with its copies, locked; refused once it has left."""
    both = Letter.objects.filter(Q(pk=letter.pk) | Q(copy_of=letter.pk))
    found = list(both.select_for_update().order_by("pk"))
    if found[0].state not in _HERE:
        raise Refused("letter-has-left")
    return found


@transaction.atomic
def keep(
    complaint: int, staff: int, *, act: str, content: Mapping[str, Any], at: datetime
) -> Writing:
    """Keep what a colleague has written so far; what was kept before is replaced."""
    told = {"act": act, "content": dict(content), "changed_at": at, "letter": None}
    row, _made = Writing.objects.update_or_create(
        complaint_id=complaint, staff_id=staff, defaults=told
    )
    return row


def sent(complaint: int, staff: int, *, letter: int) -> None:
    """Write down that what was being written became a letter."""
    Writing.objects.filter(complaint=complaint, staff=staff).update(letter=letter)


def drop(complaint: int, staff: int) -> None:
    """Throw away what a colleague was writing."""
    Writing.objects.filter(complaint=complaint, staff=staff).delete()
