"""What the columns of a spreadsheet mean, and what its values stand for: shown and corrected."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from pasokh.casework.afterwards.past import PROVED_BY
from pasokh.casework.complaints.labels import DECLINES, LANGUAGES, OUTCOMES, VERDICTS, WAYS
from pasokh.casework.intake.imports import actions
from pasokh.casework.intake.imports.columns import LEFT, NEW, Means, Reading
from pasokh.casework.intake.imports.labels import MEANS, ORDERS
from pasokh.casework.intake.imports.models import Import
from pasokh.casework.intake.imports.states import State
from pasokh.desk import lists, shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.fields import Choices, labelled, listed, one_of
from pasokh.desk.imports import sheet_of
from pasokh.kernel.clock import now
from pasokh.kernel.dates import numerals
from pasokh.kernel.text import isolate
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.ui.sentences import refusals_as_messages

KINDS = {
    Means.CATEGORY: Kind.CATEGORY,
    Means.PRODUCT: Kind.PRODUCT,
    Means.CHANNEL: Kind.CHANNEL,
    Means.CAUSE: Kind.CAUSE,
    Means.REMEDY: Kind.REMEDY,
}
#: What is asked about and is no term of the organisation's.
CODES: Mapping[Means, Mapping[Any, Any]] = {
    Means.LANGUAGE: LANGUAGES,
    Means.WAY: {way: WAYS[way] for way in PROVED_BY},
    Means.VERDICT: VERDICTS,
    Means.DECLINED_FOR: DECLINES,
}
#: What a value of each column that is asked about may stand for, beside our terms.
_OPEN = ("open", _("It has not ended: a file to be handled"))


class ColumnsForm(forms.Form):
    """What each column is, how dates are written, and what holds for every row."""

    def __init__(self, data: Any, *, sheet: Import, units: Choices) -> None:
        super().__init__(data)
        self.read = Reading.read(sheet.reading)
        self.columns = [f"column_{number}" for number in range(len(sheet.headings))]
        for name, heading, means in zip(self.columns, sheet.headings, self.read.means, strict=True):
            label = isolate(heading.strip()) or _("A column without a heading")
            self.fields[name] = forms.ChoiceField(
                label=label, choices=labelled(MEANS), initial=str(means)
            )
        self.fields["order"] = one_of(
            _("How are dates written in which the day could be the month?"),
            ORDERS.items(),
            required=False,
            initial=self.read.order,
        )
        self.fields["channel"] = listed(
            _("By which way did they come, where no column says it?"),
            lists.channels(),
            number=False,
            initial=self.read.channel,
        )
        self.fields["language"] = one_of(
            _("In which language are they written?"), LANGUAGES.items(), initial=self.read.language
        )
        self.fields["unit"] = listed(_("Unit"), units, initial=self.read.unit)

    def bound_columns(self) -> list[forms.BoundField]:
        """The fields that ask about columns."""
        return [self[name] for name in self.columns]

    def common(self) -> list[forms.BoundField]:
        """The fields that ask about every row."""
        return [self[name] for name in ("order", "channel", "language", "unit")]

    def reading(self) -> Reading:
        """What was said."""
        told = self.cleaned_data
        return replace(
            self.read,
            means=tuple(Means(told[name]) for name in self.columns),
            order=told["order"],
            channel=told["channel"],
            language=told["language"],
            unit=told["unit"],
        )


class ValuesForm(forms.Form):
    """What each value stands for that none of our terms is called by."""

    def __init__(self, data: Any, *, sheet: Import, creates: bool) -> None:
        super().__init__(data)
        self.read = Reading.read(sheet.reading)
        self.asked: dict[str, tuple[Means, str]] = {}
        self.creates = creates
        counts: Mapping[str, Mapping[str, int]] = sheet.found.get("values", {})
        for means, values in self.read.values.items():
            choices = self._choices(Means(means))
            often = counts.get(means, {})
            for value in sorted(values, key=lambda value: (-often.get(value, 0), value)):
                name = f"{means}_{sha256(value.encode()).hexdigest()[:12]}"
                self.asked[name] = Means(means), value
                self.fields[name] = forms.ChoiceField(
                    label=isolate(value),
                    choices=choices,
                    initial=values[value],
                    required=False,
                    help_text=_rows(often.get(value, 0)),
                )
        if creates and self.asked:
            self.fields["rest"] = forms.BooleanField(
                label=_("Make a new term of every category and product that is left empty"),
                required=False,
            )

    def _choices(self, means: Means) -> Choices:
        kind, empty = KINDS.get(means), (LEFT, _("Leave it empty"))
        if means is Means.OUTCOME:
            return [empty, _OPEN, *labelled(OUTCOMES)]
        if kind is None:
            return [empty, *labelled(CODES[means])]
        new = [(NEW, _("Make a new term of it"))] if self.creates and kind in _MADE else []
        return [empty, *new, *((one.code, str(one.name)) for one in taxonomy.terms(kind))]

    def groups(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """The fields of each column under its name."""
        for means in Means:
            fields = [self[name] for name, (of, _value) in self.asked.items() if of is means]
            if fields:
                yield MEANS[means], fields

    def reading(self) -> Reading:
        """What was said."""
        rest = self.cleaned_data.get("rest")
        values: dict[str, dict[str, str]] = {}
        for name, (means, value) in self.asked.items():
            code = self.cleaned_data[name]
            made = NEW if rest and not code and KINDS.get(means) in _MADE else code
            values.setdefault(str(means), {})[value] = made
        return replace(self.read, values=values)


def _rows(many: int) -> str:
    shown = numerals(many, get_language() or "en")
    return ngettext("in %(many)s row", "in %(many)s rows", many) % {"many": shown}


#: The lists to which an import may add; a new channel or outcome is thought about in set-up.
_MADE = frozenset({Kind.CATEGORY, Kind.PRODUCT})


@staff_required
def columns(request: DeskRequest, sheet_id: int) -> HttpResponse:
    """Say what the columns of a spreadsheet mean; it is looked through anew."""
    sheet = sheet_of(request, sheet_id)
    if sheet.state not in (State.READY, State.FAILED) or not sheet.headings:
        return redirect("desk:import", sheet.pk)
    reach = request.actor.reach(actions.RIGHT)
    units = [(pk, name) for pk, name in lists.units() if reach is None or pk in reach]
    posted = request.POST if request.method == "POST" else None
    form = ColumnsForm(posted, sheet=sheet, units=units)
    return _answer(request, sheet, form, "desk/import_columns.html")


@staff_required
def values(request: DeskRequest, sheet_id: int) -> HttpResponse:
    """Say what the values of a spreadsheet stand for; it is looked through anew."""
    sheet = sheet_of(request, sheet_id)
    if sheet.state not in (State.READY, State.FAILED) or not sheet.headings:
        return redirect("desk:import", sheet.pk)
    creates = request.actor.may("taxonomy.configure")
    posted = request.POST if request.method == "POST" else None
    form = ValuesForm(posted, sheet=sheet, creates=creates)
    return _answer(request, sheet, form, "desk/import_values.html")


def _answer(
    request: DeskRequest, sheet: Import, form: ColumnsForm | ValuesForm, template: str
) -> HttpResponse:
    if form.is_bound and form.is_valid():
        with refusals_as_messages(request):
            actions.read_as(sheet.pk, form.reading(), by=request.actor, at=now())
            messages.success(request, _("It is remembered for spreadsheets with these headings."))
            return redirect("desk:import", sheet.pk)
    status = 422 if form.is_bound else 200
    known = {"sheet": sheet, "form": form}
    return shell.page(request, template, known, at="imports", status=status)
