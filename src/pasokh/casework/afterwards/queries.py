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
from pasokh.casework.complaints.terms import Verdict
from pasokh.kernel.actors import Actor
from pasokh.policy.regimes import packs

#: The steps that each stage takes.
STEPS: Mapping[Stage, tuple[Step, ...]] = {
    Stage.ACKNOWLEDGED: (Step.WRITE, Step.ACKNOWLEDGE),
    Stage.ASSESSED: (Step.ASSESS,),
    Stage.DECIDED: (Step.DECIDE,),
    Stage.TOLD: (Step.WRITE, Step.COMMUNICATE),
    Stage.ANSWERED: (Step.VERDICT,),
    Stage.CLOSED: (Step.CLOSE,),
}


def foreseen(past: Past, *, received_at: datetime, unit: int, by: Actor, at: datetime) -> list[Gap]:
    """What could not be written down, the last being where the file would stop."""
    gaps = []
    for stage in claimed(past):
        code = gap(stage, past) or _barred(stage, unit, by)
        if not code and stage is Stage.CLOSED:
            code = _unmet(past, received_at, unit, at)
        if code:
            gaps.append(Gap(stage, code))
            if stage is not Stage.ACKNOWLEDGED:
                break
    return gaps


def _barred(stage: Stage, unit: int, by: Actor) -> str:
    may = all(by.may(f"complaint.{step}", unit=unit) for step in STEPS[stage])
    return "" if may else "past-not-authorised"


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
        noticed_at=None,
        other_way_known=False,
        tried_again_at=None,
        silence_ends=None,
        routes_told_at=past.told,
        internal_ends=period_ends(pack, "internal", 1, unit, told) if told else None,
        standing_ends=None,
    )
    found = closing.contract(facts, contract.terms_of(pack), at=past.closed or at)
    return found.unmet[0].code if found.unmet else ""
