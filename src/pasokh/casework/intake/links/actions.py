"""Make the links that are mailed, and do what each is for when its button is pressed.

Opening a link does nothing: programs that look through mail open every link in it.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from pasokh.casework.complaints.actions.telling import let_go
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.correspondence import actions as correspondence
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake import events
from pasokh.casework.intake.incoming import Receipt
from pasokh.casework.intake.links import queries
from pasokh.casework.intake.links.models import MailedLink
from pasokh.casework.intake.links.terms import BETWEEN, MOST_TRIES, WORKS_FOR, Purpose
from pasokh.casework.texting import queries as texting
from pasokh.directory.people import actions as people
from pasokh.directory.people import queries as people_queries
from pasokh.directory.people import ways
from pasokh.directory.people.models import ContactPoint
from pasokh.directory.people.ways import Confirmed, Way
from pasokh.kernel import actors, codes
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.writer import record
from pasokh.kernel.text import digits

_DIGITS = 8


@dataclass(frozen=True)
class Minted:
    """What a mail carries, in clear, and nothing keeps."""

    token: str
    number: str


@transaction.atomic
def mint(purpose: Purpose, *, letter: int, at: datetime) -> Minted:
    """Make the link of one mail, at the moment it sets out to where its letter goes."""
    row = Letter.objects.select_related("complaint", "to").get(pk=letter)
    if row.to is None:
        raise Refused("no-such-contact-point", contact_point=0)
    made = Minted(codes.new_token(), f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}")
    link = MailedLink(purpose=purpose, complaint=row.complaint, to=row.to)
    link.token_hash = queries.token_hash(made.token)
    link.number_hash = queries.number_hash(row.complaint.ref, made.number)
    link.made_at, link.expires_at = at, at + WORKS_FOR[purpose]
    link.save()
    return made


@transaction.atomic
def confirm(token: str, *, at: datetime) -> str:
    """Take an address for theirs because its own link was used; return the address."""
    return _confirmed(_taken(Purpose.CONFIRM, token, at), Confirmed.LINK, at)


@transaction.atomic
def deny(token: str, *, at: datetime) -> None:
    """Write to an address no more, because whoever reads its mail never wrote to us."""
    link = _taken(Purpose.CONFIRM, token, at)
    case, by = link.complaint, actors.clock("confirm-page")
    _use(Purpose.CONFIRM, link, at)
    fact = events.AddressDenied(contact_point=link.to_id)
    record(fact, subject=case.subject, by=by, at=at)
    people.refuse_contact_point(link.to_id, by=by, at=at)


def confirm_by_number(number: str, *, by: Actor, at: datetime) -> str:
    """Take an address for theirs because the number mailed to it was typed on their page.

    The wrong ones are counted even though they are refused, so that nobody can try them all.
    """
    typed = "".join(char for char in digits(number[:100]) if char.isdecimal())
    with transaction.atomic():
        Complaint.objects.select_for_update().filter(ref=by.id).first()
        rows = queries.live(Purpose.CONFIRM, at).filter(complaint__ref=by.id)
        tried = rows.filter(tries__lt=MOST_TRIES).select_related("complaint", "to")
        if link := tried.filter(number_hash=queries.number_hash(by.id, typed)).first():
            return _confirmed(link, Confirmed.CODE, at)
        MailedLink.objects.filter(pk__in=rows.values("pk")).update(tries=F("tries") + 1)
    raise Refused("number-does-not-match")


def _confirmed(link: MailedLink, how: Confirmed, at: datetime) -> str:
    """Write it down on the file and with the person, and let go what had been held back."""
    case, by = link.complaint, Actor(Kind.COMPLAINANT, link.complaint.ref)
    _use(Purpose.CONFIRM, link, at)
    fact = events.AddressConfirmed(contact_point=link.to_id, how=str(how))
    record(fact, subject=case.subject, by=by, at=at)
    people.confirm_contact_point(link.to_id, how=how, by=by, at=at)
    mailbox = people_queries.letter_box(link.to.person_id, texts=False)
    if link.to.kind == Way.EMAIL and mailbox != link.to_id:
        people.prefer_contact_point(link.to_id, by=by, at=at)
    let_go(link.to_id, at=at)
    return link.to.value


@transaction.atomic
def mail_again(*, by: Actor, at: datetime) -> None:
    """Mail the notice with its link once more to the complainant's unconfirmed address."""
    case = Complaint.objects.select_for_update().filter(ref=by.id).first()
    point = queries.unconfirmed(case) if case else None
    if point is None:
        raise Refused("nothing-to-confirm")
    if MailedLink.objects.filter(to=point, made_at__gt=at - BETWEEN).exists():
        raise Refused("mailed-lately")
    correspondence.notify_again(point.pk, at=at)


