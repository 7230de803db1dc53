"""The working week: of the organisation, and of units that keep hours of their own."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.desk.access import DeskRequest
from pasokh.desk.settings_pages.fields import HoursField, form, on, said
from pasokh.desk.settings_pages.frame import Data, Deed, Links, Row, Sheet, Text, answer, setting
from pasokh.directory.organisation import actions, hours, queries
from pasokh.directory.organisation.calendar import Week
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.ui.templatetags.ui import day

RIGHT = "calendar.configure"
DAYS = (
    *(_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday")),
    *(_("Friday"), _("Saturday"), _("Sunday")),
)
_AS_ABOVE = _(
    "This unit works the hours of the unit above it, or of the whole organisation. Save a week "
    "here only if its hours differ."
)


@setting(RIGHT)
def week(request: DeskRequest, unit_id: int | None = None) -> HttpResponse:
    """Ask for the hours of each day, of the organisation or of one unit."""
    unit, entered = unit_of(unit_id), queries.entered_weeks()
    own = [one for one in entered if one.unit_id == unit_id]

    def put(data: Data, by: Actor, at: datetime) -> None:
        days, since = [data[f"day_{day}"] for day in range(7)], data["valid_from"]
        actions.set_working_week(days, valid_from=since, unit_id=unit_id, by=by, at=at)

    deed = Deed(
        *("week", form(_fields(unit_id)), put, _("Save the week"), _("The working week is saved.")),
        title=_("Hours of each day"),
        help=_("For example 8:00–12:00, 13:00–17:00. Leave a day off empty."),
    )
    apart = {one.unit_id for one in entered}
    sheet = Sheet(
        heading(_("Working week"), unit),
        [deed],
        help=_("Time limits are counted in these hours. Open files follow when they change."),
        notes=[("info", _AS_ABOVE)] if unit and not own else (),
        columns=(_("From when"), _("Hours")),
        rows=[Row(day(one.valid_from), (summary(one.days),)) for one in own],
        links=() if unit else units("desk:set-up-unit-week", apart, _("Units")),
        back=(reverse("desk:set-up-week"), _("Working week")) if unit else None,
    )
    return answer(request, sheet)


def unit_of(unit_id: int | None) -> Any:
    """The unit of an address, None for the organisation; not found when it is none in use."""
    if unit_id is None:
        return None
    found = (one for one in queries.units() if one.pk == unit_id and one.retired_at is None)
    if (unit := next(found, None)) is None:
        raise Http404
    return unit


def heading(title: Text, unit: Any) -> str:
    """What a page is about, and of which unit."""
    return f"{title} – {unit.name}" if unit else str(title)


def units(page: str, apart: Iterable[int | None], title: Text) -> list[Links]:
    """A link to a page of each unit in use; those `apart` have something of their own there."""
    theirs = set(apart)
    links = [
        (
            reverse(page, args=[unit.pk]),
            _("%(unit)s (its own)") % {"unit": unit.name} if unit.pk in theirs else unit.name,
        )
        for unit in queries.units()
        if unit.retired_at is None
    ]
    return [(title, links)]


def summary(days: Sequence[Any]) -> str:
    """The hours of a week in a line, days with the same hours together."""
    worked = [(said(hours.load(days[one])), DAYS[one]) for one in _in_order()]
    told = []
    for span, same in groupby(worked, lambda one: one[0]):
        names = [str(name) for _span, name in same]
        several = _("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}
        if span:
            told.append(f"{several if len(names) > 1 else names[0]} {span}")
    return ("؛ " if (get_language() or "").startswith("fa") else "; ").join(told)


def _fields(unit_id: int | None) -> dict[str, forms.Field]:
    today = timezone.localdate(now())
    held = _in_force(queries.calendar_for(unit_id).weeks, today)
    fields: dict[str, forms.Field] = {
        f"day_{day}": HoursField(label=DAYS[day], initial=held.days[day] if held else ())
        for day in _in_order()
    }
    return fields | {"valid_from": on(_("From when"), initial=today)}


def _in_order() -> tuple[int, ...]:
    """The days of the week in the reader's order: Persian weeks begin on Saturday."""
    first = 5 if (get_language() or "").startswith("fa") else 0
    return (*range(first, 7), *range(first))


def _in_force(weeks: tuple[Week, ...], today: date) -> Week | None:
    past = [one for one in weeks if one.valid_from <= today]
    return past[-1] if past else next(iter(weeks), None)
