"""A letter as it was composed: what was said, in order, in one language. Pure.

It is plain data, so that the text sent can be kept, compared by its digest, and shown alike as
mail, on paper and on the tracking page. Every text in it is already in the reader's language;
what strangers wrote stands in `Quote` and is never mixed into a sentence of ours.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Paragraph:
    """A sentence or several of the organisation's own."""

    text: str


@dataclass(frozen=True)
class Heading:
    """What the blocks after it are about."""

    text: str


@dataclass(frozen=True)
class Facts:
    """Short facts, each with its name: `Reference`, `P-000042-7`."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Points:
    """Things that stand side by side, in order, one line each."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """Words as somebody wrote them, the complainant or a colleague: exactly, in any script."""

    text: str


@dataclass(frozen=True)
class Issue:
    """One issue of the complaint, and what was found about it; findings may be absent."""

    number: str
    text: str
    finding: str = ""
    reasons: str = ""


@dataclass(frozen=True)
class Issues:
    """The issues of a complaint, numbered as in the file."""

    items: tuple[Issue, ...]


@dataclass(frozen=True)
class Link:
    """An address to open; on paper the address itself is printed."""

    text: str
    address: str


@dataclass(frozen=True)
class Small:
    """What is there to be checked rather than read: how a date was counted."""

    title: str
    lines: tuple[str, ...]


Block = Paragraph | Heading | Facts | Points | Quote | Issues | Link | Small

_BLOCKS: Mapping[str, type[Block]] = {
    kind.__name__.lower(): kind
    for kind in (Paragraph, Heading, Facts, Points, Quote, Issues, Link, Small)
}


@dataclass(frozen=True)
class Office:
    """Whose letter it is: what stands at its head and foot, each possibly empty."""

    name: str
    unit: str = ""
    address: str = ""
    telephone: str = ""
    hours: str = ""
    mailbox: str = ""


@dataclass(frozen=True)
class Composed:
    """One letter, whole. `signature` is who signs, line by line; `dated` the day, written out."""

    kind: str
    language: str
    reference: str
    dated: str
    subject: str
    salutation: str
    blocks: tuple[Block, ...]
    valediction: str
    signature: tuple[str, ...]
    office: Office

    @property
    def direction(self) -> str:
        """`rtl` for Persian, `ltr` otherwise."""
        return "rtl" if self.language.startswith("fa") else "ltr"

    @property
    def parts(self) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
        """What comes before the signature, and what follows it to be checked."""
        annexed = tuple(each for each in self.blocks if isinstance(each, Small))
        return tuple(each for each in self.blocks if not isinstance(each, Small)), annexed


def dump(letter: Composed) -> dict[str, Any]:
    """Return the letter as plain JSON data; `load` reads it back to an equal letter."""
    return {
        **{each.name: getattr(letter, each.name) for each in fields(letter)},
        "blocks": [
            {"block": type(each).__name__.lower(), **asdict(each)} for each in letter.blocks
        ],
        "office": asdict(letter.office),
    }


def load(data: Mapping[str, Any]) -> Composed:
    """Return the letter that `dump` wrote, before or after it went through JSON."""
    given = {**data, "blocks": tuple(_block(each) for each in data["blocks"])}
    given |= {"signature": tuple(data["signature"]), "office": Office(**data["office"])}
    return Composed(**given)


def canonical(letter: Composed) -> bytes:
    """Return the bytes by which a letter is the same letter: JSON with sorted keys, in UTF-8."""
    written = json.dumps(dump(letter), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return written.encode("utf-8", "surrogatepass")


def digest(letter: Composed) -> str:
    """Return the SHA-256 of a letter's canonical bytes, in hex: what the proof of sending holds."""
    return hashlib.sha256(canonical(letter)).hexdigest()


def _block(data: Mapping[str, Any]) -> Block:
    given = {name: _tuples(value) for name, value in data.items() if name != "block"}
    kind = _BLOCKS[data["block"]]
    if kind is Issues:
        return Issues(tuple(Issue(**each) for each in data["items"]))
    return kind(**given)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list | tuple) else value
