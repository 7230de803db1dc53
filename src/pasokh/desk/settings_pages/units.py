"""The units: branches, departments, teams."""

from datetime import datetime

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pasokh.desk import lists
from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import listed
from pasokh.desk.settings_pages.fields import apart, both, form, pair, text
from pasokh.desk.settings_pages.frame import Data, Deed, Links, Nothing, Row, Sheet, answer, setting
from pasokh.desk.settings_pages.terms import RENAME
from pasokh.directory.organisation import actions, queries
from pasokh.kernel.actors import Actor

RIGHT = "organisation.configure"


@setting(RIGHT)
def units(request: DeskRequest) -> HttpResponse:
    """List the units, and add one."""
    rows = [
        Row(
            unit.name,
            (unit.code, unit.parent.name if unit.parent else "–"),
            reverse("desk:set-up-unit", args=[unit.pk]),
            mark=_("No longer in use") if unit.retired_at else "",
        )
        for unit in queries.units()
    ]
    fields = {
        **pair("name", _("Name of the unit")),
        "code": text(_("Short code"), 40, help_text=_("It stays the same for ever, as TEH-1.")),
        "parent": listed(_("Part of"), lists.units(), required=False),
    }

    def add(data: Data, by: Actor, at: datetime) -> None:
        name = both(data, "name")
        actions.add_unit(data["code"], name=name, parent_id=data["parent"], by=by, at=at)

    deed = Deed(
        *("add", form(fields), add, _("Add the unit")),
        done=_("The unit is added."),
        title=_("Add a unit"),
    )
    sheet = Sheet(
        _("Units"),
        [deed],
        help=_(
            "Branches, departments, teams. Complaints that are addressed to no unit come to the "
            "first one at the top."
        ),
        columns=(_("Name"), _("Code"), _("Part of")),
        rows=rows,
        empty=_("There is no unit yet. A small organisation needs just one."),
    )
    return answer(request, sheet)


@setting(RIGHT)
def unit(request: DeskRequest, unit_id: int) -> HttpResponse:
    """Rename a unit, move it, take it out of use, or into use again."""
    held = next((one for one in queries.units() if one.pk == unit_id), None)
    if held is None:
        raise Http404

    def rename(data: Data, by: Actor, at: datetime) -> None:
        actions.rename_unit(unit_id, name=both(data, "name"), by=by, at=at)

    def move(data: Data, by: Actor, at: datetime) -> None:
        actions.move_unit(unit_id, parent_id=data["parent"], by=by, at=at)

    def retire(data: Data, by: Actor, at: datetime) -> None:
        actions.retire_unit(unit_id, by=by, at=at)

    def restore(data: Data, by: Actor, at: datetime) -> None:
        actions.restore_unit(unit_id, by=by, at=at)

    fields = form(pair("name", _("Name of the unit")), **apart("name", held.name))
    deeds = (
        [Deed("restore", Nothing, restore, _("Use it again"), _USED, _("Use it again"))]
        if held.retired_at
        else [
            Deed("rename", fields, rename, _("Save"), _("The name is saved."), RENAME),
            Deed(
                *("move", form(_above(unit_id, held.parent_id)), move, _("Move it")),
                done=_("The unit is moved."),
                title=_("Its place among the units"),
                help=_(
                    "Units under it move with it. Rights, hours and limits of the units above "
                    "reach it from its new place."
                ),
            ),
            Deed(
                *("retire", Nothing, retire, _("Take it out of use"), _RETIRED),
                title=_("Take it out of use"),
                help=_("Its files and its history stay."),
                grave=True,
            ),
        ]
    )
    back = (reverse("desk:set-up-units"), _("Units"))
    return answer(request, Sheet(held.name, deeds, back=back, links=[_leads(unit_id)]))


def _leads(unit_id: int) -> Links:
    """What else a unit may have of its own."""
    pages = {
        "week": _("Working week of this unit"),
        "holidays": _("Holidays of this unit"),
        "periods": _("Periods of this unit"),
    }
    links = [(reverse(f"desk:set-up-unit-{name}", args=[unit_id]), pages[name]) for name in pages]
    return "", links


def _above(unit_id: int, parent_id: int | None) -> dict[str, forms.Field]:
    """Under which unit one stands: any in use but itself and those below it."""
    below = queries.subtree(unit_id)
    others = [(pk, name) for pk, name in lists.units() if pk not in below]
    return {"parent": listed(_("Part of"), others, required=False, initial=parent_id)}


_USED = _("It is in use again.")
_RETIRED = _("It is out of use; what was done with it stays.")
