"""The verbs on persons. A person is reached only through a complaint, so authority is that of
the complaint's verb, in whose transaction these run.
"""

import re
from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import TypedDict, Unpack

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from pasokh.directory.people import events, ways
from pasokh.directory.people.models import ContactPoint, Mandate, Person
from pasokh.directory.people.terms import Kind, Need
from pasokh.directory.people.ways import Confirmed, Way
from pasokh.kernel import rows
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.events import Event
from pasokh.kernel.ledger.writer import record, together

_DIGEST = re.compile("[0-9a-f]{64}")


class Particulars(TypedDict, total=False):
    """What may be corrected of a person; only what is given is changed."""

    name: str
    kind: Kind
    language: str
    needs: list[str]
    needs_note: str


@transaction.atomic
def register_person(
    name: str,
    *,
    kind: Kind = Kind.INDIVIDUAL,
    language: str,
    needs: Collection[str] = (),
    needs_note: str = "",
    by: Actor,
    at: datetime,
) -> Person:
    """Write down a person, their name exactly as given."""
    return _register(name, kind, language, needs, needs_note, by, at)


def introduce(
    name: str,
    *,
    kind: Kind = Kind.INDIVIDUAL,
    language: str,
    needs: Collection[str] = (),
    needs_note: str = "",
    reached: Iterable[tuple[Way, str]],
    by: Actor,
    at: datetime,
) -> tuple[Person, list[ContactPoint]]:
    """Write down a person with the ways to reach them, the first one preferred.

    For a verb that takes somebody in, inside its transaction: two statements and the ledger's.
    """
    with together():
        person = _register(name, kind, language, needs, needs_note, by, at)
        return person, _reach(person, reached, by, at)


@transaction.atomic
def correct_person(
    person_id: int, *, reason: str, by: Actor, at: datetime, **particulars: Unpack[Particulars]
) -> Person:
    """Correct what is written of a person; old, new and why are kept, sealed."""
    person = _take(person_id)
    if not reason.strip():
        raise Refused("reason-missing")
    told = _change(person, particulars)
    _check(person)
    if told:
        person.save()
        event = events.PersonCorrected(changed=tuple(told))
        private = {"reason": reason, "changes": told}
        record(event, subject=person.subject, by=by, at=at, private=private)
    return person


@transaction.atomic
def add_contact_point(
    person_id: int, *, kind: Way, value: str, preferred: bool = False, by: Actor, at: datetime
) -> ContactPoint:
    """Write down a way to reach a person; one that is there already is given back as it is."""
    person, key = _take(person_id), _key(kind, value)
    if known := person.contact_points.filter(kind=kind, key=key).first():
        return known
    if preferred:
        person.contact_points.update(preferred=False)
    point = ContactPoint(person=person, kind=kind, value=value, key=key, preferred=preferred)
    point.save()
    event = events.ContactPointAdded(contact_point=point.pk, kind=str(kind), preferred=preferred)
    record(event, subject=person.subject, by=by, at=at, private={"value": value})
    return point


@transaction.atomic
def prefer_contact_point(point_id: int, *, by: Actor, at: datetime) -> ContactPoint:
    """Say that the person would rather be reached this way than any other."""
    person, point = _take_point(point_id)
    if not point.preferred:
        person.contact_points.update(preferred=False)
        point.preferred = True
        _put(point, events.ContactPointPreferred(contact_point=point.pk), by, at)
    return point


@transaction.atomic
def confirm_contact_point(
    point_id: int, *, how: Confirmed, by: Actor, at: datetime
) -> ContactPoint:
    """Say how it was made sure that this way is the person's own; the first time counts."""
    _, point = _take_point(point_id)
    point.failing_since = None
    if point.confirmed_at is None:
        point.confirmed_at, point.confirmed_how = at, how
        event = events.ContactPointConfirmed(contact_point=point.pk, how=str(how))
        _put(point, event, by, at)
    return point


