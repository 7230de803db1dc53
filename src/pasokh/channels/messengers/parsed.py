"""What came in from a messenger, a gateway for texts or a telephone system, as one value. Pure.

Everything is a stranger's: what is missing, of another type or too long makes no message, or a
shorter one, and never an error.
"""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any

from pasokh.casework.intake.conversations.terms import BOTS, SourceKind

#: The longest text that is looked at, and the most files of one message.
LONGEST, MOST = 20_000, 10


@dataclass(frozen=True)
class Incoming:
    """One message: from whom (a chat or a number), its words, and what is said of its files."""

    their_id: str
    who: str
    text: str
    files: tuple[Mapping[str, str | int], ...] = ()
    language: str = ""
    audio: str = ""

    def dump(self) -> dict[str, Any]:
        """As JSON, for keeping."""
        return asdict(self)


def load(told: Mapping[str, Any]) -> Incoming:
    """The message that `dump` wrote."""
    return Incoming(**{**told, "files": tuple(told["files"])})


def read(kind: SourceKind, told: Any) -> Incoming | None:
    """Read what a source sent; None when it is no message of one person."""
    if not isinstance(told, Mapping):
        return None
    if kind in BOTS:
        return _update(told)
    return _voice(told) if kind is SourceKind.VOICE else _text(told)


def _update(told: Mapping[str, Any]) -> Incoming | None:
    """An update of the Bot API: a message in a chat with one person."""
    message = told.get("message")
    number = told.get("update_id")
    if not isinstance(message, Mapping) or not isinstance(number, int):
        return None
    chat = message.get("chat")
    if not isinstance(chat, Mapping) or not isinstance(chat.get("id"), int):
        return None
    if chat.get("type", "private") != "private":
        return None
    text = _words(message, "text", "caption")
    files = tuple(_files(message))[:MOST]
    return Incoming(str(number), str(chat["id"]), text, files) if text or files else None


def _files(message: Mapping[str, Any]) -> list[Mapping[str, str | int]]:
    found = []
    photos = message.get("photo")
    if isinstance(photos, list) and photos and isinstance(photos[-1], Mapping):
        found.append(_file(photos[-1], "photo.jpg"))
    for name, called in (
        ("document", "document"),
        ("voice", "voice.ogg"),
        ("audio", "audio.mp3"),
        ("video", "video.mp4"),
    ):
        if isinstance(one := message.get(name), Mapping):
            found.append(_file(one, called))
    return [one for one in found if one["id"]]


def _file(told: Mapping[str, Any], called: str) -> Mapping[str, str | int]:
    size = told.get("file_size")
    return {
        "id": str(told.get("file_id") or "")[:300],
        "name": str(told.get("file_name") or called)[:200],
        "size": size if isinstance(size, int) else 0,
    }


#: By which names the gateways tell the id, the sender and the words of a text that came in.
_IDS = ("messageid", "messageId", "MessageSid", "id", "message_id", "msgId")
_FROM = ("from", "From", "msisdn", "originator", "sender", "mobile", "number")
_TEXT = ("message", "text", "Body", "body", "payload", "messageText")


def _text(told: Mapping[str, Any]) -> Incoming | None:
    who, text = _words(told, *_FROM)[:40], _words(told, *_TEXT)
    if not who or not text:
        return None
    their_id = _words(told, *_IDS)[:100] or sha256(f"{who}\0{text}".encode()).hexdigest()
    return Incoming(their_id, who, text)


def _voice(told: Mapping[str, Any]) -> Incoming | None:
    """A voice-mail as a telephone system tells it: who called, what was heard, the recording."""
    their_id = _words(told, *_IDS)[:100]
    audio = told.get("audio")
    sound = audio if isinstance(audio, str) else ""
    text = _words(told, "transcript", "text")
    if not their_id or not (text or sound):
        return None
    language = "en" if told.get("language") == "en" else "fa"
    return Incoming(their_id, _words(told, *_FROM)[:40], text, (), language, sound)


def sound(message: Incoming) -> bytes:
    """The recording that came with a voice-mail; empty when there is none or it is broken."""
    try:
        return base64.b64decode(message.audio, validate=True)
    except (binascii.Error, ValueError):
        return b""


def _words(told: Mapping[str, Any], *names: str) -> str:
    """The first text or number among these names, without what no database holds."""
    for name in names:
        value = told.get(name)
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            return str(value).replace("\0", "").strip()[:LONGEST]
    return ""
