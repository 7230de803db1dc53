"""How complaints come in: by the portal, and taken down by a colleague."""

from dataclasses import replace
from datetime import timedelta

from pasokh.casework.complaints import actions, matter, queries
from pasokh.casework.complaints.matter import File, Matter, NewIssue
from pasokh.casework.complaints.queries import tracking
from pasokh.casework.complaints.terms import Complainant
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.demo import papers, people, post
from pasokh.demo.case import Case, Life
from pasokh.directory.people import actions as persons
from pasokh.directory.people import queries as addresses
from pasokh.directory.people.terms import Need
from pasokh.directory.people.ways import Confirmed
from pasokh.directory.people.ways import Way as Reach
from pasokh.kernel.actors import Actor, Kind
from pasokh.policy.taxonomy.kinds import Kind as List
from pasokh.portal import receipt

#: Whoever files on the portal, before there is a file.
_NEW = Actor(Kind.COMPLAINANT, "new")
#: What help people need who say so.
_NEEDS = (Need.HEARING, Need.SIGHT, Need.OFFLINE, Need.MOVEMENT)
#: What of a purchase people give who are asked nothing.
_SHARE = 0.72
#: Channels by which people file by themselves: nobody sorts it for them.
BY_THEMSELVES = frozenset({"web", "email"})


def on_the_portal(case: Case) -> Life:
    """Filed on line: the receipt page acknowledges, and an address is confirmed by its link."""
    _begin(case, _incoming(case), _NEW)
    receipt.acknowledge(case.person)
    if case.reach == "email":
        yield case.later(0.3)
        _confirm(case, Confirmed.LINK, case.person)


def by_an_entrance(case: Case, unit: str, channel: str) -> Life:
    """Filed by somebody who came by a poster's code, or at a tablet on the counter."""
    where = case.world.house.units[unit]
    _begin(case, replace(_incoming(case), unit=where, channel=channel), _NEW)
    receipt.acknowledge(case.person)
    yield from ()


def by_mail(case: Case) -> Life:
    """Written to our mailbox: the mail becomes the file, and its address is confirmed by a link."""
    story, at = case.story, case.at
    parts = (story.narrative(), story.words("want"), f"{story.person.name}\n{story.person.mobile}")
    said = {
        "name": story.person.name,
        "from": story.person.email,
        "subject": story.phrase("mail_subject"),
        "text": "\n\n".join(parts) + "\n",
    }
    mail = post.written(said, at=at, attached=_files(case))
    case.ref = post.hand_over(mail, at=at, sender=story.person.email)
    case.placed, case.world.posted = case.world.house.units["hirmand"], True
    yield case.later(0.3)
    _confirm(case, Confirmed.LINK, case.person)


def at_the_desk(case: Case) -> Life:
    """Taken down by a colleague, read back, and acknowledged on the spot or by letter."""
    by = _clerk(case)
    incoming = _incoming(case)
    _begin(case, incoming, case.world.actor(by))
    if case.story.channel in ("phone", "counter"):
        _confirm(case, Confirmed.READ_BACK, case.world.actor(by))
    if incoming.on_behalf_of and case.story.channel != "phone":  # on the telephone nothing is seen
        scope, clerk = case.story.phrase("mandate"), case.world.actor(by)
        actions.give_mandate(case.ref, scope=scope, shown_by="", until=None, by=clerk, at=case.at)
    letter = tracking.acknowledgement(case.person)
    if letter is not None and case.reach in ("phone", "hand"):
        case.tell(letter.id, Way.TELEPHONED if case.reach == "phone" else Way.HANDED, by=by)
    elif letter is not None and case.reach == "post":
        yield case.soon(4)
        case.tell(letter.id, Way.SENT, by=by)


def _clerk(case: Case) -> str:
    """Who takes it down: the counter of the branch where there is one, or the telephone."""
    if case.story.language == "en":
        return "daneshvar"
    counters = {"shiraz": "dehghan", "isfahan": "safavi"}
    there = counters.get(case.story.person.city["code"])
    return there if there and case.story.channel == "counter" else "rahimi"


def _begin(case: Case, incoming: Incoming, by: Actor) -> None:
    made = intake.receive(incoming, by=by, at=case.at)
    case.ref, case.world.posted = made.ref, True
    case.placed = incoming.unit or case.world.house.units["hirmand"]
    if made.code:
        case.world.codes[made.ref] = made.code


