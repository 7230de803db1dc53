"""How text messages leave the house: the gateway, its limits, its reports, and a text to try it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pasokh.casework.texting import actions, queries
from pasokh.casework.texting.queries import Figures, Leaving
from pasokh.desk.access import DeskRequest
from pasokh.desk.settings_pages.fields import NumberField, form, text
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
from pasokh.kernel.clock import now
from pasokh.kernel.dates import numerals
from pasokh.ui.templatetags.ui import code

RIGHT = "organisation.configure"

#: What a gateway may know us by; which of them it asks for stands in its wire format.
CREDENTIALS: Mapping[str, Any] = {
    "key": _("Key of the account (API key)"),
    "user": _("User name or account number"),
    "secret": _("Password or secret"),
}


@setting(RIGHT)
def texts(request: DeskRequest) -> HttpResponse:
    """Show how texts leave, and try it, open an address for reports, or end it."""
    gateway, language = queries.gateway(), get_language() or "en"

    def send(data: Data, by: Actor, at: datetime) -> None:
        import_string(settings.TRIAL_TEXT)(data["number"], language=language, at=at)

    def reports(data: Data, by: Actor, at: datetime) -> None:
        token = actions.open_reports(by=by, at=at)
        address = settings.PUBLIC_ADDRESS + reverse(settings.TEXT_REPORTS, args=[token])
        said = _now("Enter this address with the gateway; it is shown this once: %(address)s")
        messages.warning(request, said % {"address": address})

    def end(data: Data, by: Actor, at: datetime) -> None:
        actions.end_gateway(by=by, at=at)

    number = form({"number": text(_("Mobile number"), 30, kind="tel")})
    made: Text = _("The address for reports is made; an address made before is closed.")
    deeds = [
        Deed("test", number, send, _("Send"), _("The gateway took the text."), _("Try it")),
        Deed("reports", Nothing, reports, _("Make an address"), made, _("Reports"), help=_REPORTS),
        Deed(
            *("end", Nothing, end, _("Send no more texts"), _("Texts leave no more.")),
            title=_("End it"),
            help=_("The key and the password are forgotten. Letters stand on the tracking page."),
            grave=True,
        ),
    ]
    sheet = Sheet(
        _("Text messages"),
        deeds if gateway else [],
        help=_HELP,
        notes=_notes(gateway),
        columns=(_("Setting"), _("State")),
        rows=list(_rows(gateway, queries.figures(now()), language)) if gateway else None,
        links=[_gateways(language)],
    )
    return answer(request, sheet)


_HELP = _(
    "Letters to people who gave a mobile number and nothing else are told by text: fixed words "
    "with the reference and the tracking page, never what the complaint is about."
)
_REPORTS = _(
    "The gateway says there which texts arrived. Without it Pasokh asks by itself, where the "
    "gateway can be asked. The address holds a secret: give it to nobody else."
)


@setting(RIGHT)
def gateway(request: DeskRequest, template: str) -> HttpResponse:
    """Let texts leave by one of the gateways, or change how."""
    known = _templates().get(template)
    if known is None:
        raise Http404
    leaving = queries.gateway()
    held = leaving if leaving and leaving.template == template else None

    def save(data: Data, by: Actor, at: datetime) -> None:
        actions.set_gateway(
            template,
            credentials={name: data[name] for name in known.credentials},
            **{name: data[name] for name in _LIMITS},
            by=by,
            at=at,
        )

    fields = {**_credentials(known.credentials, held), **_limits(known)}
    initial = {name: getattr(held, name) for name in _LIMITS} if held else _FIRST
    done = _("Texts leave by this gateway. Send one to yourself to see that they arrive.")
    deed = Deed("save", form(fields, **initial), save, _("Save"), done, _("The account"))
    back = (reverse("desk:set-up-texts"), _("Text messages"))
    notes = [] if known.pushes or known.ask else [("soon", _NO_WORD)]
    title = known.name["fa" if (get_language() or "").startswith("fa") else "en"]
    return answer(request, Sheet(title, [deed], notes=notes, back=back))


_NO_WORD = _("This gateway tells what became of a text only by reports to an address of ours.")
_LIMITS = ("base", "sender", "notice_tells", "per_number", "per_hour")
_FIRST: Data = {"per_number": 10, "per_hour": 1000}


def _credentials(names: tuple[str, ...], held: Leaving | None) -> dict[str, forms.Field]:
    """A field for each secret; one that is kept already is not shown, and may stay empty."""
    kept = _("It is kept. Leave this empty to keep it as it is.")
    return {
        name: forms.CharField(
            label=CREDENTIALS[name],
            max_length=200,
            required=not held,
            help_text=kept if held else "",
            error_messages={"required": _("This cannot be left empty.")},
            widget=forms.PasswordInput(attrs={"class": "short", "autocomplete": "off"}),
        )
        for name in names
    }


def _limits(known: Any) -> dict[str, forms.Field]:
    return {
        "sender": text(
            _("Number or name it comes from"),
            40,
            required=False,
            help_text=_("As it stands in your account with the gateway."),
        ),
        "base": text(
            _("Address of the gateway"),
            200,
            required=False,
            kind="url",
            help_text=_("Only where it is another than %(address)s.") % {"address": known.base},
        ),
        "per_number": NumberField(1, 100, label=_("Texts to one number in a day, at most")),
        "per_hour": NumberField(1, 100_000, label=_("Texts to all in an hour, at most")),
        "notice_tells": forms.BooleanField(
            label=_("A delivered text counts as told for every letter"),
            required=False,
            help_text=_(
                "Otherwise a decision counts as told when its page was opened; a text that "
                "arrived tells only what it holds: that a complaint is received, goes on, or is "
                "withdrawn."
            ),
        ),
    }


def _templates() -> Mapping[str, Any]:
    found: Mapping[str, Any] = import_string(settings.TEXT_TEMPLATES)()
    return found


def _gateways(language: str) -> Links:
    spoken = "fa" if language.startswith("fa") else "en"
    return _("Gateways"), [
        (reverse("desk:set-up-text-gateway", args=[one.code]), one.name[spoken])
        for one in _templates().values()
    ]


def _notes(gateway: Leaving | None) -> list[tuple[str, Text]]:
    if gateway is None:
        return [("info", _("No gateway is set, so no texts leave. Choose one below."))]
    if settings.DEMO:
        return [("info", _("This is a demonstration: its numbers are invented, no text leaves."))]
    return []


def _rows(gateway: Leaving, figures: Figures, language: str) -> Iterator[Row]:
    known = _templates().get(gateway.template)
    spoken = "fa" if language.startswith("fa") else "en"
    yield Row(_("Gateway"), (known.name[spoken] if known else code(gateway.template),))
    yield Row(_("It comes from"), (code(gateway.sender) if gateway.sender else "–",))
    yield Row(_("Address for reports"), (_("Made") if gateway.reports else _("None"),))
    yield Row(_("Texts waiting"), (numerals(figures.waiting, language),))
    yield Row(
        _("Failed or did not arrive"), (numerals(figures.failed + figures.returned, language),)
    )
    yield Row(_("Sent in thirty days"), (numerals(figures.sent, language),))
    yield Row(_("Billed as single messages"), (numerals(figures.segments, language),))
    if left := import_string(settings.TEXT_BALANCE)():
        yield Row(_("Left on the account"), (code(left),))
    if figures.trouble:
        yield Row(_("What the gateway said last"), (code(figures.trouble),))
