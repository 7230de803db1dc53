"""What happened to a file, line by line: `{% load story %}`."""

from collections.abc import Iterator, Set
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.complaints.queries.timeline import Happened
from pasokh.ui.templatetags.ui import badge, entry, moment

register = template.Library()


#: A mail in the complainant's name that nothing proves to be theirs: it is said at the message.
_DOUBTED = "complaint.sender_unverified"


@register.simple_tag
def story(page: CasePage) -> SafeString:
    """The timeline of a file. A file has many lines, so each is put together outside templates."""
    doubted = {one.facts.get("message") for one in page.timeline if one.event == _DOUBTED} - {None}
    return SafeString(
        "".join(
            _line(page, line, doubted)
            for line in page.timeline
            if line.event != _DOUBTED or "message" not in line.facts
        )
    )


def _line(page: CasePage, line: Happened, doubted: Set[Any]) -> str:
    said = "".join((*_doubt(line, doubted), *_body(page, line)))
    return entry(SafeString(said), line.kind, line.title, line.at, line.by)


def _doubt(line: Happened, doubted: Set[Any]) -> Iterator[str]:
    """Say of a message that it may be somebody else's."""
    if line.event != _DOUBTED and line.facts.get("message") in doubted:
        yield f"<p>{badge(_('The sender could not be verified'), 'soon')}</p>"
    if line.event == _DOUBTED or line.facts.get("message") in doubted:
        yield _aside(_("Anybody can write another's address into a mail. Ask them another way."))


def _body(page: CasePage, line: Happened) -> Iterator[str]:
    """What stands under the head of a line: its words, its files, what is to be known of it."""
    if line.kind == "note":
        inside = escape(_("Internal: only colleagues see this"))
        yield f'<p class="entry__label">{inside}</p>'
    for text in line.texts:
        yield f'<p class="words">{escape(text)}</p>'
    if files := page.came_with(line):
        yield render_to_string("desk/came_with.html", {"files": files, "page": page})
    if line.erased:
        yield _aside(_("The words of this entry have been erased."))
    if line.late:
        when = moment(line.recorded_at)
        yield _aside(SafeString(escape(_("Written down %(when)s.")) % {"when": when}))


def _aside(said: str) -> str:
    return f'<p class="soft">{escape(said)}</p>'
