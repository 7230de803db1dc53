"""Letters of somebody else's that wait for approval: let them leave, or give them back."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.labels import LETTERS
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.correspondence.delivery import LetterState
from pasokh.desk.acts import Act, ActForm, Data
from pasokh.desk.fields import listed, words
from pasokh.kernel.actors import Actor


class ApproveForm(ActForm):
    """Which letter."""

    def prepare(self) -> None:
        """Offer those that wait."""
        choices = [(one.pk, LETTERS[one.called]) for one in waiting(self.page)]
        self.fields["letter"] = listed(_("Which letter?"), choices)


class SendBackForm(ApproveForm):
    """Which letter, and what its writer should change."""

    reason = words(_("What should be changed?"), rows=4)


def waiting(page: CasePage) -> list[Any]:
    """The letters of a file that wait for approval, copies not counted."""
    letters = page.rows["letters"]
    return [one for one in letters if one.state == LetterState.APPROVAL and not one.copy_of_id]


def _of_others(page: CasePage) -> bool:
    """Whether a letter waits that its reader did not write."""
    return any(one.writer != page.actor.code for one in waiting(page))


def _approve(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.approve_letter(page.ref, **said, by=by, at=at)


def _send_back(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.send_back_letter(page.ref, **said, by=by, at=at)


ACTS = (
    Act(
        "approve_letter",
        Step.APPROVE,
        _("Approve a letter"),
        _("Let it leave"),
        ApproveForm,
        _approve,
        help=_("Read it first. Nobody approves a letter of their own."),
        sends=_("The letter that waits"),
        offered=_of_others,
    ),
    Act(
        "send_back_letter",
        Step.APPROVE,
        _("Send a letter back to its writer"),
        _("Send it back"),
        SendBackForm,
        _send_back,
        help=_("It does not leave. What was written by hand goes back into its writer's draft."),
        offered=_of_others,
    ),
)
