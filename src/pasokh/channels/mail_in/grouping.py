"""Which mails are sorted together: in one transaction, so in far fewer statements. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pasokh.casework.intake.mailroom.models import Mail
from pasokh.casework.intake.mailroom.told import Told
from pasokh.channels.mail_in.parsed import Parsed

#: Most mails of one transaction, and the bytes above which no more are held in memory for it.
MOST, BYTES = 20, 2_000_000


@dataclass(frozen=True)
class Read:
    """A claimed mail with its bytes and what it says."""

    row: Mail
    content: bytes
    parsed: Parsed
    said: Told


def groups(mails: Iterable[Read]) -> Iterator[list[Read]]:
    """The mails in groups that may be sorted together, in their order.

    What is looked up for one must not be what another of them writes: copies of one mail, mails
    of one sender, and mails that answer others are in groups of their own.
    """
    group: list[Read] = []
    for one in mails:
        if group and not _fits(one, group):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _fits(one: Read, group: list[Read]) -> bool:
    return (
        len(group) < MOST
        and sum(len(each.content) for each in (*group, one)) <= BYTES
        and not any(_names_others(each) for each in (group[0], one))
        and all(
            one.said.likeness != each.said.likeness and one.said.sender != each.said.sender
            for each in group
        )
    )


def _names_others(one: Read) -> bool:
    mail = one.parsed
    return bool(mail.in_reply_to or mail.references or mail.statuses or mail.feedback)
