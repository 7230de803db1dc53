"""Letters on paper as a scanner gives them: typed pages, drawn a little askew, in one PDF."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from pasokh.casework.complaints.matter import File
from pasokh.casework.intake.scans.paper import squares
from pasokh.kernel import files

#: A sheet of A4 at 100 dots an inch, its margin, the line's height, and how its signs are set.
_SHEET, _MARGIN, _LINE, _SIGN = (827, 1169), 92, 38, 21
_PAPER, _INK, _SQUARE = 246, 40, 6
_LIMIT = 4 << 20


def letter(name: str, texts: Sequence[str], language: str, *, sheet: str = "") -> File:
    """A scan of letters, a page each; a reference sheet with the code `sheet` lies on top."""
    rng = Random(name)  # noqa: S311  a story, not a secret
    pages = [_coded(sheet)] if sheet else []
    pages += [_typed(text, language) for text in texts]
    drawn = [_askew(page, rng) for page in pages]
    out = BytesIO()
    drawn[0].save(out, "PDF", resolution=100, save_all=True, append_images=drawn[1:])
    stored = files.put([out.getvalue()], _LIMIT)
    return File(stored.digest, name, "application/pdf", stored.size)


def _blank() -> Any:
    from PIL import Image  # noqa: PLC0415  slow import

    return Image.new("L", _SHEET, _PAPER)


def _typed(text: str, language: str) -> Any:
    from PIL import ImageDraw, ImageFont  # noqa: PLC0415  slow import

    page = _blank()
    pen = ImageDraw.Draw(page)
    face: Path = import_string(settings.FACES)()
    font = ImageFont.truetype(face / "400.ttf", _SIGN)
    right = language == "fa"
    way: dict[str, Any] = (
        {"direction": "rtl", "language": "fa", "anchor": "ra"} if right else {"anchor": "la"}
    )
    start = _SHEET[0] - _MARGIN if right else _MARGIN
    top = _MARGIN
    for paragraph in text.split("\n"):
        for line in _broken(paragraph, font, pen):
            pen.text((start, top), line, _INK, font, **way)
            top += _LINE
    return page


def _broken(paragraph: str, font: Any, pen: Any) -> list[str]:
    """A paragraph in lines that the sheet holds."""
    lines, room = [""], _SHEET[0] - 2 * _MARGIN
    for word in paragraph.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if pen.textlength(longer, font) > room:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _coded(sheet: str) -> Any:
    from PIL import ImageDraw  # noqa: PLC0415  slow import

    page = _blank()
    pen = ImageDraw.Draw(page)
    rows = squares(sheet)
    left, top = (_SHEET[0] - len(rows) * _SQUARE) // 2, _SHEET[1] // 4
    for down, row in enumerate(rows):
        for along, dark in enumerate(row):
            if dark:
                x, y = left + along * _SQUARE, top + down * _SQUARE
                pen.rectangle((x, y, x + _SQUARE - 1, y + _SQUARE - 1), _INK)
    return page


def _askew(page: Any, rng: Random) -> Any:
    from PIL import Image  # noqa: PLC0415  slow import

    angle = rng.uniform(-0.7, 0.7)
    return page.rotate(angle, Image.Resampling.BILINEAR, fillcolor=_PAPER - 14)
