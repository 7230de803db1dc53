"""The holidays, and closures announced for the occasion, of the organisation and of its units."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import one_of
from pasokh.desk.settings_pages.fields import HoursField, both, form, on, pair, said, text
from pasokh.desk.settings_pages.frame import (
    Chosen,
    Data,
    Deed,
    Links,
    Row,
    Sheet,
    answer,
    setting,
)
from pasokh.desk.settings_pages.working_time import heading, unit_of, units
from pasokh.directory.organisation import actions, hours, queries
from pasokh.directory.organisation.calendar import Hours
from pasokh.directory.organisation.holidays import Offered, offered
from pasokh.directory.organisation.labels import PLACES, said_source
from pasokh.kernel import dates
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.kernel.text import digits
from pasokh.ui.templatetags.ui import day

RIGHT = "calendar.configure"
_TITLE = _("Holidays and closures")


@setting(RIGHT)
def holidays(request: DeskRequest, unit_id: int | None = None) -> HttpResponse:
    """List the holidays of a year; withdraw one, or add a closure."""
    unit, years = unit_of(unit_id), _years(unit_id)
    year, language = _year(request, years), get_language() or "en"
    held = queries.holidays(unit_id, *dates.year_bounds(year, language))

    def enter(data: Data, by: Actor, at: datetime) -> None:
        _enter(data, unit_id, by, at)

    def withdraw(data: Data, by: Actor, at: datetime) -> None:
        actions.withdraw_holiday(data["id"], by=by, at=at)

    added = _("The day is added. Open files are counted anew.")
    no_more = _("The day counts as a working day.")
    deeds = [
        Deed("enter", form(_one_day()), enter, _("Add the day"), added, _("Add a day")),
        Deed("withdraw", Chosen, withdraw, _("Let it count no more"), no_more),
    ]

    def every() -> list[Row]:
        first, last = (dates.year_bounds(one, language) for one in (min(years), max(years)))
        return _entered(queries.holidays(unit_id, first[0], last[1]), language)

    sheet = Sheet(
        heading(_TITLE, unit),
        deeds,
        help=_OF_A_UNIT if unit else _HELP,
        links=_leads(unit_id),
        pages=[(f"?year={one}", dates.numerals(one, language), one == year) for one in years],
        columns=(_("Name"), _("Date"), _("Source"), _("Hours still worked")),
        rows=_entered(held, language),
        every=every,
        opens=_nearest(held, language),
        empty=_("Nothing is entered for this year."),
        back=(reverse("desk:set-up-holidays"), _TITLE) if unit else None,
    )
    return answer(request, sheet)


_HELP = _("Choose a country’s holidays, then add what is announced for the occasion.")
_OF_A_UNIT = _(
    "What is entered here holds for this unit and those below it. The holidays of the units above "
    "it and of the whole organisation hold here too and need not be entered again."
)


def _leads(unit_id: int | None) -> list[Links]:
    place = [unit_id] if unit_id else []
    name = "desk:set-up-unit-offer" if unit_id else "desk:set-up-offer"
    offers = [(reverse(name, args=[*place, key]), named) for key, named in PLACES.items()]
    countries: Links = (_("Begin with the holidays of a country"), offers)
    if unit_id:
        return [countries]
    return [countries, *units("desk:set-up-unit-holidays", (), _("Holidays of a single unit"))]


def _years(unit_id: int | None) -> range:
    """The years for which something is entered, this one and the next, as the reader counts."""
    language = get_language() or "en"
    this = dates.year_of(timezone.localdate(now()), language)
    entered = [dates.year_of(one, language) for one in queries.holiday_span(unit_id) or ()]
    return range(min([this, *entered]), max([this + 1, *entered]) + 1)


def _year(request: DeskRequest, years: range) -> int:
    """The year asked for; this one when it is not among those there are."""
    given = digits(request.GET.get("year", ""))
    if given.isdecimal() and len(given) == 4 and int(given) in years:
        return int(given)
    return dates.year_of(timezone.localdate(now()), get_language() or "en")


def _nearest(held: Sequence[Any], language: str) -> str:
    """The month with holidays in which today lies, or that is nearest to it."""
    today = timezone.localdate(now())
    this = dates.year_of(today, language), dates.month_of(today, language)
    months = [(dates.year_of(one.on, language), dates.month_of(one.on, language)) for one in held]
    ahead = (month for month, one in zip(months, held, strict=True) if one.on >= today)
    return this[1] if this in months else next(ahead, months[-1])[1] if months else ""


def _entered(held: Sequence[Any], language: str) -> list[Row]:
    return [
        Row(
            one.name,
            (day(one.on), said_source(one.source), said(hours.load(one.hours))),
            mark=_("Counts no more") if one.withdrawn_at else _("Closure") if one.closure else "",
            act="" if one.withdrawn_at else "withdraw",
            id=one.pk,
            part=dates.month_of(one.on, language),
        )
        for one in held
    ]


@dataclass(frozen=True)
class Entered:
    """A holiday as somebody typed it, with the hours still worked."""

    on: date
    name: dict[str, str]
    source: str
    hours: Hours


def _enter(data: Data, unit_id: int | None, by: Actor, at: datetime) -> None:
    day, name, source, worked = data["on"], both(data, "name"), data["source"], data["hours"]
    told: Data = {"unit_id": unit_id, "by": by, "at": at}
    if data["kind"] == "closure":
        actions.add_closure(day, name=name, source=source, hours_worked=worked, **told)
    elif not actions.add_holidays([Entered(day, asdict(name), source, worked)], **told):
        raise Refused("holiday-entered-already", on=day)


def _one_day() -> dict[str, forms.Field]:
    return {
        "kind": one_of(
            _("What it is"),
            [
                ("holiday", _("A holiday that is known in advance")),
                ("closure", _("A closure announced for the occasion")),
            ],
            initial="closure",
        ),
        "on": on(_("Which day")),
        **pair("name", _("Why closed")),
        "source": text(_("Who announced it, and where"), 200),
        "hours": HoursField(label=_("Hours still worked"), help_text=_("Empty: closed all day.")),
    }


@setting(RIGHT)
def offer(request: DeskRequest, place: str, unit_id: int | None = None) -> HttpResponse:
    """Offer the holidays of a country for this year and the next."""
    if place not in PLACES:
        raise Http404
    unit, on_offer = unit_of(unit_id), _on_offer(place, unit_id)

    def add(data: Data, by: Actor, at: datetime) -> None:
        days = [on_offer[one] for one in data["days"]]
        actions.add_holidays(days, unit_id=unit_id, by=by, at=at)

    back = reverse(
        "desk:set-up-unit-holidays" if unit else "desk:set-up-holidays",
        args=[unit_id] if unit else [],
    )
    deed = Deed(
        *("add", form({"days": _days(on_offer)}), add),
        *(_("Add the chosen days"), _("The holidays are added.")),
        title=_("Which days are holidays here?"),
        leads=back,
    )
    sheet = Sheet(
        heading(PLACES[place], unit),
        [deed] if on_offer else [],
        help=_(
            "Estimated days follow the moon and may move by a day; check them against the "
            "official calendar."
        ),
        empty="" if on_offer else _("Every holiday on offer is entered already."),
        back=(back, heading(_TITLE, unit)),
    )
    return answer(request, sheet)


def _days(on_offer: dict[str, Offered]) -> forms.Field:
    return forms.MultipleChoiceField(
        label=_("Days"),
        choices=[(one.on.isoformat(), _called(one)) for one in on_offer.values()],
        initial=list(on_offer),
        error_messages={"required": _("Choose at least one day.")},
        widget=forms.CheckboxSelectMultiple,
    )


def _on_offer(place: str, unit_id: int | None) -> dict[str, Offered]:
    """What is offered and not entered yet for the organisation or this unit, by date."""
    country, _dash, part = place.partition("-")
    year = timezone.localdate(now()).year
    bounds = date(year, 1, 1), date(year + 1, 12, 31)
    entered = queries.holidays(None, *bounds)
    entered += queries.holidays(unit_id, *bounds) if unit_id else []
    held = {(one.on, one.name.en) for one in entered if one.withdrawn_at is None}
    return {
        one.on.isoformat(): one
        for one in offered(country, part, (year, year + 1))
        if (one.on, one.name["en"]) not in held
    }


def _called(one: Offered) -> str:
    name = one.name["fa" if (get_language() or "").startswith("fa") else "en"]
    mark = f" ({_('estimated')})" if one.estimated else ""
    language, zone = get_language() or "en", timezone.get_current_timezone()
    return f"{dates.as_date(one.on, language, zone)}: {name}{mark}"
