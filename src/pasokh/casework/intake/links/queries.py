"""What mailed links still do, and which addresses wait to be confirmed."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import override

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries import complaint_for
from pasokh.casework.correspondence import queries as correspondence
from pasokh.casework.intake.links.models import MailedLink
from pasokh.casework.intake.links.terms import Purpose
from pasokh.directory.people.models import ContactPoint
from pasokh.directory.people.ways import Way
from pasokh.kernel import codes
from pasokh.kernel.actors import Actor


@dataclass(frozen=True)
class Awaiting:
    """An address that nobody has confirmed; `mailed` says that a link to it still works."""

    address: str
    mailed: bool


def live(purpose: Purpose, at: datetime) -> QuerySet[MailedLink]:
    """The links of a purpose that still do something: in time, unused, their address fitting."""
    theirs = Q(to__confirmed_at=None) if purpose is Purpose.CONFIRM else ~Q(to__confirmed_at=None)
    return MailedLink.objects.filter(
        theirs, purpose=purpose, used_at=None, expires_at__gt=at, to__refused_at=None
    )


def address_of(purpose: Purpose, token: str, at: datetime) -> str | None:
    """The address a link was mailed to; None when the link does nothing, whatever the reason."""
    found = live(purpose, at).filter(token_hash=token_hash(token))
    return found.values_list("to__value", flat=True).first()


def awaiting(by: Actor, at: datetime) -> Awaiting | None:
    """The complainant's own e-mail address that waits to be confirmed."""
    if (point := unconfirmed(complaint_for(by, by.id))) is None:
        return None
    return Awaiting(point.value, live(Purpose.CONFIRM, at).filter(to=point).exists())


def points(case: Complaint) -> QuerySet[ContactPoint]:
    """The e-mail addresses in use of whoever complained; none of an anonymous person."""
    speaker = case.representative_id or case.complainant_id
    return ContactPoint.objects.filter(person=speaker, kind=Way.EMAIL, refused_at=None)


def unconfirmed(case: Complaint) -> ContactPoint | None:
    """The first address of theirs that nobody has confirmed."""
    return points(case).filter(confirmed_at=None).order_by("pk").first()


def mails() -> bool:
    """Whether letters go out by mail at all."""
    return correspondence.way() != "none"


def can_mail() -> bool:
    """Whether a link can reach anybody: mail goes out, and the portal's address is known."""
    return bool(settings.PUBLIC_ADDRESS) and mails()


def page(purpose: Purpose, token: str, language: str) -> str:
    """The whole address of a link; empty while no public address is set."""
    if not settings.PUBLIC_ADDRESS:
        return ""
    with override(language):
        return settings.PUBLIC_ADDRESS + reverse(settings.LINK_PAGES[purpose], args=[token])


def token_hash(token: str) -> bytes:
    """The keyed hash under which a link is kept."""
    return codes.keyed_hash("mailed-link", token, settings.SECRET_KEY.encode())


def number_hash(ref: str, number: str) -> bytes:
    """The keyed hash of the number beside a link, worth something for that file alone."""
    return codes.keyed_hash("link-number", f"{ref}:{number}", settings.SECRET_KEY.encode())


def address_hash(address: str) -> str:
    """The keyed hash by which an address travels to the job that looks for it."""
    return codes.keyed_hash("lost-code", address, settings.SECRET_KEY.encode()).hex()
