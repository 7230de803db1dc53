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
from pasokh.desk.settings_pages.frame import Data, Deed, Row, Sheet, answer, setting
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
def periods(request: DeskRequest) -> HttpResponse:
    """List the packs of rules there are."""
    bound = in_force()
    rows = [
        Row(
            Bilingual(**pack.title),
            (Bilingual(**pack.source.name),),
            reverse("desk:set-up-pack", args=[pack.id]),
            mark=_("In force") if bound and bound.pack == pack.id else "",
            kind="done",
        )
        for pack in packs.all()
        if pack.in_force(now().date())
    ]
    sheet = Sheet(
        _("Rules and periods"),
        [],
        help=_("Choose the rules you work by, then say which periods you promise."),
        columns=(_("Rules"), _("Source")),
        rows=rows,
    )
    return answer(request, sheet)


@setting(RIGHT)
def pack(request: DeskRequest, pack_id: str) -> HttpResponse:
    """Ask for the periods of a pack, and bind the organisation by it."""
    if pack_id not in packs.ids():
        raise Http404
    chosen, bound = packs.load(pack_id), in_force()
    values = bound.parameters if bound and bound.pack == pack_id else {}
    fields = {name: _field(one, values.get(name)) for name, one in chosen.parameters.items()}

    def bind(data: Data, by: Actor, at: datetime) -> None:
        actions.bind_regime(pack_id, parameters=data, valid_from=at, by=by, at=at)

    deed = Deed(
        *("bind", form(fields), bind, _("Work by these rules")),
        done=_("From now on complaints are handled by these rules."),
        title=_("The periods you promise"),
        help=_("What was received before keeps the periods it was promised."),
        leads=reverse("desk:set-up-periods"),
    )
    back = (reverse("desk:set-up-periods"), _("Rules and periods"))
    return answer(
        request, Sheet(Bilingual(**chosen.title), [deed], help=_stages(chosen), back=back)
    )


def in_force() -> Regime | None:
    """The regime that binds the whole organisation at this moment."""
    try:
        return queries.regime_for(None, now())
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
