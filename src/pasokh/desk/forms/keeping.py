"""Keeping the file: who has it, its clocks, its remedies, its facts, its neighbours."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pasokh.casework.assessment import actions as assessment
from pasokh.casework.complaints import actions
from pasokh.casework.complaints.labels import FIELDS, LANGUAGES
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.deadlines.labels import CLOCKS, HOLDS
from pasokh.casework.intake import actions as intake
from pasokh.desk import lists
from pasokh.desk.acts import Act, ActForm, Data
from pasokh.desk.fields import labelled, line, listed, moment, one_of, words, yes_no
from pasokh.desk.forms.answering import PlainForm
from pasokh.desk.forms.proving import CodeForm
from pasokh.kernel import refs
from pasokh.kernel.actors import Actor
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.ui.forms import DateField


class AssignForm(ActForm):
    """Who gets the file."""

    def prepare(self) -> None:
        """Offer those who are free to take it."""
        self.fields["staff"] = listed(
            _("Who is free to take it"),
            lists.free(self.page, "complaint.handle"),
            help_text=_("Without those who are away, complained about, or judged it before."),
        )


class NameForm(ActForm):
    """Which colleague the complaint is about."""

    def prepare(self) -> None:
        """Offer everybody."""
        self.fields["staff"] = listed(_("Which colleague?"), lists.colleagues())


class HoldForm(ActForm):
    """What is waited for."""

    category = one_of(_("What are we waiting for?"), labelled(HOLDS))
    reason = words(_("Why?"), rows=3)


class ExtendForm(ActForm):
    """Which deadline, by how much, why."""

    amount = forms.IntegerField(
        label=_("By how much, in the deadline's own unit"),
        min_value=1,
        max_value=1000,
        error_messages={"required": _("Write a number.")},
    )
    reason = words(_("Why?"), help_text=_("The complainant is told this."), rows=3)

    def prepare(self) -> None:
        """Offer the deadlines that run and are ours."""
        running = [one for one in self.page.running() if one.duty]
        choices = [(one.name, CLOCKS.get(one.name, one.name)) for one in running]
        self.fields["clock"] = listed(_("Which deadline?"), choices, number=False)
        self.order_fields(["version", "clock", "amount", "reason"])


class FulfilForm(ActForm):
    """Which remedy, when it was done, what proves it."""

    def prepare(self) -> None:
        """Offer the remedies still owed."""
        owed = [
            (one.pk, f"{one.kind.name} · {one.description}") for one in remedies_owed(self.page)
        ]
        self.fields["remedy"] = listed(_("Which remedy?"), owed)
        self.fields["done_on"] = DateField(label=_("When was it done?"))
        self.fields["proof"] = words(_("What proves it?"), rows=2)


def remedies_owed(page: CasePage) -> list[Any]:
    """The remedies of a file that are neither done nor dropped."""
    return [one for one in page.rows["remedies"] if not one.done_on and not one.dropped_at]


class JoinForm(ActForm):
    """The other file."""

    other = line(_("Reference of the other file"), short=True)

    def clean_other(self) -> str:
        """Read the reference however it was written."""
        ref = refs.read(self.cleaned_data["other"])
        if ref is None:
            raise forms.ValidationError(_("This is not a reference; one looks like P-000042-7."))
        return ref


class UnjoinForm(ActForm):
    """Which of the files that were joined does not belong here."""

    def prepare(self) -> None:
        """Offer them."""
        self.fields["other"] = one_of(_("Which file?"), [(ref, ref) for ref in _joined(self.page)])
        self.fields["reason"] = words(_("Why?"), rows=2)


def _joined(page: CasePage) -> list[str]:
    """The files that were joined with one; what was split off it is not among them."""
    ours = [one.other.ref for one in page.rows["links"] if one.why == "joined"]
    return [*ours, *(one.complaint.ref for one in page.rows["linked_from"] if one.why == "joined")]


class IssueForm(ActForm):
    """One more matter of the complaint."""

    text = words(_("What is this issue about?"))

    def prepare(self) -> None:
        """Offer the categories."""
        self.fields["category"] = listed(_("Category"), lists.terms(Kind.CATEGORY), required=False)


class SplitForm(ActForm):
    """Which issue goes on as a file of its own."""

    def prepare(self) -> None:
        """Offer the issues."""
        self.fields["issue"] = listed(_("Which issue?"), lists.issues(self.page))


#: How each fact that may be corrected is asked for.
def _asked(field: str) -> forms.Field:
    label = _("What is right")
    match field:
        case "incident_on" | "purchased_on":
            return DateField(label=label)
        case "received_at":
            return moment(label, now_first=False)
        case "confidential":
            return yes_no(label)
        case "language":
            return one_of(label, LANGUAGES.items())
        case "channel":
            return listed(label, lists.channels(), number=False)
        case "unit_id":
            return listed(label, lists.units())
        case "product_id":
            return listed(label, lists.terms(Kind.PRODUCT))
        case "complainant_kind":
            return one_of(label, [("customer", _("Customer")), ("colleague", _("Colleague"))])
    return line(label)


class CorrectForm(ActForm):
    """First which fact, then what is right and why."""

    def prepare(self) -> None:
        """Ask for a fact until one is known, then for its value."""
        field = self.data.get("field", "") or self.initial.get("field", "")
        self.fields["field"] = listed(_("What is wrong?"), FIELDS.items(), number=False)
        if field in FIELDS:
            self.fields["field"].widget = forms.HiddenInput()
            self.initial = {**self.initial, "field": field, "value": getattr(self.page.case, field)}
            self.label = FIELDS[field]
            self.fields["value"] = _asked(field)
            self.fields["reason"] = words(_("Why?"), rows=2)

    def clean(self) -> Data:
        """Nothing can be corrected before it was asked for."""
        told = super().clean() or {}
        if "value" not in self.fields and not self.errors:
            raise forms.ValidationError(_("Choose first what is wrong."))
        return told


def _plain(verb: Any) -> Any:
    def do(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
        return verb(page.ref, **said, by=by, at=at)

    return do


def _told_me(page: CasePage) -> bool:
    return any(one.read_at is None for one in page.rows["significant_notices"])


ACTS = (
    Act("assign", Step.ASSIGN, _("Assign"), _("Assign"), AssignForm, _plain(actions.assign)),
    Act(
        "name",
        Step.NAME,
        _("Name a colleague complained about"),
        _("Name"),
        NameForm,
        _plain(actions.name),
        grave=True,
        help=_("From then on this colleague can neither read nor handle the file."),
    ),
    Act("hold", Step.HOLD, _("Hold the clocks"), _("Hold"), HoldForm, _plain(actions.hold)),
    Act(
        "resume",
        Step.RESUME,
        _("Let the clocks run on"),
        _("Let them run on"),
        PlainForm,
        _plain(actions.resume),
    ),
    Act(
        "extend",
        Step.EXTEND,
        _("Extend a deadline"),
        _("Extend"),
        ExtendForm,
        _plain(actions.extend),
        sends=_("A letter with the new date and the reason"),
    ),
    Act(
        "fulfil",
        Step.FULFIL,
        _("Record a remedy as done"),
        _("Record"),
        FulfilForm,
        _plain(actions.fulfil),
        offered=lambda page: bool(remedies_owed(page)),
    ),
    Act(
        "correct",
        Step.CORRECT,
        _("Correct"),
        _("Correct"),
        CorrectForm,
        _plain(actions.correct),
        help=_(
            "The old and the new stay in the record, with the reason. The person's own words "
            "are never corrected."
        ),
    ),
    Act(
        "join",
        Step.JOIN,
        _("Join with another file"),
        _("Join"),
        JoinForm,
        _plain(actions.join),
        help=_("Both files stay; they are shown together."),
    ),
    Act(
        "unjoin",
        Step.JOIN,
        _("Take a joining back"),
        _("Take it back"),
        UnjoinForm,
        _plain(actions.unjoin),
        help=_("The files are shown together no more. That they were stays in the record."),
        offered=lambda page: bool(_joined(page)),
    ),
    Act(
        "add_issue",
        Step.ADD_ISSUE,
        _("Write down another issue"),
        _("Write it down"),
        IssueForm,
        _plain(actions.add_issue),
        help=_(
            "For a complaint that tells of several matters: each issue gets a finding of its own, "
            "and can go on in a file of its own. The person's words stay as they are."
        ),
    ),
    Act(
        "split",
        Step.SPLIT,
        _("Split an issue off"),
        _("Split"),
        SplitForm,
        _plain(intake.split),
        help=_("They learn of the new reference by letter, and their tracking code opens it, too."),
        offered=lambda page: len(lists.issues(page)) > 1,
    ),
    Act(
        "replace_code",
        Step.WRITE,
        _("Give a new tracking code"),
        _("Make a new code"),
        CodeForm,
        _plain(intake.replace_code),
        grave=True,
        help=_(
            "The old code opens nothing from then on. The new one is shown once, to you: read it "
            "out, print it or hand it over. It is never mailed."
        ),
        right="complaint.replace_code",
        offered=lambda page: not page.case.anonymous,
    ),
)

READ = _plain(assessment.read)
