"""An invented file that has something to tell in every field, to show a text with. Pure."""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Any

from pasokh.casework.correspondence.composed import Office
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.story import Days, Decided, Matter, Outside, Promised, Story

#: A day so many days after the letter, and a number or text in the reader's digits.
Day = Callable[[int], str]
Digits = Callable[[object], str]

_CODED = {
    LetterKind.EXTENSION: "decide",
    LetterKind.CLOSING: "accepted",
    LetterKind.SET_ASIDE: "enquiry",
}
#: How many days after the letter each of its days lies.
_AFTER = {
    "received": -9,
    "communicated": -15,
    "closed": 0,
    "update": 10,
    "decide": 20,
    "new": 30,
    "answer_until": 14,
    "undo_until": 14,
    "closes": 14,
    "review_until": 30,
    "reopen_until": 180,
}


def story(
    kind: str,
    language: str,
    *,
    office: Office,
    signature: tuple[str, ...],
    day: Day,
    digits: Digits,
) -> Story:
    """What a letter of a kind would tell of an invented file."""
    told = _told(language)

    return Story(
        kind=kind,
        language=language,
        reference=told["reference"],
        dated=day(0),
        office=office,
        name=told["name"],
        signature=signature,
        state="investigating",
        stage_of=digits("1 / 2"),
        unit=told["unit"],
        part_of=told["part_of"],
        issues=_issues(told, digits),
        wanted=told["wanted"],
        words=told["words"],
        coded=_CODED.get(LetterKind(kind), ""),
        person=told["person"],
        working=tuple(told["working"]),
        days=Days(**{name: day(after) for name, after in _AFTER.items()}),
        decision=_decided(told, day),
        outside=(Outside(*told["body"]),),
    )


def _issues(told: dict[str, Any], digits: Digits) -> tuple[Matter, ...]:
    found = zip(told["issues"], ("upheld", "not_upheld"), told["reasons"], strict=True)
    return tuple(Matter(digits(number), *each) for number, each in enumerate(found, 1))


def _decided(told: dict[str, Any], day: Day) -> Decided:
    promised = Promised(what=tuple(told["remedy"]), due=day(7), issue="")
    return Decided("partly_upheld", "", told["decided"], (promised,), further_stage=True)


@cache
def _told(language: str) -> dict[str, Any]:
    folder = resources.files("pasokh.casework.correspondence") / "data"
    return tomllib.loads((folder / f"example-{language}.toml").read_text("utf-8"))
