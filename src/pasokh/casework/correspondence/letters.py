"""Composes every kind of letter from what it has to tell (ISO 10002:2018, 7.3 to 7.9). Pure."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from pasokh.casework.correspondence.composed import (
    Block,
    Composed,
    Facts,
    Heading,
    Issue,
    Issues,
    Link,
    Paragraph,
    Points,
    Quote,
    Small,
)
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.story import Matter, Outside, Promised, Story
from pasokh.casework.correspondence.texts import Say, speaker

Blocks = Iterator[Block]

#: What a letter to an address that nobody has confirmed is called.
UNCONFIRMED = "unconfirmed"


def compose(story: Story) -> Composed:
    """Compose one letter, whole, in the reader's language."""
    say = speaker(story.language)
    body = _BODIES[LetterKind(story.kind)](story, say)
    blocks = [*_copied(story, say), *body, *_closing_words(story, say)]
    subject = say(f"{story.kind}.subject", ref=story.reference)
    return _letter(story, story.kind, subject, _salutation(story, say), tuple(blocks), say)


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


def _acknowledgement(story: Story, say: Say) -> Blocks:
    days = story.days
    yield Paragraph(say("acknowledgement.opening", received=days.received, ref=story.reference))
    yield Facts(((say("letter.reference"), story.reference),))
    yield from _understood(story, say)
    yield Heading(say("acknowledgement.who_heading"))
    yield Paragraph(say("acknowledgement.who", unit=story.unit))
    yield Heading(say("acknowledgement.next_heading"))
    yield from _next(story, say)


def _understood(story: Story, say: Say) -> Blocks:
    yield Heading(say("acknowledgement.understood_heading"))
    yield Issues(tuple(Issue(each.number, each.text) for each in story.issues))
    if story.wanted:
        yield Paragraph(say("acknowledgement.wanted"))
        yield Quote(story.wanted)
    yield Paragraph(say("acknowledgement.understood_note"))


def _next(story: Story, say: Say) -> Blocks:
    """What comes next and by when, with the working of the date that counts most."""
    days = story.days
    said = [
        say(f"acknowledgement.{name}", day=day)
        for name, day in (("decide", days.decide), ("update", days.update))
        if day
    ]
    yield Points(tuple(said or [say("acknowledgement.open")]))
    yield Paragraph(say("letter.free"))
    if story.working:
        yield Small(say("acknowledgement.working"), story.working)


def _progress(story: Story, say: Say) -> Blocks:
    days = story.days
    yield Paragraph(say("progress.opening", received=days.received))
    yield Paragraph(say(f"progress.{story.state}"))
    if story.words:
        yield Heading(say("letter.words_heading"))
        yield Quote(story.words)
    said = [
        say(f"progress.{name}", day=day)
        for name, day in (("decide", days.decide), ("update", days.update))
        if day
    ]
    if said:
        yield Points(tuple(said))


def _request(story: Story, say: Say) -> Blocks:
    yield Paragraph(say("request.opening"))
    yield Quote(story.words)
    yield Paragraph(say("request.why"))
    yield from _along(story, say)


def _extension(story: Story, say: Say) -> Blocks:
    yield Paragraph(say("extension.opening", step=say(f"clock.{story.coded}")))
    new = story.days.new
    yield Paragraph(say("extension.new_date", day=new) if new else say("extension.no_date"))
    yield Heading(say("extension.reason_heading"))
    yield Quote(story.words)
    if story.working:
        yield Small(say("extension.working"), story.working)


def _decision(story: Story, say: Say) -> Blocks:
    decided = story.decision
    again = "decision.opening_by_leave" if decided.by_leave else "decision.opening_review"
    opening = "decision.opening" if story.stage == 1 else again
    yield Paragraph(say(opening, received=story.days.received))
    yield Heading(say("decision.outcome"))
    yield Paragraph(say(f"outcome.{decided.outcome}"))
    if decided.declined_for:
        yield Heading(say("decision.declined_heading"))
        yield Paragraph(say(f"declined.{decided.declined_for}"))
    elif story.issues:
        yield Heading(say("decision.issues_heading"))
        yield Issues(tuple(_found(each, say) for each in story.issues))
    yield Heading(say("decision.reasons_heading"))
    yield Quote(decided.reasons)
    yield from _remedies(decided.remedies, "decision.remedies_heading", say)
    yield from _choices(story, say)
    yield from _outside(story.outside, say)


def _found(issue: Matter, say: Say) -> Issue:
    finding = say(f"finding.{issue.finding}") if issue.finding else ""
    return Issue(issue.number, issue.text, finding, issue.reasons)


def _remedies(remedies: tuple[Promised, ...], heading: str, say: Say) -> Blocks:
    if remedies:
        yield Heading(say(heading))
        yield Points(tuple(_remedy(each, say) for each in remedies))


def _remedy(promised: Promised, say: Say) -> str:
    """What is done and by when; each part in its own direction, so that none turns the line."""
    what = " – ".join(map(say.fenced, promised.what))
    issue = f" {say('decision.remedy_issue', number=promised.issue)}" if promised.issue else ""
    done, due = promised.done, promised.due
    day = say("decision.remedy_done", day=done) if done else say("decision.remedy_due", day=due)
    return f"{what}{issue}: {day}"


