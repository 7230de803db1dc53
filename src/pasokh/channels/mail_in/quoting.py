"""What a person newly wrote, and what is quotation or foot; nothing is ever deleted. Pure.

Each line is a person's own until there is evidence against it. A quotation marked by `>` ends where
the marks end, so that answers between quoted lines stay; what begins with a line of attribution
that names an address, with Outlook's repeated header or with our own marker goes to the end.
"""

from collections.abc import Iterator

from pasokh.casework.correspondence import marker
from pasokh.channels.mail_in import quoting_words as words

#: Lines that are judged (the rest goes with the last of them), and lines of a foot.
MOST_LINES, LONGEST_FOOT = 5000, 14
#: Lines that end in a colon and are held against what mail programs write.
MOST_COLONS = 300
#: Feet under each other: a name, a telephone's mark, a list's lines.
FEET = 4
#: Lines over which an attribution, or Outlook's header, may be broken.
ATTRIBUTION, HEADER = 4, 12


def parted(text: str, name: str = "") -> tuple[str, str]:
    """The new words and the folded rest; `name` is the sender's, by which a foot is known.

    Together they hold every line of the text. New words are empty when there are none, as in
    a mail that only passes another on.
    """
    own = _Lines(text, name).own()
    lines = text.split("\n")
    new = [line for line, mine in zip(lines, own, strict=True) if mine]
    folded = [line for line, mine in zip(lines, own, strict=True) if not mine]
    return "\n".join(new).strip("\n"), "\n".join(folded).strip("\n")


