"""Mail in: kept as it came, then sorted, whichever of the three ways it took.

A mail is answered for (250, exit code 0, the cursor moved) only once it is kept; see
`mailroom.actions`. Sorting is a line of the schedule: each mail by itself, so that one that cannot
be sorted stops no other.
"""

import logging
from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction

from pasokh.casework.intake.mailroom import actions, queries
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.casework.intake.mailroom.told import Sorted
from pasokh.channels.mail_in import asking
from pasokh.channels.mail_in.known import Verdict
from pasokh.channels.mail_in.limits import Limits
from pasokh.channels.mail_in.reading import read
from pasokh.channels.mail_in.rules import authentication, order
from pasokh.kernel import configuration, files
from pasokh.kernel.errors import Refused

#: Mails sorted in one turn of the schedule; the next turn goes on.
IN_A_TURN = 500

#: Of a mail that is larger only its head was fetched.
_TOO_LARGE = Verdict(Disposition.REFUSED, "too-large")

logger = logging.getLogger(__name__)


def limits() -> Limits:
    """How much of a mail is taken in and read, as the operator set it."""
    return Limits(**settings.MAIL_LIMITS)


@configuration.held()
def take_in(handed: Handed, *, at: datetime) -> bool:
    """Keep a mail that was handed over; False when it is here already.

    Refuses with `no-recipient-here`, `mail-too-large` and `no-space`; when it returns, the mail
    cannot be lost any more.
    """
    if len(handed.content) > (most := limits().bytes):
        raise Refused("mail-too-large", limit=most)
    if (mailbox := queries.for_recipient(handed.recipient)) is None:
        raise Refused("no-recipient-here", recipient=handed.recipient)
    return actions.keep_handed(mailbox, handed=handed, at=at)


def sort_mail(now: datetime) -> None:
    """Sort what waits: the line of the schedule."""
    if lost := actions.give_up(now):
        logger.warning("%s mails could not be sorted and wait for somebody to look", lost)
    done, ours = 0, queries.own_addresses()
    while done < IN_A_TURN and (claimed := actions.claim(now)):
        with configuration.held():
            for mail in claimed:
                _sort_safely(mail, ours, now)
        done += len(claimed)


def _sort_safely(mail: Mail, ours: frozenset[str], now: datetime) -> None:
    """Sort one mail, and let what goes wrong with it stop no other."""
    try:
        sort_one(mail, ours, now)
    except Exception as error:
        logger.exception("mail %s could not be sorted", mail.pk)
        actions.note_trouble(mail.pk, trouble=type(error).__name__)


def sort_one(mail: Mail, ours: frozenset[str], now: datetime) -> None:
    """Read; then judge, act and write down what became of it, in one transaction."""
    with files.open(mail.digest) as stored:
        content = stored.read()
    within, at = limits(), max(now, mail.kept_at)  # it may have come since the turn began
    parsed = read(content, within)
    said = asking.told(parsed, content)
    with transaction.atomic():
        if not actions.lock(mail, said):
            return
        known = replace(asking.known(mail, parsed, said, content, ours), limits=within)
        verdict = order.judge(parsed, known) if mail.size <= within.bytes else _TOO_LARGE
        checked = authentication.checked(parsed, known)
        facts = {**verdict.facts, **({"checked": str(checked)} if checked else {})}
        sorted_as = Sorted(verdict.disposition, verdict.reason, facts)
        actions.sort(mail, told=said, sorted_as=sorted_as, at=at)
