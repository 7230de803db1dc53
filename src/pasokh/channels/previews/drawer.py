"""Draws what strangers sent: a program of its own, in a process that can do nothing else.

It is started for one file and one task, with the file as its standard input, and knows nothing of
Pasokh. Before the first byte of the file is read it gives up what it will not need: the network,
other rights, files, child processes, time and memory without end. What it drew leaves by standard
output, each piece behind a header of JSON and the lengths of both; only the last says `end`.
"""

import ctypes
import io
import json
import os
import resource
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageOps

#: Bytes of a file, of memory; seconds of computing; pixels of one picture, of one side of ours.
LARGEST, MEMORY, SECONDS = 64 << 20, 768 << 20, 40
MOST_PIXELS, CLEAN_SIDE, PAGE_SIDE, SMALL_SIDE = 64_000_000, 6000, 1600, 320
NOBODY = 65534

#: The decoder that may look at a file, by its kind.
DECODERS = {
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/gif": "GIF",
    "image/webp": "WEBP",
    "image/tiff": "TIFF",
    "image/bmp": "BMP",
    "image/x-ms-bmp": "BMP",
}
PDF = "application/pdf"


def main() -> None:
    """Do one task, `[task, kind, numbers…]`, and say how it ended."""
    task, kind, *numbers = json.loads(sys.argv[1])
    warm()
    alone = shut_in()
    content = sys.stdin.buffer.read(LARGEST + 1)
    try:
        if len(content) > LARGEST:
            raise ValueError("too large")
        paper: Any = Pages(content) if kind == PDF else Frames(content, DECODERS[kind])
        TASKS[task](paper, *numbers)
        send({"end": True, "alone": alone, "pages": len(paper)})
    except Exception as error:  # noqa: BLE001  whatever a hostile file brings about
        why = f"{type(error).__name__}: {error}"[:200]
        send({"end": True, "alone": alone, "failed": why})


def warm() -> None:
    """Load all that drawing will need, by doing it once: afterwards no file can be opened."""
    Image.init()
    for decoder in sorted(set(DECODERS.values())):
        for mode in ("P", "RGB"):
            made, image = io.BytesIO(), Image.new(mode, (2, 2))
            (image.convert("RGB") if decoder == "JPEG" else image).save(made, decoder)
            paper = Frames(made.getvalue(), decoder)
            paper.drawn(1, SMALL_SIDE)
            paper.part(1, 1)
    list(_read(Image.new("L", (8, 8))))


def send(header: dict[str, Any], content: bytes = b"") -> None:
    told = json.dumps(header).encode()
    sys.stdout.buffer.write(struct.pack("!LL", len(told), len(content)) + told + content)
    sys.stdout.buffer.flush()


def shut_in() -> bool:
    """Give up whatever drawing does not need; whether the network is among it for certain."""
    alone = _leave_the_network()
    if os.geteuid() == 0:
        with suppress(PermissionError):  # root in a container may not be allowed to be another
            os.setgroups([])
            os.setresgid(NOBODY, NOBODY, NOBODY)
            os.setresuid(NOBODY, NOBODY, NOBODY)
    if sys.platform == "linux":
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)
        libc.prctl(_DUMPABLE, 0, 0, 0, 0)
    limits = {
        "RLIMIT_CPU": SECONDS,
        "RLIMIT_AS": MEMORY,
        "RLIMIT_FSIZE": 0,
        "RLIMIT_CORE": 0,
        "RLIMIT_NPROC": 0,
        "RLIMIT_NOFILE": 3,  # in, out, errors: neither a file nor a socket can be opened
    }
    for name, most in limits.items():
        which = getattr(resource, name)
        hardest = resource.getrlimit(which)[1]
        given = most if hardest == resource.RLIM_INFINITY else min(most, hardest)
        if name != "RLIMIT_AS" or sys.platform == "linux":  # elsewhere it cannot be set
            resource.setrlimit(which, (given, given))
    return alone


_PDEATHSIG, _DUMPABLE, _NO_NEW_PRIVS = 1, 4, 38
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000


def _leave_the_network() -> bool:
    """Move to a network of our own with nothing in it; some machines do not let us."""
    if sys.platform != "linux":
        return False
    wanted = _NEW_NET if os.geteuid() == 0 else _NEW_USER | _NEW_NET
    return int(ctypes.CDLL(None, use_errno=True).unshare(wanted)) == 0