@transaction.atomic
def offer_code(ref: str, address: str, *, by: Actor, at: datetime) -> bool:
    """Mail a link for a new tracking code, where reference and confirmed address fit together.

    `address` is a hash of `queries.address_hash`. Whoever asked learns nothing of the outcome.
    """
    case = Complaint.objects.select_for_update().filter(ref=ref, anonymous=False).first()
    point = _known(case, address) if case else None
    if case is None or point is None or _offered_lately(case, at):
        return False
    _queue(case, point, at)
    fact = events.CodeAsked(contact_point=point.pk)
    record(fact, subject=case.subject, by=by, at=at)
    return True


@transaction.atomic
def text_code(ref: str, number: str, *, by: Actor, at: datetime) -> bool:
    """Send a link for a new tracking code to a confirmed number of a file, if it is one.

    Whoever asked learns nothing of the outcome.
    """
    case = Complaint.objects.select_for_update().filter(ref=ref, anonymous=False).first()
    if case is None or _offered_lately(case, at):
        return False
    speaker = case.representative_id or case.complainant_id
    theirs = texting.holders(number).filter(person=speaker, refused_at=None, texts_stopped_at=None)
    point = theirs.exclude(confirmed_at=None).first()
    if point is None:
        return False
    _queue(case, point, at)
    record(events.CodeAsked(contact_point=point.pk), subject=case.subject, by=by, at=at)
    return True


@transaction.atomic
def confirm_by_answer(number: str, *, at: datetime) -> int:
    """Take a number for theirs on every file that waits for that: its reader answered so."""
    live = queries.live(Purpose.CONFIRM, at).filter(to__key=number, to__kind=Way.PHONE)
    links = list(live.select_for_update(of=("self", "complaint")).select_related("complaint", "to"))
    for link in {link.to_id: link for link in links}.values():
        _confirmed(link, Confirmed.WROTE, at)
    return len(links)


def _queue(case: Complaint, point: ContactPoint, at: datetime) -> None:
    correspondence.queue(
        case.pk,
        stage=case.stage,
        kind=LetterKind.NEW_CODE,
        language=case.language,
        to=point.pk,
        facts={},
        at=at,
    )


def _known(case: Complaint, address: str) -> ContactPoint | None:
    confirmed = queries.points(case).exclude(confirmed_at=None)
    fits = (p for p in confirmed if queries.address_hash(ways.email_key(p.value)) == address)
    return next(fits, None)


def _offered_lately(case: Complaint, at: datetime) -> bool:
    offered = Letter.objects.filter(complaint=case, kind=LetterKind.NEW_CODE)
    return offered.filter(queued_at__gt=at - BETWEEN).exists()


@transaction.atomic
def renew_code(token: str, *, at: datetime) -> Receipt:
    """Give a new tracking code to whoever holds the link mailed to a confirmed address."""
    link = _taken(Purpose.NEW_CODE, token, at)
    case, by = link.complaint, Actor(Kind.COMPLAINANT, link.complaint.ref)
    _use(Purpose.NEW_CODE, link, at)
    proof = f"link to contact point {link.to_id}"
    return Receipt(case.ref, intake.give_new_code(case, proof=proof, by=by, at=at))


def _use(purpose: Purpose, link: MailedLink, at: datetime) -> None:
    """Use a link up, and with it all of its kind that went to the same address."""
    unused = MailedLink.objects.filter(purpose=purpose, to=link.to_id, used_at=None)
    unused.update(used_at=at)


def _taken(purpose: Purpose, token: str, at: datetime) -> MailedLink:
    """A link that still works, locked with its file: of two who press the button, one is late."""
    rows = queries.live(purpose, at).filter(token_hash=queries.token_hash(token))
    locked = rows.select_for_update(of=("self", "complaint")).select_related("complaint", "to")
    if (link := locked.first()) is None:
        raise Refused("link-does-nothing")
    return link


@transaction.atomic
def purge_links(now: datetime) -> None:
    """Delete the links whose time is over."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM casework_mailedlink WHERE expires_at <= %s", [now])
