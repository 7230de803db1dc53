"""The components of pages, as tags and filters: `{% load ui %}`."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime, tzinfo
from functools import cache
from html import escape
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.base import FilterExpression, Parser, TextNode, Token
from django.template.defaulttags import URLNode
from django.template.library import SimpleNode
from django.template.loader import render_to_string
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from lucide.templatetags.lucide import lucide

from pasokh.kernel import clock, dates
from pasokh.kernel.money import Money
from pasokh.kernel.text import digits as latin
from pasokh.ui.parts import Stage

register = template.Library()

#: Each meaning has a shape of its own, so that nobody depends on its colour.
SHAPES = {
    "late": "triangle-alert",
    "soon": "clock",
    "done": "circle-check",
    "info": "info",
    "plain": "circle",
}
_FOR_THE_EYE = {"class": "icon", "aria-hidden": "true", "focusable": "false"}
_LEVELS = {"success": "done", "error": "late", "warning": "soon"}

#: Written from left to right in every language; any other line takes the direction of its words.
_LEFT_TO_RIGHT = ("email", "url", "tel", "password", "number")
_WITHOUT_TEXT = ("checkbox", "radio", "file", "hidden", "select")

#: Django's sentence for an empty field; in a list it says nothing without the field's label.
_PLAIN = _("This field is required.")


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """Draw an icon of the Lucide set, for the eye only: the word beside it says the same."""
    return SafeString(lucide(name, size=20, **_FOR_THE_EYE))


class _Fixed(template.Node):
    def __init__(self, nodes: template.NodeList) -> None:
        self.nodelist, self.kept = nodes, dict[str, str]()

    def render(self, context: template.Context) -> str:
        language = _language()
        if language not in self.kept:
            self.kept[language] = self.nodelist.render(context)
        return self.kept[language]


@register.tag
def fixed(parser: Parser, _token: Token) -> _Fixed:
    """Draw what is the same on each page of a language once: words, addresses, static files.

    Anything that could say something else on another page is refused.
    """
    nodes = parser.parse(("endfixed",))
    parser.delete_first_token()
    if strange := [each for each in nodes.get_nodes_by_type(template.Node) if not _same(each)]:
        raise template.TemplateSyntaxError(f"not the same on every page: {strange[0]}")
    return _Fixed(nodes)


def _same(node: template.Node) -> bool:
    match node:
        case TextNode():
            return True
        case TranslateNode():
            return _literal(node.filter_expression)
        case StaticNode():
            return _literal(node.path)
        case URLNode():
            return _literal(node.view_name) and not node.args and not node.kwargs
        case SimpleNode():
            return not node.takes_context and all(map(_literal, node.args))
    return False


def _literal(told: FilterExpression) -> bool:
    """Whether an expression of a template stands there word for word."""
    return not told.filters and getattr(told.var, "lookups", None) is None


@register.filter
def day(when: date) -> SafeString:
    """Write a day in full, in the reader's calendar."""
    return _time(when, dates.as_date)


@register.filter
def short_day(when: date) -> SafeString:
    """Write a day exactly and briefly, for tables."""
    return _time(when, dates.short_date)


@register.filter
def moment(when: datetime) -> SafeString:
    """Write an instant in full, in the reader's calendar and time zone."""
    return _time(when, dates.as_datetime)


@register.filter
def due(when: datetime) -> SafeString:
    """Say when something is due, as people do: `tomorrow 12:00`, `4 days late`."""

    def phrase(when: datetime, language: str, zone: tzinfo) -> str:
        return dates.due_phrase(when, clock.now(), zone, language)

    return _time(when, phrase)


@register.filter
def digits(value: object) -> str:
    """Write a number, or a text, with the reader's digits."""
    return dates.numerals(value, _language())


@register.filter
def telephone(number: object) -> str:
    """Write a telephone number with the reader's digits, in whichever it was typed."""
    return dates.numerals(latin(str(number)), _language())


@register.filter
def money(amount: Money) -> SafeString:
    """Write an amount with its currency, kept in one piece."""
    return SafeString(f'<bdi class="amount">{_escaped(amount.text(_language()))}</bdi>')


