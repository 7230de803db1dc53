"""What the complainant's forms ask. Text is kept to the letter: only CRLF becomes LF."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.queries.tracking import Answered
from pasokh.casework.intake.labels import KINDS, MATTER, NEEDS, THEMSELVES
from pasokh.directory.people import ways
from pasokh.kernel.text import isolate
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.ui import languages
from pasokh.ui.forms import DateField, Words


def paragraph(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def email_field(label: Any, **more: Any) -> Words:
    """A field for an e-mail address, as it is typed."""
    widget = forms.EmailInput(attrs={"autocomplete": "email"})
    return Words(label=label, max_length=320, widget=widget, **more)


def number_field(label: Any, **more: Any) -> Words:
    """A field for a telephone number, as it is typed."""
    attrs = {"type": "tel", "autocomplete": "tel", "class": "short"}
    return Words(label=label, max_length=60, widget=forms.TextInput(attrs=attrs), **more)


def categories() -> list[tuple[Any, Any]]:
    """The kinds of complaint to choose from; those under another stand in its group."""
    listed: list[tuple[Any, Any]] = [("", _("I do not know"))]
    for term in taxonomy.terms(Kind.CATEGORY):
        name = str(term.name)
        if term.depth == 0:
            listed.append((term.id, name) if term.leaf else (name, []))
        elif term.leaf:
            listed[-1][1].append((term.id, name))
    return listed


def _asked(name: str) -> dict[str, Any]:
    """What is asked in a field, and what helps to answer it; nobody has to."""
    question = (MATTER | THEMSELVES)[name]
    helped = {"help_text": question.help} if question.help else {}
    return {"label": question.asks, "required": False, **helped}


class ParticularsForm(forms.Form):
    """What is told of the matter beside what happened: when filing, or later."""

    product_model = Words(**_asked("product_model"))
    serial_number = Words(**_asked("serial_number"), widget=forms.TextInput(attrs={"dir": "ltr"}))
    order_number = Words(**_asked("order_number"), widget=forms.TextInput(attrs={"dir": "ltr"}))
    purchase_place = Words(**_asked("purchase_place"))
    purchased_on = DateField(**_asked("purchased_on"))
    guarantee = Words(**_asked("guarantee"))
    incident_on = DateField(**_asked("incident_on"))
    remedy_wanted = Words(**_asked("remedy_wanted"), widget=paragraph(3))


class AboutForm(forms.Form):
    """What complainants tell of themselves beside their name: when filing, or later."""

    complainant_kind = forms.ChoiceField(
        **_asked("complainant_kind"), choices=list(KINDS.items()), widget=forms.RadioSelect
    )
    on_behalf_of = Words(**_asked("on_behalf_of"), max_length=500)
    behalf_contact = Words(**_asked("behalf_contact"), max_length=320)
    needs = forms.MultipleChoiceField(
        **_asked("needs"), choices=list(NEEDS.items()), widget=forms.CheckboxSelectMultiple
    )
    needs_note = Words(**_asked("needs_note"), widget=paragraph(2))

    def clean_behalf_contact(self) -> str:
        given: str = self.cleaned_data["behalf_contact"]
        return _address(given) if "@" in given else _number(given)

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("behalf_contact", "").strip() and not told.get("on_behalf_of", "").strip():
            self.add_error("on_behalf_of", _("Write the name of the person you write for."))
        return told


class ComplaintForm(AboutForm, ParticularsForm):
    """One complaint: what happened, how to answer, and whatever else may help."""

    narrative = Words(
        label=_("What went wrong?"),
        help_text=_("Write it in your own words, as you would tell it. Short is fine."),
        error_messages={"required": _("Write what went wrong. One sentence is enough.")},
        widget=paragraph(8),
    )
    name = Words(
        label=_("Your name"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = email_field(_("E-mail"), required=False)
    mobile = number_field(_("Mobile number"), required=False)
    anonymous = forms.BooleanField(
        label=_("I do not want to say who I am"),
        required=False,
        help_text=_(
            "You will get a tracking code. Keep it: without it you cannot follow your complaint, "
            "and it cannot be replaced, because nobody can show whose it is."
        ),
    )
    category = forms.TypedChoiceField(
        label=_("What is it about?"),
        help_text=_("Leave it open if nothing fits; we sort it, and your words count."),
        required=False,
        choices=categories,  # asked for when they are needed
        coerce=int,
        empty_value=None,
        error_messages={
            "invalid_choice": _("This is not in our list any more. Choose again, or leave it open.")
        },
    )

    field_order = (
        *("narrative", "name", "email", "mobile", "anonymous", "complainant_kind", "category"),
        *("incident_on", "remedy_wanted"),
        *ParticularsForm.base_fields,
    )
    #: Which fields stand together behind a disclosure.
    PARTS = {
        "product": (
            *("category", "product_model", "serial_number", "order_number"),
            *("purchase_place", "purchased_on", "guarantee"),
        ),
        "when": ("incident_on", "remedy_wanted"),
        "behalf": ("on_behalf_of", "behalf_contact"),
        "needs": ("needs", "needs_note"),
        "kind": ("complainant_kind",),
    }

    def __init__(self, *told: Any, **known: Any) -> None:
        super().__init__(*told, **known)
        if not taxonomy.terms(Kind.CATEGORY):
            del self.fields["category"]

    def said(self) -> dict[str, Any]:
        """What was answered, as it is read back: the category by its name."""
        told = dict(self.cleaned_data)
        if chosen := told.get("category"):
            named = {term.id: str(term.name) for term in taxonomy.terms(Kind.CATEGORY)}
            told["category"] = named[chosen]
        return told

    def clean_email(self) -> str:
        return _address(self.cleaned_data["email"])

    def clean_mobile(self) -> str:
        return _number(self.cleaned_data["mobile"])

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        reached = told.get("email") or told.get("mobile")
        given = {name for name in ("name", "email", "mobile") if told.get(name, "").strip()}
        if told.get("anonymous"):
            if given:
                self.add_error("anonymous", _("Choose one: your name and address, or no name."))
        elif not reached and not {"email", "mobile"} & set(self.errors):
            self.add_error(
                "email",
                _("Give an e-mail address or a mobile number, or choose not to say who you are."),
            )
        return told


class _Common(dict[str, forms.Field]):
    """Fields that no form changes: copying each for everybody takes long."""

    def __deepcopy__(self, memo: Any) -> dict[str, forms.Field]:
        return dict(self)


ComplaintForm.base_fields = _Common(ComplaintForm.base_fields)


class DetailsForm(AboutForm, ParticularsForm):
    """What may be told later, of the matter and of themselves; begins with what is known.

    Whoever stays anonymous has no record that could hold needs, and speaks for nobody by name.
    """

    language = forms.ChoiceField(
        label=_("In which language shall we write to you?"),
        required=False,
        choices=list(languages.NAMES.items()),
        widget=forms.RadioSelect,
    )

    PARTS = {
        "behalf": ("on_behalf_of", "behalf_contact"),
        "needs": ("needs", "needs_note"),
        "language": ("language",),
        "kind": ("complainant_kind",),
    }

    def __init__(self, *told: Any, anonymous: bool, **known: Any) -> None:
        super().__init__(*told, **known)
        if anonymous:
            for name in (*self.PARTS["behalf"], *self.PARTS["needs"]):
                del self.fields[name]

    def clean_needs(self) -> list[str]:
        return sorted(self.cleaned_data["needs"])

    def clean_language(self) -> str:
        return self.cleaned_data["language"] or str(self.initial["language"])

    def clean_complainant_kind(self) -> str:
        return self.cleaned_data["complainant_kind"] or str(self.initial["complainant_kind"])


class ReachForm(forms.Form):
    """A new address or number of theirs."""

    email = email_field(_("A new e-mail address"), required=False)
    mobile = number_field(_("A new telephone number"), required=False)

    def clean_email(self) -> str:
        return _address(self.cleaned_data["email"])

    def clean_mobile(self) -> str:
        return _number(self.cleaned_data["mobile"])

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (told["email"] or told["mobile"]):
            self.add_error("email", _("Write an e-mail address or a telephone number."))
        return told


class TrackingForm(forms.Form):
    """Reference and code, as somebody copies them from paper."""

    ref = forms.CharField(
        label=_("Reference"),
        help_text=_("It begins with P. You find it on your receipt and in our letters."),
        max_length=100,
        error_messages={"required": _("Write the reference.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "class": "short", "autocomplete": "off"}),
    )
    code = forms.CharField(
        label=_("Tracking code"),
        help_text=_("Sixteen digits. Spaces, dashes, Persian or Latin digits: all are fine."),
        max_length=200,
        error_messages={"required": _("Write the tracking code.")},
        widget=forms.TextInput(
            attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "one-time-code"}
        ),
    )


class LostForm(forms.Form):
    """What somebody still has who lost the code."""

    ref = forms.CharField(
        label=_("Reference"),
        help_text=_("It begins with P. You find it in our letters."),
        max_length=100,
        error_messages={"required": _("Write the reference.")},
        widget=forms.TextInput(attrs={"dir": "ltr", "class": "short", "autocomplete": "off"}),
    )
    email = email_field(
        _("E-mail"),
        help_text=_("The address that you gave us, and have confirmed."),
        error_messages={"required": _("Write the e-mail address.")},
    )

    def clean_email(self) -> str:
        return _address(self.cleaned_data["email"])


class LetterForm(forms.Form):
    """What the complainant adds."""

    text = Words(
        label=_("What would you like to tell us?"),
        error_messages={"required": _("Write at least a word, so that we know what to do.")},
        widget=paragraph(6),
    )


class ReasonForm(forms.Form):
    """A reason that nobody has to give."""

    reason = Words(label=_("Why? You need not say."), required=False, widget=paragraph(3))

    def tell_apart(self, issues: Sequence[Answered]) -> None:
        """Ask which of several answers they do not accept; with none chosen, it is the whole."""
        if not issues:
            return
        self.fields["refused"] = forms.TypedMultipleChoiceField(
            label=_("What do you not accept?"),
            choices=[(one.number, _short(one.text)) for one in issues],
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text=_(
                "Choose what it is about; the rest you accept then. If you choose nothing, it "
                "goes for the whole decision."
            ),
            error_messages={"invalid_choice": _("Choose from what stands here.")},
        )
        self.order_fields(["refused", "reason"])


def _short(said: str) -> str:
    """An issue as a list names it, in its own direction; it stands whole on the page before."""
    words = " ".join(said.split())
    return isolate(words if len(words) <= MOST_NAMED else f"{words[:MOST_NAMED].rstrip()} …")


#: Signs of an issue by which a list names it.
MOST_NAMED = 140

MARKS = [
    ("5", _("very good")),
    ("4", _("good")),
    ("3", _("so-so")),
    ("2", _("bad")),
    ("1", _("very bad")),
]


class RatingForm(forms.Form):
    """The two questions, apart from the verdict."""

    handling = forms.TypedChoiceField(
        label=_("How did we treat you and your complaint?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=MARKS,
        widget=forms.RadioSelect,
    )
    outcome = forms.TypedChoiceField(
        label=_("And what do you think of what came of it?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=MARKS,
        widget=forms.RadioSelect,
    )
    comment = Words(label=_("Anything you would like to add"), required=False, widget=paragraph(3))

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and told["handling"] is None and told["outcome"] is None:
            raise ValidationError(_("Answer at least one of the two questions."))
        return told


def _address(given: str) -> str:
    if not given.strip():
        return ""
    try:
        validate_email(ways.email_key(given))
    except ValidationError:
        raise ValidationError(
            _("This is not a whole e-mail address; one looks like name@example.org.")
        ) from None
    return given


def _number(given: str) -> str:
    if not given.strip():
        return ""
    if len(ways.phone_key(given)) < 8:
        raise ValidationError(_("This is not a whole number; one looks like 0912 345 6789."))
    return given
