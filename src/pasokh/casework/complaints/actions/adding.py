"""What the complainants themselves add to their file later on (ISO 10002:2018, 7.2 and 7.3).

The forms of the portal take these steps; a colleague corrects, with a reason.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from pasokh.casework.complaints import events, labels
from pasokh.casework.complaints.actions.bracket import put, take
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.terms import Complainant
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.texting import queries as texting
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

#: What they may tell later of themselves: how we write to them, as what they complain, what help
#: they need, for whom they speak and how that person is reached.
ABOUT = (
    *("language", "complainant_kind", "needs", "needs_note"),
    *("on_behalf_of", "behalf_contact"),
)
#: Why a person's record was corrected, as it says itself.
BY_THEMSELVES = "told by the complainant"

#: New addresses that one file takes in a day, and ways to reach somebody that it holds in all:
#: nobody's mailbox is to be flooded by way of a complaint.
A_DAY, IN_ALL = 3, 20


@transaction.atomic
def add_particulars(ref: str, *, told: Mapping[str, Any], by: Actor, at: datetime) -> Complaint:
    """Take in what they add of the matter and of themselves; old and new are kept (7.2, 4.5).

    Told once more as it stands already, it changes nothing.
    """
    case = _own(ref, by)
    if strange := sorted(told.keys() - {*PARTICULARS, *ABOUT}):
        raise Refused("not-correctable", field=strange[0])
    matter, about = _of_the_matter(case, told), _of_themselves(case, told, by, at)
    for fact, changes in (
        (events.ParticularsAdded(fields=tuple(matter)), matter),
        (events.ThemselvesTold(fields=tuple(about)), about),
    ):
        if changes:
            put(case, fact, by=by, at=at, private={"changes": changes})
    return case


def known_of_them(case: Complaint) -> dict[str, Any]:
    """What a file says of whoever wrote to us, and of whom they speak for; see `ABOUT`."""
    speaker, concerned = _speakers(case)
    given = queries.told_of(concerned) if concerned else None
    return {
        "language": case.language,
        "complainant_kind": case.complainant_kind,
        "needs": sorted(speaker.needs) if speaker else [],
        "needs_note": speaker.needs_note if speaker else "",
        "on_behalf_of": concerned.name if concerned else "",
        "behalf_contact": given.value if given else "",
    }


@transaction.atomic
def give_contact(ref: str, *, kind: Way, value: str, by: Actor, at: datetime) -> Complaint:
    """Take in a new address or number of theirs; nobody has confirmed it yet.

    A new e-mail address takes the place of one that nobody ever confirmed, with the letters that
    wait for it. A confirmed one stays in use until the new one is confirmed, too, and is told.
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
    _write_there(case, person, point, at)
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
    if isinstance(value, list):
        return " ".join(value)
    return "" if value is None else str(value)


