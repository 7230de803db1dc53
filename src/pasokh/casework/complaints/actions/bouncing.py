"""What a mail server says of a letter after it had taken it: it came back, or may be late (7.8)."""

from datetime import datetime

from django.db import transaction

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import locked, put, redraw
from pasokh.casework.complaints.actions.telling import returned
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence import caps
from pasokh.casework.correspondence import queries as letters
from pasokh.casework.correspondence.delivery import LetterState, may_become
from pasokh.casework.correspondence.models import Letter, Sending
from pasokh.directory.people import actions as people
from pasokh.directory.people.models import ContactPoint
from pasokh.kernel import actors, rows
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused

#: The rights that undoing what a letter had told needs, whatever its kind, and no other.
BY = actors.clock(
    "read-bounces",
    "complaint.write",
    "complaint.unacknowledge",
    "complaint.report_progress",
    "complaint.undelivered",
    "complaint.notice",
    "complaint.reopen",
)


@transaction.atomic
def bounced(
    message_id: str,
    *,
    recipient: str,
    permanent: bool,
    said: str,
    happened_at: datetime,
    by: Actor,
    at: datetime,
) -> str | None:
    """Write down what a server says became of a mail; return whose file, None if it is not ours.

    For good, the letter is returned and its address counts as not working; otherwise it is only
    noted. `recipient` may be empty; one that is not the letter's own changes nothing of the file.
    What is told twice, or of a mail that another one followed, is as good as told once.
    """
    if (found := letters.sent_as(message_id)) is None:
        return None
    sending, case = found[1], locked(found[0].complaint.ref)
    letter = correspondence.letter_of(case.pk, found[0].pk)
    if letter.state == LetterState.SENDING:
        raise Refused("letter-still-sending", letter=letter.pk)
    theirs = not recipient.strip() or caps.folded(recipient) == sending.mailbox
    if permanent and theirs:
        _never_arrived(case, letter, sending, said, happened_at, by, at)
    else:
        correspondence.remark(letter, said=said)
    return case.ref


@transaction.atomic
def unwanted(message_id: str, *, kind: str, by: Actor, at: datetime) -> str | None:
    """Write down that whoever has a letter called it unwanted; return whose file, None if it is
    not ours.

    To an address that nobody confirmed nothing more goes: perhaps somebody wrote a stranger's.
    """
    if (found := letters.sent_as(message_id)) is None:
        return None
    case = locked(found[0].complaint.ref)
    letter = correspondence.letter_of(case.pk, found[0].pk)
    correspondence.remark(letter, said=f"feedback-{kind}")
    if (to := _strange(letter, found[1])) is not None:
        people.refuse_contact_point(to.pk, by=by, at=at)
        private = {"old": to.value, "reason": f"feedback-{kind}"}
        put(case, events.ContactStopped(way=to.kind), by=by, at=at, private=private)
    return case.ref


def _strange(letter: Letter, sending: Sending) -> ContactPoint | None:
    """The address to which a mail went, if it is still the letter's and nobody confirmed it."""
    to = letter.to
    if to is None or to.confirmed_at or to.refused_at:
        return None
    return to if caps.folded(to.value) == sending.mailbox else None


@transaction.atomic
def see_to_letters(ref: str, *, at: datetime) -> None:
    """Draw anew what is due of a file, for a letter of it may have failed.

    Nothing is recorded, for nobody did anything; what the server said stands on the letter.
    """
    case = locked(ref)
    redraw(case, at=at)
    rows.update(case, "due_at", "due_clock")


def _never_arrived(
    case: Complaint,
    letter: Letter,
    sending: Sending,
    said: str,
    happened: datetime,
    by: Actor,
    at: datetime,
) -> None:
    """Let the letter come back, unless another one followed it, and doubt its address."""
    left = may_become(LetterState(letter.state), LetterState.RETURNED)
    if left and letter.message_id == sending.message_id:
        when = max(letter.left_at, min(happened, at))  # by our own clock
        returned(case.ref, letter=letter.pk, why=said, happened_at=when, by=by, at=at)
    if letter.to is not None and caps.folded(letter.to.value) == sending.mailbox:
        people.doubt_contact_point(letter.to.pk, by=by, at=at)
