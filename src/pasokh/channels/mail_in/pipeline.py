"""Mail in: kept as it came, then sorted, whichever of the three ways it took.

A mail is answered for (250, exit code 0, the cursor moved) only once it is kept; see
`mailroom.actions`. Sorting is a line of the schedule: each mail by itself, so that one that cannot
be sorted stops no other.
"""

import logging
from datetime import datetime

from django.db import transaction

from pasokh.casework.intake.mailroom import actions, queries
from pasokh.casework.intake.mailroom.actions import Handed
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.casework.intake.mailroom.told import Sorted
from pasokh.channels.mail_in import asking
from pasokh.channels.mail_in.known import Verdict
from pasokh.channels.mail_in.reading import read
from pasokh.channels.mail_in.rules import order
from pasokh.kernel import configuration, files
from pasokh.kernel.errors import Refused

#: Bytes of one mail: what forms take, and a third more for how mail writes files down.
LARGEST = 40 * 1024 * 1024
#: Mails sorted in one turn of the schedule; the next turn goes on.
IN_A_TURN = 500

#: Of a mail that is larger only its head was fetched.
_TOO_LARGE = Verdict(Disposition.REFUSED, "too-large")

logger = logging.getLogger(__name__)


@configuration.held()
def take_in(handed: Handed, *, at: datetime) -> bool:
    """Keep a mail that was handed over; False when it is here already.

    Refuses with `no-recipient-here`, `mail-too-large` and `no-space`; when it returns, the mail
    cannot be lost any more.
    """
    if len(handed.content) > LARGEST:
        raise Refused("mail-too-large", limit=LARGEST)
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
    parsed, at = read(content), max(now, mail.kept_at)  # it may have come since the turn began
    said = asking.told(parsed, content)
    with transaction.atomic():
        if not actions.lock(mail, said):
            return
        known = asking.known(mail, parsed, said, content, ours)
        verdict = order.judge(parsed, known) if mail.size <= LARGEST else _TOO_LARGE
        sorted_as = Sorted(verdict.disposition, verdict.reason, verdict.facts)
        actions.sort(mail, told=said, sorted_as=sorted_as, at=at)
