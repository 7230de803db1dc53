"""A file as a line of a list, in the reader's words: `{% load lines %}`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django import template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pasokh.casework.complaints.queries import Line, Turn
from pasokh.desk.templatetags.desk import late_now, named, phrase
from pasokh.kernel import dates
from pasokh.ui.templatetags.ui import badge, code, due, isolate, short_day

register = template.Library()


@dataclass(frozen=True)
class Row:
    """The cells of a line. A list draws many: each cell is put together once, outside templates."""

    url: str
    words: str
    about: SafeString
    due: SafeString
    held_by: SafeString
    place: SafeString
    received: SafeString


@register.filter
def rows(lines: Iterable[Line]) -> Iterator[Row]:
    """Say of each file what it is about, what is due, who has it and where it lies."""
    address = reverse("desk:case", args=["REF"])
    for line in lines:
        yield Row(
            address.replace("REF", line.ref),
            line.words or line.ref,
            _about(line),
            _due(line),
            _held_by(line),
            _place(line),
            short_day(line.received_at),
        )


def _about(line: Line) -> SafeString:
    who = _("Anonymous") if line.anonymous else isolate(line.who)
    parts = [who, code(line.ref), *([isolate(line.category)] if line.category else [])]
    return SafeString(" · ".join(parts))


def _due(line: Line) -> SafeString:
    if line.due_at and line.turn in (Turn.OURS, Turn.THEIRS):
        when = badge(phrase(line.due_at), "late") if late_now(line) else due(line.due_at)
        return SafeString(f"{when} {_beside(named(line.clock, 'clocks'))}")
    if line.turn is Turn.HELD:
        return SafeString(badge(_("On hold")))
    return SafeString(f'<span class="soft">{isolate(_("Nothing"))}</span>')


def _held_by(line: Line) -> SafeString:
    who = isolate(line.handler) if line.handler else _("Nobody yet")
    return SafeString(f"{who} {_beside(isolate(line.unit))}")


def _place(line: Line) -> SafeString:
    parts = [str(named(line.state, "states"))]
    if line.safety:
        parts.append(badge(_("Danger"), "late"))
    if line.priority and line.priority < 3:
        parts.append(_beside(named(line.priority, "priorities")))
    if line.stage > 1:
        stage = dates.numerals(line.stage, get_language() or "en")
        parts.append(_beside(_("review, stage %(stage)s") % {"stage": stage}))
    return SafeString(" ".join(parts))


def _beside(text: object) -> str:
    return f'<span class="queue__what">{text}</span>'
