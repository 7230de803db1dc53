"""A list of set-up as a file: the lines of its page as texts, kept like every other export."""

import html
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.html import strip_tags
from django.utils.module_loading import import_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pasokh.casework.exports import actions
from pasokh.casework.exports.states import Format
from pasokh.desk.access import DeskRequest
from pasokh.kernel.clock import now

if TYPE_CHECKING:
    from pasokh.desk.settings_pages.frame import Row, Sheet

#: How a page is asked for its list.
ACT = "hand_out"
_FENCES = str.maketrans("", "", "\u2066\u2067\u2068\u2069")


def hand_out(request: DeskRequest, sheet: "Sheet") -> HttpResponse:
    """Write the list of a page as a file and lead to it; all lines, not only those of this part."""
    wanted, lines = request.POST.get("format", ""), sheet.every() if sheet.every else sheet.rows
    if wanted not in list(Format) or not lines:
        raise Http404
    format_, language = Format(wanted), get_language() or "en"
    table = list(_table(sheet.columns, lines))
    put = import_string(settings.PUT_TABLE)
    stored = put(table, format=format_, right_to_left=language == "fa")
    export = actions.hand_out(
        *(_plain(sheet.title), stored),
        rows=len(table) - 1,
        format=format_,
        language=language,
        by=request.actor,
        at=now(),
    )
    return redirect("desk:export", export.pk)


def _table(columns: Sequence[Any], lines: Sequence["Row"]) -> Iterator[list[str]]:
    """Headings, then the lines; parts and badges have columns of their own where there are any."""
    parts, marks = any(one.part for one in lines), any(one.mark for one in lines)
    before, after = [_("Part")] * parts, [_("Mark")] * marks
    yield [*before, *map(_plain, columns), *after]
    for one in lines:
        said = [*[one.part] * parts, one.name, *one.cells, *[one.mark] * marks]
        yield [_plain(each) for each in said]


def _plain(said: Any) -> str:
    """What a reader sees of a cell, without its markup."""
    text = str(said)
    if isinstance(text, SafeString):
        text = html.unescape(strip_tags(text.replace("<", " <")))
    return " ".join(text.translate(_FENCES).split())
