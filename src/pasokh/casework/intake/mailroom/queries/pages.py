"""Mail as colleagues see it: lists, one mail, and what waits for somebody."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from pasokh.casework.complaints.queries import visible_to
from pasokh.casework.complaints.queries.contacts import seen_by
from pasokh.casework.complaints.queries.timeline import Names
from pasokh.casework.intake.mailroom.models import Mail, MailReading
from pasokh.casework.intake.mailroom.terms import FILED, LOG, SORT, WAITING, Signature
from pasokh.directory.people.masking import masked, name, words
from pasokh.directory.people.ways import Way
from pasokh.kernel import rows
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused

#: Mails on one page of the list.
PAGE = 50


@dataclass(frozen=True)
class MailLine:
    """One mail in a list. `disposition` is empty until it is sorted."""

    id: int
    disposition: str
    reason: str
    received_at: datetime
    sender: str
    heading: str
    mailbox: str
    ref: str
    tried: bool
    unverified: bool


@dataclass(frozen=True)
class MailPage:
    """A page of the list, the newest first; `older` begins the next one.

    `masked` says that it is not shown whole from whom one of them is.
    """

    lines: tuple[MailLine, ...]
    older: int | None
    masked: bool


@dataclass(frozen=True)
class Read:
    """One reading of a mail: who, what, when; of the mail itself nothing that it says."""

    id: int
    actor: str
    what: str
    at: datetime
    mail: int
    mailbox: str
    received_at: datetime


def mail_page(
    by: Actor, *, dispositions: Sequence[str] | None = None, before: int | None = None
) -> MailPage:
    """The mails that somebody may see, in one statement: those of their units, and of those that
    stand in a file only what the fence lets them see.
    """
    asked = mails(by, dispositions=dispositions)
    if before is not None:
        asked = asked.filter(pk__lt=before)
    found = list(asked[: PAGE + 1])
    lines = tuple(mail_line(one, by) for one in found[:PAGE])
    hidden = not all(shows_sender(one, by) for one in found[:PAGE])
    return MailPage(lines, lines[-1].id if len(found) > PAGE else None, hidden)


def mails(by: Actor, *, dispositions: Sequence[str] | None = None) -> QuerySet[Mail]:
    """The mails that somebody may see, the newest first."""
    seen = _seen(by).order_by("-pk").select_related("mailbox", "complaint")
    return seen if dispositions is None else seen.filter(disposition__in=dispositions)


def mail_for(by: Actor, pk: int) -> Mail:
    """One mail with its mailbox, unit and file; refused in the same words if it is not theirs."""
    found = _seen(by).filter(pk=pk).select_related("mailbox", "unit", "complaint").first()
    if found is None:
        raise Refused("no-such-mail", mail=pk)
    return _as_seen(found, by)


def readings(by: Actor, *, before: int | None = None) -> tuple[tuple[Read, ...], int | None]:
    """Who read which mail of the units of somebody who may see that, the newest first, and the
    number before which the next page begins.
    """
    found = readings_of(by)
    if before is not None:
        found = found.filter(pk__lt=before)
    newest = list(found[: PAGE + 1])
    names = Names.known()
    lines = tuple(_read(one, names) for one in newest[:PAGE])
    return lines, lines[-1].id if len(newest) > PAGE else None


def readings_of(by: Actor) -> QuerySet[MailReading]:
    """The readings that somebody may see, the newest first."""
    found = MailReading.objects.order_by("-pk").select_related("mail__mailbox")
    reach = by.reach(LOG)
    return found if reach is None else found.filter(mail__unit__in=reach)


def every_reading(by: Actor) -> Iterator[Read]:
    """All of them, one after another."""
    names = Names.known()
    return (_read(one, names) for one in readings_of(by).iterator(500))


def _read(one: MailReading, names: Names) -> Read:
    mail = one.mail
    who = names.of(one.actor)
    return Read(one.pk, who, one.what, one.at, mail.pk, mail.mailbox.address, mail.received_at)


def by_disposition(by: Actor) -> dict[str, int]:
    """How many mails there are of each disposition, of the units that somebody sorts for."""
    counted = _theirs(by).values_list("disposition").annotate(many=Count("pk"))
    return dict(counted.order_by())


def waiting(by: Actor) -> int:
    """How many mails wait for somebody to look."""
    return _theirs(by).filter(disposition__in=sorted(WAITING)).count()


def behind(by: Actor, complaint: int, digest: str) -> Mail | None:
    """The mail that hangs on a file as it came; for whoever may see the file."""
    filed = Mail.objects.filter(complaint=complaint, digest=digest, disposition__in=sorted(FILED))
    found = filed.select_related("mailbox", "unit", "complaint").order_by("pk").first()
    return _as_seen(found, by) if found else None


def newest() -> int:
    """The number of the mail that came last; 0 while there is none."""
    return Mail.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def file_of(message_id: str) -> str:
    """The reference of the file on which the newest mail of a Message-ID stands; empty if none."""
    filed = Mail.objects.filter(message_id=message_id, complaint__isnull=False)
    return filed.order_by("-pk").values_list("complaint__ref", flat=True).first() or ""


def heard_from(complaint: int, address: str, *, most: int) -> list[tuple[datetime, str]]:
    """The Message-IDs of the mails in a file that came from one address, newest first, with when.

    One that cannot stand in a header of ours is left out.
    """
    theirs = Mail.objects.filter(complaint=complaint, disposition__in=sorted(FILED))
    newest = theirs.filter(sender__iexact=address).order_by("-received_at", "-pk")[:most]
    found = newest.values_list("received_at", "message_id")
    return [(at, sign) for at, sign in found if _SIGN.fullmatch(sign)]


def signed_by(address: str) -> Mail | None:
    """The newest mail from an address that bears a valid signature of whoever has it."""
    found = rows.found(Mail, _SIGNED, [address.strip().lower()])
    return found[0] if found else None


#: The finding stands in it as the index has it: one that is sent beside it would not be known when
#: the statement is planned for all, and every mail would be read.
_SIGNED = f"""
SELECT {rows.columns(Mail)} FROM casework_mail
WHERE (facts -> 'signature') = '"{Signature.VALID}"'::jsonb AND lower(sender) = %s
ORDER BY received_at DESC, id DESC LIMIT 1
"""  # noqa: S608  our words
#: A Message-ID without brackets that is whole, and safe to repeat.
_SIGN = re.compile(r"[!-;=?A-~]{1,120}@[!-;=?A-~]{1,120}")


def _theirs(by: Actor) -> QuerySet[Mail]:
    reach = by.reach(SORT)
    return Mail.objects.all() if reach is None else Mail.objects.filter(unit__in=reach)


def _seen(by: Actor) -> QuerySet[Mail]:
    return _theirs(by).filter(Q(complaint=None) | Q(complaint__in=visible_to(by)))


def shows_sender(mail: Mail, by: Actor) -> bool:
    """Whether somebody sees from whom a mail is: by the unit of its file, or its own."""
    return seen_by(by, mail.complaint.unit_id if mail.complaint else mail.unit_id)


#: Reasons that say whether the sender's address stands in a file, and what is shown in their place.
KNOWING, UNTOLD = frozenset({"new-address", "known-address"}), "somebody-wrote"
#: Whom a certificate names: who signed, and who vouches for that, which may be the same.
_CERTIFIED = ("signer", "issuer")


def _as_seen(mail: Mail, by: Actor) -> Mail:
    """A mail that is only shown, its addresses masked for who may not see them."""
    if not shows_sender(mail, by):
        mail.sender, mail.sender_name = masked(Way.EMAIL, mail.sender), name(mail.sender_name)
        named = {one: words(mail.facts[one]) for one in _CERTIFIED if one in mail.facts}
        mail.facts = {**mail.facts, **named}
        mail.reason = UNTOLD if mail.reason in KNOWING else mail.reason
    return mail


def mail_line(mail: Any, by: Actor) -> MailLine:
    """A mail as a line of the list."""
    mail = _as_seen(mail, by)
    return MailLine(
        mail.pk,
        mail.disposition,
        mail.reason,
        mail.received_at,
        mail.sender,
        mail.heading,
        mail.mailbox.address,
        mail.complaint.ref if mail.complaint else "",
        mail.tries > 0,
        mail.unverified,
    )
