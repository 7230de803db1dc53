"""Texts on paper: plain data in, the bytes of a PDF out. Nothing is fetched, no system font used.

The templates of `typeset/` read the data alone, so nothing that somebody wrote can become
typesetting. The PDF is made for archives and for screen readers (PDF/A-3a and PDF/UA-1).
"""

import io
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

#: Stands for a character that the faces lack.
MARK = "\ufffd"
#: Characters of one text, and of all texts together: what is over is cut, visibly.
LONGEST, MOST = 40_000, 300_000
CUT = " […]"

#: Scripts that the typesetter's own serif has: letters of Greek and Cyrillic.
_BESIDES = frozenset(
    code
    for code in (*range(0x0386, 0x03CF), *range(0x0400, 0x0460))
    if unicodedata.category(chr(code)) in ("Lu", "Ll")
)
_ISOLATES = frozenset("\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069")
_RUN, _HERE = re.compile(r"[^\s\u200b]{60}(?=[^\s\u200b])"), "\u200b"
#: Numbers joined by hyphens. After Persian words each would stand for itself, the last one first.
_JOINED = re.compile(
    r"(?<![A-Za-z\d/.+-])\+?\d[\d/.]*(?:[-\u2010\u2011][\d/.]*\d)+(?!\d|-?[A-Za-z])"
)
#: A hyphen between Arabic digits, as they were written before Persian had its own: even within
#: numbers that are kept together it would turn them round.
_HYPHEN = re.compile("(?<=[\u0660-\u0669])[-\u2010\u2011]|[-\u2010\u2011](?=[\u0660-\u0669])")
_FACES = ("Vazirmatn", "Libertinus Serif")


@dataclass(frozen=True)
class Attached:
    """A file inside the PDF, as text; `description` says what it is, for screen readers too."""

    name: str
    text: str
    mime: str
    description: str


def typeset(template: str, data: Mapping[str, Any], *, attached: Sequence[Attached] = ()) -> bytes:
    """Set a template of `typeset/` with its data and return the PDF.

    What the faces lack is marked by U+FFFD, and `marked` is then true in the data; a text that
    is too long for paper is cut at `LONGEST`. Attached files are never touched.
    """
    import typst  # noqa: PLC0415  slow import

    files = [vars(file) for file in attached]
    try:
        return _compiled(template, data, files, _shown() | _BESIDES)
    except typst.TypstError:  # the serif lacked something after all
        return _compiled(template, data, files, _shown())


def bound(papers: Sequence[bytes]) -> bytes:
    """Return several PDFs of ours as one, to be printed at one go.

    It is for the printer: what makes each of them fit for archives is not carried over.
    """
    import pypdfium2  # noqa: PLC0415  slow import

    whole = pypdfium2.PdfDocument.new()
    for one in papers:
        part = pypdfium2.PdfDocument(one)
        whole.import_pages(part)
        part.close()
    out = io.BytesIO()
    whole.save(out)
    whole.close()
    return out.getvalue()


def printable(text: str, shown: frozenset[int] | None = None) -> str:
    """Return a text as it can be printed, each character that cannot marked."""
    letters = _shown() | _BESIDES if shown is None else shown
    said = "".join(_printed(char, letters) for char in text.replace("\r\n", "\n"))
    return _breakable(kept_in_order(said))


def kept_in_order(text: str) -> str:
    """Fence numbers joined by hyphens off, of a letter or a telephone, so that none turns round."""
    return _JOINED.sub(_fenced, text)


def _fenced(number: re.Match[str]) -> str:
    kept = _HYPHEN.sub("\u200e\\g<0>\u200e", number[0])
    return f"\u2066{kept}\u2069"


def _compiled(
    template: str,
    data: Mapping[str, Any],
    files: Sequence[Mapping[str, str]],
    shown: frozenset[int],
) -> bytes:
    import typst  # noqa: PLC0415  slow import

    ink = _Ink(shown)
    fit = ink.fitted(data)
    inputs = {
        "data": json.dumps({**fit, "marked": ink.marked, "faces": _FACES}),
        "files": json.dumps(files),
    }
    compiler = typst.Compiler(
        root=str(_templates()),
        font_paths=[str(_faces())],
        ignore_system_fonts=True,
        package_path=str(_templates()),
        package_cache_path=str(_templates()),
        sys_inputs=inputs,
    )
    made = compiler.compile(
        str(_templates() / f"{template}.typ"), format="pdf", pdf_standards=["a-3a", "ua-1"]
    )
    if not isinstance(made, bytes):
        raise TypeError("a PDF is one piece")
    return made


class _Ink:
    """Goes through data and makes every text in it fit for paper."""

    def __init__(self, shown: frozenset[int]) -> None:
        self.shown, self.left, self.marked = shown, MOST, False

    def fitted(self, data: Any) -> Any:
        if isinstance(data, str):
            return self._text(data)
        if isinstance(data, Mapping):
            return {name: self.fitted(value) for name, value in data.items()}
        if isinstance(data, list | tuple):
            return [self.fitted(each) for each in data]
        return data

    def _text(self, text: str) -> str:
        room = max(min(LONGEST, self.left), 0)
        said = printable(text[:room], self.shown)
        self.left -= len(said)
        self.marked = self.marked or said.count(MARK) > text.count(MARK)
        return said + CUT if len(text) > room else said


def _printed(char: str, shown: frozenset[int]) -> str:
    category = unicodedata.category(char)
    if char in "\t\v\f\r\x85" or category in ("Zl", "Zp"):
        return " "
    if category == "Cc":
        return char if char == "\n" else MARK
    if category == "Cf":  # isolates keep a reference in its place; the rest would turn the line
        return char if char in _ISOLATES else ""
    if ord(char) in shown:
        return char
    return " " if category == "Zs" else MARK


def _breakable(text: str) -> str:
    """Let the typesetter break a run without a space that no line could hold."""
    return _RUN.sub(lambda run: run[0] + _HERE, text)


def _templates() -> Path:
    return Path(str(resources.files("pasokh.kernel") / "typeset"))


def _faces() -> Path:
    folder: Path = import_string(settings.FACES)()
    return folder


@cache
def _shown() -> frozenset[int]:
    """The code points of the product's own face."""
    return frozenset(json.loads((_faces() / "letters.json").read_text("ascii")))
