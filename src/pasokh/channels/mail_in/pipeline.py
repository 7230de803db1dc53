"""Mail in: kept as it came, then sorted, whichever of the three ways it took.

A mail is answered for (250, exit code 0, the cursor moved) only once it is kept; see
`mailroom.actions`. Sorting is a line of the schedule. Mails that have nothing to do with
each other are sorted together; one that cannot be sorted stops no other.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import transaction

from pasokh.casework.intake.mailroom import actions, queries
from pasokh.casework.intake.mailroom.actions import Handed, Judged
from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.terms import Disposition
from pasokh.casework.intake.mailroom.told import Sorted
from pasokh.channels.mail_in import asking, wrapped
from pasokh.channels.mail_in.grouping import Read, groups
from pasokh.channels.mail_in.known import Known, Verdict
from pasokh.channels.mail_in.limits import Limits
from pasokh.channels.mail_in.rules import authentication, order
from pasokh.kernel import configuration, files
from pasokh.kernel.errors import Refused
from pasokh.kernel.jobs import later

#: Mails sorted in one turn of the schedule, some two minutes at most; the next turn goes on.
IN_A_TURN = 10_000

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
            for group in groups(filter(None, map(_read, claimed))):
                _sort(group, ours, now)
        done += len(claimed)


def read_closed_mail(after: int, until: int, now: datetime) -> None:
    """Give a batch of mails that no key opened back to be sorted, and ask for the next batch.

    `until` is the last one that was here when the key came; 0 for whichever is the last now.
    """
    until = until or queries.newest()
    following = actions.read_closed_again(after=after, until=until, at=now)
    if following is not None:
        later("read-closed-mail", lock="read-closed-mail", after=following, until=until)


@contextmanager
def _noting(mail: Mail) -> Iterator[None]:
    """Write down what goes wrong with a mail, and let it stop no other."""
    try:
        yield
    except Exception as error:
        logger.exception("mail %s could not be sorted", mail.pk)
        actions.note_trouble(mail.pk, trouble=type(error).__name__)


def _read(mail: Mail) -> Read | None:
    with _noting(mail), files.open(mail.digest) as stored:
        content = stored.read()
        parsed = wrapped.read(content, limits(), mail.received_at)
        return Read(mail, content, parsed, asking.told(parsed, content))
    return None


def _sort(group: list[Read], ours: frozenset[str], now: datetime) -> None:
    """Sort mails together; where that fails each by itself."""
    try:
        alone = sort_together(group, ours, now) if len(group) > 1 else group
    except Exception:
        logger.exception("%s mails could not be sorted together and go one by one", len(group))
        alone = group
    for one in alone:
        with _noting(one.row):
            sort_one(one, ours, now)


def sort_together(group: list[Read], ours: frozenset[str], now: datetime) -> list[Read]:
    """Sort mails in one transaction, but for those that must go alone: they are returned."""
    with transaction.atomic():
        judged = _judged(group, ours, now)
        actions.sort_together([one for one in judged if not one.alone])
        left = {one.mail.pk for one in judged if one.alone}
    return [one for one in group if one.row.pk in left]


def sort_one(one: Read, ours: frozenset[str], now: datetime) -> None:
    """Judge a mail, act and write down what became of it, in one transaction."""
    with transaction.atomic():
        for judged in _judged([one], ours, now):
            actions.sort(judged)


def _judged(group: list[Read], ours: frozenset[str], now: datetime) -> list[Judged]:
    """Lock mails and judge them; those that another worker has are left to it."""
    locked, within = actions.lock({one.row.pk: one.said for one in group}), limits()
    mine = [one for one in group if one.row.pk in locked]
    asked = [asking.asked(one, ours) for one in mine]
    told = zip(mine, asked, queries.found(asked), strict=True) if mine else ()
    return [
        _judge(one, asking.known(wanted, found, ours, within), now) for one, wanted, found in told
    ]


def _judge(one: Read, known: Known, now: datetime) -> Judged:
    large = one.row.size > known.limits.bytes
    verdict = _TOO_LARGE if large else order.judge(one.parsed, known)
    facts = {**verdict.facts, **authentication.facts(one.parsed, known)}
    sorted_as = Sorted(verdict.disposition, verdict.reason, facts)
    at = max(now, one.row.kept_at)  # it may have come since the turn began
    return Judged(one.row, one.said, sorted_as, at)