@register.filter
def isolate(text: object) -> SafeString:
    """Fence off a name or a text, so that its direction cannot disturb the sentence around it."""
    return SafeString(f"<bdi>{_escaped(text)}</bdi>")


@register.filter
def file_size(size: int) -> SafeString:
    """Say how large a file is, apart from the words around it."""
    return isolate(size_said(size))


def size_said(size: int) -> str:
    """Say how large a file is, in the units that people know."""
    unit, words = next(pair for pair in _SIZES if size >= pair[0])
    number = dates.numerals(f"{size / unit:.1f}" if unit > 1 else size, _language())
    return str(words % {"n": number.replace(".", "٫") if _language() == "fa" else number})


_KILO = 1024
_SIZES = (
    (_KILO**3, _("%(n)s GB")),
    (_KILO**2, _("%(n)s MB")),
    (_KILO, _("%(n)s KB")),
    (0, _("%(n)s B")),
)


@register.filter
def beginning(text: str, most: int) -> str:
    """Return a text to the letter, of a long one its beginning; Django's own filter rewrites it."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


@register.filter
def headline(text: str, most: int) -> str:
    """Return a text in one line, of a long one the first whole words."""
    told = " ".join(text.split())
    return told if len(told) <= most else f"{told[: most - 1].rsplit(' ', 1)[0]}…"


@register.filter
def code(text: object) -> SafeString:
    """Write a reference, an address or a number of Latin letters and digits from left to right."""
    return SafeString(f'<bdi class="code" dir="ltr">{_escaped(text)}</bdi>')


@register.filter
def quoted(text: object) -> SafeString:
    """Draw names that a sentence holds between backticks as what they are: names of a program."""
    parts = _escaped(text).split("`")  # every second part stands between two
    parts[1::2] = [f'<code dir="ltr">{one}</code>' for one in parts[1::2]]
    return SafeString("".join(parts))


@register.inclusion_tag("ui/field.html")
def field(bound: BoundField) -> dict[str, Any]:
    """Draw a field: label, help, error and control, tied together for every reader.

    One that was sent back empty is not called optional: something else made it needed.
    """
    widget = bound.field.widget
    kind = getattr(widget, "input_type", "") or type(widget).__name__.lower()
    choices = widget.use_fieldset and kind in ("checkbox", "radio")
    return {
        "field": bound,
        "label": bound.label,
        "optional": not bound.field.required and (bound.value() or not bound.errors),
        "errors": bound.errors,
        "hints": bool(bound.help_text or bound.errors),
        "kind": "choices" if choices else "checkbox" if kind == "checkbox" else kind,
        "groups": _grouped(bound) if choices else (),
        "control": None if choices else bound.as_widget(attrs=_direction(kind)),
    }


def _grouped(bound: BoundField) -> list[tuple[Any, list[Any]]]:
    """The options of a field under the headings that its choices have; without any, under none."""
    offered: Any = bound.field
    left, found = list(bound.subwidgets), []
    for title, those in offered.choices:
        many = len(those) if isinstance(those, list | tuple) else 0
        if not many:
            return [("", left)]
        found.append((title, left[:many]))
        left = left[many:]
    return found


@register.inclusion_tag("ui/error_summary.html")
def error_summary(form: BaseForm) -> dict[str, Any]:
    """List what has to be looked at again, each with a link that leads to its field.

    A message that is plain, or stands there twice, is said with the field's name.
    """
    said = Counter(message for messages in form.errors.values() for message in messages)
    faults = [
        (
            _anchor(form[name]),
            form[name].label if message == _PLAIN or said[message] > 1 else "",
            message,
        )
        for name, messages in form.errors.items()
        if name in form.fields
        for message in messages
    ]
    lost = [each.widget for each in form.fields.values() if not getattr(each.widget, "kept", False)]
    kinds = [getattr(widget, "input_type", "") for widget in lost]
    kept = not {"password", "file"} & set(kinds)  # browsers are never sent these back
    return {"faults": faults, "others": form.non_field_errors(), "kept": kept}


@register.simple_block_tag
def notice(content: str, kind: str = "info", title: str = "") -> str:
    """Set a few sentences apart, with a word and a shape for what they mean."""
    return _rendered("ui/notice.html", kind=kind, title=title, content=content)


@register.simple_block_tag
def badge(content: str, kind: str = "plain") -> str:
    """Mark something with a word and the shape of its meaning."""
    drawn = f"{icon(SHAPES[kind])}<span>{_escaped(content)}</span>"
    return SafeString(f'<span class="badge badge--{kind}">{drawn}</span>')


@register.simple_block_tag
def disclosure(content: str, title: str, keep: str = "") -> str:
    """Hide what only some need; with `keep` a browser remembers whether it was opened."""
    return _rendered("ui/disclosure.html", title=title, keep=keep, content=content)


@register.simple_block_tag
def group(content: str, legend: str, help: str = "") -> str:
    """Put fields that belong together under one legend."""
    return _rendered("ui/group.html", legend=legend, help=help, content=content)


@register.simple_block_tag
def empty(content: str, title: str) -> str:
    """Say that there is nothing yet, and what the first step would be."""
    return _rendered("ui/empty.html", title=title, content=content)


@register.simple_block_tag
def entry(content: str, kind: str, title: str, at: datetime, by: str = "") -> str:
    """Add to a timeline a letter received or sent, an internal note, or an act."""
    facts = f"{isolate(by)} · {moment(at)}" if by else moment(at)
    body = f'<div class="entry__body">{_escaped(content)}</div>' if content.strip() else ""
    return SafeString(
        f'<li class="entry entry--{kind}"><div class="entry__head">'
        f'<p class="entry__title">{_escaped(title)}</p><p class="entry__facts">{facts}</p></div>'
        f"{body}</li>"
    )


@register.inclusion_tag("ui/road.html")
def road(stages: Iterable[Stage]) -> dict[str, Any]:
    """Draw stages as a short road: what is done, what is under way, what is ahead, and when."""
    return {"stages": stages}


@register.inclusion_tag("ui/pager.html")
def pager(previous: str = "", next: str = "") -> dict[str, Any]:
    """Lead to the pages before and after; there are no page numbers, so nothing shifts."""
    return {"previous": previous, "next": next}


@register.inclusion_tag("ui/copy.html")
def copy(target: str, label: str = "") -> dict[str, Any]:
    """Offer to copy the text of the element with this id, where the browser can."""
    return {"target": target, "label": label}


@register.inclusion_tag("ui/print.html")
def print_button(label: str = "") -> dict[str, Any]:
    """Offer to print the page, where the browser can."""
    return {"label": label}


@register.filter
def shape(kind: str) -> SafeString:
    """Draw the shape that goes with a meaning."""
    return icon(SHAPES[kind])


@register.filter
def meaning(level: str) -> str:
    """Turn the level of a message into what it means to its reader."""
    return _LEVELS.get(level, "info")


def _language() -> str:
    return get_language() or "en"


def _time(when: Any, written: Callable[[Any, str, tzinfo], str]) -> SafeString:
    text = written(when, _language(), timezone.get_current_timezone())
    return SafeString(f'<time datetime="{when.isoformat()}">{_escaped(text)}</time>')


def _escaped(text: object) -> str:
    """As Django's `conditional_escape`, without what it does for a text that is not yet known."""
    return text if isinstance(text, SafeString) else escape(str(text))


def _rendered(name: str, **known: object) -> str:
    return render_to_string(name, known)


def _direction(kind: str) -> dict[str, str | bool]:
    if kind in _WITHOUT_TEXT:
        return {}
    return {"dir": "ltr" if kind in _LEFT_TO_RIGHT else "auto"}


def _anchor(bound: BoundField) -> str:
    """The id of the control that takes the focus: of a set of choices, the first."""
    if bound.field.widget.use_fieldset and (options := bound.subwidgets):
        return str(options[0].id_for_label or bound.auto_id)
    return str(bound.id_for_label or bound.auto_id)
