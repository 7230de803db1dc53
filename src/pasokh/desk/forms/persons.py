"""Who complains and how they are reached: names put right, numbers and addresses kept."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.labels import REACHED
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.queries import CasePage
from pasokh.desk.acts import Act, ActForm, Data
from pasokh.desk.fields import Choices, labelled, line, listed, one_of, reached_at, until, words
from pasokh.directory.people.ways import Way
from pasokh.kernel.actors import Actor
from pasokh.kernel.text import isolate

CONFIRM, STOP, NO_TEXTS, TEXTS = "confirm", "stop", "no_texts", "texts"


def _people(page: CasePage) -> list[Any]:
    """The people of a file, first whoever speaks."""
    return [one for one in (page.representative, page.complainant) if one]


def _points(page: CasePage) -> Choices:
    """The numbers and addresses in use, by id."""
    return [
        (point.pk, f"{REACHED[Way(point.kind)]}: {isolate(reached_at(point))}")
        for person in _people(page)
        for point in person.contact_points.all()
        if not point.refused_at
    ]


class PersonForm(ActForm):
    """A form about one of the people of a file; asked who only where there are two."""

    def prepare(self) -> None:
        """Offer the people."""
        found = _people(self.page)
        first = found[0].pk if found else None
        self.fields["person"] = listed(
            _("Who?"), [(one.pk, one.name) for one in found], initial=first
        )
        if len(found) < 2:
            self.fields["person"].widget = forms.HiddenInput()


class NameForm(PersonForm):
    """How the name is really written."""

    def prepare(self) -> None:
        """Ask for the name and the reason."""
        super().prepare()
        self.fields["name"] = line(_("The right name"))
        self.fields["reason"] = words(_("Why?"), rows=2)


class ContactForm(PersonForm):
    """One more way to reach somebody."""

    def prepare(self) -> None:
        """Ask for the way, its value and whether it was read back."""
        super().prepare()
        ways = labelled(REACHED, Way.PHONE, Way.EMAIL, Way.POST)
        self.fields["kind"] = one_of(_("What is it?"), ways, initial=str(Way.PHONE))
        self.fields["value"] = words(_("The number or address"), rows=2)
        self.fields["value"].error_messages["required"] = _("This cannot be left empty.")
        self.fields["read_back"] = forms.BooleanField(
            label=_("I read it back to them, and it agreed"),
            required=False,
            help_text=_("Only what was read back, or confirmed by them, gets whole letters."),
        )


class PointForm(ActForm):
    """What became of a number or address."""

    def prepare(self) -> None:
        """Offer those in use."""
        self.fields["point"] = listed(_("Which number or address?"), _points(self.page))
        self.fields["what"] = one_of(
            _("What about it?"),
            [
                (CONFIRM, _("It was read back to them and agreed")),
                (STOP, _("It is no longer to be used")),
                (NO_TEXTS, _("They want no more texts there")),
                (TEXTS, _("They want texts there again")),
            ],
        )
        self.fields["reason"] = words(_("Why is it no longer used?"), required=False, rows=2)

    def clean(self) -> Data:
        """What is no longer used needs a reason."""
        told = super().clean() or {}
        if told.get("what") == STOP and not told.get("reason", "").strip():
            self.add_error("reason", _("Write at least a few words here."))
        return told


class MandateForm(ActForm):
    """In what somebody may act for the person concerned, until when, and what shows it."""

    def prepare(self) -> None:
        """Offer the files of the complaint."""
        files = [(one.digest, isolate(one.name)) for one in self.page.rows["attachments"]]
        self.fields["scope"] = words(_("In what may they act?"), rows=2)
        self.fields["scope"].help_text = _("For example: in everything about this complaint.")
        self.fields["shown_by"] = forms.ChoiceField(
            label=_("Which file shows it?"),
            required=False,
            choices=[("", _("None: a colleague saw the paper")), *files],
            help_text=_("A power of attorney, for instance. Add it to the file first."),
        )
        self.fields["until"] = until(_("Until when?"), required=False)


class EndMandateForm(ActForm):
    """Why somebody may no longer act for the person concerned."""

    def prepare(self) -> None:
        """Ask for the reason."""
        self.fields["reason"] = words(_("Why?"), rows=2)


def _give(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.give_mandate(page.ref, **said, by=by, at=at)


def _end(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.end_mandate(page.ref, **said, by=by, at=at)


def _name(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    return actions.correct_name(page.ref, **said, by=by, at=at)


def _add(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    said["kind"], said["value"] = Way(said["kind"]), said["value"].strip()
    return actions.add_contact(page.ref, **said, by=by, at=at)


def _point(page: CasePage, said: Data, by: Actor, at: datetime) -> object:
    if said["what"] == CONFIRM:
        return actions.confirm_contact(page.ref, point=said["point"], by=by, at=at)
    if said["what"] == NO_TEXTS:
        return actions.stop_texts(page.ref, point=said["point"], by=by, at=at)
    if said["what"] == TEXTS:
        return actions.want_texts(page.ref, point=said["point"], by=by, at=at)
    return actions.stop_contact(page.ref, point=said["point"], reason=said["reason"], by=by, at=at)


ACTS = (
    Act(
        "add_contact",
        Step.CORRECT,
        _("Add a number or address"),
        _("Add it"),
        ContactForm,
        _add,
        help=_("Letters go to the newest e-mail or postal address from now on."),
        offered=lambda page: bool(_people(page)),
    ),
    Act(
        "contact",
        Step.CORRECT,
        _("Confirm a number or address, or stop using it"),
        _("Save"),
        PointForm,
        _point,
        offered=lambda page: bool(_points(page)),
    ),
    Act(
        "correct_name",
        Step.CORRECT,
        _("Correct the name"),
        _("Correct it"),
        NameForm,
        _name,
        help=_("The old and the new stay in the record, with the reason."),
        offered=lambda page: bool(_people(page)),
    ),
    Act(
        "give_mandate",
        Step.CORRECT,
        _("Write down leave to act for the person concerned"),
        _("Write it down"),
        MandateForm,
        _give,
        help=_("Until it is written down, the file says that nothing shows it."),
        offered=lambda page: bool(page.complainant and page.representative),
    ),
    Act(
        "end_mandate",
        Step.CORRECT,
        _("End the leave to act for the person concerned"),
        _("End it"),
        EndMandateForm,
        _end,
        offered=lambda page: page.mandate is not None,
    ),
)
