"""What happened to a file, line by line: `{% load story %}`."""

from collections.abc import Iterator, Mapping, Set
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pasokh.casework.complaints.queries import CasePage
from pasokh.casework.complaints.queries.timeline import Happened
from pasokh.casework.intake.mailroom.labels import SIGNATURES
from pasokh.casework.intake.mailroom.terms import Signature
from pasokh.ui.templatetags.ui import badge, entry, moment

register = template.Library()


#: A mail in the complainant's name that nothing proves to be theirs, and what was found of its
#: digital signature: both are said at the message.
_DOUBTED, _SIGNED = "complaint.sender_unverified", "complaint.mail_signed"
#: Signatures that somebody should wonder about.
_ODD = frozenset({Signature.CHANGED, Signature.ANOTHER})


@register.simple_tag
def story(page: CasePage) -> SafeString:
    """The timeline of a file. A file has many lines, so each is put together outside templates."""
    doubted = {one.facts.get("message") for one in page.timeline if one.event == _DOUBTED} - {None}
    signed = {one.facts.get("message"): one for one in page.timeline if one.event == _SIGNED}
    return SafeString(
        "".join(
            _line(page, line, doubted, signed)
            for line in page.timeline
            if line.event not in (_DOUBTED, _SIGNED) or "message" not in line.facts
        )
    )


def _line(page: CasePage, line: Happened, doubted: Set[Any], signed: Mapping[Any, Happened]) -> str:
    message = line.facts.get("message")
    proof = line if line.event == _SIGNED else signed.get(message) if message else None
    said = "".join((*_doubt(line, doubted), *_proof(proof), *_body(page, line)))
    return entry(SafeString(said), line.kind, line.title, line.at, line.by)


def _doubt(line: Happened, doubted: Set[Any]) -> Iterator[str]:
    """Say of a message that it may be somebody else's."""
    if line.event != _DOUBTED and line.facts.get("message") in doubted:
        yield f"<p>{badge(_('The sender could not be verified'), 'soon')}</p>"
    if line.event == _DOUBTED or line.facts.get("message") in doubted:
        yield _aside(_("Anybody can write another's address into a mail. Ask them another way."))


def _proof(signed: Happened | None) -> Iterator[str]:
    """Say what was found of a message's digital signature."""
    if signed is None:
        return
    found = signed.facts["found"]
    if found == Signature.VALID:
        yield f"<p>{badge(_('Digitally signed'), 'done')}</p>"
    elif found in _ODD:
        yield f"<p>{badge(_('The digital signature does not fit'), 'soon')}</p>"
    yield _aside(str(SIGNATURES[found]))


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
