"""Letters queued, sent, told and returned. Called by a verb of the core, inside its transaction."""

import json
import uuid
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from pasokh.casework.correspondence import caps
from pasokh.casework.correspondence.caps import Held
from pasokh.casework.correspondence.composed import Composed, dump
from pasokh.casework.correspondence.delivery import (
    Form,
    LetterKind,
    LetterState,
    may_become,
    pause,
)
from pasokh.casework.correspondence.models import Letter, Sending, Telling
from pasokh.casework.correspondence.telling import LEFT, UNDONE, Way, missing
from pasokh.directory.people.ways import Way as Reach
from pasokh.kernel import rows
from pasokh.kernel.errors import Refused


def queue(
    complaint: int,
    *,
    stage: int,
    kind: LetterKind,
    language: str,
    to: int | None,
    facts: Mapping[str, str | int],
    at: datetime,
    leaves_at: datetime | None = None,
    writer: str = "",
) -> Letter:
    """Put a letter in the outbox; without an address it only stands on the tracking page.

    With `leaves_at` it waits until then, and stands nowhere; so it does with a `writer`, until
    somebody else approved it. The fixed Message-ID lets a worker that was killed send once more
    without doubling.
    """
    letter = rows.made(
        Letter, complaint_id=complaint, stage=stage, kind=kind, language=language, to_id=to
    )
    letter.state = LetterState.SHOWN_ONLY if to is None else LetterState.QUEUED
    if leaves_at is not None:
        letter.state, letter.try_at = LetterState.PENDING, leaves_at
    if writer:
        letter.state, letter.writer = LetterState.APPROVAL, writer
    letter.facts, letter.message_id = dict(facts), uuid.uuid4().hex
    letter.queued_at = letter.changed_at = at
    return rows.new(letter)


def move(
    letter: Letter,
    state: LetterState,
    *,
    at: datetime,
    failure: str = "",
    more: Collection[str] = (),
) -> Letter:
    """Write down a new fact about a letter's way, or refuse one that cannot follow.

    `more` names what else of the letter changed with it.
    """
    if not may_become(LetterState(letter.state), state):
        raise Refused("letter-cannot-become", state=letter.state, new=str(state))
    letter.state, letter.changed_at, letter.failure = state, at, failure
    rows.update(letter, "state", "changed_at", "failure", *more)
    return letter


def keep(letter: int, text: Composed, *, wording: int | None = None) -> None:
    """Keep the text of a letter as it was composed; a text once kept stands for ever.

    `wording` is the version of the organisation's own text that it was made with.
    """
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, [json.dumps(dump(text)), text.language, wording, letter])


_KEEP = f"""
UPDATE casework_letter SET text = %s::jsonb, language = %s, wording_id = %s, lacks = '[]',
    state = CASE WHEN state <> '{LetterState.LACKING}' THEN state
                 WHEN to_id IS NULL AND address = '' THEN '{LetterState.SHOWN_ONLY}'
                 ELSE '{LetterState.QUEUED}' END
WHERE id = %s AND text IS NULL
"""  # noqa: S608  our words


def speak(complaint: int, *, language: str) -> None:
    """Let the letters of a file that are neither composed nor told yet be in another language."""
    unsaid = Letter.objects.filter(complaint=complaint, text__isnull=True, tellings=None)
    unsaid.update(language=language)


@transaction.atomic
def begin(letter: int, *, form: Form, to: int | None, address: str, at: datetime) -> bool:
    """Write down that a letter sets out, before a mail server hears of it; False if it may not.

    Whoever sends commits this first: a letter later found in this state was lost sight of. `to`
    and `address` are where it is about to go; one redirected meanwhile does not go there.
    """
    row = _locked(letter)
    if not _sets_out(row, form, to, at):
        return False
    sent = rows.made(Sending, letter_id=letter, message_id=row.message_id, form=form, at=at)
    sent.mailbox, sent.domain = caps.folded(address), caps.domain(address)
    rows.insert(sent)
    return True


@transaction.atomic
def begin_text(letter: int, *, to: int | None, form: Form, at: datetime) -> bool:
    """Write down that the text of a letter sets out; False if it may not, as for a mail."""
    return _sets_out(_locked(letter), form, to, at)


def _sets_out(row: Letter, form: Form, to: int | None, at: datetime) -> bool:
    if row.to_id != to or not may_become(LetterState(row.state), LetterState.SENDING):
        return False
    _note(row, LetterState.SENDING, at=at, form=form, attempts=row.attempts + 1, held="")
    return True


def hold(letter: int, *, cap: Held, at: datetime) -> None:
    """Keep a letter back for a while, because too many mails went where it is to go."""
    waiting = Letter.objects.filter(
        pk=letter, state__in=[LetterState.QUEUED, LetterState.UNCERTAIN]
    )
    waiting.update(held=cap, try_at=at + caps.WAIT)


