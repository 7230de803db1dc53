"""Drawing in a process apart: what comes out, what is left out, and what hostile files achieve."""

import io
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import zxingcpp
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from pasokh.channels.previews import cell, drawer
from pasokh.channels.previews.cell import Outcome


def draw(content: bytes, kind: str, tmp_path: Path, most: int = 12) -> Outcome:
    return asked("draw", content, kind, tmp_path, most=most)


def asked(task: str, content: bytes, kind: str, tmp_path: Path, **wanted: int) -> Outcome:
    place = tmp_path / "content"
    place.write_bytes(content)
    with place.open("rb") as file:
        outcome: Outcome = getattr(cell, task)(file, kind, **wanted)
    return outcome


def photograph(width: int = 600, height: int = 400) -> bytes:
    """A picture as a telephone takes it, lying on its side, with traces."""
    traces, made = Image.Exif(), io.BytesIO()
    traces[0x0110], traces[0x0112] = "A telephone", 6
    traces.get_ifd(0x8825)[1] = "N"
    picture = Image.new("RGB", (width, height), "red")
    picture.save(made, "JPEG", exif=traces, comment=b"taken at home")
    return made.getvalue()


def sheet(text: str = "") -> Any:
    """A page of paper, with a QR code on it if it says something."""
    page = Image.new("L", (1240, 1754), "white")
    if text:
        code: Any = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode)
        points = memoryview(zxingcpp.write_barcode_to_image(code, scale=8))
        page.paste(Image.frombytes("L", points.shape[::-1], points.tobytes()), (200, 200))
    return page


def bundle(form: str, *pages: Any) -> bytes:
    made = io.BytesIO()
    pages[0].save(made, form, save_all=True, append_images=list(pages[1:]))
    return made.getvalue()


def sizes(outcome: Outcome) -> list[tuple[str, int, int, int]]:
    told = [piece.header for piece in outcome.pieces]
    return [(one["what"], one["number"], one["width"], one["height"]) for one in told]


def test_a_picture_is_drawn_upright_and_without_traces(tmp_path: Path) -> None:
    outcome = draw(photograph(), "image/jpeg", tmp_path)

    assert sizes(outcome) == [
        ("page", 1, 400, 600),
        ("small", 0, 213, 320),
        ("clean", 0, 400, 600),
    ]
    for piece in outcome.pieces:
        drawn = Image.open(io.BytesIO(piece.content))
        assert (dict(drawn.getexif()), drawn.info.get("comment")) == ({}, None)
        assert b"telephone" not in piece.content


def test_a_drawing_keeps_what_is_transparent_and_loses_its_texts(tmp_path: Path) -> None:
    made, told = io.BytesIO(), PngInfo()
    told.add_text("Author", "somebody")
    Image.new("RGBA", (40, 30), (0, 0, 255, 0)).save(made, "PNG", pnginfo=told)

    outcome = draw(made.getvalue(), "image/png", tmp_path)

    clean = outcome.pieces[-1]
    assert (clean.header["what"], clean.header["kind"]) == ("clean", "image/png")
    assert Image.open(io.BytesIO(clean.content)).getpixel((1, 1)) == (0, 0, 255, 0)
    assert b"somebody" not in clean.content


@pytest.mark.parametrize(
    ("form", "mode", "kind"),
    [
        ("GIF", "P", "image/gif"),
        ("PNG", "P", "image/png"),
        ("PNG", "I;16", "image/png"),
        ("WEBP", "RGBA", "image/webp"),
        ("BMP", "RGB", "image/x-ms-bmp"),
        ("JPEG", "CMYK", "image/jpeg"),
        ("TIFF", "1", "image/tiff"),
    ],
)
def test_every_kind_of_picture_is_drawn(form: str, mode: str, kind: str, tmp_path: Path) -> None:
    made = io.BytesIO()
    Image.new(mode, (50, 40)).save(made, form)

    outcome = draw(made.getvalue(), kind, tmp_path)

    assert (outcome.failed, [one[0] for one in sizes(outcome)]) == ("", ["page", "small", "clean"])


