"""Every step a colleague may take has its name and its form."""

from pasokh.casework.complaints import labels
from pasokh.casework.complaints.lifecycle import Step
from pasokh.desk.forms import ACTS

#: Steps that are taken by another: filing has a page of its own, and a letter that comes back
#: undoes what it told.
BY_ANOTHER = {Step.RECEIVE, Step.RECORD_HISTORY, Step.UNACKNOWLEDGE, Step.UNDELIVERED}


def test_every_step_has_a_name() -> None:
    assert set(labels.STEPS) == set(Step)


def test_every_step_has_a_form_or_is_taken_by_another() -> None:
    assert {act.step for act in ACTS.values()} == set(Step) - BY_ANOTHER
