"""The text of a letter as the organisation writes it, and what it is made of. Pure.

Plain lines: an empty line parts paragraphs, `# ` begins a heading, `- ` a point. `{reference}` is
put in by Pasokh; a part such as `{findings}` stands alone on its line. What stands between
`{if remedies}` and `{end}` is said only then; `{if not remedies}` is the opposite. Nothing is
evaluated and nothing repeats: a text is read once, from its first line to its last.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from pasokh.kernel.text import fold

#: Signs of a subject and of a body, and lines of a body: far more than a letter can bear.
MOST_SUBJECT, MOST_BODY, MOST_LINES = 200, 12_000, 400

_BRACES = re.compile(r"\{([^{}\n]*)\}|[{}]")
_IF, _NOT, _END = ("if", "اگر"), ("not", "نه"), ("end", "پایان")


class Sort(StrEnum):
    """What a field is: a word or sentence in a line, a part of its own, or only a condition."""

    WORD = "word"
    PART = "part"
    FLAG = "flag"


@dataclass(frozen=True)
class Name:
    """A field as a text may name it: its code, and what it is."""

    code: str
    sort: Sort


#: The fields of one kind of letter, by their folded names in both languages.
Names = Mapping[str, Name]


@dataclass(frozen=True)
class Slot:
    """Where a field's value goes in a line."""

    code: str


Line = tuple[str | Slot, ...]


@dataclass(frozen=True)
class Said:
    """A paragraph, a heading or a point, in the organisation's words."""

    shape: str
    line: Line


@dataclass(frozen=True)
class Put:
    """A part that Pasokh puts in whole."""

    code: str


@dataclass(frozen=True)
class When:
    """What is said only when a field has something to say, or only when it has not."""

    code: str
    wanted: bool
    inside: tuple["Said | Put", ...]


Node = Said | Put | When


@dataclass(frozen=True)
class Text:
    """A text that was read: its subject and what its body says, in order."""

    subject: Line
    body: tuple[Node, ...]

    def standing(self) -> Iterator[tuple[str, "When | None"]]:
        """Every field that stands in it, each with the condition around it."""
        yield from ((code, None) for code in _slots(self.subject))
        for node in self.body:
            inside = node.inside if isinstance(node, When) else (node,)
            around = node if isinstance(node, When) else None
            for each in inside:
                codes = [each.code] if isinstance(each, Put) else _slots(each.line)
                yield from ((code, around) for code in codes)


@dataclass(frozen=True)
class Fault:
    """Why a text cannot stand: a refusal's code, with the line (0: the subject) and the name."""

    code: str
    line: int = 0
    name: str = ""
    near: str = ""


def read(subject: str, body: str, names: Names) -> tuple[Text, tuple[Fault, ...]]:
    """Read a text; with faults it is not to be used."""
    if fault := _too_long(subject, body):
        return Text((), ()), (fault,)
    reading = _Reading(names)
    heading = reading.line(" ".join(subject.split()), 0)
    said = reading.body(body)
    if not subject.strip():
        reading.fault("wording-without-subject")
    if not said:
        reading.fault("wording-empty")
    return Text(heading, said), tuple(reading.faults)


def words(body: str, names: Names) -> tuple[Text, tuple[Fault, ...]]:
    """Read the words of a prepared reply, which has no subject of its own."""
    return read("-", body, names)


def slots(said: str, names: Names) -> list[str]:
    """The fields that still stand open in words written by hand; other braces are nobody's."""
    found = (names.get(fold(each[1])) for each in _BRACES.finditer(said) if each[1])
    return [name.code for name in found if name]


def _too_long(subject: str, body: str) -> Fault | None:
    if len(subject) > MOST_SUBJECT:
        return Fault("wording-subject-too-long", line=MOST_SUBJECT)
    if len(body) > MOST_BODY or body.count("\n") >= MOST_LINES:
        return Fault("wording-too-long", line=MOST_BODY)
    return None


def _slots(line: Line) -> list[str]:
    return [each.code for each in line if isinstance(each, Slot)]


