"""What is told of a complaint's past, and what it takes to be written down by the verbs. Pure.

Each stage stands for a verb. A complaint is led through them in their order, each on its own day,
as far as what is told of it reaches; what is not told is never made up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pasokh.casework.assessment.matrix import Answers, in_range
from pasokh.casework.complaints.terms import Affected, Finding, Outcome, Verdict
from pasokh.casework.correspondence.telling import Way

#: How a letter reached somebody that can be proved by one text: who took it over, or signed.
PROVED_BY = {Way.SENT: "handed_over_to", Way.HANDED: "signed_by"}
#: Outcomes that are findings; to settle and to decline take what no list tells.
FINDINGS = {Outcome(one): one for one in Finding if one is not Finding.SETTLED}
_RIGHT = frozenset({Outcome.UPHELD, Outcome.PARTLY})


class Stage(StrEnum):
    """What may have been done, in the order in which it is written down."""

    ACKNOWLEDGED = "acknowledged"
    ASSESSED = "assessed"
    DECIDED = "decided"
    TOLD = "told"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class Past:
    """What is told of one complaint: days, answers, reasons and proofs; what is not is empty.

    `cause` and `remedy` are ids of terms; a remedy that is told and none of ours is unknown.
    `acknowledged_by` and `proof` say who took the letter over, or who signed for it.
    """

    anonymous: bool
    acknowledged: datetime | None = None
    acknowledged_by: str = ""
    assessed: datetime | None = None
    answers: Answers | None = None
    decided: datetime | None = None
    outcome: Outcome | None = None
    reasons: str = ""
    cause: int | None = None
    affected: Affected | None = None
    remedy: int | None = None
    remedy_unknown: bool = False
    remedy_due: date | None = None
    remedy_done: date | None = None
    remedy_proof: str = ""
    told: datetime | None = None
    way: Way | None = None
    proof: str = ""
    answered: datetime | None = None
    verdict: Verdict | None = None
    closed: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether nobody has told them anything yet."""
        return not (self.acknowledged or self.decided or self.told or self.closed)

    @property
    def owed(self) -> bool:
        """Whether a remedy is promised that nobody has carried out."""
        return self.remedy is not None and self.remedy_done is None

    @property
    def untraced(self) -> bool:
        """Whether something was found to be right, and not said what caused it."""
        return self.outcome in _RIGHT and not (self.cause and self.affected)


@dataclass(frozen=True)
class Gap:
    """What could not be written down, and why: a refusal code with its facts."""

    stage: Stage
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


Check = Callable[[Past], object]

_SPOKEN: Mapping[Stage, Check] = {
    Stage.ACKNOWLEDGED: lambda past: past.acknowledged,
    Stage.ASSESSED: lambda past: past.assessed or past.answers,
    Stage.DECIDED: lambda past: past.decided or past.outcome,
    Stage.TOLD: lambda past: past.told,
    Stage.ANSWERED: lambda past: past.answered or past.verdict,
    Stage.CLOSED: lambda past: past.closed,
}
_CHAIN = tuple(stage for stage in Stage if stage is not Stage.ACKNOWLEDGED)


def claimed(past: Past) -> tuple[Stage, ...]:
    """The stages a past speaks of, with those that have to come before them."""
    spoken = [stage for stage in _CHAIN if _SPOKEN[stage](past)]
    reached = _CHAIN[: _CHAIN.index(spoken[-1]) + 1] if spoken else ()
    return ((Stage.ACKNOWLEDGED,) if past.acknowledged else ()) + reached


def gap(stage: Stage, past: Past) -> str:
    """Why a stage cannot be written down by what is told; empty where it can."""
    return next((code for holds, code in _NEEDED[stage] if not holds(past)), "")


def _in_order(earlier: datetime | None, later: datetime | None) -> bool:
    return earlier is None or later is None or earlier <= later


_NEEDED: Mapping[Stage, tuple[tuple[Check, str], ...]] = {
    Stage.ACKNOWLEDGED: (
        (lambda past: not past.anonymous, "past-nobody"),
        (lambda past: past.acknowledged_by.strip(), "past-acknowledgement-unproved"),
    ),
    Stage.ASSESSED: (
        (lambda past: past.assessed, "past-no-assessment"),
        (lambda past: past.answers, "past-no-answers"),
        (lambda past: past.answers and in_range(past.answers), "assessment-out-of-range"),
    ),
    Stage.DECIDED: (
        (lambda past: past.decided, "past-no-decision"),
        (lambda past: past.outcome, "past-no-outcome"),
        (lambda past: past.outcome in FINDINGS, "past-no-finding"),
        (lambda past: past.reasons.strip(), "past-no-reasons"),
        (lambda past: _in_order(past.assessed, past.decided), "out-of-order"),
        (lambda past: not past.remedy_unknown, "past-remedy-unknown"),
        (lambda past: not past.owed or past.remedy_due, "past-remedy-no-day"),
        (lambda past: not past.remedy_done or past.remedy_proof.strip(), "past-remedy-unproved"),
    ),
    Stage.TOLD: (
        (lambda past: not past.anonymous, "past-nobody"),
        (lambda past: past.told, "past-not-told"),
        (lambda past: past.way in PROVED_BY and past.proof.strip(), "past-telling-unproved"),
        (lambda past: _in_order(past.decided, past.told), "out-of-order"),
    ),
    Stage.ANSWERED: (
        (lambda past: past.verdict, "past-no-verdict"),
        (lambda past: past.answered, "past-no-verdict-day"),
        (lambda past: _in_order(past.told, past.answered), "out-of-order"),
    ),
    Stage.CLOSED: ((lambda past: _in_order(past.answered, past.closed), "out-of-order"),),
}
