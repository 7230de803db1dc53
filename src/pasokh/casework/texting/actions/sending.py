"""Texts made, sent, delivered and lost. A letter's own way goes along in the same transaction.

The protocol is that of mail (`docs/decisions/0006`): *sending* is committed before the gateway
hears of a text; our own id goes with it; one found in *sending* later was lost sight of and is
sent once more, never a third time.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.delivery import Form, LetterState, pause
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.texting import events
from pasokh.casework.texting.models import Text
from pasokh.casework.texting.segments import counted
from pasokh.casework.texting.states import NEVER, TextState, ask_next, may_become
from pasokh.directory.people.ways import Way
from pasokh.kernel.actors import Actor
from pasokh.kernel.ledger.writer import record

#: How much of a gateway's words is kept.
_WORDS = 200
#: How long a text waits of which the gateway did not hear.
_WAIT = timedelta(minutes=1)
_LIVE = (TextState.QUEUED, TextState.SENDING, TextState.UNCERTAIN)


def draw(*, limit: int, by: Actor, at: datetime) -> int:
    """Make the text of each letter that waits for a mobile telephone; return how many there were.

    The first to a number on a file writes down that whoever gave it is written to there.
    """
    waiting = Letter.objects.filter(
        state=LetterState.QUEUED, to__kind=Way.PHONE, text__isnull=False, changed_at__lte=at
    )
    waiting = waiting.exclude(texts__state__in=_LIVE).exclude(kind__in=NEVER)
    letters = list(waiting.order_by("pk").values_list("pk", flat=True)[:limit])
    for letter in letters:
        _draw(letter, by, at)
    return len(letters)


@transaction.atomic
def _draw(letter: int, by: Actor, at: datetime) -> None:
    row = Letter.objects.select_for_update(of=("self",)).select_related("to", "complaint")
    found = row.get(pk=letter)
    if found.to is None or found.state != LetterState.QUEUED:
        return
    case = found.complaint
    if not Text.objects.filter(letter__complaint=case, to=found.to).exists():
        agreed = events.TextsAgreed(contact_point=found.to.pk)
        record(agreed, subject=case.subject, by=by, at=at)
    _new(found.to.key, found.language, at, letter=found, to=found.to)


@transaction.atomic
def answer(number: str, words: str, *, language: str, at: datetime) -> Text:
    """Queue a text to somebody who wrote to us from a number."""
    return _new(number, language, at, words=words)


def _new(number: str, language: str, at: datetime, **more: Any) -> Text:
    return Text.objects.create(
        number=number,
        language=language,
        key=uuid.uuid4().hex,
        state=TextState.QUEUED,
        made_at=at,
        changed_at=at,
        **more,
    )


@transaction.atomic
def begin(text: int, *, words: str, said: str, form: Form, template: str, at: datetime) -> bool:
    """Write down that a text sets out, before the gateway hears of it; False if it may not.

    `said` is what goes, for counting what it costs; `words` what of it is kept.
    """
    row = _locked(text)
    if not may_become(TextState(row.state), TextState.SENDING):
        return False
    lettered = row.letter_id
    if lettered and not correspondence.begin_text(lettered, to=row.to_id, form=form, at=at):
        _move(row, TextState.CANCELLED, at)
        return False
    row.segments, row.attempts = counted(said).segments, row.attempts + 1
    row.sent_at, row.words, row.form, row.template = at, words, form, template
    row.save()
    _move(row, TextState.SENDING, at)
    return True


@transaction.atomic
def handed_over(text: int, *, their_id: str, asks: bool, at: datetime) -> None:
    """Write down that the gateway took a text; a report may have been faster.

    `asks` is whether the gateway has to be asked what became of it.
    """
    row = _locked(text)
    row.their_id = their_id[:100]
    row.save(update_fields=["their_id"])
    if not may_become(TextState(row.state), TextState.HANDED_OVER):
        return
    first = ask_next(0) if asks else None
    _move(row, TextState.HANDED_OVER, at, try_at=None, ask_at=at + first if first else None)
    if row.letter_id:
        correspondence.handed_over(row.letter_id, at=at)


@transaction.atomic
def take_back(text: int, *, why: str, at: datetime) -> None:
    """Put a text back of which no gateway heard; it costs no attempt."""
    row = _locked(text)
    waits = {"attempts": row.attempts - 1, "try_at": at + _WAIT, "sent_at": None}
    _move(row, TextState.QUEUED, at, why, **waits)
    if row.letter_id:
        correspondence.take_back(row.letter_id, why=why, at=at)


@transaction.atomic
def put_off(text: int, *, why: str, at: datetime) -> None:
    """Put a text back that the gateway would not take just now; after two days it has failed."""
    row = _locked(text)
    if not (wait := pause(row.attempts)):
        _move(row, TextState.FAILED, at, why, try_at=None)
    else:
        _move(row, TextState.QUEUED, at, why, try_at=at + wait, sent_at=None)
    if row.letter_id:
        correspondence.put_off(row.letter_id, why=why, at=at)


@transaction.atomic
def fail(text: int, *, why: str, at: datetime) -> None:
    """Write down that the gateway will never take a text, in its own words."""
    row = _locked(text)
    _move(row, TextState.FAILED, at, why, try_at=None, sent_at=None)
    if row.letter_id:
        correspondence.fail(row.letter_id, why=why, at=at)


@transaction.atomic
def lose_sight(text: int, *, why: str, at: datetime) -> None:
    """Write down that nobody knows whether the gateway has a text: it is sent once more."""
    row = _locked(text)
    if row.state != TextState.SENDING:
        return
    if row.uncertain_at is None:
        _move(row, TextState.UNCERTAIN, at, why, uncertain_at=at)
    else:
        _move(row, TextState.FAILED, at, why, try_at=None)
    if row.letter_id:
        correspondence.lose_sight(row.letter_id, why=why, at=at)


def lost_sight(*, at: datetime, why: str) -> int:
    """Take up the texts that a killed worker left while sending; return how many there were.

    To be called only by whoever alone may send at this moment.
    """
    left = list(Text.objects.filter(state=TextState.SENDING).values_list("pk", flat=True))
    for text in left:
        lose_sight(text, why=why, at=at)
    return len(left)


@transaction.atomic
def arrived(text: int, *, at: datetime) -> Text | None:
    """Write down that a telephone has a text; None where that is no news, or no proof any more."""
    row = _locked(text)
    once = row.delivered_at is not None
    if not may_become(TextState(row.state), TextState.DELIVERED, delivered=once):
        return None
    stranded = row.state != TextState.HANDED_OVER
    _move(row, TextState.DELIVERED, at, delivered_at=at, ask_at=None, try_at=None)
    if row.letter_id and stranded:
        correspondence.handed_over(row.letter_id, at=at)
    return row


@transaction.atomic
def came_back(text: int, *, why: str, at: datetime) -> Text | None:
    """Write down that a text did not arrive; None where that is no news."""
    row = _locked(text)
    if not may_become(TextState(row.state), TextState.RETURNED):
        return None
    stranded = row.state not in (TextState.HANDED_OVER, TextState.DELIVERED)
    _move(row, TextState.RETURNED, at, why, ask_at=None, try_at=None)
    if row.letter_id and stranded:
        correspondence.handed_over(row.letter_id, at=at)
    return row


@transaction.atomic
def asked(text: int, *, at: datetime) -> None:
    """Write down that the gateway was asked about a text and did not know yet."""
    row = _locked(text)
    row.asked += 1
    wait = ask_next(row.asked)
    row.ask_at = max(at, (row.sent_at or at) + wait) if wait else None
    row.save(update_fields=["asked", "ask_at"])


def matching(*, key: str = "", their_id: str = "", template: str) -> int | None:
    """The text that a report of a gateway is about, by our own id or by theirs."""
    rows = Text.objects.filter(template=template)
    if key and (found := rows.filter(key=key).values_list("pk", flat=True).first()):
        return found
    return rows.filter(their_id=their_id).values_list("pk", flat=True).first() if their_id else None


def forget_queued(points: list[int], *, why: str, at: datetime) -> None:
    """Send nothing more to numbers that are stopped; their letters stand on the tracking page."""
    waiting = Text.objects.filter(to__in=points, state__in=[TextState.QUEUED, TextState.UNCERTAIN])
    waiting.update(state=TextState.CANCELLED, changed_at=at, failure=why[:_WORDS])
    correspondence.only_show(points, why=why, at=at)


def _locked(text: int) -> Text:
    return Text.objects.select_for_update(of=("self",)).get(pk=text)


def _move(row: Text, state: TextState, at: datetime, why: str = "", **more: Any) -> None:
    row.state, row.changed_at, row.failure = state, at, why[:_WORDS]
    for name, value in more.items():
        setattr(row, name, value)
    row.save(update_fields=["state", "changed_at", "failure", *more])


def unreachable(*, gateway: int, why: str) -> None:
    """Note what keeps the gateway from taking texts, or that nothing does; none is counted.

    The note is no set-up: it changes with every sweep, and what is kept of the set-up stays good.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TROUBLE, [why[:_WORDS], gateway, why[:_WORDS]])


_TROUBLE = "UPDATE casework_gateway SET trouble = %s WHERE id = %s AND trouble <> %s"
