"""Kinds of letters by their codes: the product's, and those that an organisation adds. Pure.

An added kind is a message under another name and in another text: it is written by hand, stops no
clock, and never stands for a letter by which something is acknowledged, decided or closed.
"""

from pasokh.casework.correspondence.delivery import LetterKind

_ADDED = "own-"


def code(number: int) -> str:
    """The code of an added kind by its number."""
    return f"{_ADDED}{number}"


def is_added(kind: str) -> bool:
    """Whether a kind is one that the organisation added."""
    return kind.startswith(_ADDED)


def root(kind: str) -> LetterKind:
    """The product's kind by whose rules letters of a kind go."""
    return LetterKind.MESSAGE if is_added(kind) else LetterKind(kind)
