"""Texts that no database can hold as text: beside what is shown of them, their bytes are kept."""

from collections.abc import Iterable

from pasokh.casework.complaints.matter import File
from pasokh.kernel import files

KIND = "application/octet-stream"


def kept(originals: Iterable[tuple[str, bytes]]) -> tuple[File, ...]:
    """Store each text as it came, as a file that is called after its field."""
    return tuple(_kept(name, content) for name, content in originals)


def _kept(name: str, content: bytes) -> File:
    stored = files.put([content], len(content))
    return File(stored.digest, files.clean_name(f"{name}.txt"), KIND, stored.size)
