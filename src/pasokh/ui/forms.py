"""Form fields that more than one door needs."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.kernel import dates
from pasokh.kernel.text import visible


class Words(forms.CharField):
    """A text as somebody wrote it: white space stays, what cannot be stored is shown as gone."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)
        self.validators = [
            each
            for each in self.validators
            if not isinstance(each, ProhibitNullCharactersValidator)
        ]

    def to_python(self, value: Any) -> str:
        return visible(super().to_python(value) or "").text

    def validate(self, value: Any) -> None:
        if self.required and not str(value or "").strip():
            raise ValidationError(self.error_messages["required"], code="required")


class DateInput(forms.TextInput):
    """A line of text; no picker that knows only one calendar."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, date):
            language = get_language() or "en"
            return dates.short_date(value, language, timezone.get_current_timezone())
        return super().format_value(value)


class DateField(forms.Field):
    """A day in either calendar, in any digits, as people write it."""

    widget = DateInput
    default_error_messages = {
        "required": _("Write the date."),
        "invalid": _(
            "We could not read this date. Write the year with four digits, for example "
            "2026-12-05 or 14/9/1405."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("For example 5 December 2026 or 2026-12-05. Persian dates work too.")
        )
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        day = dates.parse_date(str(value))
        if day is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return day

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return bool(self.to_python(initial) != self.to_python(data))
        except forms.ValidationError:
            return True