@transaction.atomic
def doubt_contact_point(point_id: int, *, by: Actor, at: datetime) -> ContactPoint:
    """Write down that what was sent this way came back; letters go another way, if there is one."""
    return _mark(point_id, "failing_since", at, events.ContactPointFailed, by, at)


@transaction.atomic
def trust_contact_point(point_id: int, *, by: Actor, at: datetime) -> ContactPoint:
    """Write down that a way reaches its person again."""
    return _mark(point_id, "failing_since", None, events.ContactPointWorks, by, at)


@transaction.atomic
def refuse_contact_point(point_id: int, *, by: Actor, at: datetime) -> ContactPoint:
    """Use a way no more: it does not reach the person, or they asked for that."""
    return _mark(point_id, "refused_at", at, events.ContactPointRefused, by, at)


@transaction.atomic
def use_contact_point_again(point_id: int, *, by: Actor, at: datetime) -> ContactPoint:
    """Use a way again that was given up; whoever gave it up wants it back."""
    return _mark(point_id, "refused_at", None, events.ContactPointUsedAgain, by, at)


@transaction.atomic
def stop_texts(point_id: int, *, by: Actor, at: datetime) -> ContactPoint:
    """Send no more texts to a number, because whoever reads them asked for that."""
    return _mark(point_id, "texts_stopped_at", at, events.TextsStopped, by, at)


@transaction.atomic
def want_texts(point_id: int, *, by: Actor, at: datetime) -> ContactPoint:
    """Send texts to a number again, because whoever reads them wants them back."""
    return _mark(point_id, "texts_stopped_at", None, events.TextsWanted, by, at)


@transaction.atomic
def give_mandate(
    principal_id: int,
    *,
    representative_id: int,
    scope: str,
    evidence: str = "",
    valid_until: datetime | None = None,
    by: Actor,
    at: datetime,
) -> Mandate:
    """Write down that somebody may act for a person, in what, until when, shown by which file."""
    if principal_id == representative_id:
        raise Refused("mandate-for-oneself")
    principal = _both(principal_id, representative_id)
    mandate = Mandate(principal=principal, representative_id=representative_id, scope=scope)
    mandate.evidence, mandate.given_at, mandate.valid_until = evidence, at, valid_until
    _check_mandate(mandate)
    mandate.save()
    event = _given(mandate)
    record(event, subject=principal.subject, by=by, at=at, private={"scope": scope})
    return mandate


@transaction.atomic
def end_mandate(mandate_id: int, *, by: Actor, at: datetime) -> Mandate:
    """Say that somebody may no longer act for a person."""
    mandate = Mandate.objects.select_for_update(no_key=True).filter(pk=mandate_id).first()
    if mandate is None or (mandate.valid_until and mandate.valid_until <= at):
        raise Refused("no-such-mandate", mandate=mandate_id)
    mandate.valid_until = at
    mandate.save()
    event = events.MandateEnded(mandate=mandate.pk)
    record(event, subject=mandate.principal.subject, by=by, at=at)
    return mandate


def _register(
    name: str,
    kind: Kind,
    language: str,
    needs: Collection[str],
    needs_note: str,
    by: Actor,
    at: datetime,
) -> Person:
    needed = sorted(set(needs))
    person = rows.made(
        Person,
        name=name,
        kind=kind,
        language=language,
        needs=needed,
        needs_note=needs_note,
        created_at=at,
    )
    _check(person)
    rows.insert(person)
    event = events.PersonRegistered(kind=str(kind), language=language, needs=tuple(needed))
    private = {"name": name, "needs_note": needs_note}
    record(event, subject=person.subject, by=by, at=at, private=private, begins=True)
    return person


