"""The parts of a message and where they stand in its bytes, whatever state those are in. Pure.

Nothing is copied or decoded here: a part knows its header fields and the two ends of its body.
Each search goes once over the bytes at each depth, so time grows with size times depth. What stands
behind the last part that `Limits` allow is left unread; a multipart too deep is a file, unopened.
"""

import re
from dataclasses import dataclass, field

from pasokh.channels.mail_in import fields
from pasokh.channels.mail_in.fields import Fields
from pasokh.channels.mail_in.limits import Limits

#: Bytes in which a boundary is looked for that no header names.
GUESSED_WITHIN = 20_000

_GUESS = re.compile(rb"^--([^\r\n]{1,200}?)[ \t]*\r?\nContent-", re.M | re.I)


@dataclass
class Part:
    """One part: its fields, its kind (`text/plain`), and its body from `start` to `end`.

    `begins` is where its fields do: what is signed of a part is signed with them.
    """

    fields: Fields
    kind: str
    begins: int
    start: int
    end: int
    within: str = ""  # the kind of the multipart that it stands in
    parts: list["Part"] = field(default_factory=list)


class Structure:
    """Takes one message apart. `faults` are what was beyond a limit or broken."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self.content, self.limits = content, limits
        self.count = 0
        self.faults: dict[str, None] = {}
        self.root = self._part(0, len(content), within="", depth=0)

    def _part(self, start: int, end: int, *, within: str, depth: int) -> Part:
        self.count += 1
        found, body, faults = fields.read(self.content, start, end)
        self.faults.update(faults)
        default = "message/rfc822" if within == "multipart/digest" else "text/plain"
        kind = fields.kind(found.raw("content-type"), default)
        part = Part(found, kind, start, body, end, within)
        if kind.startswith("multipart/"):
            self._open(part, depth)
        return part

    def _open(self, part: Part, depth: int) -> None:
        """Part a multipart; one that cannot be parted is a text, or a file when too deep."""
        if depth >= self.limits.depth:
            self.faults["too-deep"] = None
            part.kind = "application/octet-stream"
            return
        boundary = fields.params(part.fields.raw("content-type")).get("boundary", "").encode()
        pieces = self._pieces(part, boundary) if boundary else []
        if not pieces:
            self.faults["no-boundary"] = None
            guess = _GUESS.search(
                self.content, part.start, min(part.end, part.start + GUESSED_WITHIN)
            )
            pieces = self._pieces(part, guess[1]) if guess else []
        if not pieces:
            part.kind = "text/plain"
        for start, end in pieces:
            if self.count >= self.limits.parts:
                self.faults["too-many-parts"] = None
                return
            part.parts.append(self._part(start, end, within=part.kind, depth=depth + 1))

    def _pieces(self, part: Part, boundary: bytes) -> list[tuple[int, int]]:
        """Where the parts between the lines of a boundary begin and end."""
        content, mark = self.content, b"--" + boundary
        pieces: list[tuple[int, int]] = []
        begun, at = -1, part.start
        while (at := content.find(mark, at, part.end)) >= 0:
            tail = content[at + len(mark) : min(at + len(mark) + 80, part.end)].split(b"\n", 1)[0]
            if not self._is_line(part, at, tail):
                at += len(mark)
                continue
            line_end = content.find(b"\n", at + len(mark), part.end)
            if begun >= 0:
                pieces.append((begun, max(begun, _before_line_end(content, at))))
            begun = at = line_end + 1 if line_end >= 0 else part.end
            if tail.startswith(b"--") or len(pieces) >= self.limits.parts:
                return pieces
        if begun >= 0:
            self.faults["no-last-boundary"] = None
            pieces.append((begun, part.end))
        return pieces

    def _is_line(self, part: Part, at: int, tail: bytes) -> bool:
        """Whether a boundary found stands alone on its line."""
        begins = at == part.start or self.content[at - 1 : at] == b"\n"
        return begins and tail.strip() in (b"", b"--")


def _before_line_end(content: bytes, at: int) -> int:
    """The place before the line end that belongs to the boundary behind it."""
    if content[at - 2 : at] == b"\r\n":
        return at - 2
    return at - 1
