"""What somebody means who answers a text with a single word. Pure."""

from enum import StrEnum

from pasokh.kernel.text import digits, fold


class Meant(StrEnum):
    """Texts are not wanted, are wanted again, or the number is theirs."""

    STOP = "stop"
    START = "start"
    YES = "yes"


_WORDS = {
    Meant.STOP: (
        *("stop", "stopall", "unsubscribe", "end", "quit", "cancel"),
        *("لغو", "لغو پیامک", "توقف", "11"),
    ),
    Meant.START: ("start", "unstop", "شروع", "دوباره", "12"),
    Meant.YES: ("yes", "بله", "بلی", "آری", "10"),
}
_MEANT = {fold(word): meant for meant, words in _WORDS.items() for word in words}


def meant(text: str) -> Meant | None:
    """What an answer of one word means; None for anything longer or other."""
    if len(text) > 60:
        return None
    return _MEANT.get(fold(digits(text)).strip(" .!؟?«»\"'*"))
