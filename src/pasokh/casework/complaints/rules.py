"""Who may take which step, and when it makes sense: a refusal code, or None.

Reads only `CaseFacts`, never the database, so the menu on a screen and the guard in a verb
are the same function.
"""

from collections.abc import Callable
from dataclasses import dataclass

from pasokh.casework.complaints.lifecycle import BEGINNING, OPEN, State, Step, next_state
from pasokh.casework.complaints.milestones import Milestone
from pasokh.casework.complaints.terms import Verdict
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.kernel.actors import Actor, Kind

#: What a complainant may do to their own file, without any grant.
COMPLAINANT_STEPS = frozenset(
    {Step.HEAR, Step.VERDICT, Step.REVIEW, Step.WITHDRAW, Step.REOPEN, Step.RATE}
)

#: Steps that judge. After a review was asked for, they need someone who judged no earlier stage.
JUDGING_STEPS = frozenset({Step.ASSESS, Step.INVESTIGATE, Step.DECIDE, Step.DECLINE, Step.SETTLE})


@dataclass(frozen=True)
class CaseFacts:
    """What the rules need to know of a file; `stages` is how many the regime has."""

    ref: str
    state: State
    state_before: State | None
    stage: int
    stages: int
    unit: int
    handler: int | None
    complained_about: frozenset[int]
    earlier_judges: frozenset[int]
    waived: frozenset[int]
    closed_steps: frozenset[str]
    done: frozenset[str]
    held: bool
    safety: bool
    verdict: Verdict | None
    review_given_up: bool
    decision_sent: bool

    def has(self, milestone: Milestone) -> bool:
        """Whether a milestone of the present stage has been reached."""
        return str(milestone) in self.done


def refusal(step: Step, case: CaseFacts, actor: Actor) -> str | None:
    """Say why this actor may not take this step on this file now, or None when they may."""
    if next_state(case.state, step, before=case.state_before) is None:
        return "step-not-open"
    if step in case.closed_steps:
        return "step-not-in-regime"
    return authority(step, case, actor) or sense(step, case)


def authority(step: Step, case: CaseFacts, actor: Actor) -> str | None:
    """Say why the actor lacks authority for a step: right, involvement or independence."""
    if actor.kind is Kind.COMPLAINANT:
        own = actor.id == case.ref and step in COMPLAINANT_STEPS
        return None if own else "not-authorised"
    if not actor.may(f"complaint.{step}", unit=case.unit):
        return "not-authorised"
    if actor.kind is Kind.CLIENT and step in JUDGING_STEPS and case.stage > 1:
        return "review-needs-a-person"
    if actor.kind is not Kind.STAFF:
        return None
    if int(actor.id) in case.complained_about:
        return "complained-about"
    if step in JUDGING_STEPS and int(actor.id) in case.earlier_judges - case.waived:
        return "not-independent"
    return None


def may_handle(staff: int, case: CaseFacts) -> str | None:
    """Say why a colleague may not be given the file, or None when they may."""
    if staff in case.complained_about:
        return "complained-about"
    if staff in case.earlier_judges - case.waived:
        return "not-independent"
    return None


def sense(step: Step, case: CaseFacts) -> str | None:
    """Say why a step open in this state makes no sense for this file just now."""
    for holds, code in _SENSE.get(step, ()):
        if not holds(case):
            return code
    return None


_ANSWERED = frozenset({Verdict.ACCEPTED, Verdict.NOT_ACCEPTED})

Check = tuple[Callable[[CaseFacts], bool], str]

_SENSE: dict[Step, tuple[Check, ...]] = {
    Step.ACKNOWLEDGE: ((lambda c: not c.has(Milestone.ACKNOWLEDGED), "already-acknowledged"),),
    Step.UNACKNOWLEDGE: ((lambda c: c.has(Milestone.ACKNOWLEDGED), "not-acknowledged"),),
    Step.RECONSIDER: ((lambda c: not c.decision_sent, "already-sent"),),
    Step.HOLD: ((lambda c: not c.held, "already-held"),),
    Step.RESUME: ((lambda c: c.held, "not-held"),),
    Step.NOTICE: ((lambda c: c.verdict not in _ANSWERED, "already-answered"),),
    Step.SETTLE: (
        (lambda c: not c.safety, "safety-bars-settling"),
        (lambda c: c.stage == 1, "review-bars-settling"),
    ),
    Step.SET_ASIDE: ((lambda c: c.stage == 1, "review-bars-setting-aside"),),
    Step.DECLINE: ((lambda c: c.stage == 1, "review-bars-declining"),),
    Step.REVIEW: (
        (lambda c: c.stage < c.stages, "no-further-stage"),
        (lambda c: not c.review_given_up, "review-given-up"),
    ),
}


def open_to(case: CaseFacts, actor: Actor) -> tuple[Step, ...]:
    """The steps this actor may take on this file now, in the order of the table."""
    return tuple(
        step for step in Step if step not in BEGINNING and refusal(step, case, actor) is None
    )


def is_open(case: CaseFacts) -> bool:
    """Whether the file is being worked on."""
    return case.state in OPEN


#: The states in which a kind of letter may be written; a kind not named here may be in any.
_LETTERS: dict[LetterKind, frozenset[State]] = {
    LetterKind.ACKNOWLEDGEMENT: OPEN,
    LetterKind.PROGRESS: OPEN,
    LetterKind.DECISION: frozenset({State.DECIDED, State.COMMUNICATED}),
    LetterKind.NOTICE: frozenset({State.COMMUNICATED}),
    LetterKind.CLOSING: frozenset({State.CLOSED}),
}


def letter_refusal(kind: LetterKind, state: State) -> str | None:
    """Say why a kind of letter cannot be written in a state, or None when it can."""
    return None if state in _LETTERS.get(kind, frozenset(State)) else "letter-not-now"
