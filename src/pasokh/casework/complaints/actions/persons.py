"""Who complains and how they are reached, put right in their file (ISO 10002:2018, 7.2, 8.1).

What is known of a person has a ledger of its own; the file says that it was touched, and why.
"""

from datetime import datetime
from typing import Any

from django.db import transaction

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import put, take
from pasokh.casework.complaints.actions.telling import let_go
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.directory.people import actions as people
from pasokh.directory.people import queries
from pasokh.directory.people.models import ContactPoint, Person
from pasokh.directory.people.ways import Confirmed, Way
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused


@transaction.atomic
def correct_name(
    ref: str, *, person: int, name: str, reason: str, by: Actor, at: datetime
) -> Complaint:
    """Correct a person's name; the old and the new are kept with the reason."""
    case = take(ref, Step.CORRECT, by)
    before = _of(case, person).name
    people.correct_person(person, name=name, reason=reason, by=by, at=at)
    private = {"old": before, "new": name, "reason": reason}
    return put(case, events.NameCorrected(), by=by, at=at, private=private)


@transaction.atomic
def add_contact(
    ref: str, *, person: int, kind: Way, value: str, read_back: bool, by: Actor, at: datetime
) -> Complaint:
    """Add a way to reach a person; letters go to a new address, one read back is confirmed."""
    case = take(ref, Step.CORRECT, by)
    _of(case, person)
    point = people.add_contact_point(person, kind=kind, value=value, by=by, at=at)
    if kind in (Way.EMAIL, Way.POST):
        people.prefer_contact_point(point.pk, by=by, at=at)
    if read_back:
        people.confirm_contact_point(point.pk, how=Confirmed.READ_BACK, by=by, at=at)
    fact = events.ContactAdded(way=str(kind), confirmed=read_back)
    return put(case, fact, by=by, at=at, private={"new": value})


@transaction.atomic
def confirm_contact(ref: str, *, point: int, by: Actor, at: datetime) -> Complaint:
    """Write down that a number or address was read back to the person and agreed."""
    case = take(ref, Step.CORRECT, by)
    found = _point(case, point)
    people.confirm_contact_point(point, how=Confirmed.READ_BACK, by=by, at=at)
    let_go(point, at=at)
    fact = events.ContactConfirmed(way=found.kind)
    return put(case, fact, by=by, at=at, private={"text": found.value})


@transaction.atomic
def stop_contact(ref: str, *, point: int, reason: str, by: Actor, at: datetime) -> Complaint:
    """Use a number or address no more: it does not reach the person, or they asked for that."""
    case = take(ref, Step.CORRECT, by)
    found = _point(case, point)
    if not reason.strip():
        raise Refused("reasons-missing", ref=ref)
    people.refuse_contact_point(point, by=by, at=at)
    private = {"old": found.value, "reason": reason}
    return put(case, events.ContactStopped(way=found.kind), by=by, at=at, private=private)


@transaction.atomic
def give_mandate(
    ref: str, *, scope: str, shown_by: str, until: datetime | None, by: Actor, at: datetime
) -> Complaint:
    """Write down that whoever writes may act for the person concerned, in what, and what shows it.

    `shown_by` is the digest of a file of the complaint, or empty where somebody saw the paper.
    """
    case = take(ref, Step.CORRECT, by)
    principal, speaker = _both(case)
    if shown_by and not Attachment.objects.filter(complaint=case, digest=shown_by).exists():
        raise Refused("digest-invalid")
    told: Any = {"scope": scope, "evidence": shown_by, "valid_until": until}
    people.give_mandate(principal, representative_id=speaker, **told, by=by, at=at)
    fact = events.MandateGiven(shown=bool(shown_by))
    return put(case, fact, by=by, at=at, private={"text": scope})


@transaction.atomic
def end_mandate(ref: str, *, reason: str, by: Actor, at: datetime) -> Complaint:
    """Write down that whoever writes may no longer act for the person concerned."""
    case = take(ref, Step.CORRECT, by)
    if not reason.strip():
        raise Refused("reasons-missing", ref=ref)
    if (held := queries.mandate(*_both(case), at)) is None:
        raise Refused("no-such-mandate", ref=ref)
    people.end_mandate(held.pk, by=by, at=at)
    return put(case, events.MandateEnded(), by=by, at=at, private={"reason": reason})


def _both(case: Complaint) -> tuple[int, int]:
    """The person concerned, and whoever writes for them."""
    if not (case.complainant_id and case.representative_id):
        raise Refused("nobody-represented", ref=case.ref)
    return case.complainant_id, case.representative_id


def _of(case: Complaint, person: int) -> Person:
    """A person of this file; nobody else's can be reached through it."""
    ours = {case.complainant_id, case.representative_id}
    found = queries.person(person) if person in ours else None
    if found is None:
        raise Refused("no-such-person", person=person)
    return found


def _point(case: Complaint, point: int) -> ContactPoint:
    ours = [one for one in (case.complainant_id, case.representative_id) if one]
    for person in queries.persons(ours).values():
        for one in person.contact_points.all():
            if one.pk == point:
                return one
    raise Refused("no-such-contact-point", contact_point=point)
