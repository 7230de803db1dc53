"""Assessed, investigated, decided: the forms that judge."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pasokh.casework.assessment import actions as assessment
from pasokh.casework.assessment.matrix import Answers
from pasokh.casework.complaints import actions
from pasokh.casework.complaints.actions.judging import Found
from pasokh.casework.complaints.labels import AFFECTED, DECLINES, FINDINGS
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.complaints.terms import Affected, Decline, Finding
from pasokh.casework.investigation import actions as investigation
from pasokh.desk import lists
from pasokh.desk.acts import Act, ActForm, Data
from pasokh.desk.fields import labelled, line, listed, one_of, words, yes_no
from pasokh.desk.forms.issues import IssuesForm
from pasokh.desk.forms.remedies import RemedyLines
from pasokh.desk.uploads import WithFiles
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.policy.taxonomy.kinds import Kind

_SEVERITY = [
    (5, _("5: danger, or great loss")),
    (4, _("4: heavy loss or great distress")),
    (3, _("3: clear loss or trouble")),
    (2, _("2: small loss or trouble")),
    (1, _("1: an annoyance")),
]
_IMPACT = [
    (5, _("5: many people, or the public")),
    (4, _("4: a whole group of customers")),
    (3, _("3: several people")),
    (2, _("2: one household")),
    (1, _("1: one person, once")),
]
_COMPLEXITY = [
    (1, _("1: clear from the file")),
    (2, _("2: others have to be asked")),
    (3, _("3: an expert or a test is needed")),
]
_PRIORITY = [
    (1, _("1: act now")),
    (2, _("2: soon")),
    (3, _("3: after those")),
    (4, _("4: in its turn")),
]


def _scale(label: Any, choices: Any) -> forms.Field:
    return forms.TypedChoiceField(
        label=label,
        choices=choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one.")},
    )


class AssessForm(ActForm):
    """The short form: how bad, how wide, how urgent."""

    safety = yes_no(
        _("Is anybody in danger?"), help_text=_("If yes, top management is told at once.")
    )
    severity = _scale(_("How bad is it for the person?"), _SEVERITY)
    impact = _scale(_("How many does it concern?"), _IMPACT)
    complexity = _scale(_("How hard is it to find out?"), _COMPLEXITY)
    immediate_needed = yes_no(_("Must something be done at once?"))
    immediate_possible = yes_no(_("Can something be done at once?"))
    recurrent = yes_no(_("Has the same happened before?"))
    immediate_action = words(_("What was done at once"), required=False, rows=2)
    override = listed(
        _("Another priority than the table gives"),
        _PRIORITY,
        required=False,
        nothing=_("As the table gives"),
        help_text=_("Leave it, unless the table is wrong for this case; then say why."),
    )
    override_reason = words(_("Why another priority"), required=False, rows=2)


def _assess(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    needs = [one.needs for one in (page.complainant, page.representative) if one and one.needs]
    names = ("severity", "safety", "complexity", "impact")
    more = ("immediate_needed", "immediate_possible", "recurrent")
    answers = Answers(**{name: said[name] for name in (*names, *more)}, vulnerable=bool(needs))
    return assessment.assess(
        page.ref,
        answers=answers,
        immediate_action=said["immediate_action"],
        override=said["override"],
        override_reason=said["override_reason"],
        by=by,
        at=at,
    )


class InvestigateForm(ActForm):
    """A plan in proportion to the matter."""

    plan = words(
        _("How will you find out?"),
        help_text=_("Whom you will ask, what you will look at, by when. Two lines may do."),
    )


class GatherForm(WithFiles, ActForm):
    """A piece of evidence, in words or as files."""

    description = words(_("What is it, and what does it show?"))
    source = line(_("Where does it come from?"))

    def prepare(self) -> None:
        """Ask for the words first."""
        self.order_fields(["description", "source"])

    def said(self) -> Data:
        """The words, where it comes from, and the files."""
        told = self.cleaned_data
        names = ("description", "source")
        return {**{name: told[name] for name in names}, "files": self.taken(now())}


def _gather(page: CasePage, said: Data, by: Actor, at: datetime) -> None:
    files = said.pop("files")
    if not files:
        investigation.gather(page.ref, **said, digest="", by=by, at=at)
    for file in files:
        investigation.gather_file(page.ref, **said, file=file, by=by, at=at)


class DecideForm(RemedyLines, IssuesForm):
    """A finding and reasons for each issue, the reasons of the whole, the remedies."""

    def prepare(self) -> None:
        """Ask for each issue, then for the whole."""
        causes = lists.terms(Kind.CAUSE)
        findings = labelled(FINDINGS, *(f for f in Finding if f is not Finding.SETTLED))
        for issue in self.issues():
            number = issue.number
            self.fields[f"finding_{number}"] = one_of(_("What was found"), findings)
            self.fields[f"reasons_{number}"] = words(
                _("Reasons"), help_text=_("The complainant reads them."), rows=3
            )
            self.fields[f"cause_{number}"] = listed(
                _("Cause"), causes, required=False, help_text=_("Needed before closing if upheld.")
            )
            self.fields[f"others_{number}"] = listed(
                _("Are others affected?"),
                labelled(AFFECTED),
                required=False,
                number=False,
                question=True,
            )
        self.fields["reasons"] = words(
            _("The decision in a few sentences"),
            help_text=_("What we decided on the whole, and why. It opens the letter."),
        )
        self.fields["waives_review"] = forms.BooleanField(
            label=_("The offer says of itself that taking it ends the matter"), required=False
        )
        self.ask_for_remedies()

    def said(self) -> Data:
        """Findings, promises, reasons and whether a review is given up."""
        told = self.cleaned_data
        return {
            "findings": [self._found(issue.number) for issue in self.issues()],
            "promises": self.promises(),
            "reasons": told["reasons"],
            "waives_review": told["waives_review"],
        }

    def _found(self, number: int) -> Found:
        told = self.cleaned_data
        affected = told[f"others_{number}"]
        return Found(
            number,
            Finding(told[f"finding_{number}"]),
            told[f"reasons_{number}"],
            told[f"cause_{number}"],
            Affected(affected) if affected else None,
        )


def _decide(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.decide(page.ref, **said, by=by, at=at)


class DeclineForm(ActForm):
    """Why the merits are not examined."""

    why = one_of(_("Why is it not examined?"), labelled(DECLINES))
    reasons = words(
        _("Reasons"), help_text=_("The complainant reads them and may ask for a review.")
    )


def _decline(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.decline(
        page.ref, why=Decline(said["why"]), reasons=said["reasons"], by=by, at=at
    )


class ReasonForm(ActForm):
    """A reason."""

    reason = words(_("Why?"), rows=3)


def _reconsider(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.reconsider(page.ref, reason=said["reason"], by=by, at=at)


def _investigate(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return investigation.investigate(page.ref, plan=said["plan"], by=by, at=at)


class TraceForm(ActForm):
    """The cause of an upheld issue, and whether others are affected."""

    def prepare(self) -> None:
        """Offer the issues and the tree of causes."""
        self.fields["issue"] = listed(_("Which issue?"), lists.issues(self.page))
        self.fields["cause"] = listed(_("Cause"), lists.terms(Kind.CAUSE))
        self.fields["others_affected"] = one_of(_("Are others affected?"), labelled(AFFECTED))


def _trace(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    said["others_affected"] = Affected(said["others_affected"])
    return actions.trace(page.ref, **said, by=by, at=at)


class CategoriesForm(IssuesForm):
    """A category for each issue."""

    def prepare(self) -> None:
        """Ask for each issue."""
        categories = lists.terms(Kind.CATEGORY)
        for issue in self.issues():
            self.fields[f"category_{issue.number}"] = listed(
                _("Category"), categories, required=False, initial=issue.category
            )

    def said(self) -> Data:
        """The categories that were chosen, by issue."""
        told = {
            issue.number: self.cleaned_data[f"category_{issue.number}"] for issue in self.issues()
        }
        return {"categories": {number: chosen for number, chosen in told.items() if chosen}}


def _categorise(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.recategorise(page.ref, **said, by=by, at=at)


ACTS = (
    Act(
        "assess",
        Step.ASSESS,
        _("Assess"),
        _("Assess"),
        AssessForm,
        _assess,
        help=_(
            "The table turns your answers into a priority and shows how. Who the customer is "
            "does not count."
        ),
    ),
    Act(
        "investigate",
        Step.INVESTIGATE,
        _("Start the investigation"),
        _("Start"),
        InvestigateForm,
        _investigate,
    ),
    Act(
        "gather",
        Step.GATHER,
        _("Add evidence"),
        _("Add"),
        GatherForm,
        _gather,
        help=_("Each file becomes a piece of evidence of its own, under these words."),
    ),
    Act(
        "decide",
        Step.DECIDE,
        _("Decide"),
        _("Decide"),
        DecideForm,
        _decide,
        help=_(
            "Nothing is sent yet: the decision letter is the next step, and until then the "
            "decision can be taken back."
        ),
        template="desk/act_issues.html",
    ),
    Act(
        "decline",
        Step.DECLINE,
        _("Decline to examine"),
        _("Decline"),
        DeclineForm,
        _decline,
        help=_("This is a decision too: with reasons, and with a right to a review."),
    ),
    Act(
        "reconsider",
        Step.RECONSIDER,
        _("Take the decision back"),
        _("Take it back"),
        ReasonForm,
        _reconsider,
        help=_("Possible until it has been sent. The remedies go with it."),
        grave=True,
    ),
    Act("trace", Step.TRACE, _("Trace the cause"), _("Save the cause"), TraceForm, _trace),
    Act(
        "categorise",
        Step.CORRECT,
        _("Give categories"),
        _("Save the categories"),
        CategoriesForm,
        _categorise,
        template="desk/act_issues.html",
    ),
)
