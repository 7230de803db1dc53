"""Form fields of set-up: names in both languages, hours of a day, whole numbers."""

import re
from collections.abc import Mapping
from datetime import time
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.directory.organisation import hours
from pasokh.directory.organisation.calendar import Hours
from pasokh.kernel import dates
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.text import digits
from pasokh.ui.forms import DateField

_SPANS = re.compile(r"[,،;؛\n]|\sو\s|\sand\s")
_ENDS = re.compile(r"\s*(?:-|–|—|\bto\b|\bتا\b)\s*")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?")
#: A morning and an afternoon.
MOST_SPANS = 2


class HoursField(forms.Field):
    """The hours of one day as people write them: `8:00–12:00, 13:00–17:00`; empty is a day off."""

    default_error_messages = {
        "invalid": _(
            "We could not read these hours. Write them as 8:00–12:00, 13:00–17:00, or leave "
            "the day empty."
        ),
        "many": _("Write at most two spans for a day."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "short"}))
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) or value is None else said(value)

    def to_python(self, value: Any) -> Hours:
        spans = [part for part in _SPANS.split(digits(str(value or ""))) if part.strip()]
        if len(spans) > MOST_SPANS:
            raise forms.ValidationError(self.error_messages["many"], code="many")
        read = tuple(_span(part) for part in spans)
        if None in read:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return tuple(span for span in read if span is not None)


class NumberField(forms.Field):
    """A whole number between two bounds, in any digits."""

    def __init__(self, least: int, most: int, **kwargs: Any) -> None:
        self.least, self.most = least, most
        kwargs.setdefault(
            "widget", forms.TextInput(attrs={"class": "short", "inputmode": "numeric"})
        )
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        return dates.numerals(value, get_language() or "en") if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        plain = digits(str(value or "").strip())
        if not plain:
            return None
        if plain.isdecimal() and len(plain) < 9 and self.least <= int(plain) <= self.most:
            return int(plain)
        language = get_language() or "en"
        bounds = {
            "least": dates.numerals(self.least, language),
            "most": dates.numerals(self.most, language),
        }
        raise forms.ValidationError(
            _("Write a whole number from %(least)s to %(most)s."), code="bounds", params=bounds
        )


class Spoken(forms.CharField):
    """A text in one language; the fields of a `group` stand under one heading."""

    def __init__(self, group: Any, language: str, *, rows: int = 0, **kwargs: Any) -> None:
        self.group, label = group, _SPOKEN[language]
        area = forms.Textarea(attrs={"rows": rows, "lang": language})
        line = forms.TextInput(attrs={"lang": language})
        empty = format_lazy("{} – {}: {}", group, label, _("This cannot be left empty."))
        super().__init__(
            label=label,
            max_length=2000 if rows else 200,
            error_messages={"required": empty},
            widget=area if rows else line,
            **kwargs,
        )


_SPOKEN = {"fa": _("In Persian"), "en": _("In English")}


def pair(name: str, label: Any, *, required: bool = True, rows: int = 0) -> dict[str, forms.Field]:
    """Two fields for a text that is written in Persian and in English."""
    return {
        f"{name}_{language}": Spoken(label, language, required=required, rows=rows)
        for language in _SPOKEN
    }


def text(
    label: Any, most: int, *, required: bool = True, help_text: Any = "", kind: str = "text"
) -> forms.Field:
    """A field for one line of at most so many letters; an address needs the whole width."""
    short = {} if kind == "url" else {"class": "short"}
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        error_messages={"required": _("This cannot be left empty.")},
        widget=forms.TextInput(attrs={"type": kind, **short}),
    )


def on(label: Any, **options: Any) -> forms.Field:
    """A field for a day, in either calendar."""
    return DateField(label=label, widget=DateField.widget(attrs={"class": "short"}), **options)


def both(data: dict[str, Any], name: str) -> Bilingual:
    """The text that `pair` asked for."""
    return Bilingual(fa=data[f"{name}_fa"], en=data[f"{name}_en"])


def apart(name: str, text: Bilingual) -> dict[str, str]:
    """A text as the first values of the fields that `pair` made."""
    return {f"{name}_fa": text.fa, f"{name}_en": text.en}


def form(fields: Mapping[str, forms.Field], **initial: Any) -> type[forms.Form]:
    """A form of these fields, with these values at first."""
    for name, value in initial.items():
        if name in fields:
            fields[name].initial = value
    return type("SetUpForm", (forms.Form,), dict(fields))


def said(worked: Hours) -> str:
    """The hours of a day as the field reads them, in the reader's digits."""
    between = "، " if (get_language() or "").startswith("fa") else ", "
    spans = between.join(f"{start}–{end}" for start, end in hours.dump(worked))
    return dates.numerals(spans, get_language() or "en")


def _span(text: str) -> tuple[time, time] | None:
    parts = _ENDS.split(text.strip())
    ends = [_clock(part) for part in parts]
    if len(ends) != 2 or ends[0] is None or ends[1] is None:
        return None
    return ends[0], time.max if ends[1] == time(0) else ends[1]


def _clock(text: str) -> time | None:
    read = _CLOCK.fullmatch(text)
    if read is None:
        return None
    hour, minute = int(read[1]), int(read[2] or 0)
    if (hour, minute) == (24, 0):
        return time(0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
