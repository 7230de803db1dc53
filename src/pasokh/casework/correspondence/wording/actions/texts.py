"""Write the texts of letters and the prepared replies; each version stays as it was."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction

from pasokh.casework.correspondence import contents, fields, grammar, kinds
from pasokh.casework.correspondence.delivery import LetterState
from pasokh.casework.correspondence.grammar import Fault, Text
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.wording import events, queries
from pasokh.casework.correspondence.wording.models import Reply, SecondLook, Wording
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.writer import record
from pasokh.kernel.money import Money

#: After how long a letter that lacks something is looked at again.
AGAIN = timedelta(minutes=5)
RIGHT = "wording.configure"
CHAIN = "organisation"


@transaction.atomic
def write(
    kind: str, language: str, *, subject: str, body: str, since: int, by: Actor, at: datetime
) -> Wording:
    """Let letters of a kind be made with a text of the organisation's from now on.

    `since` is the number of the version that its writer saw, 0 for our own. Refused with the first
    of its faults, or with the contents that the rules in force ask for and it leaves out.
    """
    _allow(by)
    text = _read(kind, subject, body)
    if lacks := contents.absent(required(kind, at), text):
        raise Refused("wording-lacks", lacks=tuple(f"content.{each}" for each in lacks))
    before = _taken(kind, language, since, at)
    row = Wording(kind=kind, language=language, subject=subject.strip(), body=body.strip())
    _next(row, before, by, at)
    _look_again(kind, at)
    fact = events.Written(kind=kind, language=language, number=row.number)
    record(fact, subject=CHAIN, by=by, at=at, private={"subject": row.subject, "body": row.body})
    return row


@transaction.atomic
def end(kind: str, language: str, *, by: Actor, at: datetime) -> None:
    """Go back to our own text of a letter; the versions stay to be read."""
    _allow(by)
    rows = Wording.objects.select_for_update().filter(kind=kind, language=language, reply=None)
    row = rows.filter(ended_at=None).first()
    if row is None:
        raise Refused("wording-is-our-own")
    row.ended_at = at
    row.save()
    _look_again(kind, at)
    fact = events.Ended(kind=kind, language=language, number=row.number)
    record(fact, subject=CHAIN, by=by, at=at)


@dataclass(frozen=True)
class Prepared:
    """What a prepared reply is called, for which category, and its words by language."""

    name: Bilingual
    category: int | None
    words: Mapping[str, str]


@transaction.atomic
def add_reply(kind: str, told: Prepared, *, by: Actor, at: datetime) -> Reply:
    """Prepare a reply for letters by hand."""
    _allow(by)
    if kind not in fields.BY_HAND:
        raise Refused("no-such-reply")
    row = Reply(kind=kind, name=told.name, category_id=told.category)
    row.save()
    _say(row, told, by, at)
    return row


@transaction.atomic
def change_reply(reply: int, told: Prepared, *, by: Actor, at: datetime) -> Reply:
    """Write a prepared reply anew; a language without words is offered no more."""
    row = _reply(reply, by)
    called = (row.name, row.category_id) != (told.name, told.category)
    row.name, row.category_id = told.name, told.category
    row.save()
    withdrawn = _say(row, told, by, at)
    if called or withdrawn:
        fact = events.ReplyChanged(reply=row.pk, category=row.category_id, withdrawn=withdrawn)
        record(fact, subject=CHAIN, by=by, at=at, private={"name": asdict(row.name)})
    return row


@transaction.atomic
def end_reply(reply: int, *, by: Actor, at: datetime) -> None:
    """Offer a prepared reply no more."""
    row = _reply(reply, by)
    row.ended_at = at
    row.save()
    record(events.ReplyEnded(reply=row.pk), subject=CHAIN, by=by, at=at)


def _reply(reply: int, by: Actor) -> Reply:
    _allow(by)
    if row := Reply.objects.select_for_update().filter(pk=reply, ended_at=None).first():
        return row
    raise Refused("no-such-reply")


def _say(row: Reply, told: Prepared, by: Actor, at: datetime) -> tuple[str, ...]:
    """Write what is said in each language; those in which it is said no more."""
    if not any(words.strip() for words in told.words.values()):
        raise Refused("wording-empty")
    return tuple(
        language
        for language in queries.LANGUAGES
        if _say_in(row, language, told.words.get(language, "").strip(), by, at)
    )


def _say_in(row: Reply, language: str, body: str, by: Actor, at: datetime) -> bool:
    """Write a reply in one language; whether it was withdrawn there."""
    before = row.wordings.filter(language=language).order_by("-number").first()
    if body == (before.body if before and before.ended_at is None else ""):
        return False
    if not body and before:
        before.ended_at = at
        before.save()
        return True
    _refuse(grammar.words(body, fields.names_by_hand(row.kind))[1])
    made = Wording(kind=row.kind, reply=row, language=language, body=body)
    _next(made, before, by, at)
    fact = events.ReplyWritten(
        reply=row.pk,
        kind=row.kind,
        language=language,
        number=made.number,
        category=row.category_id,
    )
    record(fact, subject=CHAIN, by=by, at=at, private={"name": asdict(row.name), "body": body})
    return False


def required(kind: str, at: datetime) -> tuple[str, ...]:
    """What the rules that bind the organisation or a unit of it prescribe for a letter now."""
    packs = [regime.load() for regime in organisation.own_regimes(at).values()]
    root = kinds.root(kind)
    named: Iterable[str] = (each for pack in packs for each in pack.letters.get(root, ()))
    return tuple(dict.fromkeys(named))


@transaction.atomic
def set_second_look(
    kind: str, *, waits: bool, above: Money | None, by: Actor, at: datetime
) -> None:
    """Say whether letters of a kind wait for somebody else's approval, perhaps above an amount."""
    _allow(by)
    said: dict[str, Any] = {"above": above.amount, "currency": above.currency} if above else _ALL
    row = SecondLook.objects.filter(kind=kind).first() or SecondLook(kind=kind)
    if waits:
        row.above, row.currency = said["above"], said["currency"]
        row.save()
    elif row.pk:
        row.delete()
    record(events.SecondLookSet(kind=kind, waits=waits, **said), subject=CHAIN, by=by, at=at)


