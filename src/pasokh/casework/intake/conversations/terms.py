"""What messages come by, and how far each has come. Pure."""

from datetime import timedelta
from enum import StrEnum


class SourceKind(StrEnum):
    """A sort of place that messages come from."""

    TELEGRAM = "telegram"
    BALE = "bale"
    SMS = "sms"
    VOICE = "voice"


#: Those whose chats are one person's own, and that are answered at once, in the chat.
BOTS = frozenset({SourceKind.TELEGRAM, SourceKind.BALE})
#: By which channel a complaint came that came so; codes of the list of channels.
CHANNELS = {
    SourceKind.TELEGRAM: "messenger",
    SourceKind.BALE: "messenger",
    SourceKind.SMS: "sms",
    SourceKind.VOICE: "voicemail",
}


class Stage(StrEnum):
    """How far a message has come."""

    WAITING = "waiting"
    ANSWERING = "answering"
    DONE = "done"
    PASSED = "passed"  # one too many, or nothing that anybody could answer
    FAILED = "failed"


#: A conversation is forgotten so long after its last word, a message after it was answered.
KEPT, REMEMBERED = timedelta(days=1), timedelta(days=30)
#: Messages in an hour: from one chat or number, and from one source.
FROM_ONE, FROM_ALL = 60, 3000
#: How often an answer is tried that does not get through, and how long after each.
TRIES, PAUSE = 5, timedelta(minutes=1)
