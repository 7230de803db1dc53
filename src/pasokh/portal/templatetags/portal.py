"""What the portal's templates look up: `{% load portal %}`."""

from collections.abc import Mapping

from django import template
from django.utils.safestring import SafeString

from pasokh.kernel.errors import Refused
from pasokh.ui.sentences import sentence
from pasokh.ui.templatetags.ui import code, telephone

register = template.Library()


@register.filter
def item(table: Mapping[str, object], name: str) -> object:
    """The entry of a table; empty where it has none."""
    return table.get(name, "")


@register.filter
def kind(block: object) -> str:
    """What a block of a letter is: `paragraph`, `facts`, `quote` …"""
    return type(block).__name__.lower()


@register.filter
def reached(value: str) -> SafeString:
    """Write a mailbox, or a telephone number in the reader's digits, from left to right."""
    return code(value if "@" in value else telephone(value))


@register.filter
def why_closed(code: str) -> str:
    """Say why a file cannot be opened."""
    return sentence(Refused(code))
