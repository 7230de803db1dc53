"""Messages taken in once, conversations kept and forgotten, and what is said in them done."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.conversations import events, queries
from pasokh.casework.intake.conversations.models import Conversation, Heard, Party, Source
from pasokh.casework.intake.conversations.steps import Talk
from pasokh.casework.intake.conversations.terms import (
    BOTS,
    FROM_ALL,
    FROM_ONE,
    KEPT,
    PAUSE,
    REMEMBERED,
    TRIES,
    SourceKind,
    Stage,
)
from pasokh.casework.intake.incoming import Incoming, Receipt
from pasokh.casework.texting import queries as texting
from pasokh.directory.people import actions as people
from pasokh.directory.people.ways import Confirmed
from pasokh.kernel import codes, sealed
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.writer import record

RIGHT = "organisation.configure"
CHAIN = "organisation"
_HOUR_SQL = "INTERVAL '1 hour'"


@transaction.atomic
def add_source(
    kind: SourceKind, *, name: str, base: str, token: str, by: Actor, at: datetime
) -> tuple[int, str, str]:
    """Let messages come from one more place: its id, the secret of its address, what it shows."""
    _allow(by)
    if kind in BOTS and not token.strip():
        raise Refused("source-token-missing")
    secret, shown = codes.new_token(), codes.new_token() if kind is SourceKind.TELEGRAM else ""
    row = Source(kind=kind, name=name.strip(), base=base.strip(), made_at=at)
    row.token_hash = queries.secret_hash(secret)
    held = json.dumps({"token": token.strip(), "shown": shown})
    row.sealed = sealed.seal("message-source", kind, held)
    row.save()
    record(events.SourceAdded(source=row.pk, kind=str(kind)), subject=CHAIN, by=by, at=at)
    return row.pk, secret, shown


@transaction.atomic
def end_source(source: int, *, by: Actor, at: datetime) -> None:
    """Let nothing come from a place any more; what it knew itself by is forgotten."""
    _allow(by)
    row = Source.objects.select_for_update().filter(pk=source, ended_at=None).first()
    if row is None:
        raise Refused("no-such-source", source=source)
    row.ended_at, row.sealed = at, b""
    row.save()
    record(events.SourceEnded(source=source, kind=row.kind), subject=CHAIN, by=by, at=at)


@transaction.atomic
def take(source: int, *, their_id: str, who: str, told: Any, at: datetime) -> bool:
    """Keep a message until it is looked at; False when this very one came before.

    One too many from a chat within an hour is written down and not looked at.
    """
    hashed = queries.who_hash(source, who)
    with connection.cursor() as cursor:
        cursor.execute(_LATELY, {"who": hashed, "source": source, "at": at})
        theirs, everybody = cursor.fetchone()
    flood = theirs >= FROM_ONE or everybody >= FROM_ALL
    kept = _sealed({} if flood else told)
    stage = Stage.PASSED if flood else Stage.WAITING
    row = Heard(source_id=source, their_id=their_id[:100], who=hashed, stage=stage, sealed=kept)
    row.at = row.try_at = at
    made = Heard.objects.bulk_create([row], ignore_conflicts=True)
    return bool(made) and Heard.objects.filter(source=source, their_id=row.their_id, at=at).exists()


_LATELY = f"""
SELECT count(*) FILTER (WHERE who = %(who)s), count(*) FROM casework_heard
WHERE source_id = %(source)s AND at > %(at)s - {_HOUR_SQL}
"""  # noqa: S608  our words


@transaction.atomic
def settle(
    message: int, *, source: int, who: bytes, talk: Talk, answers: Sequence[Any], at: datetime
) -> None:
    """Write down how far the conversation has come, and what is still to be answered."""
    kept = _sealed(asdict(talk))
    until = at + KEPT
    Conversation.objects.update_or_create(
        source_id=source, who=who, defaults={"sealed": kept, "expires_at": until}
    )
    stage = Stage.ANSWERING if answers else Stage.DONE
    Heard.objects.filter(pk=message).update(
        stage=stage, sealed=_sealed(list(answers)), tries=0, try_at=at
    )


@transaction.atomic
def answered(message: int) -> None:
    """Write down that a message was answered; nothing of it is kept."""
    Heard.objects.filter(pk=message).update(stage=Stage.DONE, sealed=_sealed([]))


@transaction.atomic
def put_off(message: int, *, at: datetime) -> None:
    """Look at a message again after a while; after a few times it has failed."""
    row = Heard.objects.select_for_update().get(pk=message)
    row.tries += 1
    row.try_at = at + PAUSE * row.tries
    if row.tries >= TRIES:
        row.stage = Stage.FAILED
    row.save()


def begun(message: int) -> bool:
    """Lock a message for the caller's transaction; False when another is at it, or it is done."""
    rows = Heard.objects.select_for_update(skip_locked=True).filter(pk=message)
    return rows.filter(stage=Stage.WAITING).exists()


@transaction.atomic
def file(
    incoming: Incoming, *, source: int, who: bytes, number: str, by: Actor, at: datetime
) -> Receipt:
    """File what was said, and remember from where; a number somebody wrote from is theirs."""
    receipt = intake.receive(incoming, by=by, at=at)
    case = Complaint.objects.get(ref=receipt.ref)
    Party.objects.get_or_create(source_id=source, who=who, complaint=case)
    for point in texting.holders(number).filter(person=case.complainant_id) if number else ():
        people.confirm_contact_point(point.pk, how=Confirmed.WROTE, by=by, at=at)
    return receipt


@transaction.atomic
def purge_conversations(now: datetime) -> None:
    """Forget the conversations that are over, and the messages answered long ago."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM casework_conversation WHERE expires_at <= %s", [now])
        cursor.execute("DELETE FROM casework_heard WHERE at <= %s", [now - REMEMBERED])


def _sealed(told: Any) -> bytes:
    return sealed.seal("conversation", "", json.dumps(told))


def _allow(by: Actor) -> None:
    if not by.may(RIGHT):
        raise Refused("not-authorised", right=RIGHT)
