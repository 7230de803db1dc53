"""What tests of verbs do again and again: lead a file to its decision, let a letter go."""

import pytest
from tests.casework.acts import PROOF, found
from tests.casework.conftest import HOUR, START

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.terms import Finding
from pasokh.casework.correspondence.delivery import LetterState
from pasokh.casework.correspondence.models import Letter
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.deadlines.models import Clock
from pasokh.kernel.errors import Refused


def after(case: Complaint) -> Complaint:
    return Complaint.objects.get(pk=case.pk)


def refused(code, act, *args, **kwargs) -> Refused:
    with pytest.raises(Refused) as refusal:
        act(*args, **kwargs)
    assert refusal.value.code == code
    return refusal.value


def clocks(case: Complaint) -> list[str]:
    """The clocks of a file that run."""
    running = Clock.objects.filter(complaint=case, state="running")
    return sorted(running.values_list("name", flat=True))


def decided(case, acts, shop, finding=Finding.NOT_UPHELD, **changes):
    """Lead a file to its decision, by the colleagues whose work it is."""
    acts._assess(case, by=shop.reza, at=START + HOUR)
    acts._investigate(case, by=shop.reza, at=START + 2 * HOUR)
    acts._decide(case, by=shop.reza, at=START + 3 * HOUR, findings=found(case, finding), **changes)
    return after(case)


def sent(case, kind, shop, at, proof=PROOF):
    """Write a letter and let it be handed over to a mail server."""
    row = actions.write(case.ref, kind=kind, facts={}, by=shop.reza, at=at)
    Letter.objects.filter(pk=row.pk).update(state=LetterState.HANDED_OVER)
    actions.told(
        case.ref, letter=row.pk, way=Way.SENT, proof=proof, happened_at=at, by=shop.reza, at=at
    )
    return row


def came_back(case, letter, shop, at, **changes):
    """Write down that a letter was returned, on the spot."""
    given = {"letter": letter.pk, "why": "550", "happened_at": at} | changes
    return actions.returned(case.ref, **given, by=shop.reza, at=at)
