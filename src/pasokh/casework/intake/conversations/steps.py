"""What is said next in a conversation: one table, and the few lines that read it. Pure.

Somebody writes; the machine answers by the names of sentences and says what is to be done. It
knows neither messengers nor files, and asks for no more than filing needs: what happened, what
they want, and by what name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from pasokh.kernel import refs
from pasokh.kernel.moves import Moves
from pasokh.kernel.text import digits, fold


class At(StrEnum):
    """Where a conversation stands."""

    IDLE = "idle"
    STORY = "story"
    WANTED = "wanted"
    NAME = "name"
    CHECK = "check"


class Said(StrEnum):
    """What somebody's words amount to, at most one of them."""

    NEW = "new"
    CANCEL = "cancel"
    HELP = "help"
    PERSIAN = "persian"
    ENGLISH = "english"
    STATUS = "status"
    CODE = "code"
    NOTHING = "nothing"
    ANONYMOUS = "anonymous"
    YES = "yes"
    NO = "no"
    WORDS = "words"


#: Which step of the conversation leads where; what stands here for a state is understood there.
MOVES: Moves[At, Said] = Moves(
    {
        (At.IDLE, Said.NEW): At.STORY,
        (At.STORY, Said.WORDS): At.WANTED,
        (At.WANTED, Said.WORDS): At.NAME,
        (At.WANTED, Said.NOTHING): At.NAME,
        (At.NAME, Said.WORDS): At.CHECK,
        (At.NAME, Said.ANONYMOUS): At.CHECK,
        (At.CHECK, Said.YES): At.IDLE,
        (At.CHECK, Said.NO): At.IDLE,
        **{(at, Said.CANCEL): At.IDLE for at in (At.STORY, At.WANTED, At.NAME, At.CHECK)},
        **{(at, Said.NEW): At.STORY for at in (At.STORY, At.WANTED, At.NAME, At.CHECK)},
    }
)

_COMMANDS: Mapping[Said, tuple[str, ...]] = {
    Said.NEW: ("/new", "new", "complaint", "شکایت", "شکایت جدید", "شکایت تازه", "1"),
    Said.CANCEL: ("/cancel", "انصراف", "بی خیال"),
    Said.HELP: ("/start", "/help", "help", "راهنما", "سلام", "hello", "hi"),
    Said.PERSIAN: ("/fa", "فارسی", "persian", "farsi"),
    Said.ENGLISH: ("/en", "english", "انگلیسی"),
    Said.STATUS: ("/status", "status", "پیگیری", "2"),
    Said.CODE: ("/code", "code", "کد"),
}
_ANSWERS: Mapping[At, Mapping[Said, tuple[str, ...]]] = {
    At.WANTED: {Said.NOTHING: ("-", "nothing", "no", "هیچ", "نه", "ندارم")},
    At.NAME: {Said.ANONYMOUS: ("-", "anonymous", "no name", "بی نام", "ناشناس", "0")},
    At.CHECK: {
        Said.YES: ("1", "yes", "y", "send", "بله", "بلی", "آری", "ارسال", "تایید", "تأیید"),
        Said.NO: ("2", "no", "n", "نه", "خیر"),
    },
}

#: The longest story that is kept, and the shortest that says anything.
LONGEST, SHORTEST = 20_000, 10


@dataclass(frozen=True)
class Talk:
    """One conversation: where it stands, in which language, and what was said so far.

    `chosen` says that they chose the language; until then it follows the script they write in.
    """

    at: At = At.IDLE
    language: str = "fa"
    chosen: bool = False
    story: str = ""
    wanted: str = ""
    name: str = ""
    anonymous: bool = False
    files: tuple[Mapping[str, str | int], ...] = ()


class Act(StrEnum):
    """What is to be done; whoever does it answers with what came of it."""

    FILE = "file"
    STATUS = "status"
    CODE = "code"
    ADD = "add"


@dataclass(frozen=True)
class Turn:
    """What follows from a message: the conversation then, sentences by name, and a deed.

    `ref` is the reference that was written, in its one true form; `words` what is to be added.
    """

    talk: Talk
    answers: tuple[str, ...] = ()
    act: Act | None = None
    ref: str = ""
    words: str = ""


