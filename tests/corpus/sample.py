"""Sixty of the texts, always the same: the longest, the nastiest, and plain ones."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

SIZE = 60


def _has(*categories: str) -> Callable[[str], bool]:
    return lambda text: any(unicodedata.category(char) in categories for char in text)


def _right_to_left(text: str) -> bool:
    turns = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRO", "LRI"}
    return any(unicodedata.bidirectional(char) in turns for char in text)


def _piled_up(text: str) -> bool:
    return sum(unicodedata.combining(char) > 0 for char in text) > 20


def _emoji(text: str) -> bool:
    return any(ord(char) > 0x1F000 for char in text)


def _code(text: str) -> bool:
    return re.search(r"<\w+|%s|\{\{|\$\(|;--|\\x", text) is not None


#: How many of each kind; a text counts for the first kind that it is of.
KINDS: Mapping[str, tuple[int, Callable[[str], bool]]] = {
    "right to left": (8, _right_to_left),
    "piled up": (3, _piled_up),
    "emoji": (6, _emoji),
    "odd spaces": (2, lambda text: text != text.strip() or _has("Zs")(text.replace(" ", ""))),
    "control signs": (3, lambda text: _has("Cc")(text.replace("\n", ""))),
    "invisible": (6, _has("Cf", "Zl", "Zp", "Co", "Cn")),
    "code": (10, _code),
    "signs alone": (4, lambda text: not any(map(str.isalnum, text))),
    "long": (8, lambda text: len(text) > 3000),
    "short": (3, lambda text: len(text) <= 3),
    "plain": (SIZE, lambda text: True),
}


def sample(texts: Sequence[str]) -> list[str]:
    """Return the sample: of each kind the longest, and others as far apart as can be."""
    left = sorted((text for text in texts if text.strip()), key=lambda text: (-len(text), text))
    chosen: list[str] = []
    for most, of_this_kind in KINDS.values():
        found = [text for text in left if of_this_kind(text)]
        wanted = min(most, SIZE - len(chosen), len(found))
        chosen += [found[place * len(found) // wanted] for place in range(wanted)]
        left = [text for text in left if text not in set(found)]
    return chosen
