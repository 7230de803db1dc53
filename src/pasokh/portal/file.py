"""The page of a complaint, as the person who complained may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.utils.translation import get_language

from pasokh.casework.complaints.lifecycle import OPEN, State, Step
from pasokh.casework.complaints.queries import tracking
from pasokh.casework.complaints.queries.tracking import Posted, Said, Tracked, Untold
from pasokh.casework.deadlines.sentences import sentences
from pasokh.casework.intake.links import queries as links
from pasokh.kernel import actors
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.clock import now
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.portal import details, receipt
from pasokh.portal.choices import ANSWERS
from pasokh.portal.follow import following
from pasokh.portal.forms import RatingForm
from pasokh.portal.pages import Visit, show
from pasokh.portal.road import road
from pasokh.portal.showing import show_letter
from pasokh.portal.words import ANSWERED, DECLINED, FINDINGS, NEXT, OUTCOMES, STANDING, Word

#: Showing a letter on this page is one of the ways of telling it (ISO 10002:2018, 7.8).
SHOWING = actors.clock(
    "tracking page",
    *("complaint.acknowledge", "complaint.communicate", "complaint.notice", "complaint.write"),
    "complaint.report_progress",
)


@following
def file(request: Visit, person: Actor) -> HttpResponse:
    """Show the whole file as its complainant may see it; what is shown here counts as told."""
    return shown(request, told(person))


def told(person: Actor) -> Tracked:
    """The file, once the letters that stand on its page are recorded as shown."""
    found = tracking.tracked(person)
    if not found.untold:
        return found
    show_letters(person, found.untold)
    return tracking.tracked(person)


def show_letters(person: Actor, letters: Iterable[Untold]) -> None:
    """Record of letters that stand on the page that they were shown there."""
    for letter in letters:
        show_letter(person, letter.id, by=SHOWING)


def shown(
    request: Visit, found: Tracked, *, rating: RatingForm | None = None, status: int = 200
) -> HttpResponse:
    """The tracking page of a file."""
    known = {
        **summary(found),
        "workings": _workings(found),
        "conversation": _conversation(found),
        "particulars": details.told(found),
        "bodies": taxonomy.outside_bodies(),
        "awaiting": links.awaiting(Actor(Kind.COMPLAINANT, found.ref), now())
        if links.mails()
        else None,
        "rating": rating or RatingForm(initial=_rated(found)),
        "form": rating,
    }
    words = {"outcomes": OUTCOMES, "findings": FINDINGS, "declined": DECLINED}
    return show(request, "file", status=status, here="follow", **known, **words, **_turn(found))


def summary(found: Tracked) -> dict[str, object]:
    """How a file stands, in a few lines."""
    due = _hear_by(found)
    return {
        "file": found,
        "standing": standing(found),
        "road": road(found),
        "due": due,
        "late": bool(due and due < now()),
    }


def _conversation(found: Tracked) -> list[Said | Posted]:
    """Their letters and ours, as they came."""
    both: list[Said | Posted] = [*found.messages, *found.letters]
    return sorted(both, key=lambda each: each.at)


def standing(found: Tracked) -> Word:
    """Where the file lies, in one sentence."""
    if found.state is State.COMMUNICATED and found.verdict:
        return ANSWERED.get(found.verdict, STANDING[found.state])
    return STANDING[found.state]


def _hear_by(found: Tracked) -> datetime | None:
    """The next time by which the organisation owes the complainant a word; none once it ended."""
    if found.state not in OPEN:
        return None
    dues = (found.due(name) for name in ("acknowledge", "update", "respond", "decide"))
    return min((due for due in dues if due), default=None)


@dataclass(frozen=True)
class Counted:
    """What we owe by when, and how that date was counted, line by line."""

    what: Word
    due: datetime
    lines: list[str]


def _workings(found: Tracked) -> list[Counted]:
    """How the dates were counted by which the complainant hears from us, in their calendar."""
    language = get_language() or "fa"
    running = [
        one
        for one in found.clocks
        if found.state in OPEN and (one.stage, one.stopped_at) == (found.stage, None)
    ]
    return [
        Counted(NEXT[one.name], one.due_at, sentences(one.answer.working, language))
        for one in running
        if one.due_at and one.name in NEXT
    ]


def _turn(found: Tracked) -> dict[str, object]:
    """What the complainant may do now, and until when."""
    open_answers = {name: one.open(found) for name, one in ANSWERS.items()}
    back = found.ends.get("withdraw_undo") or found.ends.get("reopen")
    closed = found.state is State.CLOSED
    return {
        "open": open_answers,
        "ways_back": [name for name in ("undo", "object", "reopen") if open_answers[name]],
        "back_until": back,
        "may_withdraw": open_answers["withdraw"],
        "may_rate": Step.RATE in found.may and found.decision is not None,
        "answer_by": found.due("verdict"),
        "review_until": back if closed else found.ends.get("internal"),
        "notice_ends": found.ends.get("standing") or found.ends.get("silence"),
    }


def _rated(found: Tracked) -> dict[str, int | None] | None:
    if found.ratings is None:
        return None
    handling, outcome = found.ratings
    return {"handling": handling, "outcome": outcome}


@following
def proof(request: Visit, person: Actor) -> HttpResponse:
    """Hand over what proves the filing, now with its place in the record."""
    return receipt.proof_for(person)


@following
def paper(request: Visit, person: Actor) -> HttpResponse:
    """The typeset receipt once more, without the code."""
    return receipt.paper_for(person)
