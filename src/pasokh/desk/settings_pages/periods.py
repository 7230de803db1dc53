"""The rules that bind the organisation, and the periods it promises."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.desk.access import DeskRequest
from pasokh.desk.settings_pages.fields import NumberField, form
from pasokh.desk.settings_pages.frame import (
    Data,
    Deed,
    Do,
    Nothing,
    Row,
    Sheet,
    answer,
    setting,
)
from pasokh.desk.settings_pages.working_time import heading, unit_of, units
from pasokh.directory.organisation import actions, queries
from pasokh.directory.organisation.queries import Regime
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.dates import numerals
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.policy.regimes import packs
from pasokh.policy.regimes.pack import Pack, Parameter, Unit

RIGHT = "organisation.configure"
UNITS = {
    Unit.WORKING_HOURS: _("working hours"),
    Unit.CLOCK_HOURS: _("hours"),
    Unit.WORKING_DAYS: _("working days"),
    Unit.CALENDAR_DAYS: _("days"),
    Unit.WEEKS: _("weeks"),
    Unit.MONTHS: _("months"),
}


@setting(RIGHT)
def periods(request: DeskRequest, unit_id: int | None = None) -> HttpResponse:
    """List the packs of rules there are, for the organisation or for one unit."""
    unit, bound = unit_of(unit_id), in_force(unit_id)
    own = queries.own_regimes(now())
    rows = [
        Row(
            Bilingual(**pack.title),
            (Bilingual(**pack.source.name),),
            _address(unit_id, pack.id),
            mark=_("In force") if bound and bound.pack == pack.id else "",
            kind="done",
        )
        for pack in packs.all()
        if pack.in_force(now().date())
    ]

    def release(_data: Data, by: Actor, at: datetime) -> None:
        actions.release_regime(unit_id or 0, by=by, at=at)

    sheet = Sheet(
        heading(_("Rules and periods"), unit),
        [_releasing(release)] if unit_id in own and unit else [],
        help=_("Choose the rules you work by, then say which periods you promise."),
        notes=[("info", _AS_ABOVE)] if unit and unit_id not in own else (),
        columns=(_("Rules"), _("Source")),
        rows=rows,
        links=() if unit else units("desk:set-up-unit-periods", own, _OF_UNITS),
        back=(reverse("desk:set-up-periods"), _("Rules and periods")) if unit else None,
    )
    return answer(request, sheet)


_OF_UNITS = _("Periods of a single unit")
_AS_ABOVE = _(
    "This unit promises the periods of the unit above it, or of the whole organisation. Choose "
    "rules here only if it promises others."
)


def _releasing(release: Do) -> Deed:
    again = _("Promise the periods of the unit above again")
    return Deed(
        *("release", Nothing, release, again),
        done=_("The periods of the unit above hold here again."),
        title=again,
        help=_("What was received before keeps the periods it was promised."),
    )


def _address(unit_id: int | None, *pack: str) -> str:
    """The page of the periods, or of one pack, of the organisation or of a unit."""
    part = "pack" if pack else "periods"
    if unit_id is None:
        return reverse(f"desk:set-up-{part}", args=pack)
    return reverse(f"desk:set-up-unit-{part}", args=[unit_id, *pack])


@setting(RIGHT)
def pack(request: DeskRequest, pack_id: str, unit_id: int | None = None) -> HttpResponse:
    """Ask for the periods of a pack, and bind the organisation or one unit by it."""
    if pack_id not in packs.ids():
        raise Http404
    unit, chosen, bound = unit_of(unit_id), packs.load(pack_id), in_force(unit_id)
    values = bound.parameters if bound and bound.pack == pack_id else {}
    fields = {name: _field(one, values.get(name)) for name, one in chosen.parameters.items()}

    def bind(data: Data, by: Actor, at: datetime) -> None:
        actions.bind_regime(pack_id, parameters=data, valid_from=at, unit_id=unit_id, by=by, at=at)

    deed = Deed(
        *("bind", form(fields), bind, _("Work by these rules")),
        done=_("From now on complaints are handled by these rules."),
        title=_("The periods you promise"),
        help=_("What was received before keeps the periods it was promised."),
        leads=_address(unit_id),
    )
    back = (_address(unit_id), heading(_("Rules and periods"), unit))
    title = heading(str(Bilingual(**chosen.title)), unit)
    return answer(request, Sheet(title, [deed], help=_stages(chosen), back=back))


def in_force(unit_id: int | None = None) -> Regime | None:
    """The regime that binds the whole organisation, or a unit, at this moment."""
    try:
        return queries.regime_for(unit_id, now())
    except Refused:
        return None


def _stages(chosen: Pack) -> Any:
    return format_lazy("{}: {}", _("Stages"), numerals(chosen.stages, get_language() or "en"))


def _field(one: Parameter, value: int | None) -> NumberField:
    language = get_language() or "en"
    return NumberField(
        one.least,
        one.most,
        label=Bilingual(**one.label).in_(language),
        help_text=_("From %(least)s to %(most)s %(unit)s.")
        % {
            "least": numerals(one.least, language),
            "most": numerals(one.most, language),
            "unit": UNITS[one.unit],
        },
        initial=one.default if value is None else value,
        error_messages={"required": _("Write a number.")},
    )
