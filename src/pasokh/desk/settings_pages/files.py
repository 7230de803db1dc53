"""The virus scanner as it stands, and what lies in quarantine, to be released or deleted."""

from collections.abc import Iterator
from datetime import datetime

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import conditional_escape as escape
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.queries.passed import where_attached
from pasokh.casework.inspection import actions, queries
from pasokh.casework.inspection.actions import RIGHT
from pasokh.casework.inspection.labels import SETTLED, VERDICTS
from pasokh.casework.inspection.queries import Apart
from pasokh.casework.inspection.verdicts import Settled
from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import words
from pasokh.desk.settings_pages.frame import Data, Deed, Row, Sheet, Text, answer, setting
from pasokh.kernel.actors import Actor
from pasokh.kernel.dates import numerals
from pasokh.ui.templatetags.ui import code, isolate, moment

#: Lines of a list: what was decided long ago stands in the record.
MOST = 200


@setting(RIGHT)
def quarantine(request: DeskRequest) -> HttpResponse:
    """How files are checked, what lies apart, and what was decided of it."""
    apart = queries.quarantine(settled=False, limit=MOST)
    decided = queries.quarantine(settled=True, limit=MOST)
    waits, since = queries.unchecked()
    sheet = Sheet(
        _("Files: scanner and quarantine"),
        [],
        help=_(
            "What is harmful is kept apart: nobody can open it, and it is neither shown nor sent. "
            "Open a line to release or delete it."
        ),
        notes=list(_notes(waits, since)),
        columns=(_("What was found"), _("When"), _("State")),
        rows=[_row(one) for one in (*apart, *decided)],
        empty=_("Nothing lies in quarantine"),
    )
    return answer(request, sheet)


def _notes(waits: int, since: datetime | None) -> Iterator[tuple[str, Text]]:
    language, last = get_language() or "en", queries.last_scanner()
    if not settings.SCANNER:
        none: Text = _(
            "No virus scanner is set, so files are not checked. Whoever runs the server sets one "
            "with PASOKH_SCANNER."
        )
        yield "soon", none
    elif last:
        told = {"name": isolate(" ".join(last[:2]).strip()), "when": moment(last[2])}
        said = _("The scanner answered last at %(when)s: %(name)s.")
        yield "info", SafeString(escape(said) % told)
    if queries.strict():
        yield "info", _("What has not been found clean stays closed, as was chosen.")
    if waits and since:
        told = {"count": isolate(numerals(waits, language)), "since": moment(since)}
        said = _("Not checked yet: %(count)s, the oldest since %(since)s.")
        yield "soon", SafeString(escape(said) % told)


def _row(one: Apart) -> Row:
    when = one.settled_at or one.at
    return Row(
        one.found or str(VERDICTS[one.verdict]),
        (moment(when), SETTLED[one.settled]),
        url=reverse("desk:set-up-file", args=[one.digest]),
        mark="" if one.settled else SETTLED[Settled.NOT],
        kind="late",
    )


class WhyForm(forms.Form):
    """Why somebody decides so."""

    reason = words(_("Why?"), rows=3)


@setting(RIGHT)
def one(request: DeskRequest, apart: str) -> HttpResponse:
    """One file in quarantine: what was found, where it hangs, and what shall become of it."""
    if (found := queries.lies_apart(apart)) is None:
        raise Http404
    sheet = Sheet(
        found.found or VERDICTS[found.verdict],
        [] if found.settled else _deeds(apart),
        columns=(_("About this file"), _("As it is")),
        rows=list(_facts(found, request.actor)),
        back=(reverse("desk:set-up-files"), _("Files: scanner and quarantine")),
    )
    return answer(request, sheet)


def _deeds(digest: str) -> list[Deed]:
    def release(data: Data, by: Actor, at: datetime) -> None:
        actions.release(digest, reason=data["reason"], by=by, at=at)

    def remove(data: Data, by: Actor, at: datetime) -> None:
        actions.remove(digest, reason=data["reason"], by=by, at=at)

    return [
        Deed(
            *("remove", WhyForm, remove, _("Delete the file"), _("The file was deleted.")),
            title=_("Delete it"),
            help=_(
                "Its bytes are gone for good. Its name, digest and what was found stay in the "
                "record, and whoever sent it reads that it was deleted."
            ),
            grave=True,
        ),
        Deed(
            *("release", WhyForm, release, _("Release the file"), _("The file was released.")),
            title=_("Release it"),
            help=_("Only if you know that it is harmless: from then on it opens like any other."),
        ),
    ]


def _facts(found: Apart, actor: Actor) -> Iterator[Row]:
    yield Row(_("Verdict"), (VERDICTS[found.verdict],))
    yield Row(_("Digest"), (code(found.digest[:16]),))
    yield Row(_("Scanner"), (isolate(found.scanner),))
    yield Row(_("When"), (moment(found.at),))
    hangs = where_attached(actor, found.digest)
    if hangs:
        links = (
            (reverse("desk:case", args=[ref]), code(ref), isolate(name)) for ref, name in hangs
        )
        joined = format_html_join(", ", '<a href="{}">{}</a> {}', links)
        yield Row(_("Came with"), (joined,))
    yield Row(_("State"), (SETTLED[found.settled],))
    if found.settled and found.settled_by:
        yield Row(_("Decided by"), (isolate(str(found.settled_by.name)),))
        yield Row(_("Why"), (isolate(found.reason),))
