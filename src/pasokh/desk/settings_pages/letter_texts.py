"""The texts of letters: our own or the organisation's, tried with a file, and who looks first."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.labels import LETTERS
from pasokh.casework.complaints.queries.letters import Finished
from pasokh.casework.complaints.queries.timeline import Names
from pasokh.casework.complaints.queries.wording import shown
from pasokh.casework.correspondence import fields, grammar, kinds, rendering, sheets
from pasokh.casework.correspondence.contents import absent
from pasokh.casework.correspondence.grammar import Sort, Text
from pasokh.casework.correspondence.wording import actions, labels, queries
from pasokh.casework.correspondence.wording.models import Wording
from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import MoneyField, one_of
from pasokh.desk.settings_pages import letter_kinds
from pasokh.desk.settings_pages.fields import form
from pasokh.desk.settings_pages.frame import Data, Deed, Nothing, Row, Sheet, answer, setting
from pasokh.kernel import paper
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.dates import numerals
from pasokh.kernel.errors import Refused
from pasokh.kernel.money import Money
from pasokh.kernel.text import visible
from pasokh.policy.regimes.pack import APPROVED
from pasokh.ui.languages import NAMES
from pasokh.ui.sentences import sentence
from pasokh.ui.templatetags.ui import day

RIGHT = actions.RIGHT
SPOKEN = {"fa": _("In Persian"), "en": _("In English")}


@setting(RIGHT)
def letters(request: DeskRequest) -> HttpResponse:
    """List the letters, and whose text each is made with."""
    standing = queries.stand()
    rows = [
        Row(LETTERS[kind], [_whose(kind, one, standing) for one in SPOKEN])
        for kind in fields.EDITABLE
    ]
    rows += [_added(one, standing) for one in queries.added().values()]
    sheet = Sheet(
        _("Texts of letters"),
        [letter_kinds.adding()],
        help=_(
            "Every letter has a text of ours in both languages. Write your own where you want "
            "other words; what the rules ask for stays in it, and you can go back at any time. "
            "Kinds of letters that you add stand at the end."
        ),
        columns=(_("Letter"), SPOKEN["fa"], SPOKEN["en"]),
        rows=rows,
        links=[("", [(reverse("desk:set-up-replies"), _("Prepared replies"))])],
    )
    return answer(request, sheet)


def _added(one: queries.Added, standing: Any) -> Row:
    """A kind that was added: where it is changed, and its texts."""
    texts = [_whose(one.code, language, standing) for language in SPOKEN]
    mark = _("No longer in use") if one.retired else ""
    return Row(one.name, texts, reverse("desk:set-up-letter-kind", args=[one.id]), mark=mark)


def _whose(kind: str, language: str, standing: Any) -> Any:
    row = standing.get((kind, language))
    number = numerals(row.number, get_language() or "en") if row else ""
    ours = _("Not written yet") if kinds.is_added(kind) else _("Our text")
    said = _("Your own, version %(number)s") % {"number": number} if row else ours
    url = reverse("desk:set-up-letter", args=[kind, language])
    return format_html('<a href="{}">{}</a>', url, said)


def _direction(language: str) -> str:
    return "rtl" if language == "fa" else "ltr"


_EMPTY = {"required": _("This cannot be left empty.")}


class TextForm(forms.Form):
    """The subject and the lines of a text; every fault is named, and what was typed is kept."""

    since = forms.IntegerField(widget=forms.HiddenInput)
    subject = forms.CharField(
        label=_("Subject"), max_length=grammar.MOST_SUBJECT, error_messages=_EMPTY
    )
    body = forms.CharField(label=_("Text"), error_messages=_EMPTY)
    ref = forms.CharField(
        label=_("Try it with a complaint"),
        required=False,
        max_length=20,
        help_text=_("Its reference; empty tries it with an invented one."),
        widget=forms.TextInput(attrs={"class": "short", "dir": "ltr"}),
    )

    def __init__(self, data: Any = None, *, kind: str, language: str, **options: Any) -> None:
        super().__init__(data, **options)
        self.kind = kind
        typed = zip(("subject", "body", "since"), queries.typed(kind, language), strict=True)
        self.initial = dict(typed)
        written = {"lang": language, "dir": _direction(language)}
        self.fields["subject"].widget = forms.TextInput(attrs=written)
        self.fields["body"].widget = forms.Textarea(attrs={"rows": 24, **written})
        self.text: Text | None = None

    def clean(self) -> Data:
        """Read the text and name its faults, and what the rules ask for and it leaves out."""
        told: Data = super().clean() or {}
        if self.errors:
            return told
        for name in ("subject", "body"):
            told[name] = visible(told.get(name, "")).text
        found, faults = grammar.read(told["subject"], told["body"], fields.names(self.kind))
        for fault in faults:
            self.add_error("body" if fault.line else None, sentence(actions.refused(fault)))
        if not faults:
            self._look(found)
            if unwritten := actions.unwritten(self.kind, found):
                self.add_error("body", sentence(unwritten))
        return told

    def _look(self, found: Text) -> None:
        if lacks := absent(actions.required(self.kind, now()), found):
            named = tuple(f"content.{each}" for each in lacks)
            self.add_error("body", sentence(Refused("wording-lacks", lacks=named)))
        self.text = found


@setting(RIGHT)
def one(request: DeskRequest, letter: str, language: str) -> HttpResponse:
    """Write the text of a letter, look at it, go back to ours, and say who looks first."""
    if not actions.editable(letter) or language not in SPOKEN:
        raise Http404
    step = request.POST.get("step", "") if request.POST.get("act") == "write" else ""
    seen = _tried(request, letter, language) if step else {}
    if step == "paper" and "made" in seen:
        return _printed(seen["made"], f"{letter}-{language}.pdf")
    deeds = [_writing(letter, language), *_going_back(letter, language), *_approving(letter)]
    other = "en" if language == "fa" else "fa"
    sheet = Sheet(
        f"{LETTERS[letter]} · {NAMES[language]}",
        deeds,
        links=[("", [(reverse("desk:set-up-letter", args=[letter, other]), NAMES[other])])],
        back=_above(letter),
    )
    more = {
        **seen,
        "known": _explained(letter, language),
        "versions": _versions(letter, language),
        "written": _direction(language),
        "sought": request.GET.get("version", ""),
        "condition": _CONDITION[language],
    }
    template = "desk/settings/letter_text.html"
    return answer(request, sheet, template=template, more=more, looks=bool(step))


def _above(letter: str) -> tuple[str, Any]:
    """Where a text belongs: to the list, or to the kind that was added."""
    if one := queries.added().get(letter):
        return reverse("desk:set-up-letter-kind", args=[one.id]), one.name
    return reverse("desk:set-up-letters"), _("Texts of letters")


def _writing(kind: str, language: str) -> Deed:
    def write(data: Data, by: Actor, at: datetime) -> None:
        told = {name: data[name] for name in ("subject", "body", "since")}
        actions.write(kind, language, **told, by=by, at=at)

    return Deed(
        *("write", partial(TextForm, kind=kind, language=language), write, _("Save")),
        done=_("Letters are made with this text from now on."),
        title=_("The text"),
        help=_(
            "An empty line begins a new paragraph, “# ” a heading, “- ” a point of a list. What "
            "stands in braces is put in by Pasokh."
        ),
    )


def _going_back(kind: str, language: str) -> Iterator[Deed]:
    def end(data: Data, by: Actor, at: datetime) -> None:
        actions.end(kind, language, by=by, at=at)

    if not queries.current(kind, language):
        return
    if kinds.is_added(kind):
        told = (_("Withdraw it"), _("In this language the kind is offered no more."))
        title, what = _("Withdraw the text"), _("The kind is offered in this language no more.")
    else:
        told = (_("Back to our text"), _("Our own text is used again."))
        title = _("Go back")
        what = _("Letters are made with the text that comes with Pasokh; yours stays listed.")
    yield Deed("end", Nothing, end, *told, title=title, help=what, grave=True)


_WAITS = [("no", _("No")), ("all", _("Yes, every one")), ("above", _("Those above an amount"))]


def _approving(kind: str) -> Iterator[Deed]:
    """Whether letters of this kind wait, for those that a person writes."""
    if kinds.root(kind) not in APPROVED:
        return

    def save(data: Data, by: Actor, at: datetime) -> None:
        above = data["above"] if data["waits"] == "above" else None
        if data["waits"] == "above" and above is None:
            raise Refused("second-look-without-amount")
        actions.set_second_look(kind, waits=data["waits"] != "no", above=above, by=by, at=at)

    waits, above = _now(kind)
    asked = {
        "waits": one_of(_("Does somebody else look before it leaves?"), _WAITS),
        "above": MoneyField(
            label=_("Amount promised"),
            required=False,
            help_text=_(
                "With its currency. All remedies of the decision together count; what is promised "
                "in another currency waits in any case."
            ),
        ),
    }
    yield Deed(
        *("approval", form(asked, waits=waits, above=above), save, _("Save"), _("It is saved.")),
        title=_("Approval before it leaves"),
        help=_("Whoever may approve finds such letters in the list of letters, never their own."),
    )


def _now(kind: str) -> tuple[str, str]:
    if kind not in (looks := queries.second_looks()):
        return "no", ""
    above, currency = looks[kind]
    if above is None:
        return "all", ""
    return "above", Money(above, currency).text(get_language() or "en")


def _tried(request: DeskRequest, kind: str, language: str) -> dict[str, Any]:
    """The letter with what was typed, and what it would lack with this file."""
    asked = TextForm(request.POST, kind=kind, language=language)
    if not asked.is_valid() and asked.text is None:
        return {}
    ref = asked.data.get("ref", "").strip()
    try:
        made = shown(request.actor, kind, language, text=asked.text, ref=ref, at=now())
    except Refused as refused:
        return {"unseen": sentence(refused)}
    lacks = [labels.LACKS[each] for each in made.lacks]
    return {"made": made, "seen": rendering.text(made.letter), "lacks": lacks}


def _printed(made: Finished, name: str) -> HttpResponse:
    page = HttpResponse(
        paper.typeset("letter", sheets.letter_sheet(made.letter)), content_type="application/pdf"
    )
    page["Content-Disposition"] = f'inline; filename="{name}"'
    return page


def _explained(kind: str, language: str) -> list[tuple[Any, list[tuple[str, Any]]]]:
    """The fields as they are written in this text, with what each puts in, by what they are."""

    def those(sort: Sort) -> list[tuple[str, Any]]:
        found = (each for each in fields.of(kind) if each.sort is sort)
        return [(each.written(language), labels.FIELDS[each.code]) for each in found]

    return [(title, found) for sort, title in _SORTS if (found := those(sort))]


_SORTS = (
    (Sort.WORD, _("In a line")),
    (Sort.PART, _("Alone on a line")),
    (Sort.FLAG, _("Only in a condition")),
)


_CONDITION = {"fa": ("{اگر …}", "{اگر نه …}", "{پایان}"), "en": ("{if …}", "{if not …}", "{end}")}


def _versions(kind: str, language: str) -> Iterable[tuple[str, Any, str, Wording]]:
    shown_in, names = get_language() or "en", Names.known()
    return [
        (numerals(row.number, shown_in), day(row.made_at), names.of(row.by), row)
        for row in queries.versions(kind, language)
    ]