@pytest.mark.parametrize(("form", "kind"), [("PDF", "application/pdf"), ("TIFF", "image/tiff")])
def test_the_first_pages_of_several_are_drawn(form: str, kind: str, tmp_path: Path) -> None:
    outcome = draw(bundle(form, *(sheet() for _ in range(4))), kind, tmp_path, most=2)

    assert outcome.pages == 4
    drawn = [("page", 1), ("small", 0), ("page", 2), ("clean", 0)]
    assert [one[:2] for one in sizes(outcome)] == drawn
    copy = outcome.pieces[-1]
    assert (copy.header["kind"], len(pypdfium2.PdfDocument(copy.content))) == ("application/pdf", 4)
    assert sizes(outcome)[0][2:] == (1131 if form == "TIFF" else 1132, 1600)


@pytest.mark.parametrize(("form", "kind"), [("PDF", "application/pdf"), ("TIFF", "image/tiff")])
def test_codes_are_read_page_by_page_and_pages_taken_out(
    form: str, kind: str, tmp_path: Path
) -> None:
    scan = bundle(form, sheet("ONE"), sheet(), sheet("TWO").rotate(90, expand=True), sheet())

    read = asked("read", scan, kind, tmp_path, most=10)
    part = asked("part", scan, kind, tmp_path, first=3, last=4)

    assert (read.pages, read.marks) == (4, {1: ["ONE"], 3: ["TWO"]})
    assert len(pypdfium2.PdfDocument(part.pieces[0].content)) == 2
    again = asked("read", part.pieces[0].content, "application/pdf", tmp_path, most=10)
    assert again.marks == {1: ["TWO"]}


def _bomb() -> bytes:
    """A small file that says that it is a picture of ten thousand million points."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        told = kind + content
        return struct.pack("!L", len(content)) + told + struct.pack("!L", zlib.crc32(told))

    head = chunk(b"IHDR", struct.pack("!LLBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(10_000_000)))


def _locked() -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R/Encrypt 9 0 R>>\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (_bomb(), "image/png"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/png"),
        (b"<html><script>alert(1)</script>", "image/jpeg"),
        (_locked(), "application/pdf"),
        (b"%PDF-1.7\n" + b"\xff" * 1000, "application/pdf"),
        (photograph()[:500], "image/jpeg"),
        (b"", "image/gif"),
        (photograph(), "text/html"),
        (bytes(drawer.LARGEST + 1), "image/bmp"),
    ],
    ids=["bomb", "svg", "html", "locked", "torn", "cut off", "empty", "no picture", "too large"],
)
def test_what_cannot_be_drawn_fails_by_itself(content: bytes, kind: str, tmp_path: Path) -> None:
    outcome = draw(content, kind, tmp_path)

    assert outcome.failed
    assert outcome.pieces == ()


def test_a_process_that_never_ends_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    endless = tmp_path / "endless.py"
    endless.write_text("import time\nwhile True: time.sleep(1)\n")
    monkeypatch.setattr(cell, "_PROGRAM", str(endless))
    monkeypatch.setattr(cell, "PATIENCE", 0.5)

    assert draw(b"", "image/png", tmp_path) == Outcome(failed="the process was ended")


@pytest.mark.parametrize(
    "said", ["b'x' * 9", "b'\\xff' * 9", "b'\\0\\0\\0\\2\\0\\0\\0\\0{}'", "bytes(1 << 22)"]
)
def test_a_process_that_babbles_has_drawn_nothing(
    said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    babbling = tmp_path / "babbling.py"
    babbling.write_text(f"import sys\nsys.stdout.buffer.write({said})\n")
    monkeypatch.setattr(cell, "_PROGRAM", str(babbling))
    monkeypatch.setattr(cell, "MOST", 1 << 20)

    assert draw(b"", "image/png", tmp_path).failed == "the process was ended"


_PROBE = """
import importlib.util, json, os, socket, sys
spec = importlib.util.spec_from_file_location("drawer", {drawer!r})
drawer = importlib.util.module_from_spec(spec)
spec.loader.exec_module(drawer)
alone, tried = drawer.shut_in(), {{}}
def attempt(name, act):
    try:
        act()
        tried[name] = "done"
    except BaseException as error:
        tried[name] = type(error).__name__
