"""Lines of remedies on a form: what, how much, by whom, by when."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _say
from django.utils.translation import gettext_lazy as _

from pasokh.casework.remedies.actions import Promise
from pasokh.desk import lists
from pasokh.desk.fields import MoneyField, line, listed
from pasokh.kernel.dates import numerals
from pasokh.kernel.money import Money
from pasokh.policy.taxonomy.kinds import Kind
from pasokh.ui.forms import DateField

#: Lines that a form shows; more remedies than these are rare and come by a second decision.
LINES = 3
_PARTS = ("remedy", "amount", "details", "for", "owner", "due")


class RemedyLines(forms.Form):
    """Adds lines for remedies; a line without a kind is not there."""

    page: Any
    remedies_title = _("Promise remedies")

    def ask_for_remedies(self) -> None:
        """Add the lines, numbered 101 and on so that no issue has the same number."""
        kinds = lists.terms(Kind.REMEDY)
        owners = lists.colleagues()
        issues = lists.issues_by_id(self.page)
        for number in self._numbers():
            self.fields[f"remedy_{number}"] = listed(_("Remedy"), kinds, required=False)
            self.fields[f"amount_{number}"] = MoneyField(
                label=_("Amount, if money"), required=False
            )
            self.fields[f"details_{number}"] = line(_("Details"), required=False)
            if len(issues) > 1:
                self.fields[f"for_{number}"] = listed(_("For which issue?"), issues, required=False)
            self.fields[f"owner_{number}"] = listed(_("Who sees to it"), owners, required=False)
            self.fields[f"due_{number}"] = DateField(label=_("By when"), required=False)

    def remedy_groups(self) -> list[tuple[str, list[Any]]]:
        """Each line's legend and its bound fields."""
        return [
            (
                _say("Remedy %(number)s")
                % {"number": numerals(number - 100, get_language() or "en")},
                [self[name] for part in _PARTS if (name := f"{part}_{number}") in self.fields],
            )
            for number in self._numbers()
            if f"remedy_{number}" in self.fields
        ]

    def clean(self) -> dict[str, Any]:
        """A remedy needs somebody and a day."""
        told = super().clean() or {}
        for number in self._numbers():
            others = [told.get(f"{part}_{number}") for part in _PARTS[1:]]
            if told.get(f"remedy_{number}"):
                if not told.get(f"owner_{number}"):
                    self.add_error(f"owner_{number}", _("Say who sees to this remedy."))
                if not told.get(f"due_{number}") and f"due_{number}" not in self.errors:
                    self.add_error(f"due_{number}", _("Say by when it will be done."))
            elif any(others):
                self.add_error(f"remedy_{number}", _("Choose what kind of remedy this is."))
        return told

    def promises(self) -> list[Promise]:
        """The remedies that were promised."""
        told = self.cleaned_data
        return [self._promise(n) for n in self._numbers() if told.get(f"remedy_{n}")]

    def _promise(self, number: int) -> Promise:
        told = self.cleaned_data
        amount: Money | None = told[f"amount_{number}"]
        return Promise(
            kind=told[f"remedy_{number}"],
            owner=told[f"owner_{number}"],
            issue=told.get(f"for_{number}"),
            due_on=told[f"due_{number}"],
            description=told[f"details_{number}"],
            amount=amount.amount if amount else None,
            currency=amount.currency if amount else "",
        )

    def _numbers(self) -> range:
        return range(101, 101 + LINES)
