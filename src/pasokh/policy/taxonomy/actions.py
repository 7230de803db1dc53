"""The verbs on the organisation's lists and on the outside bodies it names.

They change rarely, so one at a time may: each begins by taking the lists' chain in the ledger.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, TypedDict, TypeVar, Unpack

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import connection, transaction
from django.db.models import Max, QuerySet

from pasokh.kernel import actors
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.events import Event
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger.models import Entry
from pasokh.kernel.ledger.writer import lock_key, record
from pasokh.policy.taxonomy import events, seeds
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.policy.taxonomy.models import OutsideBody, Term, unwritten

CONFIGURE = "taxonomy.configure"
SUBJECT = "taxonomy"
#: Who installs what a newer version has more of.
UPGRADE = actors.clock("upgrade", CONFIGURE)
CODE = re.compile("[a-z][a-z0-9_]{0,39}")

Row = TypeVar("Row", Term, OutsideBody)


class Particulars(TypedDict, total=False):
    """What may be corrected of an outside body; only what is given is changed."""

    name: Bilingual
    what_for: Bilingual
    url: str
    telephone: str
    time_limit: Bilingual
    note: Bilingual
    verified_on: date | None
    doubtful: bool


@transaction.atomic
def plant(*, by: Actor, at: datetime) -> int:
    """Install the lists to start from; whatever is there already, in any state, stays as it is."""
    _take(by)
    grown = {str(kind): _plant(kind) for kind in Kind}
    bodies = _plant_bodies()
    if planted := sum(grown.values()) + bodies:
        event = events.Planted(terms={k: n for k, n in grown.items() if n}, outside_bodies=bodies)
        record(event, subject=SUBJECT, by=by, at=at)
    return planted


@transaction.atomic
def plant_newer(*, at: datetime) -> int:
    """Install what a newer version has more of, where the lists were begun from ours; say how much.

    Whoever began with lists of their own keeps to those.
    """
    begun = Entry.objects.filter(subject=SUBJECT, event="taxonomy.planted").exists()
    return plant(by=UPGRADE, at=at) if begun else 0


@transaction.atomic
def add_term(
    kind: Kind, code: str, *, name: Bilingual, parent: str | None = None, by: Actor, at: datetime
) -> Term:
    """Add a term at the end of its list, or of what stands under another of the same list."""
    _take(by)
    _named(name)
    if Term.objects.filter(kind=kind, code=_code(code)).exists():
        raise Refused("term-code-taken", kind=str(kind), term=code)
    above = _in_use(kind, parent) if parent else None
    term = Term(kind=kind, code=code, name=name, parent=above, position=_end(kind, above))
    event = events.TermAdded(kind=str(kind), code=code, parent=parent)
    return _put(term, event, by, at, {"name": asdict(name)})


@transaction.atomic
def rename_term(kind: Kind, code: str, *, name: Bilingual, by: Actor, at: datetime) -> Term:
    """Give a term another name; its code, and what was coded with it, stay."""
    _take(by)
    _named(name)
    term = _term(kind, code)
    told = _change(term, {"name": name})
    return _put(term, events.TermRenamed(kind=str(kind), code=code), by, at, told) if told else term


@transaction.atomic
def move_term(
    kind: Kind, code: str, *, parent: str | None, position: int, by: Actor, at: datetime
) -> Term:
    """Put a term under another (or none) of its list, as the nth there, counting from 0."""
    _take(by)
    term, above = _term(kind, code), _in_use(kind, parent) if parent else None
    if above is not None and term.pk in _line(above):
        raise Refused("term-in-itself", term=code)
    term.parent = above
    beside = Term.objects.filter(kind=term.kind, parent=above).exclude(pk=term.pk)
    term.position = _make_room(beside, position)
    event = events.TermMoved(kind=str(kind), code=code, parent=parent, position=term.position)
    return _put(term, event, by, at)


@transaction.atomic
def retire_term(kind: Kind, code: str, *, by: Actor, at: datetime) -> Term:
    """Take a term out of use; what was coded with it keeps it."""
    _take(by)
    term = _in_use(kind, code)
    if term.children.filter(retired_at=None).exists():
        raise Refused("term-has-terms", term=code)
    term.retired_at = at
    return _put(term, events.TermRetired(kind=str(kind), code=code), by, at)


@transaction.atomic
def restore_term(kind: Kind, code: str, *, by: Actor, at: datetime) -> Term:
    """Take a retired term into use again, where it stood."""
    _take(by)
    term = _term(kind, code)
    if term.retired_at is None:
        raise Refused("term-not-retired", term=code)
    if term.parent is not None and term.parent.retired_at:
        raise Refused("term-retired", term=term.parent.code)
    term.retired_at = None
    return _put(term, events.TermRestored(kind=str(kind), code=code), by, at)


@transaction.atomic
def add_outside_body(
    code: str, *, by: Actor, at: datetime, **particulars: Unpack[Particulars]
) -> OutsideBody:
    """Name a body outside that hears disputes; what is not verified must be marked doubtful."""
    _take(by)
    if OutsideBody.objects.filter(code=_code(code)).exists():
        raise Refused("body-code-taken", body=code)
    body = _new_body(code)
    told = _change(body, _known(particulars))
    _check_body(body)
    return _put(body, events.OutsideBodyAdded(code=code), by, at, told)


@transaction.atomic
def correct_outside_body(
    code: str, *, by: Actor, at: datetime, **particulars: Unpack[Particulars]
) -> OutsideBody:
    """Correct what is written of an outside body, or say that it was verified."""
    _take(by)
    body = _body(code)
    told = _change(body, _known(particulars))
    _check_body(body)
    event = events.OutsideBodyCorrected(code=code, changed=tuple(told))
    return _put(body, event, by, at, told) if told else body


@transaction.atomic
def move_outside_body(code: str, *, position: int, by: Actor, at: datetime) -> OutsideBody:
    """Name an outside body as the nth, counting from 0, wherever bodies are named."""
    _take(by)
    body = _body(code)
    body.position = _make_room(OutsideBody.objects.exclude(pk=body.pk), position)
    return _put(body, events.OutsideBodyMoved(code=code, position=body.position), by, at)


@transaction.atomic
def retire_outside_body(code: str, *, by: Actor, at: datetime) -> OutsideBody:
    """Name an outside body no more; letters that named it stay as they are."""
    _take(by)
    body = _body(code)
    if body.retired_at is not None:
        raise Refused("body-retired", body=code)
    body.retired_at = at
    return _put(body, events.OutsideBodyRetired(code=code), by, at)


@transaction.atomic
def restore_outside_body(code: str, *, by: Actor, at: datetime) -> OutsideBody:
    """Name a retired outside body again."""
    _take(by)
    body = _body(code)
    if body.retired_at is None:
        raise Refused("body-not-retired", body=code)
    body.retired_at = None
    return _put(body, events.OutsideBodyRestored(code=code), by, at)


def _take(by: Actor) -> None:
    if not by.may(CONFIGURE):
        raise Refused("not-authorised", right=CONFIGURE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock_key(SUBJECT)])


def _put(
    row: Row, event: Event, by: Actor, at: datetime, private: Mapping[str, Any] | None = None
) -> Row:
    row.save()
    record(event, subject=SUBJECT, by=by, at=at, private=private)
    return row


def _plant(kind: Kind) -> int:
    here = {term.code: term for term in Term.objects.filter(kind=kind)}
    before = len(here)
    for seed in seeds.terms(kind):
        above = here.get(seed.get("parent", ""))
        if seed["code"] in here or (above and above.retired_at):
            continue
        name = Bilingual(seed["fa"], seed["en"])
        here[seed["code"]] = Term.objects.create(
            kind=kind, code=seed["code"], name=name, parent=above, position=_end(kind, above)
        )
    return len(here) - before


def _plant_bodies() -> int:
    here = set(OutsideBody.objects.values_list("code", flat=True))
    fresh = [seed for seed in seeds.outside_bodies() if seed["code"] not in here]
    for seed in fresh:
        body = _new_body(seed["code"])
        for name, value in seed.items():
            setattr(body, name, Bilingual(**value) if isinstance(value, dict) else value)
        body.save()
    return len(fresh)


def _new_body(code: str) -> OutsideBody:
    last = OutsideBody.objects.aggregate(last=Max("position"))["last"]
    position = 0 if last is None else last + 1
    return OutsideBody(code=code, name=unwritten(), what_for=unwritten(), position=position)


def _term(kind: Kind, code: str) -> Term:
    term = Term.objects.select_related("parent").filter(kind=kind, code=code).first()
    if term is None:
        raise Refused("no-such-term", kind=str(kind), term=code)
    return term


def _in_use(kind: Kind, code: str) -> Term:
    term = _term(kind, code)
    if term.retired_at:
        raise Refused("term-retired", term=code)
    return term


def _body(code: str) -> OutsideBody:
    body = OutsideBody.objects.filter(code=code).first()
    if body is None:
        raise Refused("no-such-body", body=code)
    return body


def _end(kind: Kind, above: Term | None) -> int:
    last = Term.objects.filter(kind=kind, parent=above).aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _make_room(beside: QuerySet[Row], position: int) -> int:
    """Number those that will stand beside a row anew, and return its own place."""
    others = list(beside.order_by("position", "code"))
    place = max(0, min(position, len(others)))
    for number, other in enumerate(others):
        other.position = number if number < place else number + 1
    beside.bulk_update(others, ["position"])
    return place


def _line(term: Term | None) -> set[int]:
    """A term and those above it."""
    line = set()
    while term is not None:
        line.add(term.pk)
        term = term.parent
    return line


def _change(row: Term | OutsideBody, changes: Mapping[str, Any]) -> dict[str, list[Any]]:
    told = {}
    for name, value in changes.items():
        if value != (before := getattr(row, name)):
            setattr(row, name, value)
            told[name] = [_told(before), _told(value)]
    return told


def _told(value: Any) -> Any:
    if isinstance(value, Bilingual):
        return asdict(value)
    return value.isoformat() if isinstance(value, date) else value


def _code(code: str) -> str:
    if not CODE.fullmatch(code):
        raise Refused("code-invalid", given=code)
    return code


def _named(name: Bilingual) -> None:
    if not (name.fa.strip() and name.en.strip()):
        raise Refused("name-missing")


def _known(particulars: Particulars) -> Particulars:
    if strange := particulars.keys() - Particulars.__annotations__.keys():
        raise TypeError(f"an outside body has no {', '.join(sorted(strange))}")
    return particulars


def _check_body(body: OutsideBody) -> None:
    _named(body.name)
    _named(body.what_for)
    if not body.doubtful and body.verified_on is None:
        raise Refused("body-not-verified", body=body.code)
    try:
        URLValidator(["http", "https"])(body.url or "https://example.org")
    except ValidationError:
        raise Refused("url-invalid", url=body.url) from None
