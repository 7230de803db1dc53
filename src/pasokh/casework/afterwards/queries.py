"""How far a past would lead, for whoever writes it down: what the verbs would say, beforehand."""

from collections.abc import Mapping
from datetime import datetime

from pasokh.casework.afterwards.past import Gap, Past, Stage, claimed, gap
from pasokh.casework.complaints import closing
from pasokh.casework.complaints.actions import contract
from pasokh.casework.complaints.actions.bracket import period_ends
from pasokh.casework.complaints.actions.filing import regime_of
from pasokh.casework.complaints.closing import ClosingFacts
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.terms import Outcome, Verdict
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.actors import Actor
from pasokh.policy.regimes import packs

#: The steps that each stage takes.
STEPS: Mapping[Stage, tuple[Step, ...]] = {
    Stage.ACKNOWLEDGED: (Step.WRITE, Step.ACKNOWLEDGE),
    Stage.ASSESSED: (Step.ASSESS,),
    Stage.SETTLED: (Step.SETTLE,),
    Stage.DECIDED: (Step.DECIDE,),
    Stage.TOLD: (Step.WRITE, Step.COMMUNICATE),
    Stage.NOTICED: (Step.WRITE, Step.NOTICE),
    Stage.ANSWERED: (Step.VERDICT,),
    Stage.CLOSED: (Step.CLOSE,),
}


def foreseen(past: Past, *, received_at: datetime, unit: int, by: Actor, at: datetime) -> list[Gap]:
    """What could not be written down, the last being where the file would stop."""
    gaps = []
    for stage in claimed(past):
        code = gap(stage, past) or _barred(stage, past, unit, by)
        if not code and stage is Stage.CLOSED:
            code = _unmet(past, received_at, unit, at)
        if not code and stage in (Stage.SETTLED, Stage.DECIDED) and past.amount is not None:
            code = _beyond(past.amount, past.currency, unit, by, at)
        if code:
            gaps.append(Gap(stage, code))
            if stage is not Stage.ACKNOWLEDGED:
                break
    return gaps


def _barred(stage: Stage, past: Past, unit: int, by: Actor) -> str:
    steps = STEPS[stage]
    if stage is Stage.DECIDED and past.outcome is Outcome.DECLINED:
        steps = (Step.DECLINE,)
    if stage is Stage.NOTICED and past.tried:
        steps = (*steps, Step.LOG_CONTACT)
    may = all(by.may(f"complaint.{step}", unit=unit) for step in steps)
    return "" if may else "past-not-authorised"


def _beyond(amount: int, currency: str, unit: int, by: Actor, at: datetime) -> str:
    """Whether an amount is more than whoever writes it down may promise."""
    most = organisation.limits_in(int(by.id), unit, at).get(currency, 0)
    return "over-limit" if amount > most else ""


def _unmet(past: Past, received_at: datetime, unit: int, at: datetime) -> str:
    """The first term of the closing contract that would not be met on the day of closing."""
    regime = regime_of(unit, received_at, at)
    pack = packs.chosen(regime.pack, frozenset(regime.parameters.items()))
    told = past.told if past.verdict is Verdict.NOT_ACCEPTED else None
    facts = ClosingFacts(
        anonymous=past.anonymous,
        verdict=past.verdict,
        communicated_at=past.told,
        remedies_owed=int(past.owed),
        issues_without_cause=int(past.untraced),
        authorities_unanswered=0,
        noticed_at=past.noticed,
        other_way_known=past.ways > 1,
        tried_again_at=past.tried,
        silence_ends=period_ends(pack, "silence", 1, unit, past.noticed) if past.noticed else None,
        routes_told_at=past.told,
        internal_ends=period_ends(pack, "internal", 1, unit, told) if told else None,
        standing_ends=None,
    )
    found = closing.contract(facts, contract.terms_of(pack), at=past.closed or at)
    return found.unmet[0].code if found.unmet else ""
