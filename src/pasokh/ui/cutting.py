"""Cut the face to what the pages need. Slow to import; needed when static files are collected."""

import io
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from pasokh.kernel.text import GONE

REGULAR, STRONG = 400, 700

#: Latin of western and central Europe, the Arabic script's own block, punctuation, and the sign for
#: what cannot be stored. What else people may write is shown in a face of the reader's machine.
_LETTERS = (
    range(0x0020, 0x007F),
    range(0x00A0, 0x0180),
    range(0x0600, 0x0700),
    range(0x2000, 0x203B),
    range(0x2066, 0x206A),
    (0x20AC, 0x2116, 0x2122, 0x2212, 0xFDFC, ord(GONE)),
)


def woff2(source: Path) -> bytes:
    """Return the face for browsers: every weight from regular to strong in one file."""
    with TTFont(source, recalcTimestamp=False) as whole:
        return _saved(
            instancer.instantiateVariableFont(_cut(whole), {"wght": (REGULAR, STRONG)}), "woff2"
        )


def truetype(source: Path, weight: int) -> bytes:
    """Return one weight of the whole face, for programs that read neither woff2 nor weights."""
    with TTFont(source, recalcTimestamp=False) as whole:
        return _saved(
            instancer.instantiateVariableFont(whole, {"wght": weight}, updateFontNames=True), None
        )


def letters(source: Path) -> set[int]:
    """Return the code points that the face can show."""
    with TTFont(source) as whole:
        return set(whole.getBestCmap())


def _cut(font: TTFont) -> TTFont:
    options = subset.Options(name_IDs=["*"], notdef_outline=True, hinting=False)
    options.layout_features = [*options.layout_features, "tnum"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[code for letters in _LETTERS for code in letters])
    cutter.subset(font)
    return font


def _saved(font: TTFont, flavor: str | None) -> bytes:
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
