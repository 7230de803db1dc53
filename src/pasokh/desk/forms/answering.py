"""What follows a decision: the answer, a review, closing, taking up again, leaving."""

from datetime import datetime

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.judging import Found, Settlement
from pasokh.casework.complaints.labels import NOT_COMPLAINTS, REOPENINGS, VERDICTS
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.complaints.queries.independence import independence
from pasokh.casework.complaints.terms import Finding, NotAComplaint, Reopening, Verdict
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.desk import lists
from pasokh.desk.acts import Act, ActForm, Data
from pasokh.desk.fields import labelled, listed, moment, one_of, words, yes_no
from pasokh.desk.forms.issues import IssuesForm
from pasokh.desk.forms.remedies import RemedyLines
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.dates import numerals


class VerdictForm(IssuesForm):
    """What the complainant says of the decision, of the whole and where they do so of an issue."""

    verdict = one_of(
        _("What did they say?"),
        labelled(VERDICTS),
        help_text=_("Silence is never acceptance; write down what was really said."),
    )
    comment = words(_("In their words"), required=False, rows=3)
    happened_at = moment(_("When was that?"))

    def prepare(self) -> None:
        """Ask for each issue where there are several."""
        if len(issues := self.issues()) < 2:
            return
        each = [("", _("As for the whole")), *labelled(VERDICTS, *_OF_AN_ISSUE)]
        for issue in issues:
            self.fields[f"verdict_{issue.number}"] = one_of(
                _("What did they say of it?"), each, required=False, initial=""
            )

    def said(self) -> Data:
        """The answer to the whole, and to the issues that were answered for themselves."""
        told = self.cleaned_data
        each = {one.number: told.get(f"verdict_{one.number}") for one in self.issues()}
        return {
            "verdict": Verdict(told["verdict"]),
            "issues": {number: Verdict(said) for number, said in each.items() if said},
            "comment": told["comment"],
            "happened_at": told["happened_at"],
        }


#: What can be said of one issue; that there was no answer is said of the whole.
_OF_AN_ISSUE = (Verdict.ACCEPTED, Verdict.NOT_ACCEPTED)


