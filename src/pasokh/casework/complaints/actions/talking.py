"""What is said: messages both ways, questions, notes, conversations on the telephone (7.3, 7.6)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from pasokh.casework.complaints import events
from pasokh.casework.complaints.actions.bracket import enter, locked, mark, put, take
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.matter import File
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.models import Attachment, Complaint, Contact, Message, Note
from pasokh.casework.inspection import actions as inspection
from pasokh.kernel import rows
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry


def attach(
    case: Complaint,
    files: Sequence[File],
    *,
    message: Message | None,
    at: datetime,
    inside: bool = False,
) -> tuple[str, ...]:
    """Hang stored files on a complaint and return their digests, as the ledger holds them.

    What is `inside` is not shown to the complainant.
    """
    rows.insert(
        *(
            rows.made(
                Attachment,
                complaint_id=case.pk,
                message_id=message.pk if message else None,
                digest=file.digest,
                name=file.name,
                kind=file.kind,
                size=file.size,
                at=at,
                inside=inside or file.inside,
            )
            for file in files
        )
    )
    digests = tuple(file.digest for file in files)
    inspection.ask(digests, at=at)
    return digests


@transaction.atomic
def hear(
    ref: str,
    *,
    text: str,
    files: Sequence[File],
    channel: str,
    happened_at: datetime,
    by: Actor,
    at: datetime,
) -> Message:
    """Take in what the complainant adds, by whatever door, in any state (7.3)."""
    case = take(ref, Step.HEAR, by)
    heard = say(case, text, incoming=True, channel=channel, by=by, at=happened_at, recorded=at)
    digests = attach(case, files, message=heard, at=at)
    fact = events.MessageHeard(message=heard.pk, channel=channel, attachments=digests)
    private = {"text": text, "files": [file.name for file in files]}
    put(case, fact, by=by, at=at, happened=happened_at, private=private)
    return heard


@transaction.atomic
def keep_as_it_came(ref: str, *, files: Sequence[File], by: Actor, at: datetime) -> Complaint:
    """Keep the bytes of what was just written, where no database can hold them as text.

    They belong to the act that was the last one on the file, so only the hand that took it may
    add them. Nobody outside is shown them.
    """
    case = locked(ref)
    if Entry.objects.filter(subject=case.subject).latest("number").actor != by.code:
        raise Refused("not-authorised", ref=ref)
    digests = attach(case, files, message=None, at=at, inside=True)
    private = {"files": [file.name for file in files]}
    return put(case, events.KeptAsItCame(attachments=digests), by=by, at=at, private=private)


@transaction.atomic
def note(ref: str, *, text: str, by: Actor, at: datetime) -> Note:
    """Write an internal note; no letter or portal page can reach it (7.6)."""
    case = take(ref, Step.NOTE, by)
    row = Note.objects.create(complaint=case, text=_words(text), author_id=by.staff, at=at)
    put(case, events.Noted(note=row.pk), by=by, at=at, private={"text": text})
    return row


@dataclass(frozen=True)
class Call:
    """A conversation to log; a promise needs the time by which it is to be kept.

    `second_attempt` says that this was the try by another way after a notice before closing.
    """

    incoming: bool
    reached: bool
    channel: str
    said: str
    promised: str = ""
    promised_by: datetime | None = None
    second_attempt: bool = False


@transaction.atomic
def log_contact(ref: str, *, call: Call, happened_at: datetime, by: Actor, at: datetime) -> Contact:
    """Log a conversation: in or out, reached or not, what was said and promised (7.3)."""
    case = locked(ref)
    enter(case, Step.LOG_CONTACT, by)
    if bool(call.promised.strip()) != (call.promised_by is not None):
        raise Refused("promise-needs-a-date", ref=ref)
    if call.second_attempt:
        _second_attempt(case, call, happened_at, at)
    row = _log(case, call, happened_at, by)
    fact = events.ContactLogged(
        incoming=call.incoming,
        reached=call.reached,
        channel=call.channel,
        promised_by=call.promised_by,
    )
    private = {"said": call.said, "promised": call.promised}
    put(case, fact, by=by, at=at, happened=happened_at, private=private)
    return row


@transaction.atomic
def keep_promise(ref: str, *, contact: int, by: Actor, at: datetime) -> Complaint:
    """Mark what was promised in a conversation as kept."""
    case = take(ref, Step.LOG_CONTACT, by)
    open_promises = Contact.objects.filter(complaint=case, pk=contact, kept_at=None)
    if not open_promises.exclude(promised="").update(kept_at=at):
        raise Refused("no-such-promise", contact=contact)
    return put(case, events.PromiseKept(contact=contact), by=by, at=at)


def _second_attempt(case: Complaint, call: Call, happened: datetime, at: datetime) -> None:
    if case.state != State.COMMUNICATED or not case.done(Milestone.NOTICED) or call.incoming:
        raise Refused("no-notice-yet", ref=case.ref)
    mark(case, Milestone.TRIED_AGAIN, at=at, happened=happened)


def _log(case: Complaint, call: Call, happened: datetime, by: Actor) -> Contact:
    return Contact.objects.create(
        complaint=case,
        incoming=call.incoming,
        reached=call.reached,
        channel=call.channel,
        said=call.said,
        promised=call.promised,
        promised_by=call.promised_by,
        by_id=by.staff,
        at=happened,
    )


def say(
    case: Complaint,
    text: str,
    *,
    incoming: bool,
    channel: str,
    by: Actor,
    at: datetime,
    recorded: datetime | None = None,
) -> Message:
    return Message.objects.create(
        complaint=case,
        incoming=incoming,
        channel=channel,
        text=_words(text),
        author=by.code,
        at=at,
        recorded_at=recorded or at,
    )


def _words(text: str) -> str:
    if not text.strip():
        raise Refused("nothing-said")
    return text