@transaction.atomic
def handed_over(letter: int, *, at: datetime) -> None:
    """Write down that a mail server took a letter over; what was handed over already stays.

    Where only the notice went and the address was confirmed meanwhile, the letter itself follows.
    """
    row = _locked(letter)
    if may_become(LetterState(row.state), LetterState.HANDED_OVER):
        _note(row, LetterState.HANDED_OVER, at=at, try_at=None)
    if row.form == Form.NOTICE and row.to and row.to.confirmed_at:
        _queue_anew([row], at)


@transaction.atomic
def put_off(letter: int, *, why: str, at: datetime) -> None:
    """Put a letter back that a server would not take just now; after two days it has failed."""
    row = _locked(letter)
    if wait := pause(row.attempts):
        _note(row, LetterState.QUEUED, at=at, why=why, try_at=at + wait)
    else:
        _note(row, LetterState.FAILED, at=at, why=why, try_at=None)


@transaction.atomic
def take_back(letter: int, *, why: str, at: datetime) -> None:
    """Put a letter back of which nobody heard; it costs no attempt."""
    row = _locked(letter)
    _note(row, LetterState.QUEUED, at=at, why=why, attempts=row.attempts - 1)


@transaction.atomic
def fail(letter: int, *, why: str, at: datetime) -> None:
    """Write down that a server will never take a letter, in the server's own words."""
    row = _locked(letter)
    _note(row, LetterState.FAILED, at=at, why=why, try_at=None)


@transaction.atomic
def lose_sight(letter: int, *, why: str, at: datetime) -> None:
    """Write down that nobody knows whether a server has a letter: it is sent once more, not twice.

    The Message-ID stays the same, so a mailbox that has it already can tell.
    """
    row = _locked(letter)
    if row.uncertain_at is None:
        _note(row, LetterState.UNCERTAIN, at=at, why=why, uncertain_at=at)
    else:
        _note(row, LetterState.FAILED, at=at, why=why, try_at=None)


def lost_sight(*, at: datetime, why: str) -> int:
    """Take up the mails that a killed worker left while sending; return how many there were.

    To be called only by whoever alone may send at this moment.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LEAVING, [LetterState.SENDING, Reach.EMAIL])
        left = cursor.fetchall()
    for (letter,) in left:
        lose_sight(letter, why=why, at=at)
    return len(left)


_LEAVING = """
SELECT letter.id FROM casework_letter letter
LEFT JOIN directory_contactpoint point ON point.id = letter.to_id
WHERE letter.state = %s AND (point.kind = %s OR point.id IS NULL)
"""


@transaction.atomic
def send_again(letter: Letter, *, to: int, at: datetime) -> Letter:
    """Queue a letter once more that failed or came back, from the beginning."""
    letter.attempts, letter.try_at, letter.uncertain_at, letter.to_id = 0, None, None, to
    reset = ("attempts", "try_at", "uncertain_at", "to")
    return move(letter, LetterState.QUEUED, at=at, more=reset)


@transaction.atomic
def release(
    point: int, *, instead_of: Collection[int], still: Callable[[Letter], bool], at: datetime
) -> None:
    """Queue the letters of which only the notice had left, for their address is confirmed now.

    `instead_of` are addresses that were given up: what went there as a notice, or could not go,
    goes to the confirmed one. `still` says whether a letter has not been overtaken. One on its way
    follows when it has left (`handed_over`). Each gets a new Message-ID, lest a mailbox take it
    for the notice that it has; what went out by hand meanwhile stays as it is.
    """
    gone = _noticed([point], LetterState.HANDED_OVER, LetterState.UNCERTAIN, LetterState.SENDING)
    gone += _noticed(instead_of, *_NEVER_THERE)
    free = [letter for letter in gone if letter.state != LetterState.SENDING]
    _queue_anew([letter for letter in free if still(letter)], at, to=point)


def redirect(points: Collection[int], *, to: int) -> None:
    """Let what waits for addresses that were given up go to another one."""
    waiting = [LetterState.APPROVAL, LetterState.PENDING, LetterState.QUEUED, LetterState.LACKING]
    Letter.objects.filter(to__in=points, state__in=waiting).update(to=to)


@transaction.atomic
def only_show(points: Collection[int], *, why: str, at: datetime) -> None:
    """Let what waits for addresses that may not be used stand on the tracking page alone."""
    waiting = (LetterState.QUEUED, LetterState.UNCERTAIN)
    for letter in Letter.objects.select_for_update().filter(to__in=points, state__in=waiting):
        _note(letter, LetterState.SHOWN_ONLY, at=at, why=why, to=None, try_at=None)


@transaction.atomic
def notify_again(point: int, *, at: datetime) -> None:
    """Send the notice of the last letter to an unconfirmed address once more."""
    _queue_anew(_noticed([point], LetterState.HANDED_OVER, LetterState.FAILED)[-1:], at)


def _noticed(points: Collection[int], *states: LetterState) -> list[Letter]:
    """The letters to addresses that were told by notice only, locked, the oldest first."""
    by_hand = Telling.objects.filter(letter=OuterRef("pk"), undone_at=None, way__in=_BY_HAND)
    rows = Letter.objects.select_for_update().filter(~Exists(by_hand), form=Form.NOTICE)
    return list(rows.filter(to__in=points, state__in=states).order_by("pk"))


_BY_HAND = (Way.HANDED, Way.SENT)
#: How a notice ended that went to an address nobody reads for us.
_NEVER_THERE = (
    *(LetterState.HANDED_OVER, LetterState.UNCERTAIN),
    *(LetterState.FAILED, LetterState.RETURNED),
)


def _queue_anew(letters: list[Letter], at: datetime, *, to: int | None = None) -> None:
    for letter in letters:
        Letter.objects.filter(pk=letter.pk).update(
            to=to or letter.to_id,
            state=LetterState.QUEUED,
            message_id=uuid.uuid4().hex,
            form="",
            attempts=0,
            try_at=None,
            uncertain_at=None,
            failure="",
            changed_at=at,
        )


def unreachable(letters: list[int], *, why: str) -> None:
    """Note on waiting letters that the mail server cannot be reached; no attempt is counted."""
    waiting = Letter.objects.filter(pk__in=letters, state=LetterState.QUEUED)
    waiting.exclude(failure=why[:_WORDS]).update(failure=why[:_WORDS])


def number(letter: Letter, *, secretariat_number: str) -> None:
    """Write the secretariat's number on a letter that goes on paper."""
    letter.secretariat_number = secretariat_number.strip()[:60]
    letter.save(update_fields=["secretariat_number"])


