"""Persons, how to reach them, and who speaks for whom."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from pasokh.directory.people import masking, ways
from pasokh.directory.people.models import ContactPoint, Mandate, Person
from pasokh.directory.people.ways import Way
from pasokh.kernel import rows
from pasokh.kernel.actors import Kind
from pasokh.kernel.ledger.models import Entry

#: The ways a letter can take, in the order in which they are tried.
_LETTERS = (Way.EMAIL, Way.POST, Way.PHONE)


def person(person_id: int) -> Person | None:
    """A person with their ways to be reached, the preferred one first."""
    return _loaded(Person.objects.filter(pk=person_id)).first()


def persons(person_ids: Iterable[int]) -> dict[int, Person]:
    """Persons by id, each with their ways to be reached; two queries for any number."""
    return {one.pk: one for one in _loaded(Person.objects.filter(pk__in=person_ids))}


def found_by(kind: Way, value: str) -> list[Person]:
    """Everybody who gave this number or address, however it is written here or there."""
    if not (key := ways.key(kind, value)):
        return []
    holders = ContactPoint.objects.filter(kind=kind, key=key).values("person")
    return list(_loaded(Person.objects.filter(pk__in=holders)).order_by("pk"))


def letter_box(person_id: int, *, texts: bool) -> int | None:
    """The contact point that letters to a person go to; None when none takes letters.

    One in use: one that works, the preferred, else a confirmed one, else mail before post. A
    mobile telephone takes them where `texts` leave: when it is preferred, or nothing else is known.
    """
    return box_among(rows.found(ContactPoint, _POINTS, [person_id]), texts=texts)


_POINTS = f"SELECT {rows.columns(ContactPoint)} FROM directory_contactpoint WHERE person_id = %s"  # noqa: S608


def point_of(person: Person, kind: Way, value: str) -> ContactPoint | None:
    """The way of a loaded person that is this one, however it is written; used or not."""
    looked_for = (kind, ways.key(kind, value))
    points = person.contact_points.all()
    return next((one for one in points if (one.kind, one.key) == looked_for), None)


def told_of(person: Person) -> ContactPoint | None:
    """The newest number or address in use of a loaded person that a complainant told us.

    One that was confirmed is the person's own by now, and is not shown to whoever told it.
    """
    hands = Entry.objects.filter(subject=person.subject, event="person.contact_point_added")
    told = {
        one.facts["contact_point"] for one in hands if one.actor.startswith(f"{Kind.COMPLAINANT}:")
    }
    points = [one for one in person.contact_points.all() if one.pk in told]
    open_ = (one for one in points if one.refused_at is None and one.confirmed_at is None)
    return max(open_, key=lambda one: one.pk, default=None)


def given_up_for(point_id: int) -> list[int]:
    """Addresses of the same person and kind that nobody confirmed and that are not used now."""
    here = ContactPoint.objects.get(pk=point_id)
    rows = ContactPoint.objects.filter(person=here.person_id, kind=here.kind, confirmed_at=None)
    return list(rows.filter(refused_at__isnull=False).values_list("pk", flat=True))


def box_among(points: Iterable[ContactPoint], *, texts: bool) -> int | None:
    """The one of somebody's contact points that letters go to, as `letter_box` finds it."""
    taking = (one for one in points if one.refused_at is None and _takes(one, texts))
    best = min(taking, key=_suitability, default=None)
    return best.pk if best else None


def called(person: Person, points: Iterable[ContactPoint]) -> tuple[list[str], list[str]]:
    """What a person is looked for by: the name; and each way as given and by its key, with a name
    that is nothing but one of them.
    """
    ways = [part for one in points for part in (one.value, one.key)]
    if masking.name(person.name) == person.name:
        return [person.name], ways
    return [], [person.name, *ways]


def ways_known(person_id: int) -> int:
    """In how many ways a person can be reached."""
    return ContactPoint.objects.filter(person=person_id, refused_at=None).count()


def mandate(principal_id: int, representative_id: int, at: datetime) -> Mandate | None:
    """The newest leave in force for one person to act for another."""
    in_force = Mandate.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=at),
        principal=principal_id,
        representative=representative_id,
        given_at__lte=at,
    )
    return in_force.order_by("-given_at", "-pk").first()


def _loaded(people: QuerySet[Person]) -> QuerySet[Person]:
    return people.prefetch_related("contact_points")


def _takes(point: ContactPoint, texts: bool) -> bool:
    if point.kind != Way.PHONE:
        return point.kind in _LETTERS
    return texts and point.texts_stopped_at is None and ways.takes_texts(point.key)


def _suitability(point: ContactPoint) -> tuple[bool, bool, bool, bool, int, int]:
    return (
        point.failing_since is not None,
        not point.preferred,
        point.kind == Way.PHONE,
        point.confirmed_at is None,
        _LETTERS.index(Way(point.kind)),
        point.pk,
    )
