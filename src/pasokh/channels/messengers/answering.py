"""Looks at what came in, one message after another, and answers it where it came from.

A message is kept before anybody looks at it, and looked at in one transaction with what it does:
a worker killed over it leaves it waiting or done. What is to be answered is kept until it got
through, so an answer can come twice, and a complaint cannot.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.matter import File, Matter
from pasokh.casework.complaints.queries.gathering import tracking_page
from pasokh.casework.intake.conversations import actions, queries, steps
from pasokh.casework.intake.conversations.queries import Coming
from pasokh.casework.intake.conversations.steps import Act, At, Talk, Turn
from pasokh.casework.intake.conversations.terms import BOTS, CHANNELS, SourceKind, Stage
from pasokh.casework.intake.conversations.words import say
from pasokh.casework.intake.drafts import kinds
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.casework.intake.links import actions as links
from pasokh.casework.texting import actions as texting
from pasokh.casework.texting import queries as texts
from pasokh.casework.texting.stopping import Meant, meant
from pasokh.channels.messengers import bot_api, parsed, telling
from pasokh.channels.messengers.bot_api import LARGEST, NotTaken
from pasokh.directory.organisation import queries as organisation
from pasokh.directory.people import ways
from pasokh.directory.people.ways import Way
from pasokh.kernel import configuration, files, locks
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused

#: Messages looked at in one sweep; the next sweep goes on.
LOOKED_AT = 50
NEW = Actor(Kind.COMPLAINANT, "new")


logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Hearing:
    """One message being looked at: from which number, if any, in which language it is answered."""

    coming: Coming
    message: parsed.Incoming
    number: str
    at: datetime

    @property
    def bot(self) -> bool:
        return self.coming.place.kind in BOTS


def hear(now: datetime) -> None:
    """Look at the messages that wait and say the answers that are left: a line of the schedule."""
    with locks.alone("hear-messages") as alone:
        for coming in queries.waiting(now, limit=LOOKED_AT) if alone else ():
            _hear_safely(coming, now)


def _hear_safely(coming: Coming, now: datetime) -> None:
    try:
        with configuration.held():
            if coming.stage is Stage.ANSWERING:
                _answer(coming, coming.told, now)
            else:
                _take_up(coming, now)
    except Exception:
        logger.exception("message %s could not be looked at", coming.id)
        actions.put_off(coming.id, at=now)


def _take_up(coming: Coming, now: datetime) -> None:
    message = parsed.load(coming.told)
    number = "" if coming.place.kind in BOTS else ways.key(Way.PHONE, message.who)
    hearing = Hearing(coming, message, number, now)
    talk = queries.talk(coming.place.id, coming.who, now)
    own = queries.own(coming.place.id, coming.who, number)
    asked = [case.ref for case in own if queries.asked(case)]
    turn = _voice(hearing) or steps.turn(
        talk, message.text, message.files, open_ref=asked[0] if len(asked) == 1 else ""
    )
    kept, refused = _fetched(hearing, turn)
    with transaction.atomic():
        if not actions.begun(coming.id):
            return
        talk, answers = _done(hearing, turn, kept, [case.ref for case in own])
        said = [*([_say(talk, "file_refused", most=_most(talk))] if refused else []), *answers]
        chatted = _for_bot(hearing, turn, said)
        _settle(hearing, talk, said, chatted)
    if hearing.bot:
        _answer(coming, chatted, now)


def _settle(hearing: Hearing, talk: Talk, said: list[str], chatted: list[dict[str, str]]) -> None:
    """Keep what is to be answered: in a chat until it is said, to a number as a text."""
    coming, place = hearing.coming, hearing.coming.place
    if not hearing.bot and said and ways.takes_texts(hearing.number) and texts.leave():
        texting.answer(hearing.number, "\n".join(said), language=talk.language, at=hearing.at)
    actions.settle(
        coming.id,
        source=place.id,
        who=coming.who,
        talk=talk,
        answers=chatted,
        at=hearing.at,
    )


def _for_bot(hearing: Hearing, turn: Turn, said: list[str]) -> list[dict[str, str]]:
    """What is said in a chat; one that tells that a complaint is filed names it."""
    if not hearing.bot:
        return []
    place, chat = hearing.coming.place, hearing.message.who
    filed = turn.act is Act.FILE and queries.filed_as(place, hearing.message.their_id)
    return [
        {"chat": chat, "text": one, **({"filed": filed} if filed and filed in one else {})}
        for one in said
    ]


def _answer(coming: Coming, answers: Any, now: datetime) -> None:
    """Say what is left to be said; whoever closed the chat to us is not asked again.

    A demonstration says nothing to anybody: its chats are invented.
    """
    for one in () if settings.DEMO else answers:
        try:
            taken = bot_api.say(coming.place, one["chat"], one["text"])
            if ref := one.get("filed"):
                telling.receipt_taken(coming.place, ref, one["text"], taken, at=now)
        except NotTaken as error:
            logger.info("answer to message %s was not taken: %s", coming.id, error)
            if error.final:
                break
            actions.put_off(coming.id, at=now)
            return
    actions.answered(coming.id)


def _voice(hearing: Hearing) -> Turn | None:
    """What follows from a voice-mail: it is filed as it is, for nobody can be asked back."""
    message = hearing.message
    if hearing.coming.place.kind is not SourceKind.VOICE:
        return None
    language = message.language or "fa"
    story = message.text or say("voice", language)
    name = message.who or ""
    talk = Talk(At.CHECK, language, story=story, name=name, anonymous=not hearing.number)
    return Turn(talk, act=Act.FILE)


def _fetched(hearing: Hearing, turn: Turn) -> tuple[tuple[File, ...], int]:
    """Get the files of what is filed or added now, and count those that could not be kept."""
    if turn.act not in (Act.FILE, Act.ADD):
        return (), 0
    wanted = turn.talk.files[: parsed.MOST]
    kept = [file for one in wanted if (file := _kept(hearing, one))]
    lost = len(turn.talk.files) - len(kept)
    if recording := parsed.sound(hearing.message) if hearing.message.audio else b"":
        kept += [file] if (file := _stored("voice", recording)) else []
    return tuple(kept), lost


def _kept(hearing: Hearing, told: Mapping[str, str | int]) -> File | None:
    if int(told["size"]) > LARGEST:
        return None
    try:
        return _stored(str(told["name"]), bot_api.fetch(hearing.coming.place, str(told["id"])))
    except NotTaken as error:
        logger.info("a file of message %s was not fetched: %s", hearing.coming.id, error)
        return None


def _stored(name: str, content: bytes) -> File | None:
    kind = kinds.kind_of(content)
    if not content or kind == kinds.PROGRAM:
        return None
    try:
        stored = files.put([content], LARGEST)
    except Refused:
        return None
    return File(stored.digest, files.clean_name(name), kind, stored.size)


def _done(
    hearing: Hearing, turn: Turn, kept: tuple[File, ...], own: list[str]
) -> tuple[Talk, list[str]]:
    """Do what a turn asks for; the conversation then, and what is answered."""
    if hearing.number and (word := meant(hearing.message.text)) and turn.talk.at is At.IDLE:
        return turn.talk, _single(hearing, turn.talk, word)
    try:
        with transaction.atomic():
            return _acted(hearing, turn, kept, own)
    except Refused as refused:
        logger.info("message %s: %s", hearing.coming.id, refused.code)
        return turn.talk, [_say(turn.talk, "failed")]


def _single(hearing: Hearing, talk: Talk, word: Meant) -> list[str]:
    """Stop texts, send them again, or take a number for theirs: a word from its own telephone."""
    if word is Meant.STOP:
        complaints.stop_all_texts(hearing.number, at=hearing.at)
        return [_say(talk, "stopped")]
    if word is Meant.START:
        complaints.want_all_texts(hearing.number, at=hearing.at)
        return [_say(talk, "started")]
    links.confirm_by_answer(hearing.number, at=hearing.at)
    return [_say(talk, "confirmed")]


def _acted(
    hearing: Hearing, turn: Turn, kept: tuple[File, ...], own: list[str]
) -> tuple[Talk, list[str]]:
    talk = turn.talk
    if turn.act is Act.FILE:
        return replace(Talk(), language=talk.language, chosen=talk.chosen), _file(
            hearing, talk, kept
        )
    if turn.act is Act.ADD:
        return replace(talk, files=()), _add(hearing, turn, kept, own)
    if turn.act is Act.STATUS:
        return talk, telling.status(turn, own, at=hearing.at)
    if turn.act is Act.CODE:
        return talk, _code(hearing, turn, own)
    return talk, [_say(talk, name, **_facts(talk)) for name in turn.answers]


def _file(hearing: Hearing, talk: Talk, kept: tuple[File, ...]) -> list[str]:
    place, message = hearing.coming.place, hearing.message
    reached = ((Way.PHONE, message.who),) if hearing.number else ()
    incoming = Incoming(
        channel=CHANNELS[place.kind],
        language=talk.language,
        matter=Matter(narrative=talk.story, remedy_wanted=talk.wanted),
        received_at=hearing.at,
        who=None if talk.anonymous else Who(talk.name, talk.language, reached=reached),
        source_id=f"{place.id}:{message.their_id}",
        files=kept,
    )
    receipt = actions.file(
        incoming,
        source=place.id,
        who=hearing.coming.who,
        number=hearing.number if place.kind is SourceKind.SMS else "",
        by=NEW,
        at=hearing.at,
    )
    page = tracking_page(talk.language)
    said = [_say(talk, "filed", ref=receipt.ref)]
    if hearing.bot and receipt.code:
        said.append(_say(talk, "filed_code", code=receipt.code, page=page))
    elif not hearing.bot:
        said.append(_say(talk, "filed_text", ref=receipt.ref, page=page))
    return said


def _add(hearing: Hearing, turn: Turn, kept: tuple[File, ...], own: list[str]) -> list[str]:
    """Add what somebody says to a file that is theirs; to any other, the answer is the same as if
    there were none.
    """
    if turn.ref not in own:
        return [_say(turn.talk, "status_none")]
    complaints.hear(
        turn.ref,
        text=turn.words or "…",
        files=kept,
        channel=CHANNELS[hearing.coming.place.kind],
        happened_at=hearing.at,
        by=Actor(Kind.COMPLAINANT, turn.ref),
        at=hearing.at,
    )
    return [_say(turn.talk, "added", ref=turn.ref)]


def _code(hearing: Hearing, turn: Turn, own: list[str]) -> list[str]:
    """Send the link for a new code by text to a number of that file; nothing is told of others."""
    if hearing.bot:
        return [_say(turn.talk, "code_elsewhere")]
    if turn.ref in own:
        links.text_code(turn.ref, hearing.number, by=NEW, at=hearing.at)
    return [_say(turn.talk, "code_sent")]


def _facts(talk: Talk) -> dict[str, str]:
    house = organisation.organisation()
    said = [_say(talk, "line.story", words=talk.story)]
    said += [_say(talk, "line.wanted", words=talk.wanted)] if talk.wanted else []
    said += [
        _say(talk, "line.name", words=talk.name) if talk.name else _say(talk, "line.anonymous")
    ]
    said += [_say(talk, "line.files", count=str(len(talk.files)))] if talk.files else []
    return {"office": house.name.in_(talk.language) if house else "", "summary": "\n".join(said)}


def _say(talk: Talk, name: str, **facts: str) -> str:
    return say(name, talk.language, **facts)


def _most(talk: Talk) -> str:
    return str(LARGEST >> 20)
