"""Which files may leave the house with a letter, and how much of them one mail can carry."""

from collections.abc import Iterable
from typing import Protocol

from django.db.models.functions import Coalesce

from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.writing.models import Enclosure
from pasokh.kernel.errors import Refused

#: Bytes of all enclosures together: a mail is a third larger, and many servers take 20 megabytes.
MOST_BYTES = 14 * 1024 * 1024
MOST_FILES = 10


class File(Protocol):
    """What is asked of a file of a case."""

    name: str
    size: int
    inside: bool


def check(files: Iterable[File]) -> None:
    """Refuse files that are for colleagues only, or too many or too large for one mail.

    Whether they are harmless is said elsewhere (`casework.inspection`), once they leave.
    """
    asked = list(files)
    for file in asked:
        if file.inside:
            raise Refused("file-may-not-leave", name=file.name)
    size = sum(file.size for file in asked)
    if len(asked) > MOST_FILES or size > MOST_BYTES:
        raise Refused("enclosures-too-large", files=MOST_FILES, megabytes=MOST_BYTES // 1024**2)


def of_letter(letter: int) -> list[Enclosure]:
    """What goes with a letter, or with the one that it is a copy of, in order."""
    original = Letter.objects.filter(pk=letter).values(one=Coalesce("copy_of", "pk"))
    rows = Enclosure.objects.filter(letter__in=original)
    return list(rows.select_related("attachment").order_by("pk"))