#: How much of a mail server's words is kept.
_WORDS = 200


def _note(row: Letter, state: LetterState, *, at: datetime, why: str = "", **more: Any) -> None:
    for name, value in more.items():
        setattr(row, name, value)
    move(row, state, at=at, failure=why[:_WORDS], more=tuple(more))


def tell(letter: Letter, *, way: Way, proof: Mapping[str, str], by: str, at: datetime) -> Telling:
    """Write down that a letter's content reached the person, with its proof.

    What was sent by whatever hand has left the house: it is not sent a second time, and can
    come back.
    """
    if letter.state in (LetterState.APPROVAL, LetterState.LACKING):
        raise Refused("letter-kept-back")
    if lacking := missing(way, proof):
        raise Refused("proof-missing", way=str(way), parts=lacking)
    if way in LEFT and may_become(LetterState(letter.state), LetterState.HANDED_OVER):
        move(letter, LetterState.HANDED_OVER, at=at)
    return rows.new(Telling(letter=letter, way=way, by=by, at=at, proof=dict(proof)))


def come_back(letter: Letter, *, why: str, happened: datetime, at: datetime) -> None:
    """Write down that a letter was returned; what sending it had told is undone.

    Refuses a return in the future, and one before the letter had left.
    """
    if happened > at:
        raise Refused("in-the-future", happened=happened.isoformat())
    if happened < letter.left_at:
        raise Refused("returned-before-sent", sent=letter.left_at)
    letter.came_back_at = happened
    move(letter, LetterState.RETURNED, at=at, failure=why, more=("came_back_at",))
    told = Telling.objects.filter(letter=letter, way__in=UNDONE, undone_at=None)
    told.update(undone_at=at)


def remark(letter: Letter, *, said: str) -> None:
    """Note on a letter what a server said of it that changes nothing: it is late, perhaps."""
    letter.failure = said[:_WORDS]
    rows.update(letter, "failure")


def letter_of(complaint: int, letter: int) -> Letter:
    """A letter of this complaint, locked; another complaint's letter does not exist here."""
    found = rows.found(Letter, _LOCK, [letter])
    if not found or found[0].complaint_id != complaint:
        raise Refused("no-such-letter", letter=letter)
    return found[0]


def _locked(letter: int) -> Letter:
    (found,) = rows.found(Letter, _LOCK, [letter])
    return found


_LOCK = f"SELECT {rows.columns(Letter)} FROM casework_letter WHERE id = %s FOR UPDATE"  # noqa: S608


def is_told(complaint: int, *, stage: int, kind: LetterKind) -> bool:
    """Whether some letter of a kind has reached the person in this stage and was not returned."""
    with connection.cursor() as cursor:
        cursor.execute(_IS_TOLD, [complaint, stage, kind])
        return bool(cursor.fetchone()[0])


_IS_TOLD = """
SELECT EXISTS (SELECT FROM casework_letter letter JOIN casework_telling ON letter_id = letter.id
               WHERE complaint_id = %s AND stage = %s AND kind = %s AND undone_at IS NULL)
"""


def cancel(complaint: int, *, stage: int, kinds: Collection[LetterKind], at: datetime) -> None:
    """Cancel the letters of these kinds that have not left the house."""
    with connection.cursor() as cursor:
        cursor.execute(_CANCEL, [at, complaint, stage, [str(kind) for kind in kinds]])


_CANCEL = f"""
UPDATE casework_letter SET state = '{LetterState.CANCELLED}', changed_at = %s
WHERE complaint_id = %s AND stage = %s AND kind = ANY(%s)
  AND state IN ('{LetterState.APPROVAL}', '{LetterState.PENDING}', '{LetterState.QUEUED}',
                '{LetterState.LACKING}')
"""  # noqa: S608  our words
