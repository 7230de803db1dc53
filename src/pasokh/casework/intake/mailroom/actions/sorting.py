"""Mail sorted: what it asks for and its one disposition are written in one transaction.

The protocol: `claim` counts the try and puts the mail to rest for a while, and commits; then the
mail is locked, read, judged, acted on and its disposition written, and that commits. A worker that
is killed between leaves a mail that rests, and is sorted when it has rested. So does one that
fails; after enough tries it counts as failed, and a person sees to it. Mails that begin files and
have nothing to do with each other go in one transaction; where one of them fails, each by itself.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

from django.db import connection, transaction

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.matter import File, Matter
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.inspection import actions as inspection
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.casework.intake.mailroom import events
from pasokh.casework.intake.mailroom.models import Mail, Mailbox
from pasokh.casework.intake.mailroom.terms import (
    CHANNEL,
    FILED,
    MOST_TRIES,
    Disposition,
    pause,
)
from pasokh.casework.intake.mailroom.told import Sorted, Told
from pasokh.directory.people.ways import Way
from pasokh.kernel import actors, locks, rows
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.writer import record, together

#: The rights that a letter's return needs, whatever its kind, and no other.
BY = actors.clock(
    "sort-mail",
    "complaint.write",
    "complaint.unacknowledge",
    "complaint.undelivered",
    "complaint.notice",
    "complaint.report_progress",
    "complaint.reopen",
)
NEW = Actor(Kind.COMPLAINANT, "new")
#: Files of a complaint that came as a mail, as staff see them.
ORIGINAL = ("message.eml", "message/rfc822")
#: Kinds of feedback reports by which somebody wants no such mail (RFC 5965).
UNWANTED = frozenset({"abuse", "fraud", "opt-out"})

_CLAIM = f"""
UPDATE casework_mail SET tries = tries + 1, try_at = %s WHERE id IN (
    SELECT id FROM casework_mail
    WHERE disposition = '' AND tries = %s AND (try_at IS NULL OR try_at <= %s)
    ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
) RETURNING {rows.columns(Mail)}
"""  # noqa: S608  our names
#: Mails claimed together the first time. One that was tried before is claimed alone, so that a
#: worker that dies over one takes no other's try away.
TOGETHER = 50


def claim(at: datetime) -> list[Mail]:
    """Take the next mails to sort, the oldest first; each rests before it is tried again."""
    for tries in range(MOST_TRIES):
        most = 1 if tries else TOGETHER
        if found := rows.found(Mail, _CLAIM, [at + pause(tries + 1), tries, at, most]):
            return _with_mailboxes(sorted(found, key=attrgetter("pk")))
    return []


def _with_mailboxes(mails: list[Mail]) -> list[Mail]:
    boxes = Mailbox.objects.in_bulk({mail.mailbox_id for mail in mails})
    for mail in mails:
        mail.mailbox = boxes[mail.mailbox_id]
    return mails


_GIVE_UP = """
UPDATE casework_mail SET disposition = 'failed', reason = 'tried-enough', sorted_at = %s,
    sorted_by = %s
WHERE disposition = '' AND tries >= %s AND try_at <= %s
"""


def give_up(at: datetime) -> int:
    """Let what was tried often enough count as failed, for somebody to see to; say how many."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVE_UP, [at, BY.code, MOST_TRIES, at])
        return int(cursor.rowcount)


def note_trouble(mail: int, *, trouble: str) -> None:
    """Note what kind of mistake kept a mail from being sorted."""
    Mail.objects.filter(pk=mail, disposition="").update(trouble=trouble[:200])


#: Most mails answer nothing, so each would be given a plan of its own, which takes longer than to
#: ask by one for all; see `docs/decisions/0015`. Nor is it worth compiling, which PostgreSQL would
#: think of what may be asked for a hundred mails. Who waits for several waits in one order.
_LOCK = """
WITH free AS MATERIALIZED (
    SELECT id FROM casework_mail WHERE id = ANY(%s) AND disposition = ''
    FOR UPDATE SKIP LOCKED
), these AS MATERIALIZED (
    SELECT id, likeness FROM unnest(%s::bigint[], %s::bigint[]) AS asked(id, likeness)
    JOIN free USING (id) ORDER BY likeness
) SELECT id, pg_advisory_xact_lock(likeness),
    set_config('plan_cache_mode', 'force_generic_plan', true), set_config('jit', 'off', true)
FROM these
"""


