"""What is told of a complaint's past, and what it takes to be written down by the verbs. Pure.

Each stage stands for a verb. A complaint is led through them in their order, each on its own day,
as far as what is told of it reaches; what is not told is never made up.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from pasokh.casework.assessment.matrix import Answers, in_range
from pasokh.casework.complaints.terms import Affected, Decline, Finding, Outcome, Verdict
from pasokh.casework.correspondence.telling import Way

#: How a letter reached somebody that can be proved by one text: who took it over, or signed.
PROVED_BY = {Way.SENT: "handed_over_to", Way.HANDED: "signed_by"}
#: Outcomes that are findings; what was settled or not examined at all goes another road.
FINDINGS = {Outcome(one): one for one in Finding if one is not Finding.SETTLED}
_RIGHT = frozenset({Outcome.UPHELD, Outcome.PARTLY})


class Stage(StrEnum):
    """What may have been done, in the order in which it is written down."""

    ACKNOWLEDGED = "acknowledged"
    ASSESSED = "assessed"
    SETTLED = "settled"
    DECIDED = "decided"
    TOLD = "told"
    NOTICED = "noticed"
    ANSWERED = "answered"
    CLOSED = "closed"


@dataclass(frozen=True)
class Past:
    """What is told of one complaint: days, answers, reasons and proofs; what is not is empty.

    `cause` and `remedy` are ids of terms; a remedy that is told and none of ours is unknown. An
    `amount` is in smallest units, and `amount_unread` where one is told that cannot be read.
    `acknowledged_by`, `proof` and `notice_proof` say who took the letter over, or who signed for
    it; `ways` in how many ways they could be reached, `tried_by` how they were tried once more.
    """

    anonymous: bool
    ways: int = 0
    danger: bool | None = None
    acknowledged: datetime | None = None
    acknowledged_by: str = ""
    assessed: datetime | None = None
    answers: Answers | None = None
    decided: datetime | None = None
    outcome: Outcome | None = None
    reasons: str = ""
    declined_for: Decline | None = None
    cause: int | None = None
    affected: Affected | None = None
    remedy: int | None = None
    remedy_unknown: bool = False
    remedy_due: date | None = None
    remedy_done: date | None = None
    remedy_proof: str = ""
    amount: int | None = None
    currency: str = ""
    amount_unread: bool = False
    told: datetime | None = None
    way: Way | None = None
    proof: str = ""
    noticed: datetime | None = None
    notice_proof: str = ""
    tried: datetime | None = None
    tried_by: str = ""
    tried_channel: str = ""
    answered: datetime | None = None
    verdict: Verdict | None = None
    accepted_how: str = ""
    closed: datetime | None = None

    @property
    def waits(self) -> bool:
        """Whether nobody has told them anything yet."""
        done = (self.acknowledged, self.decided, self.told, self.noticed, self.closed)
        return not any(done)

    @property
    def silent(self) -> bool:
        """Whether no answer to the decision came."""
        told_so = self.verdict is Verdict.NO_ANSWER
        return told_so or (self.noticed is not None and self.verdict is None)

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
    Stage.SETTLED: lambda past: past.outcome is Outcome.SETTLED,
    Stage.DECIDED: lambda past: past.decided or past.outcome,
    Stage.TOLD: lambda past: past.told,
    Stage.NOTICED: lambda past: past.noticed or past.tried or past.silent,
    Stage.ANSWERED: lambda past: past.answered or past.verdict,
    Stage.CLOSED: lambda past: past.closed,
}
#: Outcomes for which nobody has to say how serious it was.
_UNEXAMINED = frozenset({Outcome.SETTLED, Outcome.DECLINED})


def claimed(past: Past) -> tuple[Stage, ...]:
    """The stages a past speaks of, with those that have to come before them."""
    road = _road(past)
    spoken = [stage for stage in road if _SPOKEN[stage](past)]
    reached = road[: road.index(spoken[-1]) + 1] if spoken else ()
    return ((Stage.ACKNOWLEDGED,) if past.acknowledged else ()) + reached


def _road(past: Past) -> tuple[Stage, ...]:
    """The stages through which a complaint went: silence follows a notice, settling ends it."""
    assessed = past.outcome not in _UNEXAMINED or _SPOKEN[Stage.ASSESSED](past)
    begun = (Stage.ASSESSED,) if assessed else ()
    if past.outcome is Outcome.SETTLED:
        return (*begun, Stage.SETTLED)
    noticed = (Stage.NOTICED,) if _SPOKEN[Stage.NOTICED](past) else ()
    answered = (Stage.ANSWERED,) if not past.silent or past.answered else ()
    return (*begun, Stage.DECIDED, Stage.TOLD, *noticed, *answered, Stage.CLOSED)


def gap(stage: Stage, past: Past) -> str:
    """Why a stage cannot be written down by what is told; empty where it can."""
    declined = stage is Stage.DECIDED and past.outcome is Outcome.DECLINED
    needed = _DECLINED if declined else _NEEDED[stage]
    return next((code for holds, code in needed if not holds(past)), "")


def _in_order(*days: datetime | None) -> bool:
    known = [day for day in days if day is not None]
    return known == sorted(known)


def _last(past: Past) -> bool:
    """Whether nothing was done after the closing."""
    done = (past.assessed, past.decided, past.told, past.noticed, past.tried, past.answered)
    return all(_in_order(day, past.closed) for day in done)


def _accepted(past: Past) -> object:
    kept = past.verdict in (None, Verdict.ACCEPTED)
    return kept and past.answered and past.accepted_how.strip()


_PROMISED: tuple[tuple[Check, str], ...] = (
    (lambda past: not past.remedy_unknown, "past-remedy-unknown"),
    (lambda past: not past.amount_unread, "past-amount-unread"),
    (lambda past: past.amount is None or past.remedy, "past-amount-no-remedy"),
    (lambda past: not past.owed or past.remedy_due, "past-remedy-no-day"),
    (lambda past: not past.remedy_done or past.remedy_proof.strip(), "past-remedy-unproved"),
)
_DECLINED: tuple[tuple[Check, str], ...] = (
    (lambda past: past.decided, "past-no-decision"),
    (lambda past: past.declined_for, "past-no-decline"),
    (lambda past: past.reasons.strip(), "past-no-reasons"),
    (lambda past: _in_order(past.assessed, past.decided), "out-of-order"),
    (lambda past: not (past.remedy or past.remedy_unknown), "past-declined-remedy"),
    (lambda past: past.amount is None and not past.amount_unread, "past-declined-remedy"),
)

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
    Stage.SETTLED: (
        (lambda past: past.closed, "past-no-settling-day"),
        (lambda past: past.reasons.strip(), "past-no-settling"),
        (_accepted, "past-no-acceptance"),
        (lambda past: past.danger is not None, "past-no-danger"),
        (lambda past: not past.danger, "safety-bars-settling"),
        (_last, "out-of-order"),
        *_PROMISED,
    ),
    Stage.DECIDED: (
        (lambda past: past.decided, "past-no-decision"),
        (lambda past: past.outcome, "past-no-outcome"),
        (lambda past: past.reasons.strip(), "past-no-reasons"),
        (lambda past: _in_order(past.assessed, past.decided), "out-of-order"),
        *_PROMISED,
    ),
    Stage.TOLD: (
        (lambda past: not past.anonymous, "past-nobody"),
        (lambda past: past.told, "past-not-told"),
        (lambda past: past.way in PROVED_BY and past.proof.strip(), "past-telling-unproved"),
        (lambda past: _in_order(past.decided, past.told), "out-of-order"),
    ),
    Stage.NOTICED: (
        (lambda past: past.noticed, "past-no-notice"),
        (lambda past: past.notice_proof.strip(), "past-notice-unproved"),
        (lambda past: bool(past.tried) == bool(past.tried_channel), "past-try-unproved"),
        (lambda past: _in_order(past.told, past.noticed, past.tried), "out-of-order"),
    ),
    Stage.ANSWERED: (
        (lambda past: past.verdict, "past-no-verdict"),
        (lambda past: past.answered, "past-no-verdict-day"),
        (lambda past: _in_order(past.told, past.noticed, past.answered), "out-of-order"),
    ),
    Stage.CLOSED: ((_last, "out-of-order"),),
}
