"""What the complainants themselves add to their file later on (ISO 10002:2018, 7.2 and 7.3).

The forms of the portal take these steps; a colleague corrects, with a reason.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import put, take
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.directory.people import actions as people
from pasokh.directory.people import queries
from pasokh.directory.people.models import ContactPoint, Person
from pasokh.directory.people.ways import Way
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry
from pasokh.kernel.ledger.writer import record

#: What of the matter may be told later, or put right by whoever told it.
PARTICULARS = (
    *("incident_on", "remedy_wanted", "product_model", "serial_number", "order_number"),
    *("purchase_place", "purchased_on", "guarantee"),
)

#: New addresses that one file takes in a day, and ways to reach somebody that it holds in all:
#: nobody's mailbox is to be flooded by way of a complaint.
A_DAY, IN_ALL = 3, 20


@transaction.atomic
def add_particulars(ref: str, *, told: Mapping[str, Any], by: Actor, at: datetime) -> Complaint:
    """Take in what they add of product, purchase and time; old and new are kept (7.2).

    Told once more as it stands already, it changes nothing.
    """
    case = _own(ref, by)
    if strange := sorted(told.keys() - set(PARTICULARS)):
        raise Refused("not-correctable", field=strange[0])
    new = {name: value for name, value in told.items() if value != getattr(case, name)}
    if not new:
        return case
    changes = {name: [_kept(getattr(case, name)), _kept(value)] for name, value in new.items()}
    for name, value in new.items():
        setattr(case, name, value)
    fact = events.ParticularsAdded(fields=tuple(new))
    return put(case, fact, by=by, at=at, private={"changes": changes})


@transaction.atomic
def give_contact(ref: str, *, kind: Way, value: str, by: Actor, at: datetime) -> Complaint:
    """Take in a new address or number of theirs; nobody has confirmed it yet.

    A new e-mail address takes the place of one that nobody ever confirmed, with the letters that
    wait for it. A confirmed one stays in use until the new one is confirmed, too.
    """
    case = _own(ref, by)
    person = _speaker(case)
    known = queries.point_of(person, kind, value)
    if known is not None and known.refused_at is None:
        return case
    _not_too_many(case, person, kind, at)
    point = _noted(person, known, kind, value, by, at)
    if kind is Way.EMAIL:
        _take_its_place(case, person, point, by, at)
        _write_there(case, point, at)
    fact = events.ContactAdded(way=str(kind), confirmed=False)
    return put(case, fact, by=by, at=at, private={"new": value})


@transaction.atomic
def drop_number(ref: str, *, point: int, by: Actor, at: datetime) -> Complaint:
    """Use a telephone number of theirs no more, as long as another way to reach them is known."""
    case = _own(ref, by)
    used = _in_use(_speaker(case))
    found = next((one for one in used if (one.pk, one.kind) == (point, Way.PHONE)), None)
    if found is None:
        raise Refused("no-such-contact-point", contact_point=point)
    if len(used) == 1:
        raise Refused("last-way", ref=ref)
    people.refuse_contact_point(point, by=by, at=at)
    fact = events.ContactStopped(way=found.kind)
    return put(case, fact, by=by, at=at, private={"old": found.value})


def _own(ref: str, by: Actor) -> Complaint:
    """The file of a complainant, locked for what they add."""
    if by.kind is not Kind.COMPLAINANT:
        raise Refused("not-authorised", step=str(Step.HEAR), ref=ref)
    return take(ref, Step.HEAR, by)


def _kept(value: Any) -> str:
    return "" if value is None else str(value)


def _speaker(case: Complaint) -> Person:
    """Whoever wrote to us, and is written to; an anonymous person is nobody."""
    person = case.representative_id or case.complainant_id
    found = queries.person(person) if person else None
    if found is None:
        raise Refused("anonymous-has-no-person", ref=case.ref)
    return found


def _in_use(person: Person) -> list[ContactPoint]:
    return [one for one in person.contact_points.all() if one.refused_at is None]


def _noted(
    person: Person, known: ContactPoint | None, kind: Way, value: str, by: Actor, at: datetime
) -> ContactPoint:
    """A way written down, or taken up again by whoever gave it up; nobody else's is taken up."""
    if known is None:
        return people.add_contact_point(person.pk, kind=kind, value=value, by=by, at=at)
    refused = Entry.objects.filter(subject=person.subject, event="person.contact_point_refused")
    given_up = (one.actor for one in refused.order_by("-number") if _about(one, known))
    if next(given_up, "") != by.code:
        raise Refused("contact-point-not-used", value=value)
    return people.use_contact_point_again(known.pk, by=by, at=at)


def _about(entry: Entry, point: ContactPoint) -> bool:
    return bool(entry.facts.get("contact_point") == point.pk)


def _not_too_many(case: Complaint, person: Person, kind: Way, at: datetime) -> None:
    written = Letter.objects.filter(complaint=case, kind=LetterKind.ADDRESS)
    today = written.filter(queued_at__gt=at - timedelta(days=1)).count()
    known = len(person.contact_points.all())
    if known >= IN_ALL or (kind is Way.EMAIL and today >= A_DAY):
        raise Refused("contact-points-enough")


def _take_its_place(
    case: Complaint, person: Person, point: ContactPoint, by: Actor, at: datetime
) -> None:
    """Let a new address take the place of those that nobody confirmed, and of no other."""
    letters = [one for one in _in_use(person) if one.kind in (Way.EMAIL, Way.POST)]
    false = [one for one in letters if one.kind == Way.EMAIL and not one.confirmed_at]
    for one in false:
        people.refuse_contact_point(one.pk, by=by, at=at)
        fact = events.ContactStopped(way=one.kind)
        record(fact, subject=case.subject, by=by, at=at, private={"old": one.value})
    if len(letters) == len(false):
        people.prefer_contact_point(point.pk, by=by, at=at)
    correspondence.redirect([one.pk for one in false], to=point.pk)


def _write_there(case: Complaint, point: ContactPoint, at: datetime) -> None:
    """Write to a new address: what goes there first is the notice with the link."""
    correspondence.queue(
        case.pk,
        stage=case.stage,
        kind=LetterKind.ADDRESS,
        language=case.language,
        to=point.pk,
        facts={},
        at=at,
    )
