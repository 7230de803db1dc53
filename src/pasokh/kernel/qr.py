"""Codes that a telephone reads, as squares: for paper and for pages."""

from functools import lru_cache
from typing import Any

Squares = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=64)
def squares(text: str) -> Squares:
    """The QR code of a text, row by row, dark squares true, without the white edge around it.

    It is still read when a seventh of it is dirty. ValueError for a text that is too long.
    """
    import zxingcpp  # noqa: PLC0415  slow import

    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    image: Any = zxingcpp.write_barcode_to_image(made, scale=1, add_quiet_zones=False)
    rows: Any = memoryview(image).tolist()
    return tuple(tuple(dot == 0 for dot in row) for row in rows)


def path(text: str) -> tuple[int, str]:
    """The QR code of a text as a drawing: how many squares wide, and the path of an SVG."""
    rows = squares(text)
    runs = (
        f"M{start} {y}h{length}v1h-{length}z"
        for y, row in enumerate(rows)
        for start, length in _runs(row)
    )
    return len(rows), "".join(runs)


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    """Where dark squares stand together, and how many."""
    found: list[tuple[int, int]] = []
    for x, dark in enumerate(row):
        if dark and found and sum(found[-1]) == x:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        elif dark:
            found.append((x, 1))
    return found