def _reach(
    person: Person, reached: Iterable[tuple[Way, str]], by: Actor, at: datetime
) -> list[ContactPoint]:
    """Write down how to reach a person who has no way yet; one that was said twice is one."""
    given: dict[tuple[Way, str], str] = {}
    for way, value in reached:
        given.setdefault((way, _key(way, value)), value)
    points = [
        rows.made(
            ContactPoint,
            person_id=person.pk,
            kind=way,
            value=value,
            key=key,
            preferred=number == 0,
        )
        for number, ((way, key), value) in enumerate(given.items())
    ]
    rows.insert(*points)
    for point in points:
        event = events.ContactPointAdded(
            contact_point=point.pk, kind=str(point.kind), preferred=point.preferred
        )
        record(event, subject=person.subject, by=by, at=at, private={"value": point.value})
    return points


def _take(person_id: int) -> Person:
    person = Person.objects.select_for_update(no_key=True).filter(pk=person_id).first()
    if person is None:
        raise Refused("no-such-person", person=person_id)
    return person


def _take_point(point_id: int) -> tuple[Person, ContactPoint]:
    """A contact point, its person locked first: every verb on a person waits at the same place."""
    found = ContactPoint.objects.filter(pk=point_id).values_list("person", flat=True).first()
    if found is None:
        raise Refused("no-such-contact-point", contact_point=point_id)
    person = _take(found)
    return person, ContactPoint.objects.select_related("person").get(pk=point_id)


def _mark(
    point_id: int,
    mark: str,
    since: datetime | None,
    fact: Callable[..., Event],
    by: Actor,
    at: datetime,
) -> ContactPoint:
    """Set a mark that a way carries since some time, or take it away; the first time counts."""
    _, point = _take_point(point_id)
    if (getattr(point, mark) is None) == (since is not None):
        setattr(point, mark, since)
        point.preferred = point.preferred and point.refused_at is None
        _put(point, fact(contact_point=point.pk), by, at)
    return point


def _both(principal_id: int, representative_id: int) -> Person:
    """The one who gives a mandate; both are locked in the order of their ids."""
    taken = {one: _take(one) for one in sorted((principal_id, representative_id))}
    return taken[principal_id]


def _put(point: ContactPoint, event: Event, by: Actor, at: datetime) -> None:
    point.save()
    record(event, subject=point.person.subject, by=by, at=at)


def _change(person: Person, particulars: Particulars) -> dict[str, list[object]]:
    if strange := particulars.keys() - Particulars.__annotations__.keys():
        raise TypeError(f"a person has no {', '.join(sorted(strange))}")
    before = {name: getattr(person, name) for name in particulars}
    told = {name: [before[name], new] for name, new in particulars.items() if new != before[name]}
    for name, (_, new) in told.items():
        setattr(person, name, new)
    return told


def _check(person: Person) -> None:
    if not person.name.strip():
        raise Refused("person-without-name")
    if person.kind not in set(Kind):
        raise Refused("person-kind-unknown", kind=person.kind)
    if person.language not in ("fa", "en"):
        raise Refused("language-unknown", language=person.language)
    if unknown := set(person.needs) - set(Need):
        raise Refused("need-unknown", needs=sorted(unknown))


def _key(kind: Way, value: str) -> str:
    key = ways.key(kind, value)
    if kind is Way.EMAIL:
        try:
            validate_email(key)
        except ValidationError:
            raise Refused("address-invalid", address=value) from None
    if not key:
        raise Refused("number-invalid" if kind is Way.PHONE else "contact-point-empty")
    return key


def _check_mandate(mandate: Mandate) -> None:
    if not mandate.scope.strip():
        raise Refused("scope-missing")
    if mandate.evidence and not _DIGEST.fullmatch(mandate.evidence):
        raise Refused("digest-invalid")
    if mandate.valid_until and mandate.valid_until <= mandate.given_at:
        raise Refused("ends-before-it-begins")


def _given(mandate: Mandate) -> events.MandateGiven:
    return events.MandateGiven(
        mandate=mandate.pk,
        representative=mandate.representative_id,
        evidence=mandate.evidence,
        valid_until=mandate.valid_until,
    )
