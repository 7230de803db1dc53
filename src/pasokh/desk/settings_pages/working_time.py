"""The working week, the holidays, and closures announced for the occasion."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.desk.access import DeskRequest
from pasokh.desk.settings_pages.fields import HoursField, both, form, pair, said, text
from pasokh.desk.settings_pages.frame import Chosen, Data, Deed, Row, Sheet, answer, setting
from pasokh.directory.organisation import actions, hours, queries
from pasokh.directory.organisation.calendar import Week
from pasokh.directory.organisation.holidays import Offered, offered
from pasokh.kernel import dates
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.ui.forms import DateField
from pasokh.ui.templatetags.ui import short_day

RIGHT = "calendar.configure"
DAYS = (
    *(_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday")),
    *(_("Friday"), _("Saturday"), _("Sunday")),
)
#: What is offered: by the name in the address, the country and its part.
OFFERS = {
    "IR": ("IR", "", _("Iran")),
    "GB-ENG": ("GB", "ENG", _("England")),
    "GB-WLS": ("GB", "WLS", _("Wales")),
    "GB-SCT": ("GB", "SCT", _("Scotland")),
    "GB-NIR": ("GB", "NIR", _("Northern Ireland")),
}
_AHEAD = timedelta(days=800)


@setting(RIGHT)
def week(request: DeskRequest) -> HttpResponse:
    """Ask for the hours of each day."""
    today = timezone.localdate(now())
    weeks = queries.calendar_for(None).weeks
    held = _in_force(weeks, today)
    first = 5 if (get_language() or "").startswith("fa") else 0
    fields: dict[str, forms.Field] = {
        f"day_{day}": HoursField(label=DAYS[day], initial=held.days[day] if held else ())
        for day in (*range(first, 7), *range(first))
    }
    fields["valid_from"] = DateField(
        label=_("From when"), initial=today, widget=DateField.widget(attrs={"class": "short"})
    )

    def put(data: Data, by: Actor, at: datetime) -> None:
        days = [data[f"day_{day}"] for day in range(7)]
        actions.set_working_week(days, valid_from=data["valid_from"], by=by, at=at)

    deed = Deed(
        *("week", form(fields), put, _("Save the week"), _("The working week is saved.")),
        title=_("Hours of each day"),
        help=_("For example 8:00–12:00, 13:00–17:00. Leave a day off empty."),
    )
    about = _("Time limits are counted in these hours. Open files follow when they change.")
    return answer(request, Sheet(_("Working week"), [deed], help=about))


def _in_force(weeks: tuple[Week, ...], today: date) -> Week | None:
    past = [one for one in weeks if one.valid_from <= today]
    return past[-1] if past else next(iter(weeks), None)


@setting(RIGHT)
def holidays(request: DeskRequest) -> HttpResponse:
    """List the holidays from this year on; withdraw one, or add a closure."""

    def close(data: Data, by: Actor, at: datetime) -> None:
        actions.add_closure(
            data["on"],
            name=both(data, "name"),
            source=data["source"],
            hours_worked=data["hours"],
            by=by,
            at=at,
        )

    def withdraw(data: Data, by: Actor, at: datetime) -> None:
        actions.withdraw_holiday(data["id"], by=by, at=at)

    added = _("The closure is added. Open files are counted anew.")
    deeds = [
        Deed("close", form(_closure()), close, _("Add the closure"), added, _("Add a closure")),
        Deed(
            "withdraw",
            Chosen,
            withdraw,
            _("Let it count no more"),
            _("The day counts as a working day."),
        ),
    ]
    sheet = Sheet(
        _("Holidays and closures"),
        deeds,
        help=_("Choose a country’s holidays, then add what is announced for the occasion."),
        links=[(reverse("desk:set-up-offer", args=[key]), OFFERS[key][2]) for key in OFFERS],
        columns=(_("Name"), _("Date"), _("Source"), _("Hours still worked")),
        rows=_entered(),
        empty=_("No holiday is entered yet. Choose a country above to begin with its holidays."),
    )
    return answer(request, sheet)


def _closure() -> dict[str, forms.Field]:
    return {
        "on": DateField(label=_("Which day")),
        **pair("name", _("Why closed")),
        "source": text(_("Who announced it, and where"), 200),
        "hours": HoursField(label=_("Hours still worked"), help_text=_("Empty: closed all day.")),
    }


def _entered() -> list[Row]:
    today = timezone.localdate(now())
    return [
        Row(
            one.name,
            (short_day(one.on), one.source, said(hours.load(one.hours)) or "–"),
            mark=_("Counts no more") if one.withdrawn_at else _("Closure") if one.closure else "",
            act="" if one.withdrawn_at else "withdraw",
            id=one.pk,
        )
        for one in queries.holidays(None, date(today.year, 1, 1), today + _AHEAD)
    ]


@setting(RIGHT)
def offer(request: DeskRequest, place: str) -> HttpResponse:
    """Offer the holidays of a country for this year and the next."""
    if place not in OFFERS:
        raise Http404
    on_offer = _on_offer(place)
    choices = [(day.on.isoformat(), _called(day)) for day in on_offer.values()]
    fields = {
        "days": forms.MultipleChoiceField(
            label=_("Days"),
            choices=choices,
            initial=list(on_offer),
            error_messages={"required": _("Choose at least one day.")},
            widget=forms.CheckboxSelectMultiple,
        )
    }

    def add(data: Data, by: Actor, at: datetime) -> None:
        actions.add_holidays([on_offer[day] for day in data["days"]], by=by, at=at)

    back = reverse("desk:set-up-holidays")
    deed = Deed(
        *("add", form(fields), add, _("Add the chosen days"), _("The holidays are added.")),
        title=_("Which days are holidays here?"),
        leads=back,
    )
    sheet = Sheet(
        OFFERS[place][2],
        [deed] if choices else [],
        help=_(
            "Estimated days follow the moon and may move by a day; check them against the "
            "official calendar."
        ),
        empty="" if choices else _("Every holiday on offer is entered already."),
        back=(back, _("Holidays and closures")),
    )
    return answer(request, sheet)


def _on_offer(place: str) -> dict[str, Offered]:
    """What is offered and not entered yet, by date."""
    country, part, _name = OFFERS[place]
    year = timezone.localdate(now()).year
    entered = queries.holidays(None, date(year, 1, 1), date(year + 1, 12, 31))
    held = {(one.on, one.name.en) for one in entered if one.withdrawn_at is None}
    return {
        day.on.isoformat(): _marked(day)
        for day in offered(country, part, (year, year + 1))
        if (day.on, day.name["en"]) not in held
    }


def _marked(day: Offered) -> Offered:
    return replace(day, source=f"{day.source} (estimated)") if day.estimated else day


def _called(day: Offered) -> str:
    name = day.name["fa" if (get_language() or "").startswith("fa") else "en"]
    mark = f" ({_('estimated')})" if day.estimated else ""
    language, zone = get_language() or "en", timezone.get_current_timezone()
    return f"{dates.as_date(day.on, language, zone)}: {name}{mark}"
