"""Texts out: one sweep at a time goes through them, whichever worker runs it.

The protocol is that of mail (`docs/decisions/0006`, `0026`). A number that nobody confirmed gets
fixed words with a link to confirm it, and is told nothing; the link is made at this moment and
kept nowhere in clear.
"""

import logging
from datetime import datetime
from types import ModuleType

from django.conf import settings
from django.urls import reverse

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.queries.gathering import tracking_page
from pasokh.casework.correspondence.delivery import Form, LetterKind
from pasokh.casework.correspondence.writing import actions as writing
from pasokh.casework.intake.conversations import queries as conversations
from pasokh.casework.intake.links import actions as links
from pasokh.casework.intake.links import queries as addresses
from pasokh.casework.intake.links.terms import Purpose
from pasokh.casework.texting import actions, queries, words
from pasokh.casework.texting.queries import Leaving, Waiting
from pasokh.channels.carriers import Failed, LostSight, PutOff, Unreachable
from pasokh.channels.sms import shelf, wire
from pasokh.channels.sms.reports import settle
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import actors, configuration, locks
from pasokh.kernel.errors import Refused

#: Texts drawn from letters, sent, and asked about in one sweep; the next sweep goes on.
DRAWN, SENT, ASKED = 200, 50, 20
BY = actors.clock("send-texts")

_TAKEN = "the worker ended while sending"
#: What of a text is kept where its link stood.
_LINK = "…"

logger = logging.getLogger(__name__)


def send_texts(now: datetime) -> None:
    """Make the texts of letters that wait, send what may leave, ask what became of others."""
    with locks.alone("send-texts") as alone, configuration.held():
        gateway = queries.gateway()
        if not alone or gateway is None:
            return
        if lost := actions.lost_sight(at=now, why=_TAKEN):
            logger.warning("%s texts were left while sending; each is sent once more", lost)
        writing.set_out(now)
        actions.draw(limit=DRAWN, by=BY, at=now)
        limits = {"per_number": gateway.per_number, "per_hour": gateway.per_hour}
        _send(queries.to_send(now, limit=SENT, **limits), gateway, now)
        _ask(gateway, now)


def _send(waiting: list[Waiting], gateway: Leaving, now: datetime) -> None:
    try:
        for text in waiting:
            _give_safely(text, gateway, now)
    except Unreachable as error:
        logger.warning("the gateway for texts takes none: %s", error)
        actions.unreachable(gateway=gateway.id, why=str(error))
    else:
        if waiting:
            actions.unreachable(gateway=gateway.id, why="")


def _give_safely(text: Waiting, gateway: Leaving, now: datetime) -> None:
    """Take one text through, and let what goes wrong with it stop no other."""
    try:
        _give(text, gateway, now)
    except Unreachable:
        raise
    except Exception:
        logger.exception("text %s could not be sent", text.id)


def _give(text: Waiting, gateway: Leaving, now: datetime) -> None:
    """Take one text through the protocol. Raises Unreachable when no other would leave either."""
    form = Form.TEXT if text.confirmed or not text.letter else Form.NOTICE
    said, kept = _worded(text, form, now)
    if not actions.begin(
        text.id, words=kept, said=said, form=form, template=gateway.template, at=now
    ):
        return
    try:
        their_id = _carrier().give(
            gateway, to=text.number, text=said, key=text.key, reports=_reports(gateway)
        )
    except Unreachable as error:
        actions.take_back(text.id, why=str(error), at=now)
        raise
    except PutOff as error:
        actions.put_off(text.id, why=str(error), at=now)
        _see_to(text, now)
    except Failed as error:
        actions.fail(text.id, why=str(error), at=now)
        _see_to(text, now)
    except LostSight as error:
        actions.lose_sight(text.id, why=str(error), at=now)
        _see_to(text, now)
        raise Unreachable(str(error)) from error
    else:
        asks = wire.template_of(gateway).ask is not None
        actions.handed_over(text.id, their_id=their_id, asks=asks, at=now)


def _see_to(text: Waiting, now: datetime) -> None:
    """Let a letter whose text failed stand in the queue, if it was one of a file."""
    if text.ref:
        complaints.see_to_letters(text.ref, at=now)


def _carrier() -> ModuleType:
    """Who takes texts: the gateway, or the folder of a demonstration."""
    return shelf if settings.DEMO else wire


def _worded(text: Waiting, form: Form, now: datetime) -> tuple[str, str]:
    """What goes, and what of it is kept: the same without the secret of a link."""
    if not text.letter:
        return text.words, text.words
    own, answered = organisation.organisation(), conversations.hears_texts()
    office = own.name.in_(text.language) if own else ""
    if form is Form.NOTICE:
        link = _linked(Purpose.CONFIRM, text, now)

        def said(link: str) -> str:
            return words.unconfirmed(text.language, office=office, link=link, may_answer=answered)

        return said(link), said(_LINK if link else "")
    if text.kind == LetterKind.NEW_CODE:
        link = _linked(Purpose.NEW_CODE, text, now)
        kept = words.new_code(text.language, office=office, link=_LINK)
        return words.new_code(text.language, office=office, link=link), kept
    page = tracking_page(text.language)
    whole = words.letter(
        LetterKind(text.kind),
        text.language,
        office=office,
        ref=text.ref,
        page=page,
        may_answer=answered,
    )
    return whole, whole


def _linked(purpose: Purpose, text: Waiting, now: datetime) -> str:
    made = links.mint(purpose, letter=text.letter or 0, at=now)
    return addresses.page(purpose, made.token, text.language)


def _reports(gateway: Leaving) -> str:
    """The address that reports come to, for a gateway that is told it with each text."""
    if not (settings.PUBLIC_ADDRESS and gateway.reports):
        return ""
    return settings.PUBLIC_ADDRESS + reverse(settings.TEXT_REPORTS, args=[gateway.reports])


def _ask(gateway: Leaving, now: datetime) -> None:
    for text, their_id, number in queries.to_ask(now, limit=ASKED):
        found = _carrier().ask(gateway, their_id, number)
        try:
            if found is None or not settle(text, found, at=now):
                actions.asked(text, at=now)
        except Refused as refused:
            logger.info("text %s told nothing: %s", text, refused.code)
