"""Gathers what a letter has to tell from the file it belongs to, and composes it.

A text that was kept stands, whatever became of the file since; until then a letter is composed
anew each time it is read.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pasokh.casework.complaints.queries import contacts
from pasokh.casework.complaints.queries.fence import complaint_for
from pasokh.casework.complaints.queries.gathering import Gathering
from pasokh.casework.correspondence import composed, letters
from pasokh.casework.correspondence.composed import Composed, Paragraph
from pasokh.casework.correspondence.delivery import LetterState
from pasokh.casework.correspondence.grammar import Text
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.story import (
    Story,
)
from pasokh.casework.correspondence.wording import queries as wording
from pasokh.directory.people import masking
from pasokh.kernel import configuration
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused


@dataclass(frozen=True)
class Finished:
    """A letter as it would be sent now: with which version of a text, and what it would lack."""

    letter: Composed
    wording: int | None
    lacks: tuple[str, ...]


def compose(letter: Letter) -> Composed:
    """A letter as it was kept or as it would be sent now. Unfenced: for the outbox."""
    return _text(letter)


@configuration.held()
def finished(letter: Letter) -> Finished:
    """A letter that is not kept yet, looked at for what the rules ask of it. Unfenced."""
    return finish(Gathering(letter))


def finish(gathered: Gathering, story: Story | None = None) -> Finished:
    """What was gathered for a letter as a whole, in the text that stands for its kind.

    A text that has faults by now is not used, and keeps the letter back.
    """
    story = story or gathered.story()
    own = wording.standing(story.added or story.kind, wording.spoken(story.language))
    text = own.text if own and not own.faults else None
    made = looked_at(story, text, gathered.pack.letters.get(story.kind, ()))
    if own is None:
        return made
    lacks = ("text", *made.lacks) if own.faults else made.lacks
    return Finished(made.letter, own.id, lacks)


def looked_at(story: Story, text: Text | None, required: Iterable[str]) -> Finished:
    """A letter made with a text, our own for None, looked at for what it lacks."""
    made = letters.make(story, text, required)
    empty = (f"field.{each}" for each in made.empty)
    return Finished(made.letter, None, (*empty, *(f"content.{each}" for each in made.unsaid)))


def letter_for(by: Actor, ref: str, letter_id: int) -> Composed:
    """A letter of a file, as far as this actor may see the file."""
    return numbered_letter_for(by, ref, letter_id)[0]


def numbered_letter_for(by: Actor, ref: str, letter_id: int) -> tuple[Composed, str]:
    """The same with the secretariat's number, which may be typed after the letter was composed."""
    case = complaint_for(by, ref)
    rows = Letter.objects.filter(complaint=case).exclude(state=LetterState.CANCELLED)
    if (row := rows.filter(pk=letter_id).first()) is None:
        raise Refused("no-such-letter", letter=letter_id)
    text = _text(row)
    if not contacts.seen_by(by, case.unit_id):
        text = _masked(text, copy=row.copy_of_id is not None)
    return text, row.secretariat_number


def _masked(letter: Composed, *, copy: bool) -> Composed:
    """A letter to somebody of whom no name is known but an address, for who may not see that."""
    first, *rest = letter.blocks
    if copy and isinstance(first, Paragraph):
        first = Paragraph(masking.words(first.text))
    called = masking.words(letter.salutation)
    return replace(letter, salutation=called, blocks=(first, *rest))


def _text(row: Letter) -> Composed:
    return composed.load(row.text) if row.text else finished(row).letter