def _choices(story: Story, say: Say) -> Blocks:
    """Accept, review, or outside: what the person can do, and until when (7.8, 7.9)."""
    days, decided = story.days, story.decision
    yield Heading(say("decision.your_turn"))
    said = [_by("decision.accept", "decision.accept_by", days.answer_until, say)]
    if decided.further_stage:
        said.append(_by("decision.review", "decision.review_by", days.review_until, say))
    else:
        said.append(say("decision.last_stage"))
    yield Points(tuple(said))
    if decided.waives_review:
        yield Paragraph(say("decision.waives"))
    elif decided.remedies and decided.further_stage:
        yield Paragraph(say("decision.keep_remedy"))


def _outside(bodies: tuple[Outside, ...], say: Say) -> Blocks:
    yield Heading(say("decision.outside_heading"))
    if bodies:
        yield Paragraph(say("decision.outside"))
        yield Facts(tuple((each.name, _reached(each, say)) for each in bodies))
    yield Paragraph(say("decision.outside_court"))


def _reached(body: Outside, say: Say) -> str:
    between = "؛ " if say.language == "fa" else "; "
    telephone = say("body.telephone", telephone=body.telephone) if body.telephone else ""
    doubt = say("body.doubtful") if body.doubtful and body.telephone else ""
    said = (
        body.what_for,
        f"{telephone} ({doubt})" if doubt else telephone,
        say("body.time", time=body.time) if body.time else "",
        body.note.rstrip("."),
        # Last, and before a space: mail programs take what follows into the link.
        say.fenced(f"{body.address} ") if body.address else "",
    )
    return between.join(each for each in said if each)


def _notice(story: Story, say: Say) -> Blocks:
    days = story.days
    if days.communicated:
        yield Paragraph(say("notice.opening", communicated=days.communicated))
    else:
        yield Paragraph(say("notice.opening_plain"))
    name = "notice.standing" if story.anonymous else "notice.warning"
    if days.reopen_until:
        yield Paragraph(say(name, day=days.closes, reopen=days.reopen_until))
    else:
        yield Paragraph(say(f"{name}_open", day=days.closes))
    yield Paragraph(say("notice.choices"))
    if story.words:
        yield Quote(story.words)
    yield from _outside(story.outside, say)


def _closing(story: Story, say: Say) -> Blocks:
    days, decided = story.days, story.decision
    yield Paragraph(say("closing.opening", closed=days.closed))
    if story.coded:
        yield Paragraph(say(f"term.{story.coded}"))
    if decided.outcome:
        yield Facts(((say("closing.outcome"), say(f"outcome.{decided.outcome}")),))
    yield from _remedies(decided.remedies, "closing.remedies_heading", say)
    yield Paragraph(_by("closing.reopen_plain", "closing.reopen", days.reopen_until, say))
    yield Paragraph(say("closing.thanks"))
    yield from _outside(story.outside, say)


def _set_aside(story: Story, say: Say) -> Blocks:
    kind = say(f"kind.{story.coded}")
    yield Paragraph(say("set_aside.opening", received=story.days.received, kind=kind))
    if story.words:
        yield Heading(say("set_aside.reason_heading"))
        yield Quote(story.words)
    until = story.days.reopen_until
    yield Paragraph(_by("set_aside.object_plain", "set_aside.object", until, say))


def _withdrawn(story: Story, say: Say) -> Blocks:
    yield Paragraph(say("withdrawn.opening", closed=story.days.closed))
    yield Paragraph(_by("withdrawn.undo_plain", "withdrawn.undo", story.days.undo_until, say))


def _settled(story: Story, say: Say) -> Blocks:
    yield Paragraph(say("settled.opening", closed=story.days.closed))
    yield Heading(say("settled.done_heading"))
    yield Quote(story.decision.reasons)
    yield from _remedies(story.decision.remedies, "closing.remedies_heading", say)
    yield Paragraph(_by("settled.object_plain", "settled.object", story.days.reopen_until, say))


def _review(story: Story, say: Say) -> Blocks:
    yield Paragraph(say("review.opening", received=story.days.received))
    yield Heading(say("acknowledgement.next_heading"))
    yield from _next(story, say)


def _waiver(story: Story, say: Say) -> Blocks:
    yield Paragraph(say("waiver.opening"))
    yield Paragraph(say("waiver.who", person=story.person))
    yield Heading(say("waiver.reason_heading"))
    yield Quote(story.words)
    yield Paragraph(say("waiver.object"))


def _message(story: Story, say: Say) -> Blocks:
    yield Paragraph(say("message.opening"))
    yield Quote(story.words)
    yield from _along(story, say)


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


def _by(plain: str, dated: str, day: str, say: Say) -> str:
    """A sentence with its day, or the one that needs none where no day is known."""
    return say(dated, day=day) if day else say(plain)


_BODIES: dict[LetterKind, Callable[[Story, Say], Blocks]] = {
    LetterKind.ACKNOWLEDGEMENT: _acknowledgement,
    LetterKind.PROGRESS: _progress,
    LetterKind.REQUEST: _request,
    LetterKind.EXTENSION: _extension,
    LetterKind.DECISION: _decision,
    LetterKind.NOTICE: _notice,
    LetterKind.CLOSING: _closing,
    LetterKind.SET_ASIDE: _set_aside,
    LetterKind.WITHDRAWN: _withdrawn,
    LetterKind.SETTLED: _settled,
    LetterKind.REVIEW: _review,
    LetterKind.WAIVER: _waiver,
    LetterKind.MESSAGE: _message,
    LetterKind.NEW_CODE: _new_code,
    LetterKind.ADDRESS: _address,
    LetterKind.OTHER_ADDRESS: _other_address,
}
