"""The words of complaints for the desk's templates: `{% load desk %}`."""

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from functools import cache
from html import escape
from typing import Any

from django import template
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints import labels
from pasokh.casework.complaints.queries import CasePage, Group, Turn
from pasokh.casework.correspondence.wording.labels import LACKS
from pasokh.casework.deadlines import labels as clocks
from pasokh.casework.deadlines.queries import ClockOnCase
from pasokh.casework.deadlines.sentences import sentences
from pasokh.casework.exports import labels as exports
from pasokh.casework.inspection import labels as inspection
from pasokh.casework.inspection.verdicts import Standing
from pasokh.casework.intake.imports import labels as imports
from pasokh.casework.intake.mailroom import labels as mailroom
from pasokh.directory.people.ways import Way
from pasokh.kernel import clock, dates
from pasokh.kernel.errors import Refused
from pasokh.kernel.money import Money
from pasokh.ui.sentences import sentence
from pasokh.ui.templatetags.ui import code, due, isolate, short_day, telephone

register = template.Library()

GROUPS = {
    Group.LATE: _("Late"),
    Group.TODAY: _("Today"),
    Group.WEEK: _("Within a week"),
    Group.LATER: _("Later"),
    Group.WAITING: _("Waiting for others"),
    Group.ENDED: _("Ended"),
}
TURNS = {
    Turn.OURS: _("our turn"),
    Turn.THEIRS: _("the complainant's turn"),
    Turn.HELD: _("on hold"),
    Turn.NOBODY: _("ended"),
}
PRIORITIES = {
    1: _("Priority 1: act now"),
    2: _("Priority 2"),
    3: _("Priority 3"),
    4: _("Priority 4"),
}
LINES = {
    "severity": _("Severity"),
    "safety": _("Danger"),
    "impact": _("Impact"),
    "need": _("Need to act at once"),
    "vulnerable": _("A need of the person is known"),
}
TABLES: Mapping[str, Mapping[Any, Any]] = {
    "groups": GROUPS,
    "dispositions": mailroom.DISPOSITIONS,
    "mail_reasons": mailroom.REASONS,
    "turns": TURNS,
    "priorities": PRIORITIES,
    "read": labels.READ,
    "lines": LINES,
    "states": labels.STATES,
    "findings": labels.FINDINGS,
    "outcomes": labels.OUTCOMES,
    "verdicts": labels.VERDICTS,
    "affected": labels.AFFECTED,
    "letters": labels.LETTERS,
    "letter_states": labels.LETTER_STATES,
    "lacks": LACKS,
    "held": labels.HELD,
    "ways": labels.WAYS,
    "text_states": labels.TEXT_STATES,
    "closings": labels.CLOSINGS,
    "complainants": labels.COMPLAINANTS,
    "languages": labels.LANGUAGES,
    "needs": labels.NEEDS,
    "rulings": labels.RULINGS,
    "sent_by": labels.SENT_BY,
    "imports": imports.STATES,
    "exports": exports.STATES,
    "formats": exports.FORMATS,
    "declines": labels.DECLINES,
    "clocks": clocks.DUE,
    "clock_states": clocks.STATES,
    "holds": clocks.HOLDS,
    "scanned": inspection.VERDICTS,
    "settled": inspection.SETTLED,
}


@register.simple_tag
def key(letter: str) -> SafeString:
    """Draw a key of the keyboard: the same letter in every language."""
    return format_html("<kbd>{}</kbd>", letter)


@register.filter
def named(code: Any, table: str) -> Any:
    """What a code is called: `{{ case.state|named:"states" }}`."""
    return TABLES[table].get(code, code)


@register.filter
def why_returned(said: str) -> Any:
    """Why a letter came back, or waits for the mail server."""
    return mailroom.TROUBLES.get(said) or labels.why_returned(said)


@register.filter
def trouble(said: str) -> Any:
    """Why a mail server cannot be used: in our words where we know, else in the server's own."""
    words = _("The server said: %(words)s") % {"words": isolate(said)}
    return mailroom.TROUBLES.get(said, SafeString(words))


@register.filter
def kind_word(kind: str) -> Any:
    """What a kind of file is called by people; its own name where they have none."""
    main = kind.partition("/")[0]
    return _KINDS.get(kind) or _KINDS.get(main) or code(kind)


_KINDS: Mapping[str, Any] = {
    "application/pdf": "PDF",
    "image": _("Picture"),
    "audio": _("Recording"),
    "video": _("Video"),
    "text": _("Text"),
    "message": _("E-mail"),
}


