"""Letters out by mail: one sweep at a time goes through the outbox, whichever worker runs it.

The protocol: *sending* is committed with the fixed Message-ID before a server hears of the letter;
what the server said is committed after. A letter found in *sending* by a new sweep belongs to
a worker that was killed: it counts as uncertain and is sent once more under the same Message-ID.
A letter to an address that nobody has confirmed goes as the fixed notice and tells nothing; the
links in a mail are made at this moment and kept nowhere in clear; what is too many for one address,
one domain or one hour is held back and shown. A letter to a confirmed one names the keyed address
of its file for answers, and the mails that it follows, ours and theirs.
"""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import transaction

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.queries.gathering import tracking_page
from pasokh.casework.complaints.queries.letters import finished
from pasokh.casework.correspondence import actions, composed, queries, reply_address
from pasokh.casework.correspondence.caps import Caps, Noticed
from pasokh.casework.correspondence.composed import Composed
from pasokh.casework.correspondence.delivery import Form, LetterKind, LetterState
from pasokh.casework.correspondence.letters import linked, unconfirmed
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.queries import Outgoing
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.correspondence.wording import actions as wording
from pasokh.casework.correspondence.writing import actions as writing
from pasokh.casework.correspondence.writing import enclosures
from pasokh.casework.inspection import queries as inspection
from pasokh.casework.intake.links import actions as links
from pasokh.casework.intake.links import queries as addresses
from pasokh.casework.intake.links.terms import Purpose
from pasokh.casework.intake.mailroom import queries as mailroom
from pasokh.channels import outgoing, sealing, signing
from pasokh.channels.carriers import Carrier, Failed, LostSight, PutOff, Unreachable
from pasokh.channels.mail import Answerable, Enclosed, mail
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.people import actions as people
from pasokh.kernel import actors, configuration, dates, locks
from pasokh.kernel.errors import Refused

#: Letters composed and letters sent in one sweep; the next sweep goes on.
KEPT, SENT = 200, 100

#: The rights that telling a letter needs, whatever its kind, and no other.
BY = actors.clock(
    "send-letters",
    "complaint.write",
    "complaint.acknowledge",
    "complaint.report_progress",
    "complaint.communicate",
    "complaint.notice",
)

_TAKEN = "the worker ended while sending"

logger = logging.getLogger(__name__)


def send_letters(now: datetime) -> None:
    """Compose what is not yet composed, then send what waits: the line of the schedule."""
    with locks.alone("send-letters") as alone:
        if not alone:
            return
        writing.set_out(now)
        keep_texts(now)
        if lost := actions.lost_sight(at=now, why=_TAKEN):
            logger.warning("%s letters were left while sending; each is sent once more", lost)
        if waiting := queries.to_send(now, limit=SENT):
            _send(waiting, now)


def keep_texts(now: datetime) -> None:
    """Keep the text of every letter that is new; one that cannot be composed stops no other."""
    for letter in queries.unkept(now, limit=KEPT):
        try:
            with configuration.held():
                _keep(letter, now)
        except Exception:
            logger.exception("letter %s could not be composed", letter.pk)


def _keep(letter: Letter, now: datetime) -> None:
    """Keep a letter's text, or the letter back while it lacks what the rules ask for.

    One that went out already by somebody's hand is kept as it is.
    """
    made = finished(letter)
    if made.lacks and letter.state in _MAY_STOP:
        wording.keep_back(letter.pk, lacks=made.lacks, at=now)
    else:
        actions.keep(letter.pk, made.letter, wording=made.wording)


_MAY_STOP = (LetterState.QUEUED, LetterState.SHOWN_ONLY, LetterState.LACKING)


def _send(waiting: list[Outgoing], now: datetime) -> None:
    mailbox = getattr(organisation.organisation(), "mailbox", "")
    carrier = outgoing.carrier(now)
    if carrier is None or not mailbox:
        return
    try:
        with carrier as line:
            for letter in _within_caps(waiting, now):
                _give_safely(letter, line, mailbox, now)
    except Unreachable as error:
        logger.warning("the mail server cannot be reached: %s", error)
        actions.unreachable([letter.id for letter in waiting], why=str(error))


def _within_caps(waiting: list[Outgoing], now: datetime) -> Iterator[Outgoing]:
    """The letters that may leave now; one too many for an unconfirmed address is held back."""
    caps = Caps(*settings.NOTICE_CAPS)
    noticed = Noticed() if all(one.confirmed for one in waiting) else queries.noticed(now)
    for letter in waiting:
        if letter.confirmed:
            yield letter
        elif cap := noticed.over(letter.address, caps):
            actions.hold(letter.id, cap=cap, at=now)
        else:
            noticed.add(letter.address)
            yield letter


def _give_safely(letter: Outgoing, line: Carrier, mailbox: str, now: datetime) -> None:
    """Take one letter through, and let what goes wrong with it stop no other."""
    try:
        with configuration.held():
            _give(letter, line, mailbox, now)
    except Unreachable:
        raise
    except Exception:
        logger.exception("letter %s could not be sent", letter.id)