#: Without an amount, all letters of a kind wait.
_ALL: dict[str, Any] = {"above": None, "currency": ""}


def keep_back(letter: int, *, lacks: Collection[str], at: datetime) -> None:
    """Let a letter stand nowhere as long as it lacks something; it is looked at again soon."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_BACK, [json.dumps(sorted(lacks)), at + AGAIN, at, letter])


_KEEP_BACK = f"""
UPDATE casework_letter SET lacks = %s::jsonb, state = '{LetterState.LACKING}', try_at = %s,
    changed_at = CASE WHEN state = '{LetterState.LACKING}' THEN changed_at ELSE %s END
WHERE id = %s AND text IS NULL
  AND state IN ('{LetterState.QUEUED}', '{LetterState.SHOWN_ONLY}', '{LetterState.LACKING}')
"""  # noqa: S608  our words


def _read(kind: str, subject: str, body: str) -> Text:
    if not editable(kind):
        raise Refused("no-such-wording")
    text, faults = grammar.read(subject, body, fields.names(kind))
    _refuse(faults)
    if (written := unwritten(kind, text)) is not None:
        raise written
    return text


def editable(kind: str) -> bool:
    """Whether there are letters of a kind whose text an organisation may write."""
    return kind in (queries.added() if kinds.is_added(kind) else fields.EDITABLE)


def unwritten(kind: str, text: Text) -> Refused | None:
    """Why a text of a letter by hand cannot stand: what its writer says would not be in it."""
    field = fields.WRITTEN.get(kinds.root(kind))
    if field and contents.silent(text, field):
        return Refused("wording-without-words", fa=fields.FIELDS[field].fa, en=field)
    return None


def _refuse(faults: Iterable[Fault]) -> None:
    for fault in faults:
        raise refused(fault)


def refused(fault: Fault) -> Refused:
    """A fault of a text as a refusal."""
    return Refused(fault.code, line=fault.line, name=fault.name, near=fault.near)


def _taken(kind: str, language: str, since: int, at: datetime) -> Wording | None:
    """The newest version, locked, when it is the one that the writer saw; it ends now."""
    if language not in queries.LANGUAGES:
        raise Refused("no-such-wording")
    rows = Wording.objects.select_for_update().filter(kind=kind, language=language, reply=None)
    row = rows.order_by("-number").first()
    stands = row.number if row and row.ended_at is None else 0
    if stands != since:
        raise Refused("wording-changed-meanwhile")
    return row


def _next(row: Wording, before: Wording | None, by: Actor, at: datetime) -> None:
    if before and before.ended_at is None:
        before.ended_at = at
        before.save()
    row.number, row.by, row.made_at = (before.number if before else 0) + 1, by.code, at
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # two first versions at once: the second was not seen by its writer
        raise Refused("wording-changed-meanwhile") from None


def _look_again(kind: str, at: datetime) -> None:
    """Let letters that were kept back for what they lack be looked at again at once."""
    back = Letter.objects.filter(kind=kinds.root(kind), state=LetterState.LACKING)
    back.update(try_at=at)


def _allow(by: Actor) -> None:
    if not by.may(RIGHT):
        raise Refused("not-authorised", right=RIGHT)
