"""Lines of a flowed text (RFC 3676) joined into paragraphs again. Pure."""

import re

_QUOTED = re.compile(r">+")


def unfolded(text: str, *, joined: bool) -> str:
    """The text with its soft line ends taken out; `joined` says that their blank goes too."""
    out: list[list[str]] = []
    open_depth: int | None = None
    for line in text.split("\n"):
        marks = _QUOTED.match(line)
        depth = marks.end() if marks else 0
        words = line[depth:].removeprefix(" ")
        soft = words.endswith(" ") and words != "-- "
        kept = words[:-1] if soft and joined else words
        if open_depth == depth and words != "-- ":
            out[-1].append(kept)
        else:
            out.append([f"{'>' * depth} " if depth else "", kept])
        open_depth = depth if soft else None
    return "\n".join(map("".join, out))
