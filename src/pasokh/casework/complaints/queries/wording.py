"""A text of a letter as it would arrive before it is saved, with an invented file or a real one."""

from datetime import UTC, datetime, timedelta

from pasokh.casework.complaints.queries.fence import complaint_for
from pasokh.casework.complaints.queries.gathering import Gathering, own_office
from pasokh.casework.complaints.queries.letters import Finished, looked_at
from pasokh.casework.correspondence import example, kinds
from pasokh.casework.correspondence.grammar import Text
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.wording.actions import required
from pasokh.kernel import dates, refs, rows
from pasokh.kernel.actors import Actor


def shown(
    by: Actor, kind: str, language: str, *, text: Text | None, ref: str, at: datetime
) -> Finished:
    """A letter made with a text, our own for None, and what it would lack.

    With a `ref` it tells of that file, as far as this actor may see it; otherwise of an invented
    one. Nothing is kept.
    """
    if not ref:
        office, signature = own_office(language)
        story = example.story(
            kinds.root(kind),
            language,
            office=office,
            signature=signature,
            day=lambda after: dates.as_date((at + timedelta(days=after)).date(), language, UTC),
            digits=lambda number: dates.numerals(number, language),
        )
        return looked_at(story, text, required(kind, at))
    case = complaint_for(by, refs.read(ref) or ref)
    root = kinds.root(kind)
    letter = rows.made(Letter, stage=case.stage, kind=root, language=language)
    letter.complaint, letter.queued_at, letter.facts = case, at, {}
    gathered = Gathering(letter)
    return looked_at(gathered.story(), text, gathered.pack.letters.get(root, ()))