def lock(mails: Mapping[int, Told]) -> frozenset[int]:
    """Lock claimed mails until the transaction ends; those that no other worker has or had.

    Copies of one mail wait for each other.
    """
    ids = list(mails)
    likenesses = [locks.number(told.likeness) for told in mails.values()]
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [ids, ids, likenesses])
        return frozenset(found[0] for found in cursor.fetchall())


@dataclass(frozen=True)
class Judged:
    """A locked mail, what it says, and what the rules made of it, at an instant."""

    mail: Mail
    told: Told
    sorted_as: Sorted
    at: datetime

    @property
    def alone(self) -> bool:
        """Whether what is done with it reads or changes what is there already."""
        return self.sorted_as.disposition in _ACTS.keys() - {Disposition.COMPLAINT}


def sort_together(judged: Sequence[Judged]) -> None:
    """Sort mails that need not go alone as one statement, and let every refusal pass."""
    begun = [(one, _begin(one)[0]) for one in judged]
    with rows.at_once(), together():
        intake.reserve(*(_incoming(one.mail) for one, act in begun if act is _new))
        for one, act in begun:
            act(one.mail, one.at)
            settle(one.mail, by=BY, at=one.at)


def sort(one: Judged) -> Mail:
    """Do what a mail asks for and write its disposition, in the caller's transaction.

    What its file refuses is held for a person, with the reason; what it refuses only now, because
    the letter that came back is still being sent, raises, and the mail is sorted when it rested.
    """
    act, all_or_nothing = _begin(one)
    try:
        with all_or_nothing():
            act(one.mail, one.at)
            return settle(one.mail, by=BY, at=one.at)
    except Refused as refused:
        _hold(one.mail, refused)
    return settle(one.mail, by=BY, at=one.at)


def _begin(one: Judged) -> "_Act":
    """Set on a mail what was found, and tell what is to be done with it."""
    mail, found = one.mail, one.sorted_as
    fill(mail, one.told)
    mail.disposition, mail.reason, mail.facts = found.disposition, found.reason, dict(found.facts)
    mail.complaint = None  # of a file that it was sorted into and that was taken back
    return _ACTS.get(found.disposition, (_nothing, nullcontext))


def _hold(mail: Mail, refused: Refused) -> None:
    if refused.code == "letter-still-sending":
        raise refused
    mail.disposition, mail.reason = Disposition.HELD, refused.code


def fill(mail: Mail, told: Told) -> None:
    """Set on a mail what it says."""
    for name in ("sender", "sender_name", "heading", "message_id", "likeness", "language"):
        setattr(mail, name, getattr(told, name))
    mail.domain = told.sender.rpartition("@")[2][:255]
    mail.words, mail.rest = told.words, told.rest
    mail.files = [vars(file) for file in told.files]


def settle(mail: Mail, *, by: Actor, at: datetime) -> Mail:
    """Save a mail with its disposition; what stands in a file now is not kept twice.

    What was folded away stands nowhere else.
    """
    if mail.disposition in FILED:
        mail.words, mail.files = "", []
    elif mail.files:
        inspection.ask([mail.digest, *(one["digest"] for one in mail.files)], at=at)
    mail.sorted_at, mail.sorted_by, mail.trouble = at, by.code, ""
    rows.update(mail)
    return mail


def file_new(mail: Mail, *, by: Actor, at: datetime) -> None:
    """Begin a file with what a mail says, once, whichever of its copies came first."""
    receipt = intake.receive(_incoming(mail), by=by, at=at)
    mail.complaint = _file(receipt.ref)
    if receipt.again:
        mail.disposition, mail.reason = Disposition.REFUSED, "duplicate"
    else:
        _tell_of_sender(mail, mail.complaint, None, at)


