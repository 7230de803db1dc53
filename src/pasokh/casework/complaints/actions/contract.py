"""The closing contract of one file, gathered from what hangs on it."""

from datetime import datetime

from django.db.models import Q

from pasokh.casework.complaints import closing
from pasokh.casework.complaints.actions.bracket import pack_of, window
from pasokh.casework.complaints.closing import ClosingFacts, ClosingTerms, Contract
from pasokh.casework.complaints.milestones import Milestone, times
from pasokh.casework.complaints.models import Complaint, IssueFinding
from pasokh.casework.complaints.terms import Finding, Verdict
from pasokh.casework.remedies import actions as remedies
from pasokh.directory.people import queries as people
from pasokh.policy.regimes.pack import Pack


def contract_of(case: Complaint, *, at: datetime) -> Contract:
    """Weigh a file against its regime's closing contract as of an instant."""
    return closing.contract(_facts(case), terms_of(pack_of(case)), at=at)


def terms_of(pack: Pack) -> ClosingTerms:
    """What the rules of a pack leave open in the contract."""
    terms = pack.closing
    return ClosingTerms(
        dated_remedies_suffice=terms.dated_remedies_suffice, second_attempt=terms.second_attempt
    )


def _facts(case: Complaint) -> ClosingFacts:
    done = times(case.milestones, case.stage)
    noticed, routes = done.get(Milestone.NOTICED), done.get(Milestone.ROUTES_TOLD)
    person = case.representative_id or case.complainant_id
    return ClosingFacts(
        anonymous=case.anonymous,
        verdict=Verdict(case.verdict) if case.verdict else None,
        communicated_at=done.get(Milestone.COMMUNICATED),
        remedies_owed=remedies.owed(case.pk),
        issues_without_cause=_without_cause(case),
        authorities_unanswered=_unanswered(case),
        noticed_at=noticed,
        other_way_known=person is not None and people.ways_known(person) > 1,
        tried_again_at=done.get(Milestone.TRIED_AGAIN),
        silence_ends=window(case, "silence", noticed) if noticed else None,
        routes_told_at=routes,
        internal_ends=window(case, "internal", routes) if routes else None,
        standing_ends=window(case, "standing", noticed) if noticed else None,
    )


def _unanswered(case: Complaint) -> int:
    """Letters of authorities that nobody answered; their table is the disputes', above this one."""
    asked = Complaint.objects.filter(pk=case.pk, inquiries__turn__gt=0)
    return asked.filter(inquiries__answered_at=None).count()


def _without_cause(case: Complaint) -> int:
    upheld = IssueFinding.objects.filter(
        decision__complaint=case,
        decision__stage=case.stage,
        decision__reconsidered_at=None,
        finding__in=[Finding.UPHELD, Finding.PARTLY],
    )
    return upheld.filter(Q(cause=None) | Q(others_affected="")).count()
