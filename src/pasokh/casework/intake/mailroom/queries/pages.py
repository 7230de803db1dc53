"""Mail as colleagues see it: lists, one mail, and what waits for somebody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet

from pasokh.casework.complaints.queries import visible_to
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.terms import FILED, SORT, WAITING
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


@dataclass(frozen=True)
class MailPage:
    """A page of the list, the newest first; `older` begins the next one."""

    lines: tuple[MailLine, ...]
    older: int | None


def mail_page(
    by: Actor, *, dispositions: Sequence[str] | None = None, before: int | None = None
) -> MailPage:
    """The mails that somebody may see, in one statement: those of their units, and of those that
    stand in a file only what the fence lets them see.
    """
    rows = mails(by, dispositions=dispositions)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: PAGE + 1])
    lines = tuple(mail_line(one) for one in found[:PAGE])
    return MailPage(lines, lines[-1].id if len(found) > PAGE else None)


def mails(by: Actor, *, dispositions: Sequence[str] | None = None) -> QuerySet[Mail]:
    """The mails that somebody may see, the newest first."""
    rows = _seen(by).order_by("-pk").select_related("mailbox", "complaint")
    return rows if dispositions is None else rows.filter(disposition__in=dispositions)


def mail_for(by: Actor, pk: int) -> Mail:
    """One mail with its mailbox, unit and file; refused in the same words if it is not theirs."""
    found = _seen(by).filter(pk=pk).select_related("mailbox", "unit", "complaint").first()
    if found is None:
        raise Refused("no-such-mail", mail=pk)
    return found


def by_disposition(by: Actor) -> dict[str, int]:
    """How many mails there are of each disposition, of the units that somebody sorts for."""
    counted = _theirs(by).values_list("disposition").annotate(many=Count("pk"))
    return dict(counted.order_by())


def waiting(by: Actor) -> int:
    """How many mails wait for somebody to look."""
    return _theirs(by).filter(disposition__in=sorted(WAITING)).count()


def behind(complaint: int, digest: str) -> Mail | None:
    """The mail that hangs on a file as it came; for whoever may see the file."""
    rows = Mail.objects.filter(complaint=complaint, digest=digest, disposition__in=sorted(FILED))
    return rows.select_related("mailbox", "unit").order_by("pk").first()


def file_of(message_id: str) -> str:
    """The reference of the file on which the newest mail of a Message-ID stands; empty if none."""
    filed = Mail.objects.filter(message_id=message_id, complaint__isnull=False)
    return filed.order_by("-pk").values_list("complaint__ref", flat=True).first() or ""


def _theirs(by: Actor) -> QuerySet[Mail]:
    reach = by.reach(SORT)
    return Mail.objects.all() if reach is None else Mail.objects.filter(unit__in=reach)


def _seen(by: Actor) -> QuerySet[Mail]:
    return _theirs(by).filter(Q(complaint=None) | Q(complaint__in=visible_to(by)))


def mail_line(mail: Any) -> MailLine:
    """A mail as a line of the list."""
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
    )
