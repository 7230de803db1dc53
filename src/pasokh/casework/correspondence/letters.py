"""Composes every kind of letter from what it has to tell (ISO 10002:2018, 7.3 to 7.9). Pure.

What stands between salutation and foot is a text, the product's own or the organisation's, with its
fields filled in; the foot, and what guards an address or a code, is the same for everybody.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from pasokh.casework.correspondence import contents, own
from pasokh.casework.correspondence.composed import (
    Block,
    Composed,
    Heading,
    Link,
    Paragraph,
    Points,
    Quote,
)
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.fields import BY_HAND
from pasokh.casework.correspondence.filling import Filling
from pasokh.casework.correspondence.grammar import Text
from pasokh.casework.correspondence.story import Story
from pasokh.casework.correspondence.texts import Say, speaker

Blocks = Iterator[Block]

#: What a letter to an address that nobody has confirmed is called.
UNCONFIRMED = "unconfirmed"


@dataclass(frozen=True)
class Made:
    """A letter with what it lacks: fields that had nothing to say, contents that are prescribed."""

    letter: Composed
    empty: tuple[str, ...]
    unsaid: tuple[str, ...]


def compose(story: Story) -> Composed:
    """Compose one letter, whole, in the reader's language and in the product's own words."""
    return make(story, None, ()).letter


def make(story: Story, text: Text | None, required: Iterable[str]) -> Made:
    """Compose one letter with a text of the organisation's, or our own, and look what it lacks.

    `required` are the contents that the rules prescribe for it.
    """
    say, kind = speaker(story.language), LetterKind(story.kind)
    if kind in _FIXED:
        body, subject = tuple(_FIXED[kind](story, say)), say(f"{kind}.subject", ref=story.reference)
        return Made(_whole(story, subject, body, say), (), ())
    text, filling = text or own.text(kind, story.language), Filling(story, say)
    subject, body = filling.subject(text), tuple(filling.blocks(text))
    along = tuple(_along(story, say)) if kind in BY_HAND else ()
    letter = _whole(story, subject, (*body, *along), say)
    return Made(letter, tuple(filling.empty), contents.unsaid(required, filling.said))


def _whole(story: Story, subject: str, body: tuple[Block, ...], say: Say) -> Composed:
    blocks = (*_copied(story, say), *body, *_closing_words(story, say))
    return _letter(story, story.kind, subject, _salutation(story, say), blocks, say)


def unconfirmed(letter: Composed, page: str, *, link: str = "", number: str = "") -> Composed:
    """The fixed notice for an address that may be a stranger's: neither name nor matter.

    `link` and `number`, in the reader's digits, are the ways to confirm it, made for this mail.
    """
    say = speaker(letter.language)
    said: tuple[Block, ...] = (
        Paragraph(say(f"{UNCONFIRMED}.opening", organisation=letter.office.name)),
        Paragraph(say(f"{UNCONFIRMED}.why")),
        *_ways_to_confirm(link, number, say),
        *([Link(say("letter.tracking"), page)] if page else []),
        Paragraph(say(f"{UNCONFIRMED}.stranger")),
    )
    return Composed(
        kind=UNCONFIRMED,
        language=letter.language,
        reference="",
        dated=letter.dated,
        subject=say(f"{UNCONFIRMED}.subject"),
        salutation=say("letter.dear_nobody"),
        blocks=said,
        valediction=say("letter.yours"),
        signature=(letter.office.name,),
        office=letter.office,
    )


def _ways_to_confirm(link: str, number: str, say: Say) -> Blocks:
    if link:
        yield Paragraph(say(f"{UNCONFIRMED}.confirm"))
        yield Link(say(f"{UNCONFIRMED}.link"), link)
    if number:
        name = "number_or" if link else "number"
        yield Paragraph(say(f"{UNCONFIRMED}.{name}", number=number))


def linked(letter: Composed, address: str) -> Composed:
    """The letter about a lost code with its link in it: so it is mailed, and so it is not kept."""
    opening, *rest = letter.blocks
    link = Link(speaker(letter.language)("new_code.link"), address)
    return replace(letter, blocks=(opening, link, *rest))


def _letter(
    story: Story, kind: str, subject: str, salutation: str, blocks: tuple[Block, ...], say: Say
) -> Composed:
    return Composed(
        kind=kind,
        language=say.language,
        reference=story.reference,
        dated=story.dated,
        subject=subject,
        salutation=salutation,
        blocks=blocks,
        valediction=say("letter.yours"),
        signature=story.signature,
        office=story.office,
    )


def _salutation(story: Story, say: Say) -> str:
    return say("letter.dear", name=story.name) if story.name else say("letter.dear_nobody")


def _closing_words(story: Story, say: Say) -> Blocks:
    """How to answer, for whoever has the code, and whom to call: at the foot of every letter."""
    if story.kind != LetterKind.NEW_CODE:
        yield Heading(say("letter.answer_heading"))
        yield Paragraph(say("letter.answer"))
        if story.page:
            yield Link(say("letter.tracking"), story.page)
    office = story.office
    if office.telephone or office.mailbox:
        yield Heading(say("letter.call_heading"))
        said = []
        if office.telephone and office.hours:
            said.append(say("letter.call_hours", telephone=office.telephone, hours=office.hours))
        elif office.telephone:
            said.append(say("letter.call", telephone=office.telephone))
        if office.mailbox:
            said.append(say("letter.mailbox", mailbox=office.mailbox))
        yield Paragraph(" ".join(said))


def _along(story: Story, say: Say) -> Blocks:
    """What goes with a colleague's words: the files, and what they answer."""
    if story.enclosed:
        yield Heading(say("letter.enclosures"))
        yield Points(tuple(map(say.fenced, story.enclosed)))
    if story.quoted:
        yield Heading(say("letter.quoted", day=story.quoted_on))
        yield Quote(story.quoted)


def _copied(story: Story, say: Say) -> Blocks:
    if story.copy_of is not None:
        name = "letter.copy_of" if story.copy_of else "letter.copy"
        yield Paragraph(say(name, name=story.copy_of))


def _new_code(story: Story, say: Say) -> Blocks:
    yield Paragraph(say("new_code.opening", ref=story.reference))
    yield Paragraph(say("new_code.not_you"))


def _address(story: Story, say: Say) -> Blocks:
    yield Paragraph(say("address.opening", ref=story.reference))
    yield Paragraph(say("address.before"))


def _other_address(story: Story, say: Say) -> Blocks:
    yield Paragraph(say("other_address.opening", ref=story.reference))
    yield Paragraph(say("other_address.not_you"))


_FIXED: dict[LetterKind, Callable[[Story, Say], Blocks]] = {
    LetterKind.NEW_CODE: _new_code,
    LetterKind.ADDRESS: _address,
    LetterKind.OTHER_ADDRESS: _other_address,
}