def _give(letter: Outgoing, line: Carrier, mailbox: str, now: datetime) -> None:
    """Take one letter through the protocol. Raises Unreachable when the line is gone."""
    form = Form.FULL if letter.confirmed else Form.NOTICE
    if not actions.begin(letter.id, form=form, to=letter.to, address=letter.address, at=now):
        return
    try:
        taken_by = _carried(letter, form, line, mailbox, now)
    except (PutOff, Unreachable) as error:
        actions.put_off(letter.id, why=str(error), at=now)
        complaints.see_to_letters(letter.ref, at=now)
        if isinstance(error, Unreachable):  # put off, lest this letter break every next line too
            raise
    except Failed as error:
        actions.fail(letter.id, why=str(error), at=now)
        complaints.see_to_letters(letter.ref, at=now)
    except LostSight as error:
        actions.lose_sight(letter.id, why=str(error), at=now)
        complaints.see_to_letters(letter.ref, at=now)
        raise Unreachable(str(error)) from error
    else:
        _tell(letter, form, taken_by, now)


def _carried(letter: Outgoing, form: Form, line: Carrier, mailbox: str, now: datetime) -> str:
    text = _worded(letter, form, now)
    try:
        message = mail(
            text,
            to=letter.address,
            mailbox=mailbox,
            message_id=letter.message_id,
            at=now,
            answerable=_answerable(letter, mailbox) if form is Form.FULL else None,
            enclosed=_enclosed(letter) if form is Form.FULL and letter.encloses else (),
        )
    except (ValueError, UnicodeError) as error:
        raise Failed(str(error)) from error
    sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
    reader = letter.address if form is Form.FULL else ""
    message = sealing.sealed(message, mailbox=mailbox, reader=reader, at=now)
    signed_by = signing.signer(mailbox)
    signed = signing.signature(message, signed_by) if signed_by else b""
    return line.give(message, sender=sender, to=recipient, signature=signed)


def _enclosed(letter: Outgoing) -> list[Enclosed]:
    """The files that go with a letter, each looked at once more at the door."""
    found = [one.attachment for one in enclosures.of_letter(letter.id)]
    try:
        enclosures.check(found)
        return [_handed(one.digest, one.name) for one in found]
    except Refused as refused:
        raise (PutOff if refused.code in _WAITS else Failed)(refused.code) from refused
    except FileNotFoundError as gone:
        raise Failed("a file that was to go along is no longer kept") from gone


#: Files that will be able to go soon.
_WAITS = ("file-waits-for-check", "file-being-prepared")


def _handed(digest: str, name: str) -> Enclosed:
    """A file as it may be given to others: checked, and a picture without what a camera wrote."""
    stored, called = inspection.handed(digest, name, own=False)
    with stored:
        return Enclosed(called, stored.read())


def _answerable(letter: Outgoing, mailbox: str) -> Answerable:
    """How a letter to a confirmed address is answered by mail, and which mails it follows."""
    key = str(settings.SECRET_KEY).encode()
    reply_to = reply_address.made(mailbox, letter.ref, key, settings.REPLY_SEPARATOR)
    earlier = queries.thread(letter.complaint, letter.address)
    heard = mailroom.heard_from(letter.complaint, letter.address, most=queries.NAMED)
    named = [sign for _at, sign in sorted([*earlier, *heard]) if sign != letter.message_id]
    return Answerable(reply_to, named[-queries.NAMED :])


def _worded(letter: Outgoing, form: Form, now: datetime) -> Composed:
    """The text as it goes by mail, with the links that this one mail carries."""
    text = letter.letter
    if form is Form.NOTICE:
        made = links.mint(Purpose.CONFIRM, letter=letter.id, at=now)
        number = dates.numerals(f"{made.number[:4]} {made.number[4:]}", text.language)
        link = addresses.page(Purpose.CONFIRM, made.token, text.language)
        return unconfirmed(text, tracking_page(text.language), link=link, number=number)
    if letter.kind == LetterKind.NEW_CODE:
        made = links.mint(Purpose.NEW_CODE, letter=letter.id, at=now)
        if not (link := addresses.page(Purpose.NEW_CODE, made.token, text.language)):
            raise Failed("no public address is set, so no link can be mailed")
        return linked(text, link)
    return text


@transaction.atomic
def _tell(letter: Outgoing, form: Form, taken_by: str, now: datetime) -> None:
    """Write down that a letter was handed over, and what it told; a notice or copy told nothing."""
    if letter.failing and letter.to:
        people.trust_contact_point(letter.to, by=BY, at=now)
    if form is not Form.FULL or letter.copy or not _told(letter, taken_by, now):
        actions.handed_over(letter.id, at=now)


def _told(letter: Outgoing, taken_by: str, now: datetime) -> bool:
    """Take the step that a letter stands for; False where the file went on meanwhile."""
    proof = {"handed_over_to": taken_by, "text_sha256": composed.digest(letter.letter)}
    try:
        complaints.told(
            letter.ref,
            letter=letter.id,
            way=Way.SENT,
            proof=proof,
            happened_at=now,
            by=BY,
            at=now,
        )
    except Refused as refused:  # sent it was, all the same
        logger.info("letter %s was sent, but told nothing: %s", letter.id, refused.code)
        return False
    return True
