"""A list that draws itself is the list that Django would draw."""

from html.parser import HTMLParser
from typing import Any

import pytest
from django import forms
from django.utils.translation import gettext_lazy

from pasokh.ui.select import Select

CHOICES = [("", gettext_lazy("Any")), (1, 'a <b> & "c"'), ("x'y", "یک")]


class Tags(HTMLParser):
    """Every tag with its attributes, and every text, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[Any] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.seen += [data] if data.strip() else []


@pytest.mark.parametrize("value", ["", 1, "x'y", None])
def test_it_has_the_same_entries_names_and_choice(value: Any) -> None:
    attrs = {"id": "id_owner", "required": True, "aria-describedby": "help"}
    drawn, wanted = (
        widget(attrs={"class": "a"}, choices=CHOICES).render("owner", value, attrs)
        for widget in (Select, forms.Select)
    )

    assert Tags(drawn).seen == Tags(wanted).seen