attempt("socket", lambda: socket.socket())
attempt("file", lambda: open("/etc/hostname"))
attempt("process", os.fork)
attempt("memory", lambda: bytearray(2 << 30))
tried["root"] = os.getuid() == 0
drawer.send({{"end": True, "alone": alone, "failed": json.dumps(tried)}})
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems limit less")
def test_the_process_can_reach_nothing_and_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe = tmp_path / "probe.py"
    probe.write_text(_PROBE.format(drawer=drawer.__file__))
    tmp_path.chmod(0o755)
    monkeypatch.setattr(cell, "_PROGRAM", str(probe))

    outcome = draw(b"", "image/png", tmp_path)

    assert outcome.failed == (
        '{"socket": "OSError", "file": "OSError", "process": "BlockingIOError", '
        '"memory": "MemoryError", "root": false}'
    )
    assert outcome.alone == _may_leave_the_network()


def _may_leave_the_network() -> bool:
    """Whether this machine lets a process move to a network of its own, tried in another one."""
    wanted = drawer._NEW_NET | (0 if os.geteuid() == 0 else drawer._NEW_USER)
    code = f"import ctypes; raise SystemExit(ctypes.CDLL(None).unshare({wanted}) != 0)"
    return subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def document(photo: bytes, more: bytes = b"") -> bytes:
    """A document with an author, a packet of XMP, a script, and a photograph with its traces."""
    packet = b'<?xpacket begin="" id="W5M0"?><dc:creator>SECRET</dc:creator><?xpacket end="w"?>'
    shown = b"q 300 0 0 200 50 500 cm /I Do Q"
    picture = b"/Type/XObject/Subtype/Image/Width 600/Height 400/ColorSpace/DeviceRGB"
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R/OpenAction<</S/JavaScript/JS(SECRET)>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>>>>>",
        stream(b"", shown),
        stream(picture + b"/BitsPerComponent 8/Filter/DCTDecode", photo),
        stream(b"/Type/Metadata/Subtype/XML", packet),
        b"<</Author(SECRET)/Title(SECRET)" + more + b">>",
    ]
    out, places = b"%PDF-1.5\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer\n<</Size 8/Root 1 0 R/Info 7 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)
    return out + b"xref\n0 8\n0000000000 65535 f \n" + table + tail


def stream(told: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (told, len(content), content)


def test_a_document_is_copied_without_author_packets_scripts_and_what_its_pictures_tell(
    tmp_path: Path,
) -> None:
    content = document(photograph())
    assert content.count(b"SECRET") == 4
    assert b"A telephone" in content

    outcome = draw(content, "application/pdf", tmp_path)
    copy = outcome.pieces[-1]
    assert (copy.header["what"], copy.header["kind"]) == ("clean", "application/pdf")
    for told in (b"SECRET", b"A telephone", b"taken at home", b"JavaScript"):
        assert told not in copy.content
    again = draw(copy.content, "application/pdf", tmp_path)
    assert [one.content for one in again.pieces[:2]] == [one.content for one in outcome.pieces[:2]]


def test_a_signed_document_is_given_as_it_came(tmp_path: Path) -> None:
    signed = document(photograph(), more=b"/ByteRange[0 1 2 3]")
    outcome = draw(signed, "application/pdf", tmp_path)
    assert [one[0] for one in sizes(outcome)] == ["page", "small"]


def test_a_copy_that_takes_too_long_costs_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawer, "LONG", 0)
    with pytest.raises(ValueError, match="too slow"):
        drawer.in_time()
