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
import re
import resource
import signal
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from time import process_time
from typing import Any

import pypdfium2
import zxingcpp
from PIL import Image, ImageChops, ImageOps, ImageStat

#: Bytes of a file, of memory; seconds of computing; pixels of one picture, of one side of ours.
LARGEST, MEMORY, SECONDS = 64 << 20, 768 << 20, 40
MOST_PIXELS, CLEAN_SIDE, PAGE_SIDE, SMALL_SIDE = 64_000_000, 6000, 1600, 320
#: Pages and bytes of a document of which a cleaned copy is made; the side of a scanned page in it.
MOST_PAGES, MOST_COPY, COPY_SIDE = 200, 24 << 20, 2400
#: Pages of a cleaned document that are compared; seconds of computing after which none is made.
LOOKED_AT, LONG = 12, 20
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

    def clean(self) -> None:
        """Give a copy that holds the points alone; of several pages a PDF of such."""
        if len(self) == 1:
            give("clean", 0, self.drawn(1, CLEAN_SIDE), "PNG" if self.lossless else "JPEG")
        elif len(self) <= MOST_PAGES:
            copy, made = pypdfium2.PdfDocument.new(), io.BytesIO()
            for number in range(1, len(self) + 1):
                in_time()
                _add_page(copy, self.drawn(number, COPY_SIDE))
            copy.save(made)
            give_copy(made.getvalue())

    def part(self, first: int, last: int) -> bytes:
        drawn = [upon_white(self.drawn(n, CLEAN_SIDE)) for n in range(first, last + 1)]
        made = io.BytesIO()
        drawn[0].save(made, "PDF", save_all=True, append_images=drawn[1:], resolution=200)
        return made.getvalue()


def _add_page(document: Any, picture: Any) -> None:
    """Lay a picture on a page of its own, as large as it is at 200 dots an inch."""
    laid = pypdfium2.PdfImage.new(document)
    laid.load_jpeg(io.BytesIO(saved(upon_white(picture), "JPEG")), inline=True)
    width, height = (side * 72 / 200 for side in picture.size)
    laid.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
    page = document.new_page(width, height)
    page.insert_obj(laid)
    page.gen_content()


class Pages:
    """A PDF."""

    def __init__(self, content: bytes) -> None:
        self.document = pypdfium2.PdfDocument(content)
        self.signed = b"/ByteRange" in content

    def clean(self) -> None:
        """Give the same pages without what was written beside them, if they look the same.

        A signed document is worth nothing without its signature, so no copy of it is made.
        """
        if self.signed or len(self) > MOST_PAGES:
            return
        made = untold(self.part(1, len(self)))
        copy = Pages(made)
        looked_at = range(1, min(len(self), LOOKED_AT) + 1)
        if len(copy) == len(self) and all(alike(self, copy, n) for n in looked_at):
            give_copy(made)

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


def in_time() -> None:
    """Give a copy up that takes so long that the pages already drawn would be lost with it."""
    if process_time() > LONG:
        raise ValueError("too slow")


def alike(one: Any, other: Any, number: int) -> bool:
    """Whether a page of two documents looks the same, as far as a small picture shows."""
    in_time()
    first, second = (
        upon_white(each.drawn(number, SMALL_SIDE)).convert("L") for each in (one, other)
    )
    if first.size != second.size:
        return False
    return float(ImageStat.Stat(ImageChops.difference(first, second)).mean[0]) < 1


_JPEG = re.compile(rb"stream\r?\n(?=\xff\xd8\xff)")
_PACKET = re.compile(rb"<\?xpacket begin.*?<\?xpacket end[^>]*>", re.DOTALL)
#: Markers of a JPEG behind which a camera or a program tells of itself (APP1, APP2, APP13, COM).
_TELLING, _SCAN = frozenset({0xE1, 0xED, 0xFE}), 0xDA


def untold(document: bytes) -> bytes:
    """A document in which the pictures and packets that it carries tell nothing of their making.

    What they said is overwritten in place: no byte changes its position, so nothing else does.
    """
    copy = bytearray(_PACKET.sub(lambda found: b" " * len(found[0]), document))
    for found in _JPEG.finditer(document):
        at = found.end() + 2
        while at + 4 <= len(copy) and copy[at] == 0xFF and copy[at + 1] != _SCAN:
            length = int.from_bytes(copy[at + 2 : at + 4])
            end = at + 2 + length
            if length < 2 or end > len(copy):
                break
            if copy[at + 1] in _TELLING:
                copy[at + 4 : end] = bytes(length - 2)
            at = end
    return bytes(copy)


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
    with suppress(Exception):  # without a copy the file is given as it came
        paper.clean()


def give(what: str, number: int, image: Any, form: str) -> None:
    ours = image if form == "PNG" else upon_white(image)
    width, height = ours.size
    kind = f"image/{form.lower()}"
    told = {"what": what, "number": number, "kind": kind, "width": width, "height": height}
    send(told, saved(ours, form))


def give_copy(content: bytes) -> None:
    """Give a cleaned document; one that is too large is none, and has no size in points."""
    if len(content) <= MOST_COPY:
        told = {"what": "clean", "number": 0, "kind": PDF, "width": 0, "height": 0}
        send(told, content)


def saved(image: Any, form: str) -> bytes:
    made, ours = io.BytesIO(), image if form == "PNG" else upon_white(image)
    ours.save(made, form, **({"quality": 85, "optimize": True} if form == "JPEG" else {}))
    return made.getvalue()


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
