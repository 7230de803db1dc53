"""Two static files that are made when static files are collected: the face and the stylesheet.

Without collecting, a browser gets the whole face, and a stylesheet that imports its parts.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage

from pasokh.ui import face

FACE = "ui/face/vazirmatn.woff2"
STYLESHEET = "ui/css/pasokh.css"

_IMPORT = re.compile(r'^@import url\("([\w.-]+)"\);\n', re.M)


def source(name: str) -> Path:
    """Return the file that one of the two is made from."""
    return face.source() if name == FACE else Path(__file__).parent / "static" / name


def made(name: str) -> bytes:
    """Make one of the two: the face cut to its use, the stylesheet with its parts in it."""
    if name == STYLESHEET:
        return joined(source(name)).encode()
    from pasokh.ui import cutting  # noqa: PLC0415  slow import

    return cutting.woff2(source(name))


def joined(sheet: Path) -> str:
    """Return a stylesheet with the parts it imports in their places."""
    return _IMPORT.sub(
        lambda part: (sheet.parent / part[1]).read_text("utf-8"), sheet.read_text("utf-8")
    )


class Made(Storage):
    """Shows where each file comes from, and opens as what is made of it."""

    def path(self, name: str) -> str:
        return str(source(name))

    def get_modified_time(self, name: str) -> datetime:
        return datetime.fromtimestamp(source(name).stat().st_mtime, UTC)

    def _open(self, name: str, mode: str = "rb") -> File:
        return ContentFile(made(name), name)


class Finder(BaseFinder):
    """Finds the two before the finder of the apps does."""

    def check(self, **kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(source(path))] if path in (FACE, STYLESHEET) else []
        return found if find_all else next(iter(found), [])

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        for name in (FACE, STYLESHEET):
            yield name, Made()
