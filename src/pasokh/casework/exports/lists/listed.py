"""What a list needs to be handed out: who sees it, its lines behind the fence, its columns."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from pasokh.kernel import dates
from pasokh.kernel.actors import Actor

#: What narrows a list, as it was asked for in an address: codes and ids.
Narrowed = Mapping[str, Any]


@dataclass(frozen=True)
class Words:
    """How the cells of one export are written; `say` makes a sentence of a refusal code."""

    language: str
    zone: ZoneInfo
    channels: Mapping[str, str]
    say: Callable[[str, Mapping[str, Any]], str]

    def at(self, when: datetime | None) -> str:
        """An instant in the reader's calendar."""
        return dates.short_datetime(when, self.language, self.zone) if when else ""

    def iso(self, when: datetime | None) -> str:
        """An instant for programs, by ISO 8601, with the offset of the office."""
        return when.astimezone(self.zone).isoformat(timespec="seconds") if when else ""

    def yes(self, answer: object) -> str:
        """A yes as such, and a no as nothing."""
        return str(_("Yes")) if answer else ""


Cell = Callable[[Any, Words], str]
#: The columns by the name a program knows them by: heading, and the cell of a line.
Columns = Mapping[str, tuple[Any, Cell]]


@dataclass(frozen=True)
class Listed:
    """One list that colleagues see, as it can be handed out.

    `rows` and `count` ask through the same fence as the page does. `narrowed` reads what narrows
    it from an address, `said` says that in words. `file` is the id of the complaint whose words
    a line tells, to be written down as read.
    """

    name: str
    title: Any
    may: Callable[[Actor], bool]
    count: Callable[[Actor, Narrowed, datetime], int]
    rows: Callable[[Actor, Narrowed, datetime], Iterator[Any]]
    columns: Columns
    narrowed: Callable[[Mapping[str, str]], dict[str, Any]] = lambda asked: {}
    said: Callable[[Narrowed], list[str]] = lambda narrowed: []
    file: Callable[[Any], int] | None = None


def named(names: Mapping[Any, Any], code: str) -> str:
    """What a code is called; nothing for none."""
    return str(names.get(code, code)) if code else ""


def reads(right: str) -> Callable[[Actor], bool]:
    """Whether somebody has a right in any unit."""
    return lambda actor: actor.reach(right) != frozenset()


def number(asked: Mapping[str, str], name: str) -> dict[str, int]:
    """An id in an address; nothing where it is none."""
    said = asked.get(name, "")
    return {name: int(said)} if said.isascii() and said.isdecimal() and len(said) < 19 else {}
