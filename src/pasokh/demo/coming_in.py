"""What comes in beside the stories: mails, conversations, letters on paper."""

import base64
import math
import struct
import wave
from datetime import timedelta
from io import BytesIO
from random import Random

from pasokh.casework.complaints.matter import File
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.inspection import actions as inspection
from pasokh.casework.inspection.verdicts import Finding, Verdict
from pasokh.casework.intake.conversations import actions as conversations
from pasokh.casework.intake.scans import actions as scans
from pasokh.casework.intake.scans.queries import code_of_case
from pasokh.channels import inspecting, scan_in
from pasokh.channels.messengers import answering, parsed
from pasokh.demo import arriving, births, post, scanned
from pasokh.demo.case import Life, World
from pasokh.demo.data import Data

#: Between two lines of a conversation, and until the scanner's folder is looked through.
_PAUSE, _SCANNED = timedelta(seconds=50), timedelta(minutes=2)
_BLANK_SHEETS = 12


def mail(world: World, told: Data) -> Life:
    """A mail that no story writes: to the mailbox, or on the file it answers."""
    answered = world.find(told["to"]) if "to" in told else None
    attached: tuple[File, ...] = ()
    if "paper" in told:
        page = told.get("page", told["text"])
        attached = (scanned.letter(told["paper"], [page], "fa"),)
    to = post.reply_to(answered.ref) if answered else ""
    written = post.written(told, at=world.now, to=to, attached=attached)
    post.hand_over(written, at=world.now, sender=told["from"])
    if "harmful" in told:
        found = Finding(Verdict.INFECTED, "ClamAV 1.4.3", "27820", told["harmful"])
        inspection.judge(attached[0].digest, found, by=inspecting.BY, at=world.now)
    world.posted = True
    yield from ()


def visitor(world: World, told: Data) -> Life:
    """Somebody in a branch reads the poster, or taps on the tablet."""
    rng = Random(f"{told['unit']} {told['days']}")  # noqa: S311  a story, not a secret
    case = births.somebody(world, rng, "fa", by=("web", "page"))
    yield from arriving.by_an_entrance(case, told["unit"], told["channel"])


def talk(world: World, told: Data) -> Life:
    """Somebody writes to the bot, or by text, line after line, or speaks to the voice-mail."""
    source = world.sources[told["source"]]
    for number, line in enumerate(told["said"]):
        sound = base64.b64encode(_hum()).decode() if told["source"] == "voice" else ""
        their_id = f"{told['chat']}-{world.now:%y%m%d}-{number}"
        said = parsed.Incoming(their_id, told["chat"], line, language="fa", audio=sound)
        conversations.take(
            source, their_id=their_id, who=told["chat"], told=said.dump(), at=world.now
        )
        answering.hear(world.now)
        yield world.now + _PAUSE


def paper(world: World, told: Data) -> Life:
    """A letter on paper, scanned at the desk; one under its reference sheet files itself."""
    case: Complaint | None = world.find(told["ref"]) if "ref" in told else None
    sheet = code_of_case(case.ref) if case else ""
    file = scanned.letter(told["name"], told["pages"], told["language"], sheet=sheet)
    clerk = world.actor("rahimi")
    row = scans.drop(file, received_at=world.now - timedelta(hours=2), by=clerk, at=world.now)
    yield world.now + _SCANNED
    scan_in.read(row.pk, world.now)


def blank_sheets(world: World) -> Life:
    """Reference sheets are printed ahead, for letters of which nothing is known yet."""
    scans.print_sheets(_BLANK_SHEETS, by=world.actor("rahimi"), at=world.now)
    yield from ()


def _hum(seconds: float = 2.5, rate: int = 8000) -> bytes:
    """A telephone line on which nobody can be understood any more."""
    out = BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(rate)
        tones = (
            int(2400 * math.sin(index * 0.23) * math.sin(math.pi * index / (seconds * rate)))
            for index in range(int(seconds * rate))
        )
        sound.writeframes(b"".join(struct.pack("<h", tone) for tone in tones))
    return out.getvalue()