class _Reading:
    """Goes once through the lines of a text and collects what they say and what is wrong."""

    def __init__(self, names: Names) -> None:
        self.names, self.faults = names, list[Fault]()
        self.nodes, self.words = list[Node](), list[str]()
        self.open: tuple[str, bool, int, list[Node]] | None = None
        self.begun = 0

    def fault(self, code: str, line: int = 0, name: str = "", near: str = "") -> None:
        self.faults.append(Fault(code, line, name, near))

    def body(self, text: str) -> tuple[Node, ...]:
        for number, written in enumerate(text.splitlines(), 1):
            self._take(number, written.strip())
        self._flush()
        if self.open:
            self.fault("wording-not-ended", self.open[2])
        return tuple(self.nodes)

    def _take(self, number: int, written: str) -> None:
        alone = _BRACES.fullmatch(written)
        if alone and alone[1] is not None and self._alone(number, alone[1]):
            return
        if written.startswith(("# ", "- ")):
            self._flush()
            shape = "heading" if written[0] == "#" else "point"
            self.nodes.append(Said(shape, self.line(written[2:].strip(), number)))
        elif written:
            self.begun = self.begun if self.words else number
            self.words.append(written)
        else:
            self._flush()

    def _alone(self, number: int, inner: str) -> bool:
        """Take what stands alone on its line: a condition, its end, or a part."""
        said = fold(inner).split(" ")
        if said[0] in _IF and len(said) > 1:
            self._flush()
            self._begin(number, said[1:], inner)
        elif said in ([_END[0]], [_END[1]]):
            self._flush()
            self._end(number)
        elif (name := self.names.get(" ".join(said))) and name.sort is Sort.PART:
            self._flush()
            self.nodes.append(Put(name.code))
        else:
            return False
        return True

    def _begin(self, number: int, said: list[str], inner: str) -> None:
        wanted = not (said[0] in _NOT and len(said) > 1)
        name = self._named(" ".join(said if wanted else said[1:]), inner, number)
        if self.open:
            self.fault("wording-if-in-if", number)
        else:
            self.open = (name.code if name else "", wanted, number, self.nodes)
            self.nodes = []

    def _end(self, number: int) -> None:
        if self.open is None:
            self.fault("wording-ends-nothing", number)
            return
        code, wanted, _number, before = self.open
        inside = tuple(each for each in self.nodes if not isinstance(each, When))
        if not inside:
            self.fault("wording-nothing-between", number)
        self.nodes, self.open = [*before, When(code, wanted, inside)], None

    def _flush(self) -> None:
        if self.words:
            self.nodes.append(Said("paragraph", self.line(" ".join(self.words), self.begun)))
        self.words = []

    def line(self, written: str, number: int) -> Line:
        """A line with its slots."""
        parts: list[str | Slot] = []
        at = 0
        for each in _BRACES.finditer(written):
            parts += [written[at : each.start()], *self._slot(each, number)]
            at = each.end()
        return tuple(part for part in (*parts, written[at:]) if part)

    def _slot(self, found: re.Match[str], number: int) -> list[Slot]:
        if not (found[1] or "").strip():
            self.fault("wording-brace", number)
            return []
        said = fold(found[1]).split(" ")
        if said[0] in (*_IF, *_END):
            self.fault("wording-if-in-line", number, found[1])
            return []
        name = self._named(" ".join(said), found[1], number)
        if name and name.sort is not Sort.WORD:
            part = name.sort is Sort.PART
            self.fault("wording-part-in-line" if part else "wording-only-if", number, found[1])
        return [Slot(name.code)] if name else []

    def _named(self, folded: str, written: str, number: int) -> Name | None:
        if name := self.names.get(folded):
            return name
        near: Iterable[str] = get_close_matches(folded, self.names, n=1)
        known = next(iter(near), "")
        code = "wording-unknown-but-near" if known else "wording-unknown"
        self.fault(code, number, written.strip(), known)
        return None
