"""Small files that people attach: a photograph as PNG, an invoice as PDF, made on the spot."""

import struct
import zlib
from functools import cache
from random import Random

from pasokh.casework.complaints.matter import File
from pasokh.demo.story import Story
from pasokh.kernel import files

_LIMIT = 1 << 20
#: Different pictures in all: each is looked at once, and that takes its time.
_SHOTS = 12


def of(story: Story) -> tuple[File, ...]:
    """The files of a story: a picture, an invoice, or both."""
    found = []
    if story.rng.random() < 0.7:
        name = {"fa": "عکس دستگاه.png", "en": "photo.png"}[story.language]
        found.append(_kept(name, "image/png", _picture(story.rng.randrange(_SHOTS))))
    if not found or story.rng.random() < 0.35:
        name = {"fa": "فاکتور.pdf", "en": "invoice.pdf"}[story.language]
        found.append(_kept(name, "application/pdf", _invoice(story)))
    return tuple(found)


def _kept(name: str, kind: str, content: bytes) -> File:
    stored = files.put([content], _LIMIT)
    return File(stored.digest, name, kind, stored.size)


@cache
def _picture(shot: int, side: int = 96) -> bytes:
    """A blurred thing on a floor: a light box with a shadow, in colours of its own."""
    rng = Random(shot)  # noqa: S311  a story, not a secret
    wall, thing = ([rng.randrange(120, 230) for _ in range(3)] for _ in range(2))
    left, top = rng.randrange(14, 30), rng.randrange(10, 26)

    @cache
    def row(on_thing: bool, low: bool) -> bytes:
        line = bytearray(1)
        for x in range(side):
            inside = on_thing and left < x < side - left
            shade = 0.55 if low and not inside else 1 - abs(x - side / 2) / (side * 2)
            line += bytes(min(255, int(part * shade)) for part in (thing if inside else wall))
        return bytes(line)

    rows = b"".join(row(top < y < side - 12, y > side - 20) for y in range(side))
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _invoice(story: Story) -> bytes:
    """An invoice of one page, in Latin letters, as old tills print it."""
    bought = story.bought
    lines = [
        "HIRMAND HOME APPLIANCES",
        f"Invoice {bought.order}",
        f"{bought.on.isoformat()}   {bought.shop['name']['en']}",
        f"1 x {bought.model['en']}",
        f"Model {bought.model['model']}   Serial {bought.serial}",
        f"Total {bought.model['price']:,} toman",
    ]
    text = "BT /F1 13 Tf 50 370 Td 24 TL " + " ".join(f"({_escaped(line)}) '" for line in lines)
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 420] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(text) + 3} >>\nstream\n{text} ET\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>",
    ]
    return _document(objects)


def _document(objects: list[str]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    tail = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R >>\n"
    return body + f"{tail}startxref\n{len(body)}\n%%EOF\n".encode("latin-1")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
