"""What was found in stored bytes, and whether they may be shown or sent. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Verdict(StrEnum):
    """What a scanner said of a file; nothing said yet is also an answer."""

    UNCHECKED = "unchecked"
    CLEAN = "clean"
    INFECTED = "infected"
    UNREADABLE = "unreadable"


class Settled(StrEnum):
    """What a person decided of a file that lies in quarantine."""

    NOT = ""
    RELEASED = "released"
    REMOVED = "removed"


class Drawn(StrEnum):
    """How far the pictures of a file are: not yet, made, of a kind that has none, or given up."""

    WAITS = "waits"
    MADE = "made"
    NONE = "none"
    FAILED = "failed"


@dataclass(frozen=True)
class Finding:
    """A scanner's answer: what it is, by which scanner and signatures, and what it found."""

    verdict: Verdict
    scanner: str
    signatures: str = ""
    found: str = ""


@dataclass(frozen=True)
class Standing:
    """How a file stands: what was found, what was decided, and which pictures there are of it.

    `pages` is how many it has, `shown` how many of them were drawn, `cleaned` whether there is a
    copy without what a camera or a program wrote into it; `closed` says by a refusal's code why
    it may be neither shown nor sent, and is empty where it may.
    """

    digest: str
    verdict: Verdict = Verdict.UNCHECKED
    settled: Settled = Settled.NOT
    kind: str = ""
    drawn: Drawn = Drawn.WAITS
    pages: int = 0
    shown: int = 0
    cleaned: bool = False
    closed: str = ""

    @property
    def open(self) -> bool:
        return not self.closed

    @property
    def unchecked(self) -> bool:
        """Whether nobody can say of it that it is harmless."""
        return self.verdict in _UNSURE and self.settled is Settled.NOT

    @property
    def sound(self) -> str:
        """As what a browser is told to play it; empty where it is no recording."""
        return SOUNDS.get(self.kind, "")


_UNSURE = (Verdict.UNCHECKED, Verdict.UNREADABLE)

#: Kinds of which pictures are made; whatever else a file is, it is only saved.
PICTURES = frozenset(
    f"image/{kind}" for kind in ("jpeg", "png", "gif", "webp", "tiff", "bmp", "x-ms-bmp")
)
DRAWABLE = PICTURES | {"application/pdf"}

#: Recordings that a browser may play, by what they begin with, and as what it is told to.
SOUNDS: Mapping[str, str] = {
    "audio/mpeg": "audio/mpeg",
    "audio/wave": "audio/wav",
    "audio/wav": "audio/wav",
    "audio/x-wav": "audio/wav",
    "audio/flac": "audio/flac",
    "audio/aac": "audio/aac",
    "audio/mp4": "audio/mp4",
    "audio/ogg": "audio/ogg",
    "application/ogg": "audio/ogg",
    "audio/webm": "audio/webm",
}

#: Attempts at drawing: a file over which the worker died twice is not tried a third time.
MOST_DRAWINGS = 2
_PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60))


def closed(verdict: Verdict, settled: Settled, *, strict: bool) -> str:
    """Why a file may be neither shown nor sent, as a refusal's code; empty where it may.

    `strict` is the house's choice that what was not found clean waits.
    """
    if settled is Settled.REMOVED:
        return "file-removed"
    if settled is Settled.RELEASED or verdict is Verdict.CLEAN:
        return ""
    if verdict is Verdict.INFECTED:
        return "file-infected"
    if not strict:
        return ""
    return "file-not-readable" if verdict is Verdict.UNREADABLE else "file-waits-for-check"


def next_try(tries: int, at: datetime) -> datetime:
    """When a file is taken to the scanner again that has been there so often."""
    return at + _PAUSES[min(tries, len(_PAUSES)) - 1]