def turn(
    talk: Talk, text: str, files: tuple[Mapping[str, str | int], ...], *, open_ref: str
) -> Turn:
    """Take one message. `open_ref` is the one file of theirs with a question left open."""
    talk = _in_their_language(talk, text)
    said, rest = read(talk.at, text)
    if said in (Said.PERSIAN, Said.ENGLISH):
        language = "fa" if said is Said.PERSIAN else "en"
        return Turn(replace(talk, language=language, chosen=True), ("language", f"ask.{talk.at}"))
    if said is Said.HELP:
        return Turn(talk, ("help",) if talk.at is At.IDLE else (f"ask.{talk.at}",))
    if said in (Said.STATUS, Said.CODE):
        return Turn(talk, act=Act(said), ref=refs.read(rest) or "")
    if talk.at is At.IDLE and said is Said.WORDS:
        return _said_idly(talk, text, files, open_ref)
    return _on(talk, said, text.strip(), files)


def read(at: At, text: str) -> tuple[Said, str]:
    """What words amount to where the conversation stands, and what follows a command."""
    folded = fold(digits(text[:200])).strip(" .!؟?«»\"'")
    for said, words in _ANSWERS.get(at, {}).items():
        if folded in {fold(word) for word in words}:
            return said, ""
    for said, words in _COMMANDS.items():
        for word in map(fold, words):
            numbered = word.isdecimal() and at is not At.IDLE
            if folded == word and not numbered:
                return said, ""
            if said in (Said.STATUS, Said.CODE) and folded.startswith(f"{word} "):
                return said, folded[len(word) :].strip()
    return Said.WORDS, ""


def _in_their_language(talk: Talk, text: str) -> Talk:
    if talk.chosen or talk.at is not At.IDLE:
        return talk
    letters = [char for char in text if char.isalpha()]
    latin = sum(char < "\u0250" for char in letters)
    if len(letters) < 2 or text.startswith("/"):
        return talk
    return replace(talk, language="en" if latin * 2 > len(letters) else "fa")


def _said_idly(
    talk: Talk, text: str, files: tuple[Mapping[str, str | int], ...], open_ref: str
) -> Turn:
    """Words that begin with a reference are added to that file, others answer an open question."""
    first, _, rest = text.strip().partition("\n" if "\n" in text.strip()[:20] else " ")
    ref = refs.read(first) if first[:1] in "Pp" else None  # a bare number is no reference
    if ref:
        words = rest.strip()
        if not words and not files:
            return Turn(talk, act=Act.STATUS, ref=ref)
        return Turn(replace(talk, files=files), act=Act.ADD, ref=ref, words=words)
    if open_ref:
        return Turn(replace(talk, files=files), act=Act.ADD, ref=open_ref, words=text.strip())
    return Turn(talk, ("unknown", "help"))


def _on(talk: Talk, said: Said, text: str, files: tuple[Mapping[str, str | int], ...]) -> Turn:
    """One step further in a complaint; what came with it is kept for it."""
    to = MOVES.next_state(talk.at, said)
    if to is None:
        return Turn(talk, (f"ask.{talk.at}",))
    if said is Said.NEW:
        return Turn(Talk(At.STORY, talk.language, talk.chosen), ("ask.story",))
    if said in (Said.CANCEL, Said.NO):
        return Turn(Talk(At.IDLE, talk.language, talk.chosen), ("cancelled",))
    if said is Said.YES:
        return Turn(talk, act=Act.FILE)
    talk = replace(talk, files=(*talk.files, *files))
    if talk.at is At.STORY:
        return _told(talk, text, to)
    if talk.at is At.WANTED:
        wanted = "" if said is Said.NOTHING else text[:LONGEST]
        return Turn(replace(talk, wanted=wanted, at=to), ("ask.name",))
    name = "" if said is Said.ANONYMOUS else " ".join(text.split())[:200]
    if said is Said.WORDS and not name:
        return Turn(talk, ("ask.name",))
    return Turn(replace(talk, name=name, anonymous=not name, at=to), ("ask.check",))


def _told(talk: Talk, text: str, to: At) -> Turn:
    """A story may come in several messages, and its pictures before it."""
    story = "\n".join(filter(None, (talk.story, text)))[:LONGEST]
    talk = replace(talk, story=story)
    if len(story) < SHORTEST:
        return Turn(talk, ("more",) if text else ("got_file",))
    return Turn(replace(talk, at=to), ("ask.wanted",))
