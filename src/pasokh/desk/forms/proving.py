"""Who somebody is: questions the file can answer, before a lost code is given anew."""

from collections.abc import Iterator
from datetime import UTC

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from pasokh.desk.acts import ActForm, Data
from pasokh.desk.fields import Choices, reached_at, words
from pasokh.kernel import dates
from pasokh.kernel.text import isolate
from pasokh.ui.templatetags.ui import headline

#: What alone is enough, beside the contacts confirmed earlier.
_PAPER = "paper"
#: How many right answers are enough.
ENOUGH = 2


class CodeForm(ActForm):
    """What showed that the person is the complainant: a confirmed contact, a paper, or answers."""

    def prepare(self) -> None:
        """Offer the questions that this file can answer, with their answers for the asker."""
        self.questions = dict(self._questions())
        self.contacts = dict(self._contacts())
        self.fields["answered"] = forms.MultipleChoiceField(
            label=_("Which of these did they know?"),
            help_text=_("Ask; read none of the answers out. Two right answers are enough."),
            required=False,
            choices=[
                (name, f"{ask}: {isolate(known)}") for name, (ask, known) in self.questions.items()
            ],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["shown"] = forms.MultipleChoiceField(
            label=_("Or what else showed it?"),
            help_text=_("One of these is enough."),
            required=False,
            choices=list(self.contacts.items()),
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["remark"] = words(_("Remark"), required=False, rows=2)

    def clean(self) -> Data:
        """Two answers, or something better."""
        told = super().clean() or {}
        if not told.get("shown") and len(told.get("answered", ())) < ENOUGH:
            self.add_error(
                "answered",
                _("Two right answers are needed, or one of the things below."),
            )
        return told

    def said(self) -> Data:
        """The proof in words: which questions, which contact, never the answers themselves."""
        told = self.cleaned_data
        parts = [str(self.contacts[name]) for name in told["shown"]]
        parts += [str(self.questions[name][0]) for name in told["answered"]]
        return {"proof": "\n".join(part for part in (*parts, told["remark"]) if part.strip())}

    def _contacts(self) -> Choices:
        person = self.page.representative or self.page.complainant
        points = person.contact_points.all() if person else ()
        confirmed = [
            (
                f"point-{one.pk}",
                _say("We speak to them at %(where)s") % {"where": isolate(reached_at(one))},
            )
            for one in points
            if one.confirmed_at and not one.refused_at
        ]
        paper = _say("They showed a paper with their name: an identity card or the invoice")
        return [*confirmed, (_PAPER, paper)]

    def _questions(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """The facts of the file that its complainant would know."""
        case, language = self.page.case, get_language() or "en"
        for name, ask in (
            ("order_number", _say("Order number")),
            ("serial_number", _say("Serial number")),
            ("product_model", _say("Product and model")),
            ("purchase_place", _say("Where it was bought")),
            ("remedy_wanted", _say("What they want")),
        ):
            if known := getattr(case, name).strip():
                yield name, (ask, known)
        for name, ask in (
            ("purchased_on", _say("When it was bought")),
            ("incident_on", _say("When it happened")),
        ):
            if on := getattr(case, name):
                yield name, (ask, dates.as_date(on, language, UTC))
        for issue in self.page.issues[:1]:
            yield "matter", (_say("What they complained of"), headline(issue.text, 160))
