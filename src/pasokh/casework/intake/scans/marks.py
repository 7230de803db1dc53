"""What a reference sheet says by its QR code: for what it stands, and that it is ours. Pure."""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pasokh.kernel import codes

#: What a sheet stands for: a complaint by its reference, or a blank one by its number.
CASE, BLANK = "C", "B"
_BYTES = 10
_WRITTEN = re.compile(r"PASOKH:([CB]):([A-Z0-9-]{1,30}):([A-Z2-7]{16})")


@dataclass(frozen=True)
class Mark:
    """What a sheet stands for: its kind, and a reference or a number."""

    kind: str
    value: str


@dataclass(frozen=True)
class Part:
    """Pages of a scan that belong together, from one to another, and the sheet that lay on them."""

    mark: Mark | None
    first: int
    last: int


def written(mark: Mark, key: bytes) -> str:
    """The text of a QR code; the check in it is made with the installation's own key."""
    return f"PASOKH:{mark.kind}:{mark.value}:{_check(mark, key)}"


def read(text: str, key: bytes) -> Mark | None:
    """What a QR code says, if it was made here; anybody else's says nothing."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    mark = Mark(found[1], found[2])
    fits = codes.same(_check(mark, key).encode(), found[3].encode())
    return mark if fits else None


def marked(pages: Mapping[int, Sequence[str]], key: bytes) -> dict[int, Mark]:
    """The sheets among the pages of a scan, by page."""
    found = {
        page: next((mark for text in texts if (mark := read(text, key))), None)
        for page, texts in pages.items()
    }
    return {page: mark for page, mark in sorted(found.items()) if mark}


def parts(pages: int, sheets: Mapping[int, Mark]) -> list[Part]:
    """Part a scan at its reference sheets, each of which lay on top of what belongs to it.

    One letter with or without a sheet stays whole. A sheet with nothing under it is no part.
    """
    starts = sorted(sheets)
    if not starts or starts == [1]:
        return [Part(sheets.get(1) if pages > 1 else None, 1, pages)]
    ends = [*(start - 1 for start in starts[1:]), pages]
    found = [Part(None, 1, starts[0] - 1)] if starts[0] > 1 else []
    found += [
        Part(sheets[start], start + 1, end)
        for start, end in zip(starts, ends, strict=True)
        if end > start
    ]
    return found or [Part(None, 1, pages)]


def _check(mark: Mark, key: bytes) -> str:
    made = codes.keyed_hash("reference-sheet", f"{mark.kind}:{mark.value}", key)
    return base64.b32encode(made[:_BYTES]).decode()
