"""A text with its fields filled in from what one letter has to tell. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pasokh.casework.correspondence import fields
from pasokh.casework.correspondence.composed import Block, Heading, Paragraph, Points
from pasokh.casework.correspondence.grammar import Line, Node, Put, Said, Slot, Text, When
from pasokh.casework.correspondence.story import Story
from pasokh.casework.correspondence.texts import Say


@dataclass
class Filling:
    """One filling: what it met that had something to say, and what stood there and had nothing.

    `left` is the language in which an empty field stays standing; none where it vanishes.
    """

    story: Story
    say: Say
    said: set[str] = field(default_factory=set)
    empty: list[str] = field(default_factory=list)
    left: str = ""

    def subject(self, text: Text) -> str:
        """The subject, filled in."""
        return self._line(text.subject)

    def blocks(self, text: Text) -> Iterator[Block]:
        """The body, filled in; points that follow each other are one list."""
        points: list[str] = []
        for block in self._nodes(text.body):
            if isinstance(block, str):
                points.append(block)
                continue
            if points:
                yield Points(tuple(points))
                points = []
            yield block
        if points:
            yield Points(tuple(points))

    def words(self, text: Text, *, language: str) -> str:
        """The body as words that a colleague goes on with; an empty field stays standing."""
        self.left = language
        said = []
        for block in self._nodes(text.body):
            if isinstance(block, str):
                said.append(f"- {block}")
            elif isinstance(block, Paragraph | Heading):
                said.append(block.text)
        return "\n\n".join(said)

    def _nodes(self, nodes: Iterable[Node]) -> Iterator[Block | str]:
        for node in nodes:
            if isinstance(node, When):
                if self._holds(node):
                    yield from self._nodes(node.inside)
            elif isinstance(node, Put):
                yield from self._part(node)
            else:
                yield self._said(node)

    def _said(self, node: Said) -> Block | str:
        line = self._line(node.line)
        if node.shape == "point":
            return line
        return Heading(line) if node.shape == "heading" else Paragraph(line)

    def _line(self, line: Line) -> str:
        return "".join(self._word(each) if isinstance(each, Slot) else each for each in line)

    def _word(self, slot: Slot) -> str:
        found = str(self._value(slot.code) or "")
        if not found and slot.code not in self.empty:
            self.empty.append(slot.code)
        return found or (fields.FIELDS[slot.code].written(self.left) if self.left else "")

    def _part(self, node: Put) -> tuple[Block, ...]:
        found = self._value(node.code)
        return found if isinstance(found, tuple) else ()

    def _holds(self, node: When) -> bool:
        return bool(self._value(node.code)) is node.wanted

    def _value(self, code: str) -> str | bool | tuple[Block, ...]:
        found = fields.value(code, self.story, self.say)
        if found or fields.FIELDS[code].quiet:
            self.said.add(code)
        return found