def _changed(
    before: Mapping[str, Any], told: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """What is new in what was told, and each change as the record keeps it."""
    new = {name: told[name] for name in before if name in told and told[name] != before[name]}
    return new, {name: [_kept(before[name]), _kept(value)] for name, value in new.items()}


def _of_the_matter(case: Complaint, told: Mapping[str, Any]) -> dict[str, list[str]]:
    new, changes = _changed({name: getattr(case, name) for name in PARTICULARS}, told)
    for name, value in new.items():
        setattr(case, name, value)
    return changes


def _of_themselves(
    case: Complaint, told: Mapping[str, Any], by: Actor, at: datetime
) -> dict[str, list[str]]:
    new, changes = _changed(known_of_them(case), told)
    if "complainant_kind" in new:
        if new["complainant_kind"] not in set(Complainant):
            raise Refused("not-correctable", field="complainant_kind")
        case.complainant_kind = new["complainant_kind"]
    own = {name: new[name] for name in new if name in ("language", "needs", "needs_note")}
    if own:
        _correct_speaker(case, own, by, at)
    if "on_behalf_of" in new:
        _name_concerned(case, new["on_behalf_of"], by, at)
    if "behalf_contact" in new:
        _reach_concerned(case, new["behalf_contact"], by, at)
    return changes


def _correct_speaker(case: Complaint, own: dict[str, Any], by: Actor, at: datetime) -> None:
    """Note how to write to them and what help they need; the anonymous have a language only."""
    case.language = own.get("language", case.language)
    if case.language not in labels.LANGUAGES:
        raise Refused("language-unknown", language=case.language)
    if "language" in own:
        correspondence.speak(case.pk, language=case.language)
    if not case.anonymous or own.keys() - {"language"}:
        person = _speaker(case).pk
        people.correct_person(person, reason=BY_THEMSELVES, by=by, at=at, **own)


def _name_concerned(case: Complaint, name: str, by: Actor, at: datetime) -> None:
    """Note for whom they speak: that person complains, and they represent them."""
    speaker = _speaker(case)
    if not name.strip():
        raise Refused("concerned-stays", ref=case.ref)
    if case.representative_id and case.complainant_id:
        people.correct_person(case.complainant_id, reason=BY_THEMSELVES, name=name, by=by, at=at)
    else:
        concerned = people.register_person(name, language=case.language, by=by, at=at)
        case.representative_id, case.complainant_id = speaker.pk, concerned.pk


def _reach_concerned(case: Complaint, value: str, by: Actor, at: datetime) -> None:
    """Note how whom they speak for is reached; it takes the place of what they said before."""
    _, concerned = _speakers(case)
    if concerned is None:
        raise Refused("concerned-unnamed", ref=case.ref)
    before = queries.told_of(concerned)
    kind = Way.EMAIL if "@" in value else Way.PHONE
    point = queries.point_of(concerned, kind, value) if value.strip() else None
    if value.strip() and (point is None or point.refused_at):
        _room_for_one(concerned)
        point = _noted(concerned, point, kind, value, by, at)
    if before is not None and before != point:
        people.refuse_contact_point(before.pk, by=by, at=at)


def _speakers(case: Complaint) -> tuple[Person | None, Person | None]:
    """Whoever wrote to us, and whom they speak for; neither of an anonymous file."""
    found = queries.persons(one for one in (case.representative_id, case.complainant_id) if one)
    speaker = found.get(case.representative_id or case.complainant_id or 0)
    concerned = found.get(case.complainant_id or 0) if case.representative_id else None
    return speaker, concerned


def _speaker(case: Complaint) -> Person:
    """Whoever wrote to us, and is written to; an anonymous person is nobody."""
    speaker, _ = _speakers(case)
    if speaker is None:
        raise Refused("anonymous-has-no-person", ref=case.ref)
    return speaker


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
    _room_for_one(person)
    if kind in (Way.EMAIL, Way.PHONE) and today >= A_DAY:
        raise Refused("contact-points-enough")


def _room_for_one(person: Person) -> None:
    if len(person.contact_points.all()) >= IN_ALL:
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


def _write_there(case: Complaint, person: Person, point: ContactPoint, at: datetime) -> None:
    """Write to a new address, and to each that is surely theirs: no code is stolen unseen.

    A new number is written to only where letters go to it by text.
    """
    if point.kind != Way.EMAIL:
        if queries.letter_box(person.pk, texts=texting.leave()) == point.pk:
            _write(case, point, LetterKind.ADDRESS, at)
        return
    _write(case, point, LetterKind.ADDRESS, at)
    for one in _in_use(person):
        if one.kind == Way.EMAIL and one.confirmed_at and one.pk != point.pk:
            _write(case, one, LetterKind.OTHER_ADDRESS, at)


def _write(case: Complaint, point: ContactPoint, kind: LetterKind, at: datetime) -> None:
    """Write to an address; what goes first to a new one is the notice with the link."""
    correspondence.queue(
        case.pk,
        stage=case.stage,
        kind=kind,
        language=case.language,
        to=point.pk,
        facts={},
        at=at,
    )