def add_to(mail: Mail, ref: str, *, by: Actor, at: datetime) -> None:
    """Add what a mail says to a file."""
    heard = complaints.hear(
        ref,
        text=mail.words or mail.heading,
        files=came_with(mail),
        channel=CHANNEL,
        happened_at=mail.received_at,
        by=by,
        at=at,
    )
    mail.complaint_id = heard.complaint_id
    _tell_of_sender(mail, heard.complaint, heard.pk, at)


def _tell_of_sender(mail: Mail, case: Complaint, message: int | None, at: datetime) -> None:
    """Write down what proves that a mail in the complainant's name is theirs, or that nothing does;
    without a `message` it is the mail with which the file began.
    """
    if mail.unverified:
        record(events.SenderUnverified(message=message), subject=case.subject, by=BY, at=at)
    if found := mail.facts.get("signature"):
        fact = events.MailSigned(message=message, found=str(found))
        record(fact, subject=case.subject, by=BY, at=at)


def came_with(mail: Mail) -> tuple[File, ...]:
    """The files that came with a mail, and the mail itself as it came, for staff alone."""
    whole = File(mail.digest, *ORIGINAL, mail.size, inside=True)
    return (*(File(**told) for told in mail.files), whole)


def _incoming(mail: Mail) -> Incoming:
    language = mail.language or mail.mailbox.language
    return Incoming(
        channel=CHANNEL,
        language=language,
        matter=Matter(narrative=_narrative(mail)),
        received_at=mail.received_at,
        who=Who(
            name=mail.sender_name or mail.sender,
            language=language,
            reached=((Way.EMAIL, mail.sender),),
        ),
        source_id=mail.likeness or mail.digest,
        unit=mail.unit_id,
        files=came_with(mail),
    )


def _narrative(mail: Mail) -> str:
    """What they wrote, under the subject they gave it."""
    heading, words = mail.heading.strip(), mail.words
    return words if not heading or words.startswith(heading) else f"{heading}\n\n{words}".rstrip()


def _new(mail: Mail, at: datetime) -> None:
    """Begin a file: under the lock of its likeness no copy of it was found among what is sorted."""
    with together():
        mail.complaint = intake.take_in_by_letter(_incoming(mail), by=NEW, at=at)
        _tell_of_sender(mail, mail.complaint, None, at)


def _file(ref: str) -> Complaint:
    return Complaint.objects.only("pk", "ref").get(ref=ref)


def _answer(mail: Mail, at: datetime) -> None:
    ref = str(mail.facts["ref"])
    add_to(mail, ref, by=Actor(Kind.COMPLAINANT, ref), at=at)


def _bounce(mail: Mail, at: datetime) -> None:
    """Let what a server says of a letter of ours be written down in its file."""
    if not mail.facts.get("letter"):
        return
    mail.complaint = _file(str(mail.facts["ref"]))
    complaints.bounced(
        str(mail.facts["sign"]),
        recipient=str(mail.facts["recipient"]),
        permanent=bool(mail.facts["permanent"]),
        said=str(mail.facts.get("why", "")),
        happened_at=mail.received_at,
        by=BY,
        at=at,
    )


def _automatic(mail: Mail, at: datetime) -> None:
    """Let it be written down that somebody called a letter of ours unwanted; else nothing."""
    if mail.facts.get("letter") and mail.facts.get("feedback") in UNWANTED:
        sign, kind = str(mail.facts["sign"]), str(mail.facts["feedback"])
        mail.complaint = _file(str(mail.facts["ref"]))
        complaints.unwanted(sign, kind=kind, by=BY, at=at)


def _nothing(mail: Mail, at: datetime) -> None:
    """Most mails ask for nothing but to be put where they belong."""


_Act = tuple[Callable[[Mail, datetime], None], Callable[[], AbstractContextManager[Any]]]
#: What is done with a mail, and how nothing of it stays when it is refused: a new file is written
#: in one statement with what became of its mail.
_ACTS: Mapping[str, _Act] = {
    Disposition.COMPLAINT: (_new, rows.at_once),
    Disposition.ANSWER: (_answer, transaction.atomic),
    Disposition.BOUNCE: (_bounce, transaction.atomic),
    Disposition.AUTOMATIC: (_automatic, transaction.atomic),
}
