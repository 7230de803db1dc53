"""What goes with a colleague's words in a letter: what they answer, the files, whose copy it is."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pasokh.casework.complaints.models import Complaint, Message
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.writing import enclosures
from pasokh.casework.correspondence.writing.quoting import folded

Day = Callable[[datetime | None], str]


def along(letter: Letter, case: Complaint, day: Day) -> dict[str, Any]:
    """What a letter by hand tells beside its words, by the names of `Story`."""
    if letter.kind not in (LetterKind.MESSAGE, LetterKind.REQUEST):
        return {}
    told: dict[str, Any] = {}
    if letter.copy_of_id:
        person = case.representative or case.complainant
        told["copy_of"] = person.name.strip() if person else ""
    if letter.facts.get("files"):
        files = enclosures.of_letter(letter.pk)
        told["enclosed"] = tuple(one.attachment.name for one in files)
    if (quotes := letter.facts.get("quotes")) is not None:
        said, at = _quoted(case, int(quotes))
        told |= {"quoted": folded(said), "quoted_on": day(at)}
    return told


def _quoted(case: Complaint, message: int) -> tuple[str, datetime]:
    """The words that are answered, and when they came; those of the complaint itself for none."""
    if not message:
        return case.narrative, case.received_at
    row = Message.objects.get(complaint=case, pk=message)
    return row.text, row.at
