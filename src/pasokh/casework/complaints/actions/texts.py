"""Texts to the number that somebody gave for the answer: stopped, and wanted again.

To give a number is to agree to texts about that complaint, and about nothing else. Whoever reads
them may stop them at any time, by any door.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from pasokh.casework.complaints.actions.bracket import put, take
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.texting import actions as texting
from pasokh.casework.texting import events
from pasokh.casework.texting import queries as texts
from pasokh.directory.people import actions as people
from pasokh.directory.people import queries
from pasokh.directory.people.models import ContactPoint
from pasokh.directory.people.ways import Way
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused

#: What a letter says that was not sent because of it.
STOPPED = "the person asked for no more texts"


@transaction.atomic
def stop_texts(ref: str, *, point: int, by: Actor, at: datetime) -> Complaint:
    """Send no more texts about a file to a number; what waits for it stands on the page."""
    case = _own(ref, by)
    found = _number(case, point)
    if found.texts_stopped_at is not None:
        return case
    people.stop_texts(point, by=by, at=at)
    texting.forget_queued([point], why=STOPPED, at=at)
    fact = events.TextsStopped(contact_point=point, by=str(by.kind))
    return put(case, fact, by=by, at=at)


@transaction.atomic
def want_texts(ref: str, *, point: int, by: Actor, at: datetime) -> Complaint:
    """Send texts about a file to a number again."""
    case = _own(ref, by)
    if _number(case, point).texts_stopped_at is None:
        raise Refused("texts-not-stopped")
    people.want_texts(point, by=by, at=at)
    return put(case, events.TextsWanted(contact_point=point), by=by, at=at)


@transaction.atomic
def stop_all_texts(number: str, *, at: datetime) -> tuple[str, ...]:
    """Stop the texts to a number, whoever gave it, because its reader answered so."""
    return tuple(
        stop_texts(ref, point=point, by=Actor(Kind.COMPLAINANT, ref), at=at).ref
        for ref, point in _files_of(number, stopped=False)
    )


@transaction.atomic
def want_all_texts(number: str, *, at: datetime) -> tuple[str, ...]:
    """Send texts again to a number whose reader answered so."""
    return tuple(
        want_texts(ref, point=point, by=Actor(Kind.COMPLAINANT, ref), at=at).ref
        for ref, point in _files_of(number, stopped=True)
    )


def _files_of(number: str, *, stopped: bool) -> list[tuple[str, int]]:
    """The files that name a number among those of whoever complains, each with its point."""
    points = texts.holders(number).filter(texts_stopped_at__isnull=not stopped)
    found = []
    for point in points.order_by("pk"):
        theirs = Q(complainant=point.person_id) | Q(representative=point.person_id)
        refs = Complaint.objects.filter(theirs).order_by("pk").values_list("ref", flat=True)
        found += [(ref, point.pk) for ref in refs[:1]]
    return found


def _own(ref: str, by: Actor) -> Complaint:
    return take(ref, Step.HEAR if by.kind is Kind.COMPLAINANT else Step.CORRECT, by)


def _number(case: Complaint, point: int) -> ContactPoint:
    """A telephone number of somebody in this file; nobody else's can be reached through it."""
    ours = [one for one in (case.complainant_id, case.representative_id) if one]
    for person in queries.persons(ours).values():
        for one in person.contact_points.all():
            if (one.pk, one.kind) == (point, Way.PHONE):
                return one
    raise Refused("no-such-contact-point", contact_point=point)
