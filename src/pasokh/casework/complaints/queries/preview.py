"""A letter by hand as it would arrive, before anything of it is kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries.gathering import Gathering
from pasokh.casework.complaints.queries.letters import finish
from pasokh.casework.correspondence import fields, grammar
from pasokh.casework.correspondence.composed import Composed
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.filling import Filling
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.texts import speaker
from pasokh.casework.correspondence.wording import queries as wording
from pasokh.kernel import rows


def prepared(case: Complaint, kind: LetterKind, *, body: str, at: datetime) -> str:
    """The words of a prepared reply, filled in from a file that its reader may see.

    A field that has nothing to say stays standing, for whoever goes on writing.
    """
    letter = _blank(case, kind, at)
    letter.facts = {"words": ""}
    language = wording.spoken(case.language)
    text, _faults = grammar.words(body, fields.names_by_hand(kind))
    filling = Filling(Gathering(letter).story(), speaker(language))
    return filling.words(text, language=language)


def preview(
    case: Complaint,
    kind: LetterKind,
    *,
    text: str,
    added: str = "",
    quotes: int | None,
    files: Sequence[str],
    at: datetime,
) -> Composed:
    """A letter by hand as it would arrive, of a file that its reader may see. Nothing is kept."""
    letter = _blank(case, kind, at)
    told = {"words": text, "added": added, "quotes": quotes}
    letter.facts = {name: said for name, said in told.items() if said not in (None, "")}
    gathered = Gathering(letter)
    return finish(gathered, replace(gathered.story(), enclosed=tuple(files))).letter


def _blank(case: Complaint, kind: LetterKind, at: datetime) -> Letter:
    """A letter that is not kept, with its file."""
    letter = rows.made(Letter, stage=case.stage, kind=kind, language=case.language)
    cases = Complaint.objects.select_related("unit", "complainant", "representative")
    letter.complaint, letter.queued_at = cases.get(pk=case.pk), at
    return letter
