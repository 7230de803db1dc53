"""Squares that a telephone reads."""

import re

import pytest
import zxingcpp
from PIL import Image, ImageDraw

from pasokh.kernel import qr

TEXTS = ["https://complaints.example.org/fa/at/abc/", "P-000012-6\n1234-5678", "پاسخ", "x" * 1200]


def drawn(text: str) -> Image.Image:
    """The path of a code as a picture, with the white edge that a page gives it."""
    wide, path = qr.path(text)
    image = Image.new("L", ((wide + 8) * 4, (wide + 8) * 4), 255)
    pen = ImageDraw.Draw(image)
    for x, y, length in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", path):
        left, top = (int(x) + 4) * 4, (int(y) + 4) * 4
        pen.rectangle((left, top, left + int(length) * 4 - 1, top + 3), fill=0)
    return image


@pytest.mark.parametrize("text", TEXTS, ids=["address", "receipt", "persian", "long"])
def test_what_is_drawn_is_read_again(text: str) -> None:
    [read] = zxingcpp.read_barcodes(drawn(text))

    assert read.text == text


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match=r"[Cc]apacity|long|[Dd]ata|fit"):
        qr.squares("x" * 5000)
