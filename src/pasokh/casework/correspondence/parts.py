"""The parts that Pasokh itself writes into a letter, from what the letter has to tell. Pure."""

from collections.abc import Iterator

from pasokh.casework.correspondence.composed import (
    Block,
    Facts,
    Issue,
    Issues,
    Paragraph,
    Points,
    Quote,
    Small,
)
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.story import Matter, Outside, Promised, Story
from pasokh.casework.correspondence.texts import Say

Blocks = Iterator[Block]


def reference(story: Story, say: Say) -> Blocks:
    """The reference as a fact of its own."""
    yield Facts(((say("letter.reference"), story.reference),))


def stage(story: Story, say: Say) -> Blocks:
    """At which stage the complaint is, where the rules ask that it be said."""
    if story.stage_of:
        yield Facts(((say("letter.stage"), story.stage_of),))


def part_of(story: Story, say: Say) -> Blocks:
    """That it was a part of another complaint, and that its tracking code opens this one."""
    if story.part_of:
        yield Paragraph(say("acknowledgement.part_of", ref=story.part_of))


def issues(story: Story, say: Say) -> Blocks:
    """The issues as they were understood."""
    if story.issues:
        yield Issues(tuple(Issue(each.number, each.text) for each in story.issues))


def wanted(story: Story, say: Say) -> Blocks:
    """What they asked for, in their words."""
    yield from quoted(story.wanted)


def words(story: Story, say: Say) -> Blocks:
    """What somebody wrote for this very letter."""
    yield from quoted(story.words)


def reasons(story: Story, say: Say) -> Blocks:
    """The reasons of the decision."""
    yield from quoted(story.decision.reasons)


def quoted(text: str) -> Blocks:
    """Somebody's words, if there are any."""
    if text:
        yield Quote(text)


def next_dates(story: Story, say: Say) -> Blocks:
    """By when they will hear, and that they will where no date is known."""
    days, progress = story.days, story.kind == LetterKind.PROGRESS
    table = "progress" if progress else "acknowledgement"
    promised = (("decide", days.decide), ("update", days.update))
    said = [say(f"{table}.{name}", day=day) for name, day in promised if day]
    if said or not progress:
        yield Points(tuple(said or [say("acknowledgement.open")]))


def working(story: Story, say: Say) -> Blocks:
    """How the date was counted that counts most."""
    if story.working:
        table = "extension" if story.kind == LetterKind.EXTENSION else "acknowledgement"
        yield Small(say(f"{table}.working"), story.working)


def findings(story: Story, say: Say) -> Blocks:
    """What was found about each issue, with its reasons; of what was not examined, nothing."""
    if story.issues and not story.decision.declined_for:
        yield Issues(tuple(_found(each, say) for each in story.issues))


def _found(issue: Matter, say: Say) -> Issue:
    finding = say(f"finding.{issue.finding}") if issue.finding else ""
    return Issue(issue.number, issue.text, finding, issue.reasons)


def remedies(story: Story, say: Say) -> Blocks:
    """What was promised, each with its day."""
    if story.decision.remedies:
        yield Points(tuple(_remedy(each, say) for each in story.decision.remedies))


def _remedy(promised: Promised, say: Say) -> str:
    """What is done and by when; each part in its own direction, so that none turns the line."""
    what = " – ".join(map(say.fenced, promised.what))
    issue = f" {say('decision.remedy_issue', number=promised.issue)}" if promised.issue else ""
    done, due = promised.done, promised.due
    day = say("decision.remedy_done", day=done) if done else say("decision.remedy_due", day=due)
    return f"{what}{issue}: {day}"


def choices(story: Story, say: Say) -> Blocks:
    """Accept, review, or outside: what the person can do, and until when (7.8, 7.9)."""
    if story.kind == LetterKind.NOTICE:
        yield Paragraph(say("notice.choices"))
        return
    days, decided = story.days, story.decision
    said = [by("decision.accept", "decision.accept_by", days.answer_until, say)]
    if decided.further_stage:
        said.append(by("decision.review", "decision.review_by", days.review_until, say))
    else:
        said.append(say("decision.last_stage"))
    yield Points(tuple(said))
    if decided.waives_review:
        yield Paragraph(say("decision.waives"))
    elif decided.remedies and decided.further_stage:
        yield Paragraph(say("decision.keep_remedy"))


def outside(story: Story, say: Say) -> Blocks:
    """The bodies outside that hear disputes, and the courts."""
    if story.outside:
        yield Paragraph(say("decision.outside"))
        yield Facts(tuple((each.name, _reached(each, say)) for each in story.outside))
    if story.outside or story.kind != LetterKind.EXTENSION:
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


def outcome(story: Story, say: Say) -> Blocks:
    """The outcome as a fact of its own."""
    if story.decision.outcome:
        yield Facts(((say("closing.outcome"), say(f"outcome.{story.decision.outcome}")),))


def closing_warning(story: Story, say: Say) -> str:
    """By when the file will be closed, and what silence does not mean."""
    days = story.days
    name = "notice.standing" if story.anonymous else "notice.warning"
    if days.reopen_until:
        return say(name, day=days.closes, reopen=days.reopen_until)
    return say(f"{name}_open", day=days.closes) if days.closes else ""


def objection(story: Story, say: Say) -> str:
    """Until when one can object."""
    table = "settled" if story.kind == LetterKind.SETTLED else "set_aside"
    return by(f"{table}.object_plain", f"{table}.object", story.days.reopen_until, say)


def reopening(story: Story, say: Say) -> str:
    """Until when the file can be opened again."""
    return by("closing.reopen_plain", "closing.reopen", story.days.reopen_until, say)


def undoing(story: Story, say: Say) -> str:
    """Until when a withdrawal can be undone."""
    return by("withdrawn.undo_plain", "withdrawn.undo", story.days.undo_until, say)


def by(plain: str, dated: str, day: str, say: Say) -> str:
    """A sentence with its day, or the one that needs none where no day is known."""
    return say(dated, day=day) if day else say(plain)
