"""Letters that need somebody's hands, for those who may see the files they belong to."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pasokh.casework.complaints.queries import contacts
from pasokh.casework.complaints.queries.fence import visible_to
from pasokh.casework.complaints.queries.fenced import fenced
from pasokh.casework.correspondence import queries as letters
from pasokh.casework.correspondence.delivery import LetterState
from pasokh.casework.correspondence.queries import Outbox, Trouble
from pasokh.casework.texting import queries as texting
from pasokh.directory.people import masking
from pasokh.kernel.actors import Actor

#: Letters that the page shows of each sort.
SHOWN = 100
_APPROVE = "complaint.approve"


@dataclass(frozen=True)
class Post:
    """How the outbox stands, and what in it somebody must look after.

    Of what waits for approval `own` are the letters that the reader wrote, and `approvable` those
    that they may let go.
    """

    outbox: Outbox
    troubled: tuple[Trouble, ...]
    by_hand: tuple[Trouble, ...]
    held: tuple[Trouble, ...]
    approval: tuple[Trouble, ...]
    lacking: tuple[Trouble, ...]
    own: frozenset[int]
    approvable: frozenset[int]


def post(actor: Actor, *, most: int = SHOWN) -> Post:
    """The letters in trouble, newest first, and those to be printed or held back, oldest first."""
    seen, box = visible_to(actor), letters.outbox()
    waiting = letters.kept_back(LetterState.APPROVAL, limit=most, among=seen)
    theirs = [one for one in waiting if one.writer != actor.code]
    return Post(
        box,
        _shown(actor, letters.troubled(limit=most, among=seen)),
        _shown(actor, letters.by_hand(limit=most, among=seen, texts=texting.leave())),
        _shown(actor, letters.held(limit=most, among=seen)) if box.held else (),
        _shown(actor, waiting),
        _shown(actor, letters.kept_back(LetterState.LACKING, limit=most, among=seen)),
        frozenset(one.id for one in waiting if one.writer == actor.code),
        frozenset(one.id for one in theirs if actor.may(_APPROVE, unit=one.unit)),
    )


def _shown(actor: Actor, found: Iterable[Trouble]) -> tuple[Trouble, ...]:
    """Letters with what a server said of them, addresses in it masked for who may not see them."""
    return tuple(
        one if contacts.seen_by(actor, one.unit) else replace(one, why=masking.words(one.why))
        for one in found
    )


def lost(actor: Actor) -> int:
    """How many letters failed or came back in files this actor may see, and are not told yet."""
    ((count,),) = fenced(actor).ask(_LOST)
    return int(count)


def leaves() -> bool:
    """Whether letters leave the house by themselves: a mail server is set."""
    return letters.way() == "smtp"


_LOST = f"""
SELECT count(*) FROM casework_letter lost JOIN found ON found.id = lost.complaint_id
WHERE {letters.REACHED_NOBODY}
"""  # noqa: S608  our words
