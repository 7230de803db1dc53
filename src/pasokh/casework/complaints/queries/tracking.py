"""A file as its complainant follows it: everything they may see, and nothing else.

Values only: no row leaves this module, so no template can walk from here to a note, a
colleague's name or a seal.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from pasokh.casework.complaints import rules
from pasokh.casework.complaints.actions.adding import PARTICULARS, known_of_them
from pasokh.casework.complaints.actions.bracket import facts, window
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.milestones import Milestone, times
from pasokh.casework.complaints.models import (
    Complaint,
    Decision,
    IssueFinding,
    Message,
    Rating,
)
from pasokh.casework.complaints.queries.fence import complaint_for
from pasokh.casework.complaints.queries.passed import Files, Given, files_passed
from pasokh.casework.complaints.queries.story import Happened, story
from pasokh.casework.correspondence.composed import Composed
from pasokh.casework.correspondence.delivery import NOWHERE, LetterKind, LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.queries import kept
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.deadlines import queries as deadlines
from pasokh.casework.deadlines.queries import ClockOnCase
from pasokh.casework.remedies.models import Remedy
from pasokh.kernel import trees
from pasokh.kernel.actors import Actor
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger import receipt
from pasokh.kernel.ledger.models import Entry
from pasokh.kernel.money import Money


@dataclass(frozen=True)
class Said:
    """One message, from or to the complainant, with the files that came with it."""

    incoming: bool
    at: datetime
    text: str
    files: tuple[Given, ...]


@dataclass(frozen=True)
class Promised:
    """One remedy promised: what, how much, by when, and whether it was carried out.

    `issue` is the number of the issue that it answers, where it answers one of several.
    """

    kind: Bilingual
    description: str
    amount: Money | None
    due_on: date
    done_on: date | None
    issue: int | None = None


@dataclass(frozen=True)
class Answered:
    """What was found about one issue, why, and what they said of it, where they did."""

    number: int
    text: str
    finding: str
    reasons: str
    verdict: str = ""


@dataclass(frozen=True)
class Decided:
    """A decision as it was told: the outcome and reasons, issue by issue, and what was promised."""

    stage: int
    outcome: str
    declined_for: str
    reasons: str
    at: datetime
    ends_the_matter: bool
    issues: tuple[Answered, ...]
    remedies: tuple[Promised, ...]


@dataclass(frozen=True)
class Posted:
    """One of our letters as it was kept, that is told by nothing else on the page."""

    at: datetime
    letter: Composed


@dataclass(frozen=True)
class Untold:
    """A letter that nobody is known to have seen yet on the page where it stands."""

    id: int
    kind: LetterKind
    state: LetterState


@dataclass(frozen=True)
class Tracked:
    """The whole tracking page as values. `ends` gives until when a period of theirs runs."""

    ref: str
    version: int
    state: State
    stage: int
    anonymous: bool
    language: str
    received_at: datetime
    closed_at: datetime | None
    verdict: str
    closing: str
    narrative: str
    particulars: dict[str, str | date | None]
    themselves: dict[str, Any]
    files: tuple[Given, ...]
    handled_in: Bilingual
    done: dict[str, datetime]
    clocks: tuple[ClockOnCase, ...]
    story: tuple[Happened, ...]
    messages: tuple[Said, ...]
    letters: tuple[Posted, ...]
    decisions: tuple[Decided, ...]
    untold: tuple[Untold, ...]
    ratings: tuple[int | None, int | None] | None
    may: frozenset[Step]
    why_no_review: str
    ends: dict[str, datetime]

    @property
    def decision(self) -> Decided | None:
        """The decision of the present stage, once it may be seen."""
        return next((one for one in self.decisions if one.stage == self.stage), None)

    def clock(self, name: str) -> ClockOnCase | None:
        """A clock of the present stage, the latest round of it."""
        mine = (one for one in self.clocks if (one.name, one.stage) == (name, self.stage))
        return max(mine, key=lambda one: one.round, default=None)

    def due(self, name: str) -> datetime | None:
        """When a clock of the present stage that still runs will run out."""
        clock = self.clock(name)
        return clock.due_at if clock and clock.stopped_at is None else None


#: Letters whose whole content stands on the tracking page in words of its own.
STANDING = frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.DECISION, LetterKind.NOTICE})
#: Mails about the code or the address, for somebody who is not on the page.
_BY_MAIL_ALONE = (LetterKind.NEW_CODE, LetterKind.ADDRESS, LetterKind.OTHER_ADDRESS)
#: Letters that only bring what stands there as a message or as the decision.
_CARRIED = frozenset(
    {
        LetterKind.ACKNOWLEDGEMENT,
        LetterKind.DECISION,
        LetterKind.MESSAGE,
        LetterKind.REQUEST,
    }
)


def tracked(by: Actor) -> Tracked:
    """The file of a complainant, as they may see it."""
    case: Any = complaint_for(by, by.id)
    letters, unsaid = _letters(case), _unsaid(case)
    own, files = facts(case), files_passed(case)
    lines = story(case.subject, without=unsaid)
    return Tracked(
        ref=case.ref,
        version=case.version,
        state=State(case.state),
        stage=case.stage,
        anonymous=case.anonymous,
        language=case.language,
        received_at=case.received_at,
        closed_at=case.closed_at,
        verdict=case.verdict,
        closing=case.closing,
        narrative=case.narrative,
        particulars={name: getattr(case, name) for name in PARTICULARS},
        themselves=known_of_them(case),
        files=files.get(None, ()),
        handled_in=case.unit.name,
        done=times(case.milestones, case.stage),
        clocks=tuple(deadlines.of_case(case.pk)),
        story=lines,
        messages=_messages(case, files, unsaid),
        letters=_posted(letters),
        decisions=_decisions(case, letters, lines),
        untold=tuple(_untold(letters)),
        ratings=_ratings(case),
        may=frozenset(rules.open_to(own, by)),
        why_no_review=rules.refusal(Step.REVIEW, own, by) or "",
        ends=_ends(case),
    )


def is_anonymous(by: Actor) -> bool:
    """Whether nobody can ever show that this file is theirs but by its code."""
    return complaint_for(by, by.id).anonymous


def undo_until(by: Actor, at: datetime) -> datetime | None:
    """Until when a withdrawal of this moment could be undone, by the regime of the file."""
    return window(complaint_for(by, by.id), "withdraw_undo", at)


def untold(by: Actor) -> list[Untold]:
    """The letters that stand on the page of a file and were not shown there before."""
    return _untold(_letters(complaint_for(by, by.id)))


def acknowledgement(by: Actor) -> Untold | None:
    """The acknowledgement that the receipt page shows, unless it was shown there before."""
    return next((one for one in untold(by) if one.kind is LetterKind.ACKNOWLEDGEMENT), None)


def next_dates(by: Actor) -> list[ClockOnCase]:
    """What the organisation owes next and by when, the earliest first."""
    case = complaint_for(by, by.id)
    running = [one for one in deadlines.of_case(case.pk) if one.duty and one.stopped_at is None]
    return sorted((one for one in running if one.due_at), key=lambda one: (one.due_at, one.name))


def proof_of_filing(by: Actor) -> str:
    """The receipt of a filing that an outsider can check: JSON, in one of its two ages."""
    case = complaint_for(by, by.id)
    first = Entry.objects.select_related("sealed").filter(subject=case.subject).order_by("number")
    return receipt.issue(first[0])


def _letters(case: Complaint) -> list[Letter]:
    """What was written to them and has something to say to who is inside."""
    _letters_told().hang_on(case)
    return [
        one
        for one in case.letters.all()
        if one.state not in NOWHERE and one.kind not in _BY_MAIL_ALONE and not one.copy_of_id
    ]


def _unsaid(case: Complaint) -> frozenset[int]:
    """The messages whose letter has not left yet, or was taken back before it did."""
    return frozenset(
        message
        for one in case.letters.all()
        if one.state in NOWHERE and one.text is None and (message := one.facts.get("message"))
    )


@cache
def _letters_told() -> trees.Branch:
    return trees.Branch(Complaint, {"letters": {"tellings": {}}})


def _untold(letters: list[Letter]) -> list[Untold]:
    """Letters that stand on the page, in words of its own or as they were kept."""
    return [
        Untold(letter.pk, LetterKind(letter.kind), LetterState(letter.state))
        for letter in letters
        if (letter.kind in STANDING or letter.text or letter.kind in _CARRIED)
        and not any(t.way == Way.SHOWN and t.undone_at is None for t in letter.tellings.all())
    ]


def _posted(letters: list[Letter]) -> tuple[Posted, ...]:
    return tuple(
        Posted(letter.queued_at, text)
        for letter in letters
        if letter.kind not in _CARRIED and (text := kept(letter)) is not None
    )


def _messages(case: Complaint, files: Files, unsaid: frozenset[int]) -> tuple[Said, ...]:
    rows = Message.objects.filter(complaint=case).exclude(pk__in=unsaid).order_by("at", "pk")
    return tuple(Said(row.incoming, row.at, row.text, files.get(row.pk, ())) for row in rows)


def _decisions(
    case: Complaint, letters: list[Letter], story: tuple[Happened, ...]
) -> tuple[Decided, ...]:
    """The decisions of all stages that have been told, or whose letter is on its way."""
    written = {each.stage for each in letters if each.kind == LetterKind.DECISION}
    told = {
        stage
        for stage in range(1, case.stage + 1)
        if str(Milestone.COMMUNICATED) in times(case.milestones, stage)
    }
    rows = Decision.objects.filter(
        complaint=case, reconsidered_at=None, stage__in=written | told
    ).order_by("stage")
    findings, remedies = _of_decisions(case)
    said = {one.stage: one.said for one in story if one.said is not None}
    return tuple(_decided(row, findings, remedies, said.get(row.stage, {})) for row in rows)


def _of_decisions(case: Complaint) -> tuple[list[IssueFinding], list[Remedy]]:
    findings = IssueFinding.objects.filter(decision__complaint=case).select_related("issue")
    remedies = Remedy.objects.filter(complaint=case, dropped_at=None)
    remedies = remedies.select_related("kind", "issue")
    return list(findings.order_by("issue__number")), list(remedies.order_by("due_on", "pk"))


def _decided(
    row: Decision,
    findings: list[IssueFinding],
    remedies: list[Remedy],
    said: Mapping[int, str],
) -> Decided:
    return Decided(
        stage=row.stage,
        outcome=row.outcome,
        declined_for=row.declined_for,
        reasons=row.reasons,
        at=row.decided_at,
        ends_the_matter=row.waives_review,
        issues=tuple(_answered(one, said) for one in findings if one.decision_id == row.pk),
        remedies=tuple(_promised(one) for one in remedies if one.stage == row.stage),
    )


def _answered(found: IssueFinding, said: Mapping[int, str]) -> Answered:
    issue = found.issue
    verdict = said.get(issue.number, "")
    return Answered(issue.number, issue.text, found.finding, found.reasons, verdict)


def _promised(remedy: Remedy) -> Promised:
    amount = None if remedy.amount is None else Money(remedy.amount, remedy.currency)
    issue = remedy.issue.number if remedy.issue else None
    days = remedy.due_on, remedy.done_on
    return Promised(remedy.kind.name, remedy.description, amount, *days, issue)


def _ratings(case: Complaint) -> tuple[int | None, int | None] | None:
    rows = Rating.objects.filter(complaint=case, stage=case.stage)
    return rows.values_list("handling", "outcome").first()


def _ends(case: Complaint) -> dict[str, datetime]:
    """Until when the complainant may undo, reopen, or answer before the file is closed."""
    done = times(case.milestones, case.stage)
    since = {
        "withdraw_undo": case.closed_at if case.state == State.WITHDRAWN else None,
        "reopen": case.closed_at if case.state in (State.CLOSED, State.SET_ASIDE) else None,
        "internal": done.get(str(Milestone.ROUTES_TOLD)),
        "standing" if case.anonymous else "silence": done.get(str(Milestone.NOTICED)),
    }
    found = {name: window(case, name, at) for name, at in since.items() if at}
    return {name: until for name, until in found.items() if until}
