"""A list to choose from that draws itself."""

from html import escape
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.safestring import SafeString


class Select(forms.Select):
    """Django's list without groups; a template for each entry would cost more than the page."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        entries = [entry for _group, entries, _index in widget["optgroups"] for entry in entries]
        drawn = "".join(map(_drawn, entries))
        attributes = flatatt({"name": widget["name"], **widget["attrs"]})
        return SafeString(f"<select{attributes}>{drawn}</select>")


def _drawn(entry: dict[str, Any]) -> str:
    attributes = flatatt(entry["attrs"]) if entry["attrs"] else ""
    value, label = escape(str(entry["value"])), escape(str(entry["label"]))
    return f'<option value="{value}"{attributes}>{label}</option>'
