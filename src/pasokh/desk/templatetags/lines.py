"""A file as a line of a list, in the reader's words: `{% load lines %}`."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import template
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pasokh.casework.complaints.queries import Line, Turn
from pasokh.desk.templatetags.desk import ended, file_url, late_now, named, phrase
from pasokh.kernel import clock, dates
from pasokh.ui.templatetags.ui import badge, code, due, isolate, short_day

register = template.Library()


@register.simple_tag
def rows(lines: Iterable[Line]) -> SafeString:
    """Say of each file what it is about, what is due, who has it and where it lies.

    A list has many, so each row is put together outside templates.
    """
    language = get_language() or "en"
    heads = (_("What is due"), _("Who has it"), _("Where it lies"), _("Received"))
    due_is, with_whom, where, received = map(escape, heads)
    return SafeString(
        "".join(
            f'<tr><th scope="row"><a class="queue__words" href="{file_url(line.ref)}" data-row>'
            f"{isolate(line.words or line.ref)}</a>"
            f'<span class="queue__who">{_about(line, language)}</span></th>'
            f'<td data-label="{due_is}"><div>{_due(line)}</div></td>'
            f'<td data-label="{with_whom}"><div>{_held_by(line, language)}</div></td>'
            f'<td data-label="{where}"><div>{_place(line, language)}</div></td>'
            f'<td class="queue__paper" data-label="{received}">{short_day(line.received_at)}</td>'
            "</tr>"
            for line in lines
        )
    )


def _about(line: Line, language: str) -> SafeString:
    who = escape(_("Anonymous")) if line.anonymous else isolate(line.who)
    parts = [who, code(line.ref)]
    if line.category:
        parts.append(isolate(line.category.in_(language)))
    return SafeString(" · ".join(parts))


def _due(line: Line) -> SafeString:
    lost = badge(_("A letter did not arrive"), "late") if line.lost else ""
    return SafeString(f"{_next(line)} {lost}") if lost else _next(line)


def _next(line: Line) -> SafeString:
    if line.due_at and line.turn in (Turn.OURS, Turn.THEIRS):
        return SafeString(f"{_when(line, line.due_at)} {_beside(named(line.clock, 'clocks'))}")
    if line.turn is Turn.HELD:
        return SafeString(badge(_("On hold")))
    return SafeString(f'<span class="soft">{escape(_("Nothing"))}</span>')


def _when(line: Line, due_at: datetime) -> str:
    if late_now(line):
        return badge(phrase(due_at), "late")
    return ended(due_at) if line.over(clock.now()) else due(due_at)


def _held_by(line: Line, language: str) -> SafeString:
    handler, unit = line.handler, isolate(line.unit.in_(language))
    who = isolate(handler.in_(language)) if handler else escape(_("Nobody yet"))
    return SafeString(f"{who} {_beside(unit)}")


def _place(line: Line, language: str) -> SafeString:
    parts: list[str] = [escape(named(line.state, "states"))]
    if line.safety:
        parts.append(badge(_("Danger"), "late"))
    if line.priority and line.priority < 3:
        parts.append(_beside(named(line.priority, "priorities")))
    if line.stage > 1:
        stage = dates.numerals(line.stage, language)
        parts.append(_beside(_("review, stage %(stage)s") % {"stage": stage}))
    return SafeString(" ".join(parts))


def _beside(text: Any) -> str:
    return f'<span class="queue__what">{escape(text)}</span>'
