"""By what people come to the form: pages of the organisation's own, posters, tablets."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from pasokh.casework.intake.entrances import actions, queries
from pasokh.casework.intake.entrances.actions import Sign
from pasokh.casework.intake.entrances.models import Entrance
from pasokh.casework.intake.entrances.terms import Kind
from pasokh.desk import lists, posters
from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import listed
from pasokh.desk.settings_pages import once
from pasokh.desk.settings_pages.fields import apart, both, form, pair
from pasokh.desk.settings_pages.frame import (
    Data,
    Deed,
    Links,
    Nothing,
    Row,
    Sheet,
    Text,
    answer,
    setting,
)
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.ui.languages import NAMES
from pasokh.ui.templatetags.ui import code

RIGHT = actions.RIGHT
KINDS: dict[Kind, Text] = {
    Kind.SITE: _("On pages of your own"),
    Kind.PLACE: _("Posters and cards"),
    Kind.KIOSK: _("Tablets on the counter"),
}
_ADD: dict[Kind, tuple[Text, Text]] = {
    Kind.SITE: (
        _("Put the form on a page of your own"),
        _("One line in your page shows the form there. Only the sites named here may hold it."),
    ),
    Kind.PLACE: (
        _("Make a poster or a card for a place"),
        _("Its code leads to the form, and the form knows the place."),
    ),
    Kind.KIOSK: (
        _("Pair a tablet"),
        _("It shows the form and how a complaint stands, and keeps nothing of anybody."),
    ),
}
_ONCE: dict[Kind, Text] = {
    Kind.SITE: _("The key for signing answers. It is shown only this once: {secret}"),
    Kind.KIOSK: _("Open this link on the tablet within an hour; it works once: {secret}"),
}
_DONE: dict[Kind, Text] = {
    Kind.SITE: _("The page may hold the form. Open it below to see the line for your page."),
    Kind.PLACE: _("The place is added. Open it below to print its poster and card."),
    Kind.KIOSK: _("The tablet can be paired now."),
}


@setting(RIGHT)
def entrances(request: DeskRequest) -> HttpResponse:
    """List the entrances, and open another."""
    found = sorted(queries.entrances(), key=lambda one: list(KINDS).index(Kind(one.kind)))
    sheet = Sheet(
        _("Entrances"),
        [_adding(request, kind) for kind in KINDS],
        help=_("By what people come to the form, beside the portal itself."),
        notes=_made(request, request.GET.get("made", "")),
        columns=(_("Name"), _("Kind of entrance"), _("Unit")),
        rows=[_row(one) for one in found],
        empty=_("There is none yet beside the portal."),
    )
    return answer(request, sheet)


def _made(request: DeskRequest, kind: str) -> Iterable[tuple[str, Text]]:
    """The secret of what was just added, this once."""
    return once.shown(request, _ONCE[Kind(kind)]) if kind in _ONCE else ()


def _adding(request: DeskRequest, kind: Kind) -> Deed:
    title, about = _ADD[kind]

    def add(data: Data, by: Actor, at: datetime) -> None:
        _one, secret = actions.add(kind, _sign(data), by=by, at=at)
        if secret:
            once.hand_over(request, _secret(request, kind, secret))

    leads = f"{reverse('desk:set-up-entrances')}?made={kind}"
    return Deed(
        *(f"add-{kind}", form(_fields(kind)), add, _("Add"), _DONE[kind]),
        title=title,
        help=about,
        leads=leads,
    )


def _row(one: Entrance) -> Row:
    url = reverse("desk:set-up-entrance", args=[one.pk])
    waits = one.kind == Kind.KIOSK and one.pairs_until is not None
    unit = one.unit.name if one.unit else _("As on the portal")
    mark = _("Not paired yet") if waits else ""
    return Row(one.name, (KINDS[Kind(one.kind)], unit), url, mark=mark, kind="soon")


@setting(RIGHT)
def entrance(request: DeskRequest, entrance_id: int) -> HttpResponse:
    """What to put on the page, what to print, how to pair; and change or close it."""
    one = _held(entrance_id)
    kind = Kind(one.kind)

    def change(data: Data, by: Actor, at: datetime) -> None:
        actions.change(one.pk, _sign(data), by=by, at=at)

    told = {**apart("name", one.name), "unit": one.unit_id, "origins": "\n".join(one.origins)}
    saved = _("It is saved.")
    changed = Deed(
        *("change", form(_fields(kind), **told), change, _("Save"), saved), title=_("Particulars")
    )
    sheet = Sheet(
        one.name,
        [changed, *_renewing(request, one), _closing(one)],
        notes=_made(request, kind),
        help=KINDS[kind],
        columns=(_("What"), _("How")),
        rows=_recipe(request, one) or None,
        links=[_printing(one)] if kind is Kind.PLACE else [],
        back=(reverse("desk:set-up-entrances"), _("Entrances")),
    )
    return answer(request, sheet)


def _renewing(request: DeskRequest, one: Entrance) -> list[Deed]:
    """A new key or a new link, where the entrance has one."""
    kind = Kind(one.kind)

    def renew(data: Data, by: Actor, at: datetime) -> None:
        once.hand_over(request, _secret(request, kind, actions.renew(one.pk, by=by, at=at)))

    words: dict[Kind, tuple[Text, Text, Text]] = {
        Kind.SITE: (
            _("The key for signing answers"),
            _("Make a new key"),
            _("With it your server fills in order, product and name. A new key ends the old one."),
        ),
        Kind.KIOSK: (
            _("The tablet"),
            _("Make a new link"),
            _("A new link pairs another tablet, and takes the one before back at once."),
        ),
    }
    if kind not in words:
        return []
    title, button, about = words[kind]
    return [Deed("renew", Nothing, renew, button, _("It is made."), title=title, help=about)]


def _closing(one: Entrance) -> Deed:
    def end(data: Data, by: Actor, at: datetime) -> None:
        actions.end(one.pk, by=by, at=at)

    return Deed(
        *("end", Nothing, end, _("Close this entrance"), _("The entrance is closed.")),
        title=_("Close it"),
        help=_("Its form, its code and its tablet lead nowhere from then on."),
        grave=True,
        leads=reverse("desk:set-up-entrances"),
    )


def _recipe(request: DeskRequest, one: Entrance) -> list[Row]:
    """What is put on a page, or opened by a telephone."""
    if one.kind == Kind.SITE:
        home = _public(request, "/form.js")
        line = f'<script src="{home}" data-form="{one.code}" async></script>'
        links = [_public(request, _address("portal:framed", one, each)) for each in NAMES]
        return [
            Row(_("A line in your page"), (code(line),)),
            Row(_("Or a link, in Persian"), (code(links[0]),)),
            Row(_("Or a link, in English"), (code(links[1]),)),
        ]
    if one.kind == Kind.PLACE:
        language = get_language() or "fa"
        place = _public(request, _address("portal:place", one, language))
        return [Row(_("Where its code leads"), (code(place),))]
    return []


def _printing(one: Entrance) -> Links:
    names = {"poster-a4": _("Poster, A4"), "poster-a3": _("Poster, A3"), "card-a6": _("Card, A6")}
    links = [
        (
            reverse("desk:set-up-entrance-print", args=[one.pk, sheet, language]),
            f"{names[sheet]} – {spoken} (PDF)",
        )
        for language, spoken in NAMES.items()
        for sheet in posters.SHEETS
    ]
    return _("Print"), links


@setting(RIGHT)
def printed(request: DeskRequest, entrance_id: int, sheet: str, language: str) -> HttpResponse:
    """A poster or a card of a place, as PDF."""
    one = _held(entrance_id)
    if one.kind != Kind.PLACE or sheet not in posters.SHEETS or language not in NAMES:
        raise Http404
    address = _public(request, _address("portal:place", one, language))
    made = posters.made(one, sheet, address, language)
    response = HttpResponse(made, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{sheet}-{language}-{one.code}.pdf"'
    return response


def _held(pk: int) -> Entrance:
    try:
        return queries.by_number(pk)
    except Refused as refused:
        raise Http404 from refused


def _address(name: str, one: Entrance, language: str) -> str:
    with override(language):
        return reverse(name, args=[one.code])


def _public(request: DeskRequest, path: str) -> str:
    """An address as people outside know it."""
    if settings.PUBLIC_ADDRESS:
        return f"{settings.PUBLIC_ADDRESS}{path}"
    return request.build_absolute_uri(path)


def _secret(request: DeskRequest, kind: Kind, secret: str) -> str:
    """What is handed over: a key as it is, the token of a tablet as a link."""
    if kind is Kind.SITE:
        return secret
    return _public(request, reverse("portal:kiosk-pair", args=[secret]))


def _fields(kind: Kind) -> dict[str, forms.Field]:
    labels: dict[Kind, str | Promise] = {
        Kind.SITE: _("Name of the page"),
        Kind.PLACE: _("Name of the place, as people read it"),
        Kind.KIOSK: _("Name of the place, as people read it"),
    }
    fields = pair("name", labels[kind])
    fields["unit"] = listed(
        *(_("Which unit takes it in"), lists.units()),
        required=False,
        nothing=_("As on the portal"),
    )
    if kind is Kind.SITE:
        fields["origins"] = forms.CharField(
            label=_("Sites that may hold the form"),
            help_text=_("One to a line, such as https://shop.example.org. Empty: none may."),
            required=False,
            max_length=4000,
            widget=forms.Textarea(attrs={"rows": 3, "dir": "ltr"}),
        )
    return fields


def _sign(data: dict[str, Any]) -> Sign:
    lines = tuple(line for line in data.get("origins", "").split() if line)
    return Sign(both(data, "name"), unit=data["unit"], origins=lines)
