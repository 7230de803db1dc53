"""A letter by hand as it would arrive, before anything of it is kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries.letters import Gathering
from pasokh.casework.correspondence import letters
from pasokh.casework.correspondence.composed import Composed
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.models import Letter
from pasokh.kernel import rows


def preview(
    case: Complaint,
    kind: LetterKind,
    *,
    text: str,
    quotes: int | None,
    files: Sequence[str],
    at: datetime,
) -> Composed:
    """A letter by hand as it would arrive, of a file that its reader may see. Nothing is kept."""
    letter = rows.made(Letter, stage=case.stage, kind=kind, language=case.language)
    cases = Complaint.objects.select_related("unit", "complainant", "representative")
    letter.complaint, letter.queued_at = cases.get(pk=case.pk), at
    letter.facts = {"words": text} | ({} if quotes is None else {"quotes": quotes})
    return letters.compose(replace(Gathering(letter).story(), enclosed=tuple(files)))
