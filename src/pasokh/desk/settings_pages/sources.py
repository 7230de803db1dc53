"""Where messages come in besides mail: bots of messengers, texts, voice-mail. Added and ended."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from pasokh.casework.intake.conversations import actions, queries
from pasokh.casework.intake.conversations.terms import BOTS, SourceKind
from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import one_of
from pasokh.desk.settings_pages.fields import form, text
from pasokh.desk.settings_pages.frame import Chosen, Data, Deed, Row, Sheet, answer, setting
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.dates import numerals
from pasokh.ui.templatetags.ui import day

RIGHT = "organisation.configure"
LATELY = timedelta(days=30)

KINDS: Mapping[SourceKind, Any] = {
    SourceKind.TELEGRAM: _("A bot of Telegram"),
    SourceKind.BALE: _("A bot of Bale"),
    SourceKind.SMS: _("Texts to our number, passed on by the gateway"),
    SourceKind.VOICE: _("Voice mails, passed on by the telephone system"),
}


@setting(RIGHT)
def sources(request: DeskRequest) -> HttpResponse:
    """List where messages come from, with what came; add a place, or end one."""

    def add(data: Data, by: Actor, at: datetime) -> None:
        kind = SourceKind(data["kind"])
        with transaction.atomic():
            given = {name: data[name] for name in ("name", "base", "token")}
            source, secret, _shown = actions.add_source(kind, **given, by=by, at=at)
            if kind in BOTS:
                import_string(settings.BOT_JOINS)(source, secret)
        if kind not in BOTS:
            address = settings.PUBLIC_ADDRESS + reverse(settings.MESSAGES_IN, args=[secret])
            said = _now("Have messages sent to this address; it is shown this once: %(address)s")
            messages.warning(request, said % {"address": address})

    def end(data: Data, by: Actor, at: datetime) -> None:
        actions.end_source(data["id"], by=by, at=at)

    added = _("Messages come in from there now. Write one yourself to see the answer.")
    ended = _("Nothing comes in from there any more.")
    sheet = Sheet(
        _("Messengers and messages"),
        [
            Deed("add", form(_fields()), add, _("Add it"), added, _("Add a place")),
            Deed("end", Chosen, end, _("End it"), ended),
        ],
        help=_HELP,
        columns=(_("Name"), _("Kind of channel"), _("Since"), _("In thirty days"), _("Failed")),
        rows=_rows(),
        empty=_("People cannot complain by messenger or text yet. Add a place below."),
    )
    return answer(request, sheet)


def _rows() -> list[Row]:
    language = get_language() or "en"
    return [
        Row(
            one.name,
            (
                KINDS[one.kind],
                day(one.made_at),
                numerals(one.heard, language),
                numerals(one.failed, language),
            ),
            act="end",
            id=one.id,
        )
        for one in queries.sources(now() - LATELY)
    ]


_HELP = _(
    "People complain and follow their complaint by writing there. Each place has an address of "
    "its own with a secret in it; a bot is told its address by Pasokh."
)


def _fields() -> dict[str, forms.Field]:
    return {
        "kind": one_of(_("What is it?"), [(str(kind), name) for kind, name in KINDS.items()]),
        "name": text(_("Name"), 60, help_text=_("As colleagues call it.")),
        "token": forms.CharField(
            label=_("Token of the bot"),
            max_length=200,
            required=False,
            help_text=_("Only for a bot; whoever made it has it from the messenger."),
            widget=forms.PasswordInput(attrs={"class": "short", "autocomplete": "off"}),
        ),
        "base": text(
            _("Address of the messenger"),
            200,
            required=False,
            kind="url",
            help_text=_("Only for a bot whose messenger answers elsewhere than usual."),
        ),
    }