class _Lines:
    """Judges the lines of one text."""

    def __init__(self, text: str, name: str) -> None:
        self.all = text.split("\n")
        self.seen = [line[: words.LONGEST_LINE] for line in self.all[:MOST_LINES]]
        self.name = " ".join(name.split()).casefold()
        self.mine = [True] * len(self.seen)
        self.colons = 0

    def own(self) -> list[bool]:
        """For each line, whether the person wrote it."""
        self._quoted()
        self._to_the_end()
        for start, end in list(self._stretches()):
            self._foot(start, end)
        self._blanks()
        rest = len(self.all) - len(self.seen)
        return self.mine + [self.mine[-1]] * rest

    def _fold(self, start: int, end: int) -> None:
        self.mine[start:end] = [False] * (end - start)

    def _quoted(self) -> None:
        """Fold lines that begin with `>`, and the attribution above each stretch of them."""
        before = False
        for at, line in enumerate(self.seen):
            marked = line.lstrip(" \u200e\u200f").startswith(">")
            if marked:
                self.mine[at] = False
                if not before:
                    self._attribution_above(at)
            before = marked or (before and not line.strip())

    def _attribution_above(self, at: int) -> None:
        last = at - 1
        while last >= 0 and at - last <= 6 and not self.seen[last].strip():
            last -= 1
        if last < 0 or not self.mine[last]:
            return
        first = self._attribution(last, strong=False)
        if first is not None:
            self._fold(first, at)

    def _attribution(self, last: int, *, strong: bool) -> int | None:
        """Where the attribution that ends in a line begins, or None when it is none.

        A strong one needs no quotation behind it: it begins as they do and names an address.
        """
        if self.seen[last].rstrip("\u200e\u200f\u2069 \xa0")[-1:] not in (":", "\uff1a"):
            return None
        self.colons += 1
        if self.colons > MOST_COLONS:
            return None
        found: int | None = None
        for first in range(last, max(-1, last - ATTRIBUTION), -1):
            if not self.seen[first].strip():
                break
            said = " ".join(line.strip() for line in self.seen[first : last + 1])
            if self._begins(said, strong=strong):
                return first
            if found is None and self._ends(said, one=first == last, strong=strong):
                found = first
        return found

    def _begins(self, said: str, *, strong: bool) -> bool:
        """Whether a line is an attribution from its first word on."""
        match, address = words.ATTRIBUTION.match(said), words.IN_ANGLES.search(said)
        timed = words.CLOCK.search(said) is not None
        if match and match["begins"]:
            return bool(address or not strong or (timed and words.ADDRESS.search(said)))
        told = address or (not strong and words.VERB_INSIDE.match(said))
        return bool(told and timed and words.DATED.match(said))

    def _ends(self, said: str, *, one: bool, strong: bool) -> bool:
        """Whether a line may be the end of an attribution."""
        match = words.ATTRIBUTION.match(said)
        if words.IN_ANGLES.search(said):
            return bool(match or words.VERB_INSIDE.match(said))
        return bool(match and one and not strong and words.CLOCK.search(said))

    def _to_the_end(self) -> None:
        """Fold from the first line on with which everything behind is another's."""
        for at, line in enumerate(self.seen):
            if not self.mine[at] or not line.strip():
                continue
            start = self._begins_another(at, line)
            if start is not None:
                self._fold(self._above_rule(start), len(self.seen))
                return

    def _begins_another(self, at: int, line: str) -> int | None:
        if marker.is_marker(line) or words.SEPARATOR.match(line):
            return at
        label = words.LABEL.match(line)
        if label and self._is_header(at):
            return at
        return self._attribution(at, strong=True)

    def _is_header(self, at: int) -> bool:
        """Whether lines from here repeat a header."""
        kinds: set[str] = set()
        for line in self.seen[at : at + HEADER]:
            if not line.strip() and len(kinds) < 2:
                continue
            if not line.strip():
                break
            if label := words.LABEL.match(line):
                kinds.add(label.lastgroup or "")
        return any(wanted <= kinds for wanted in words.HEADERS)

    def _above_rule(self, at: int) -> int:
        """The place of a drawn line above a line, when nothing stands between them."""
        above = at - 1
        while above >= 0 and at - above <= 4 and not self.seen[above].strip():
            above -= 1
        return above if above >= 0 and words.RULE.match(self.seen[above]) else at

    def _stretches(self) -> Iterator[tuple[int, int]]:
        """The stretches of lines that are still the person's."""
        start = None
        for at, mine in enumerate([*self.mine, False]):
            if mine and start is None:
                start = at
            elif not mine and start is not None:
                yield start, at
                start = None

    def _foot(self, start: int, end: int) -> None:
        """Fold the feet of a stretch: a signature, a telephone's mark, a list's lines."""
        written = [at for at in range(start, end) if self.seen[at].strip()]
        for _ in range(FEET):
            first = self._last_foot(written)
            if first is None:
                return
            self._fold(first, end)
            written = [at for at in written if at < first]

    def _last_foot(self, written: list[int]) -> int | None:
        """Where the foot at the end of the written lines begins; None when there is none."""
        if not written:
            return None
        for first in written[-LONGEST_FOOT - 1 :]:
            if self._begins_foot(first, [at for at in written if at > first]):
                return first
        last = self.seen[written[-1]].strip()
        return written[-1] if words.MOBILE.match(last) or self._is_dashed_name(last) else None

    def _is_dashed_name(self, line: str) -> bool:
        """Whether a line is `-Maryam Karimi`; `-refund` is a wish."""
        if not words.DASHED_NAME.match(line):
            return False
        name = line.strip("-–—~ ")
        return name.casefold() == self.name or all(word[0].isupper() for word in name.split())

    def _begins_foot(self, at: int, behind: list[int]) -> bool:
        line = self.seen[at]
        if words.SIGNATURE.match(line):
            return True
        ruled = words.RULE.match(line) is not None
        if not ruled and not (self.name and " ".join(line.split()).casefold() == self.name):
            return False
        if any(len(self.seen[each]) > 90 for each in behind):
            return False
        reached = any(words.REACHED.search(self.seen[each]) for each in behind)
        return reached or (not behind if ruled else 0 < len(behind) <= 2)

    def _blanks(self) -> None:
        """Let empty lines go with what stands above them."""
        for at in range(1, len(self.seen)):
            if not self.seen[at].strip():
                self.mine[at] = self.mine[at - 1]
