"""Form fields of the desk: instants, amounts, choices from lists."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.directory.people.ways import Way
from pasokh.kernel import dates
from pasokh.kernel.clock import now
from pasokh.kernel.money import Money, parse
from pasokh.kernel.text import GONE, digits, visible
from pasokh.ui.forms import Words
from pasokh.ui.templatetags.ui import telephone

Choices = list[tuple[Any, Any]]


#: The end of a day that was named without a time.
_LAST = time(23, 59)
_ENDS = _("A day, or a day and a time, for example 2026-12-05 14:30.")


class MomentInput(forms.TextInput):
    """One line with a day and a time, in the reader's calendar and digits."""

    def format_value(self, value: Any) -> str | None:
        if isinstance(value, datetime):
            language = get_language() or "en"
            return dates.short_datetime(value, language, timezone.get_current_timezone())
        return super().format_value(value)


class MomentField(forms.Field):
    """A day and a time of day in either calendar and any digits, as it is where the office is.

    A time alone is today's; with `ends`, a day alone lasts until it is over.
    """

    widget = MomentInput
    default_error_messages = {
        "required": _("Write the day and the time."),
        "invalid": _(
            "We could not read this. Write the day, then the time, for example "
            "2026-12-05 14:30 or 1405/9/14 14:30."
        ),
    }

    def __init__(self, *, ends: bool = False, **kwargs: Any) -> None:
        self.ends = ends
        kwargs.setdefault("help_text", _ENDS if ends else _("Day and time, or a time today."))
        kwargs.setdefault("widget", MomentInput(attrs={"class": "short"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values or isinstance(value, datetime):
            return value or None
        found = self._read(digits(str(value).strip()))
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return datetime.combine(*found, tzinfo=timezone.get_current_timezone())

    def _read(self, text: str) -> tuple[date, time] | None:
        day, _space, clock = text.rpartition(" ")
        on, at = dates.parse_date(day), _clock(clock)
        if on is not None and at is not None:
            return on, at
        if ":" in text and (at := _clock(text)) is not None:
            return timezone.localdate(now()), at
        alone = dates.parse_date(text) if self.ends else None
        return (alone, _LAST) if alone is not None else None

    def has_changed(self, initial: Any, data: Any) -> bool:
        return True


class MoneyField(forms.CharField):
    """An amount with its currency, as people write it."""

    default_error_messages = {
        "invalid": _(
            "We could not read this amount. Write it with its currency, for example "
            "1,250,000 rials or £12.50."
        ),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"class": "short"}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        amount: Money | None = parse(text)
        if amount is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return amount


def storable(text: str) -> None:
    """Refuse what no database holds as text: nobody can be named by it, or sign in with it."""
    if GONE in visible(text).text:
        raise forms.ValidationError(
            _("Some of these signs cannot be stored as text. Write it without them."),
            code="not-storable",
        )


_MISSING = _("Write a password.")


def secret(
    label: Any, *, missing: Any = _MISSING, help_text: Any = "", new: bool = True
) -> forms.CharField:
    """A password as it is typed, white space and all; `new` where it is chosen, not asked for."""
    known = "new-password" if new else "current-password"
    return forms.CharField(
        label=label,
        help_text=help_text,
        strip=False,
        validators=[storable],
        error_messages={"required": missing},
        widget=forms.PasswordInput(attrs={"autocomplete": known}),
    )


def _clock(text: str) -> time | None:
    hours, colon, minutes = text.partition(":")
    if not (hours.isdecimal() and (minutes.isdecimal() or not colon)) or len(text) > 5:
        return None
    hour, minute = int(hours), int(minutes or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def words(label: Any, *, required: bool = True, help_text: Any = "", rows: int = 4) -> forms.Field:
    """A field for several lines; white space is kept as it was typed."""
    return Words(
        label=label,
        required=required,
        help_text=help_text,
        error_messages={"required": _("Write at least a few words here.")},
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def line(
    label: Any, *, required: bool = True, help_text: Any = "", short: bool = False
) -> forms.Field:
    """A field for one line, kept as it was typed."""
    return Words(
        label=label,
        required=required,
        help_text=help_text,
        max_length=500,
        error_messages={"required": _("This cannot be left empty.")},
        widget=forms.TextInput(attrs={"class": "short"} if short else {}),
    )


def moment(label: Any, *, required: bool = True, now_first: bool = True) -> forms.Field:
    """A field for a day and a time, at first the present."""
    return MomentField(label=label, required=required, initial=now if now_first else None)


def until(label: Any, *, required: bool = True) -> forms.Field:
    """A field for the time by which something is promised: a day alone will do."""
    return MomentField(label=label, required=required, ends=True)


def one_of(
    label: Any,
    choices: Iterable[tuple[Any, Any]],
    *,
    required: bool = True,
    help_text: Any = "",
    initial: Any = None,
) -> forms.Field:
    """A choice of few, all in sight."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        required=required,
        help_text=help_text,
        initial=initial,
        error_messages={"required": _("Choose one."), "invalid_choice": _OFFERED_NO_MORE},
        widget=forms.RadioSelect,
    )


_OFFERED_NO_MORE = _("What was chosen is offered no more. Choose again.")


def listed(
    label: Any,
    choices: Iterable[tuple[Any, Any]],
    *,
    required: bool = True,
    help_text: Any = "",
    number: bool = True,
    initial: Any = None,
    question: bool = False,
    nothing: Any = "",
) -> forms.Field:
    """A choice from a longer list; numbers come back as numbers, nothing as None or empty.

    To a `question` no answer is not the answer «none»; `nothing` says what no answer means.
    """
    empty = [("", nothing or (_("Choose one") if required or question else _("None")))]
    return forms.TypedChoiceField(
        label=label,
        choices=[*empty, *choices],
        coerce=int if number else str,
        empty_value=None if number else "",
        required=required,
        help_text=help_text,
        initial=initial,
        error_messages={"required": _("Choose one.")},
        widget=forms.Select,
    )


def labelled(names: Mapping[Any, Any], *only: Any) -> Choices:
    """Choices from a table of labels: all, or only some."""
    return [(str(code), name) for code, name in names.items() if not only or code in only]


def yes_no(label: Any, *, help_text: Any = "", initial: Any = None) -> forms.Field:
    """A question that has to be answered, yes or no."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda answer: answer == "yes",
        initial=initial,
        help_text=help_text,
        error_messages={"required": _("Answer yes or no.")},
        widget=forms.RadioSelect,
    )


def reached_at(point: Any) -> str:
    """A number or address as it is written, a telephone number with the reader's digits."""
    return telephone(point.value) if point.kind == Way.PHONE else str(point.value)
