"""The closing contract: what must be true before a file may close (ISO 10002:2018, 7.9). Pure.

Each unmet term is a code with facts; the screens show them as sentences. There is no way
around the contract: what differs between regimes is in `ClosingTerms`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.terms import Closing, Verdict
from pasokh.casework.correspondence.delivery import LetterKind, LetterState

#: By which step of ours a term is met; for any other it takes time, or somebody else.
MENDS = {
    "notice-not-delivered": Step.NOTICE,
    "cause-missing": Step.TRACE,
    "remedy-owed": Step.FULFIL,
    "authority-unanswered": Step.ANSWER_INQUIRY,
}
#: A letter that reaches nobody unless somebody does something.
_LOST = frozenset({LetterState.FAILED, LetterState.RETURNED, LetterState.CANCELLED})


@dataclass(frozen=True)
class ClosingTerms:
    """What a regime leaves open: may a dated remedy still be watched after closing, and
    is a second attempt by another way required of the organisation before silence counts."""

    dated_remedies_suffice: bool
    second_attempt: bool


@dataclass(frozen=True)
class ClosingFacts:
    """What the contract reads. Instants are None while they do not exist or are not yet known.

    `silence_ends`, `internal_ends` and `standing_ends` are the answers of the clocks that count
    the published period after the delivered notice, the period of the internal routes after a
    refusal, and the time an anonymous person's decision stands on the tracking page.
    """

    anonymous: bool
    verdict: Verdict | None
    communicated_at: datetime | None
    remedies_owed: int
    issues_without_cause: int
    authorities_unanswered: int
    noticed_at: datetime | None
    other_way_known: bool
    tried_again_at: datetime | None
    silence_ends: datetime | None
    routes_told_at: datetime | None
    internal_ends: datetime | None
    standing_ends: datetime | None


@dataclass(frozen=True)
class Unmet:
    """One term not met, with the instant at which time alone would meet it, where there is one."""

    code: str
    until: datetime | None = None


@dataclass(frozen=True)
class Contract:
    """By which term the file would close, and what is still missing."""

    by: Closing
    unmet: tuple[Unmet, ...]


def contract(facts: ClosingFacts, terms: ClosingTerms, *, at: datetime) -> Contract:
    """Weigh a communicated file against the contract as of an instant."""
    by = _route(facts)
    unmet = [*_always(facts, terms), *_ROUTES[by](facts, terms, at)]
    return Contract(by, tuple(unmet))


def mending(found: Contract | None) -> frozenset[Step]:
    """The steps by which what a contract misses is met; of no contract, none."""
    missing = found.unmet if found else ()
    return frozenset(MENDS[term.code] for term in missing if term.code in MENDS)


class Sent(Protocol):
    """What a letter of the file says of itself."""

    @property
    def kind(self) -> str: ...
    @property
    def stage(self) -> int: ...
    @property
    def state(self) -> str: ...


def decision_on_its_way(state: State, stage: int, letters: Iterable[Sent]) -> bool:
    """Whether the decision went out in this stage by a letter that may still come to be told."""
    return state is State.DECIDED and any(
        letter.kind == LetterKind.DECISION and letter.stage == stage and letter.state not in _LOST
        for letter in letters
    )


def _route(facts: ClosingFacts) -> Closing:
    if facts.verdict is Verdict.ACCEPTED:
        return Closing.ACCEPTED
    if facts.verdict is Verdict.NOT_ACCEPTED:
        return Closing.ROUTES_EXHAUSTED
    return Closing.STOOD_ANONYMOUS if facts.anonymous else Closing.SILENCE


def _always(facts: ClosingFacts, terms: ClosingTerms) -> list[Unmet]:
    unmet = []
    if facts.communicated_at is None:
        unmet.append(Unmet("decision-not-told"))
    if facts.issues_without_cause:
        unmet.append(Unmet("cause-missing"))
    if facts.authorities_unanswered:
        unmet.append(Unmet("authority-unanswered"))
    if facts.remedies_owed and not terms.dated_remedies_suffice:
        unmet.append(Unmet("remedy-owed"))
    return unmet


def _accepted(_facts: ClosingFacts, _terms: ClosingTerms, _at: datetime) -> list[Unmet]:
    return []


def _silence(facts: ClosingFacts, terms: ClosingTerms, at: datetime) -> list[Unmet]:
    if facts.noticed_at is None:
        return [Unmet("notice-not-delivered")]
    unmet = []
    if terms.second_attempt and facts.other_way_known and facts.tried_again_at is None:
        unmet.append(Unmet("second-attempt-missing"))
    return unmet + _past("silence-period-runs", facts.silence_ends, at)


def _exhausted(facts: ClosingFacts, _terms: ClosingTerms, at: datetime) -> list[Unmet]:
    if facts.routes_told_at is None:
        return [Unmet("routes-not-told")]
    return _past("internal-period-runs", facts.internal_ends, at)


def _stood(facts: ClosingFacts, _terms: ClosingTerms, at: datetime) -> list[Unmet]:
    if facts.noticed_at is None:
        return [Unmet("notice-not-delivered")]
    return _past("standing-period-runs", facts.standing_ends, at)


def _past(code: str, ends: datetime | None, at: datetime) -> list[Unmet]:
    return [Unmet(code, ends)] if ends is None or at < ends else []


_ROUTES = {
    Closing.ACCEPTED: _accepted,
    Closing.SILENCE: _silence,
    Closing.ROUTES_EXHAUSTED: _exhausted,
    Closing.STOOD_ANONYMOUS: _stood,
}
