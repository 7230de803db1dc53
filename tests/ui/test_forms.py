from datetime import date

import pytest
from django import forms
from django.utils import translation

from pasokh.ui.forms import DateField

DAY = date(2026, 12, 5)


class Sample(forms.Form):
    on = DateField()
    optional = DateField(required=False)


@pytest.mark.parametrize("typed", ["2026-12-05", "5 December 2026", "۱۴۰۵/۹/۱۴", "۱۴ آذر ۱۴۰۵"])
def test_a_day_is_read_in_either_calendar(typed: str) -> None:
    form = Sample({"on": f" {typed} "})

    assert form.is_valid()
    assert form.cleaned_data == {"on": DAY, "optional": None}


@pytest.mark.parametrize("typed", ["yesterday", "12/5/26", "۱۴۰۵/۱۳/۱", "2026-02-30", "٣"])
def test_a_day_that_cannot_be_read_is_asked_again_with_an_example(typed: str) -> None:
    with translation.override("en"):
        form = Sample({"on": typed})

        assert form.errors["on"] == [
            "We could not read this date. Write the year with four digits, for example "
            "2026-12-05 or 14/9/1405."
        ]
        assert typed in str(form["on"])


@pytest.mark.parametrize(("language", "shown"), [("fa", "۱۴۰۵/۰۹/۱۴"), ("en", "2026-12-05")])
def test_a_known_day_is_shown_in_the_reader_s_calendar(language: str, shown: str) -> None:
    with translation.override(language):
        field = str(Sample(initial={"on": DAY})["on"])

    assert f'value="{shown}"' in field


@pytest.mark.parametrize(
    ("data", "changed"), [("۱۴۰۵/۹/۱۴", False), ("2026-12-06", True), ("?", True), ("", True)]
)
def test_the_same_day_in_other_words_is_no_change(data: str, changed: bool) -> None:
    assert DateField().has_changed(DAY, data) is changed