def _verdict(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.verdict(page.ref, **said, by=by, at=at)


class RateForm(ActForm):
    """The two questions, as they were answered at the desk or on the telephone."""

    def prepare(self) -> None:
        """Ask for a mark for each; either may be missing."""
        marks = [(n, f"{numerals(n, get_language() or 'en')} – {said}") for n, said in _MARKS]
        self.fields["handling"] = listed(
            _("How do they rate the way we treated them?"), marks, required=False
        )
        self.fields["outcome"] = listed(_("And what came of it?"), marks, required=False)
        self.fields["comment"] = words(_("In their words"), required=False, rows=3)

    def clean(self) -> Data:
        """At least one of the two."""
        told = super().clean() or {}
        if told.get("handling") is None and told.get("outcome") is None:
            raise forms.ValidationError(_("Answer at least one of the two questions."))
        return told


_MARKS = (
    (5, _("very good")),
    (4, _("good")),
    (3, _("so-so")),
    (2, _("bad")),
    (1, _("very bad")),
)


def _rate(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.rate(page.ref, **said, by=by, at=at)


class MaybeReasonForm(ActForm):
    """A reason, if there is one."""

    reason = words(_("Why?"), required=False, rows=3)


def _review(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.review(page.ref, **said, by=by, at=at)


class WaiveForm(ActForm):
    """Who may act although they are not independent, and why nobody else can."""

    def prepare(self) -> None:
        """Propose the most senior colleague whom the complaint is not about, then the others."""
        self.weighed = independence(self.page.facts, now())
        first = self.weighed.proposed
        said = {"n": numerals(self.weighed.allowed, get_language() or "en")}
        self.fields["staff"] = listed(
            _("Who?"),
            lists.named([*([first] if first else []), *self.weighed.others]),
            initial=first.id if first else None,
            help_text=_say(
                "Proposed is the most senior colleague whom the complaint is not about. Exceptions "
                "allowed in the last twelve months: %(n)s."
            )
            % said,
        )
        self.fields["reason"] = words(
            _("Why is there nobody independent?"), help_text=_("The complainant is told this.")
        )

    def clean(self) -> Data:
        """An exception only where nobody independent is at hand."""
        told = super().clean() or {}
        if self.weighed.independent:
            names = " · ".join(str(one.name) for one in self.weighed.independent)
            self.add_error(
                "staff",
                _say("Independent and present: %(names)s. Assign the file to one of them.")
                % {"names": names},
            )
        return told


def _waive(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.waive(page.ref, **said, by=by, at=at)


class PlainForm(ActForm):
    """Nothing to fill in: only to be confirmed."""


def _close(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.close(page.ref, by=by, at=at)


#: Which reasons to take a file up again go with the state in which it ended.
_WHY = {
    State.CLOSED: (Reopening.LATE_ANSWER, Reopening.NEW_FACT, Reopening.LETTER_RETURNED),
    State.WITHDRAWN: (Reopening.WITHDRAWAL_UNDONE,),
    State.SET_ASIDE: (Reopening.OBJECTION,),
}


class ReopenForm(ActForm):
    """Why an ended file is taken up again."""

    def prepare(self) -> None:
        """Offer the reasons that fit."""
        whys = labelled(REOPENINGS, *_WHY.get(self.page.facts.state, tuple(Reopening)))
        self.fields["why"] = one_of(_("Why?"), whys, initial=whys[0][0])
        self.fields["reason"] = words(_("In a few words"), required=False, rows=3)


def _reopen(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    said["why"] = Reopening(said["why"])
    return actions.reopen(page.ref, **said, by=by, at=at)


def _withdraw(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.withdraw(page.ref, **said, by=by, at=at)


class SetAsideForm(ActForm):
    """What it is, if it is no complaint."""

    kind = one_of(_("What is it then?"), labelled(NOT_COMPLAINTS))
    reason = words(_("Why is it not a complaint?"), help_text=_("The person is told this."), rows=3)


def _set_aside(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    said["kind"] = NotAComplaint(said["kind"])
    return actions.set_aside(page.ref, **said, by=by, at=at)


class SettleForm(RemedyLines, ActForm):
    """Settled on the spot: what was done, and how the person accepted it."""

    danger = yes_no(_("Is anybody in danger?"), help_text=_("Asked of everybody."))
    what_was_done = words(_("What was done?"), rows=3)
    how_accepted = words(
        _("How did the person accept it?"),
        help_text=_("In what words, or by what sign."),
        rows=2,
    )
    accepted_at = moment(_("When did they accept?"))

    def prepare(self) -> None:
        """Add lines for what was promised."""
        self.ask_for_remedies()

    def others(self) -> list[forms.BoundField]:
        """The bound fields that belong to no remedy."""
        return [one for one in self.visible_fields() if not one.name.rpartition("_")[2].isdigit()]

    def said(self) -> Data:
        """The settlement, whole."""
        told = self.cleaned_data
        numbers = [issue.number for issue in self.page.issues if issue.moved_to is None]
        settled = told["what_was_done"]
        return {
            "settlement": Settlement(
                what_was_done=settled,
                how_accepted=told["how_accepted"],
                accepted_at=told["accepted_at"],
                danger=told["danger"],
                causes=[Found(number, Finding.SETTLED, settled) for number in numbers],
                promises=self.promises(),
            )
        }


def _settle(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.settle(page.ref, **said, by=by, at=at)


ACTS = (
    Act(
        "settle",
        Step.SETTLE,
        _("Settle at once"),
        _("Settle and close"),
        SettleForm,
        _settle,
        help=_(
            "For what the person accepts here and now. The letter says until when they can "
            "tell us that it is not right after all."
        ),
        sends=_("The confirmation of the settlement"),
        template="desk/act_issues.html",
    ),
    Act(
        "verdict",
        Step.VERDICT,
        _("Record the complainant's answer"),
        _("Record"),
        VerdictForm,
        _verdict,
        template="desk/act_answer.html",
    ),
    Act(
        "rate",
        Step.RATE,
        _("Record a rating"),
        _("Record"),
        RateForm,
        _rate,
        help=_("Apart from the answer to the decision: satisfied is not the same as accepted."),
    ),
    Act(
        "review",
        Step.REVIEW,
        _("Open a review"),
        _("Open the review"),
        MaybeReasonForm,
        _review,
        help=_(
            "Someone else looks again, from the issues and not from the first answer. A "
            "reason is welcome and not needed."
        ),
        sends=_("A letter that the review has begun"),
    ),
    Act(
        "waive",
        Step.WAIVE,
        _("Allow someone not independent"),
        _("Allow"),
        WaiveForm,
        _waive,
        help=_("Only where nobody independent exists. It is counted."),
        sends=_("A letter that says who looks at it and why"),
        grave=True,
    ),
    Act(
        "close",
        Step.CLOSE,
        _("Close"),
        _("Close the file"),
        PlainForm,
        _close,
        sends=_("The closing letter"),
        letter=LetterKind.CLOSING,
        template="desk/act_close.html",
    ),
    Act(
        "reopen",
        Step.REOPEN,
        _("Take up again"),
        _("Take it up again"),
        ReopenForm,
        _reopen,
        help=_("The file goes on where it was, and its clocks with it."),
    ),
    Act(
        "withdraw",
        Step.WITHDRAW,
        _("Record a withdrawal"),
        _("Record the withdrawal"),
        MaybeReasonForm,
        _withdraw,
        help=_("Only if the complainant said so. They are told, and can undo it."),
        sends=_("A letter that the withdrawal was recorded"),
        grave=True,
    ),
    Act(
        "set_aside",
        Step.SET_ASIDE,
        _("Set aside"),
        _("Set it aside"),
        SetAsideForm,
        _set_aside,
        help=_("For what is no complaint. The person is told why, and may object."),
        sends=_("A letter with the reason"),
        grave=True,
    ),
)