def _incoming(case: Case) -> Incoming:
    story, plot, desk = case.story, case.story.plot, case.story.channel != "web"
    late = {"web": 0, "phone": 12, "counter": 15, "letter": 1500}[story.channel]
    city = story.person.city["code"]
    counter = story.channel == "counter" and _clerk(case) != "rahimi"
    issues = _issues(case)
    return Incoming(
        channel=story.channel,
        language=story.language,
        matter=_matter(case, matter.told(issues)),
        received_at=case.at - timedelta(minutes=case.rng.uniform(0.5, 1) * late),
        who=None if case.reach == "standing" else _who(case),
        on_behalf_of=_concerned(case),
        complainant_kind=Complainant(plot.get("who", "customer")),
        confidential=desk and "about" in plot,
        unit=case.world.house.units[city] if counter else None,
        issues=issues,
        files=_files(case),
        complained_about=_named(case) if desk else (),
    )


def _issues(case: Case) -> tuple[NewIssue, ...]:
    """What is told, matter by matter; a colleague who takes it down gives each its category."""
    story, desk = case.story, case.story.channel != "web"
    told = [(story, story.narrative())]
    if story.second:
        told.append((story.second, story.second.words("said")))
    return tuple(
        NewIssue(text, case.term(List.CATEGORY, one.plot["category"]) if desk else None)
        for one, text in told
    )


def _named(case: Case) -> tuple[int, ...]:
    """The colleagues it is about."""
    return tuple(case.world.house.staff[one] for one in case.story.plot.get("about", ()))


def _matter(case: Case, narrative: str) -> Matter:
    story, bought, rng = case.story, case.story.bought, case.rng
    if story.plot.get("plain"):
        return Matter(narrative=narrative, remedy_wanted=story.words("want"))
    facts = {
        "product_model": f"{bought.model[story.language]} {bought.model['model']}",
        "serial_number": bought.serial,
        "purchase_place": bought.shop["name"][story.language],
        "order_number": bought.order if bought.shop["code"] == "online" else "",
    }
    return Matter(
        narrative=narrative,
        remedy_wanted=story.words("want") if rng.random() < _SHARE else "",
        incident_on=story.happened if rng.random() < _SHARE else None,
        purchased_on=bought.on if rng.random() < _SHARE else None,
        product_id=case.term(List.PRODUCT, bought.kind),
        **{name: said if rng.random() < _SHARE else "" for name, said in facts.items()},
    )


def _who(case: Case) -> Who:
    person, rng = case.story.person, case.rng
    ways = {
        "email": ((Reach.EMAIL, person.email), (Reach.PHONE, person.mobile)),
        "page": ((Reach.PHONE, person.mobile),),
        "phone": ((Reach.PHONE, person.mobile),),
        "hand": ((Reach.PHONE, person.mobile),),
        "post": ((Reach.POST, person.address), (Reach.PHONE, person.mobile)),
    }[case.reach]
    need = rng.choice(_NEEDS) if rng.random() < 0.05 else ""
    return Who(
        name=person.name,
        language=person.language,
        reached=ways,
        needs=(need,) if need else (),
        needs_note=case.story.phrase(f"need_{need}") if need else "",
    )


def _concerned(case: Case) -> Who | None:
    if case.reach == "standing" or case.rng.random() > 0.06:
        return None
    other = people.invent(case.rng, case.story.language)
    return Who(other.name, other.language, reached=((Reach.PHONE, other.mobile),))


def _files(case: Case) -> tuple[File, ...]:
    if case.story.channel not in ("web", "email", "counter") or case.rng.random() > 0.3:
        return ()
    return papers.of(case.story)


def _confirm(case: Case, how: Confirmed, by: Actor) -> None:
    kept = queries.complaint_for(case.person, case.ref)
    speaker = kept.representative_id or kept.complainant_id
    person = addresses.person(speaker) if speaker else None
    for point in list(person.contact_points.all())[:1] if person else ():
        persons.confirm_contact_point(point.pk, how=how, by=by, at=case.at)


def sort(case: Case) -> None:
    """Put the file where it belongs: its unit, its category, the colleague it is about."""
    unit = case.world.house.units[case.unit]
    if case.placed != unit and (case.unit == "service" or case.chance(0.45)):
        actions.correct(
            case.ref,
            field="unit_id",
            value=unit,
            reason=case.story.phrase("moved"),
            by=case.by("amini"),
            at=case.at,
        )
    for staff in _named(case) if case.story.channel in BY_THEMSELVES else ():
        actions.name(case.ref, staff=staff, by=case.by("amini"), at=case.at)
