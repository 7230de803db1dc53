"""Every state with every verb: it does what the table says, or refuses and changes nothing."""

from types import MappingProxyType

import pytest
from tests.casework.acts import WAYS
from tests.casework.conftest import HOUR, START

from pasokh.casework.complaints.lifecycle import (
    BEGINNING,
    State,
    Step,
    next_state,
)
from pasokh.casework.complaints.models import Complaint
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry

pytestmark = [pytest.mark.django_db, pytest.mark.clause("10002:7.9")]

#: What must have been done first for a step to make sense at all.
FIRST = {Step.RESUME: Step.HOLD, Step.UNACKNOWLEDGE: Step.ACKNOWLEDGE}

#: Pairs that the table allows and a rule refuses in the plain file of this test.
REFUSED = {
    (State.DECIDED, Step.EXTEND): "clock-not-running",
    (State.COMMUNICATED, Step.CLOSE): "closing-contract",
    (State.COMMUNICATED, Step.RESUME): "not-held",
}

#: Pairs in which the same verb does something else than the step: one more proof that a letter
#: was told, or one more letter that came back; or, after closing, the file taken up again.
OTHERWISE = {
    (State.COMMUNICATED, Step.COMMUNICATE): State.COMMUNICATED,
    (State.CLOSED, Step.COMMUNICATE): State.CLOSED,
    (State.CLOSED, Step.UNDELIVERED): State.DECIDED,
    (State.CLOSED, Step.UNACKNOWLEDGE): State.CLOSED,
    (State.WITHDRAWN, Step.UNACKNOWLEDGE): State.WITHDRAWN,
    (State.WITHDRAWN, Step.UNDELIVERED): State.WITHDRAWN,
    (State.SET_ASIDE, Step.UNACKNOWLEDGE): State.SET_ASIDE,
    (State.SET_ASIDE, Step.UNDELIVERED): State.SET_ASIDE,
}


@pytest.fixture
def anybody(shop):
    """One who holds every right everywhere, and is nobody's handler or subject."""
    rights = {f"complaint.{step}": None for step in Step}
    return Actor(
        Kind.STAFF,
        str(shop.staff["parvin"].pk),
        MappingProxyType(rights | {"complaint.read": None}),
    )


def lead(case, state, acts, by):
    """Lead a fresh file into a state, an hour a step."""
    at = START
    for step in WAYS[state]:
        at += HOUR
        acts.take(step, case, by, at)
    case.refresh_from_db()
    assert case.state == state
    return at + HOUR


@pytest.mark.parametrize("step", [step for step in Step if step not in BEGINNING])
@pytest.mark.parametrize("state", State)
def test_a_step_does_what_the_table_says(state, step, file, acts, anybody):
    case = file()
    at = lead(case, state, acts, anybody)
    before = State(case.state_before) if case.state_before else None
    if step in FIRST and next_state(state, FIRST[step]):
        acts.take(FIRST[step], case, anybody, at)
        case.refresh_from_db()
    expected = OTHERWISE.get((state, step)) or next_state(state, step, before=before)
    entries = Entry.objects.filter(subject=case.subject).count()
    version = case.version

    if expected and not REFUSED.get((state, step)):
        acts.take(step, case, anybody, at + HOUR)
        case.refresh_from_db()
        assert case.state == expected
        assert case.version > version
        assert Entry.objects.filter(subject=case.subject).count() > entries
    else:
        with pytest.raises(Refused) as refusal:
            acts.take(step, case, anybody, at + HOUR)
        assert refusal.value.code in (REFUSED.get((state, step)), "step-not-open", "letter-not-now")
        assert Complaint.objects.get(pk=case.pk).state == state
        assert Entry.objects.filter(subject=case.subject).count() == entries


@pytest.mark.parametrize("step", [step for step in Step if step not in BEGINNING])
@pytest.mark.parametrize("state", State)
def test_without_the_right_nothing_is_done(state, step, file, acts, anybody, shop):
    case = file()
    at = lead(case, state, acts, anybody)
    entries = Entry.objects.filter(subject=case.subject).count()

    with pytest.raises(Refused) as refusal:
        acts.take(step, case, shop.zahra, at + HOUR)

    assert refusal.value.code in ("not-authorised", "step-not-open", "no-such-complaint")
    assert Entry.objects.filter(subject=case.subject).count() == entries