@register.filter
def file_url(ref: str) -> str:
    """The address of a file's page: in a list `url` would work it out anew for each line."""
    return _file_url(_language()) % ref


@cache
def _file_url(language: str) -> str:
    return reverse("desk:case", args=["REF"]).replace("REF", "%s")


@register.simple_tag
def working(on_case: ClockOnCase, stage: int) -> SafeString:
    """Say how a deadline stands, and behind it how it was found, a sentence for each step."""
    called = escape(str(named(on_case.name, "clocks")))
    of_stage = f" ({dates.numerals(on_case.stage, _language())})" if stage > 1 else ""
    counting = on_case.state == "running" and on_case.due_at
    stands = time_left(on_case) if counting else escape(str(named(on_case.state, "clock_states")))
    steps = "".join(
        f"<li>{escape(step)}</li>" for step in sentences(on_case.answer.working, _language())
    )
    return SafeString(
        f'<li><details class="disclosure"><summary>{called}{of_stage}: {stands}</summary>'
        f'<ol class="disclosure__body working">{steps}</ol></details></li>'
    )


@register.simple_tag
def points(person: Any) -> SafeString:
    """Draw the ways to reach somebody, and whether each is theirs for certain."""
    return SafeString(
        '<ul class="points">' + "".join(map(_point, person.contact_points.all())) + "</ul>"
    )


def _point(point: Any) -> str:
    if point.kind == Way.POST:
        value = isolate(point.value)
    else:
        value = code(telephone(point.value) if point.kind == Way.PHONE else point.value)
    if point.refused_at:
        known = gettext("no longer in use")
    elif point.kind == Way.PHONE and point.texts_stopped_at:
        known = gettext("no texts, as they asked")
    elif point.failing_since:
        mailed = point.kind != Way.PHONE
        known = gettext("mail to it comes back") if mailed else gettext("texts do not arrive")
    else:
        known = gettext("confirmed") if point.confirmed_at else gettext("not confirmed")
    return f'<li>{value} <span class="soft">{escape(known)}</span></li>'


@register.filter
def is_late(on_case: ClockOnCase) -> bool:
    """Whether the time of a running clock has passed."""
    return on_case.late(clock.now())


@register.filter
def time_left(on_case: ClockOnCase) -> SafeString:
    """Say when a clock runs out, or on which day the complainant's own time did."""
    when = on_case.due_at or clock.now()
    return due(when) if on_case.duty or not is_late(on_case) else ended(when)


def ended(when: datetime) -> SafeString:
    """Say on which day a time ended that nobody can be late with."""
    return format_html(escape(gettext("ended on %(day)s")) % {"day": "{}"}, short_day(when))


@register.filter
def late_now(line: Any) -> bool:
    """Whether something of ours is overdue in a file of a list."""
    return bool(line.late(clock.now()))


@register.filter
def standing(page: CasePage, file: Any) -> Standing:
    """What was found in a file that hangs on a case."""
    return page.standings[file.digest]


@register.filter
def refused(code: str) -> str:
    """What a refusal says, by its code."""
    return sentence(Refused(code))


@register.filter
def closed_word(how: Standing) -> Any:
    """In a word, why a file cannot be opened."""
    return _CLOSED[how.closed]


_CLOSED = {
    "file-infected": _("Harmful: kept apart"),
    "file-removed": _("Harmful: deleted"),
    "file-waits-for-check": _("Waits to be checked"),
    "file-not-readable": _("Could not be checked: kept apart"),
}


@register.filter
def promises(contacts: Iterable[Any]) -> list[Any]:
    """The conversations in which something was promised."""
    return [one for one in contacts if one.promised]


@register.filter
def phrase(when: Any) -> str:
    """Say when something is due, as plain text for the middle of a sentence."""
    zone: tzinfo = timezone.get_current_timezone()
    return dates.due_phrase(when, clock.now(), zone, _language())


@register.filter
def amount(remedy: Any) -> Money | None:
    """The money of a remedy, if it is money."""
    return Money(remedy.amount, remedy.currency) if remedy.amount is not None else None


@register.filter
def thousands(number: int) -> str:
    """A whole number, its thousands parted as the reader parts them."""
    parted = f"{number:,}"
    return dates.numerals(parted.replace(",", "٬"), "fa") if _language() == "fa" else parted


@register.filter
def counted(number: int) -> str:
    """A count that is exact to a thousand: `1,000+` beyond."""
    most = 1000
    if number > most:
        return dates.numerals("۱٬۰۰۰+" if _language().startswith("fa") else "1,000+", "en")
    return dates.numerals(number, _language())


def _language() -> str:
    return get_language() or "en"