class Frames:
    """A picture, or several in one file."""

    def __init__(self, content: bytes, decoder: str) -> None:
        Image.MAX_IMAGE_PIXELS = MOST_PIXELS
        self.image: Any = Image.open(io.BytesIO(content), formats=[decoder])
        self.lossless = decoder in ("PNG", "GIF", "BMP")
        self.many = decoder == "TIFF"

    def __len__(self) -> int:
        return int(getattr(self.image, "n_frames", 1)) if self.many else 1

    def drawn(self, number: int, side: int) -> Any:
        if self.many:
            self.image.seek(number - 1)
        width, height = self.image.size
        if width * height > MOST_PIXELS:
            raise ValueError("too many pixels")
        if side < CLEAN_SIDE:
            self.image.draft(None, (side, side))  # a JPEG is decoded no larger than it is needed
        return within(bare(ImageOps.exif_transpose(self.image)), side)

    def part(self, first: int, last: int) -> bytes:
        drawn = [upon_white(self.drawn(n, CLEAN_SIDE)) for n in range(first, last + 1)]
        made = io.BytesIO()
        drawn[0].save(made, "PDF", save_all=True, append_images=drawn[1:], resolution=200)
        return made.getvalue()


class Pages:
    """A PDF."""

    def __init__(self, content: bytes) -> None:
        self.document = pypdfium2.PdfDocument(content)

    def __len__(self) -> int:
        return len(self.document)

    def drawn(self, number: int, side: int) -> Any:
        page = self.document[number - 1]
        longest = max(*page.get_size(), 1.0)
        shown = page.render(scale=side / longest, may_draw_forms=False).to_pil()
        page.close()
        return bare(shown)

    def part(self, first: int, last: int) -> bytes:
        part, made = pypdfium2.PdfDocument.new(), io.BytesIO()
        part.import_pages(self.document, list(range(first - 1, last)))
        part.save(made)
        return made.getvalue()


def bare(image: Any) -> Any:
    """The picture's points alone: no position, no camera, no comment, no profile."""
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    kept = image.convert("L" if image.mode in ("1", "L") else mode)
    clean = Image.new(kept.mode, kept.size)
    clean.paste(kept)
    return clean


def within(image: Any, side: int) -> Any:
    image.thumbnail((side, side))
    return image


def upon_white(image: Any) -> Any:
    if image.mode != "RGBA":
        return image
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A"))
    return paper


def draw(paper: Any, most: int) -> None:
    """Draw the first pages, a small picture of the first, and a picture's cleaned copy."""
    for number in range(1, min(len(paper), most) + 1):
        page = upon_white(paper.drawn(number, PAGE_SIDE))
        give("page", number, page, "JPEG")
        if number == 1:
            give("small", 0, within(page, SMALL_SIDE), "JPEG")
    if isinstance(paper, Frames) and len(paper) == 1:
        clean = paper.drawn(1, CLEAN_SIDE)
        give("clean", 0, clean, "PNG" if paper.lossless else "JPEG")


def give(what: str, number: int, image: Any, form: str) -> None:
    made, ours = io.BytesIO(), image if form == "PNG" else upon_white(image)
    ours.save(made, form, **({"quality": 85, "optimize": True} if form == "JPEG" else {}))
    width, height = ours.size
    kind = f"image/{form.lower()}"
    told = {"what": what, "number": number, "kind": kind, "width": width, "height": height}
    send(told, made.getvalue())


def read(paper: Any, most: int) -> None:
    """Read the QR codes of the first pages: at most four of each, and not at any length."""
    for number in range(1, min(len(paper), most) + 1):
        if texts := list(_read(upon_white(paper.drawn(number, PAGE_SIDE)).convert("L"))):
            send({"what": "marks", "number": number, "texts": texts})


def _read(image: Any) -> Iterator[str]:
    formats: Any = zxingcpp.BarcodeFormat.QRCode
    yield from (one.text[:200] for one in zxingcpp.read_barcodes(image, formats=formats)[:4])


def part(paper: Any, first: int, last: int) -> None:
    """Give the pages from one to another as a PDF of their own."""
    send({"what": "part"}, paper.part(first, last))


TASKS: Mapping[str, Callable[..., None]] = {"draw": draw, "read": read, "part": part}

if __name__ == "__main__":
    main()
