"""What a mail provider grants us, asked for alike wherever a token opens a mail server."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from pasokh.casework.intake.mailroom.actions import Granted
from pasokh.casework.intake.mailroom.models import MailboxGrant
from pasokh.desk.fields import secret
from pasokh.desk.settings_pages.fields import form, text
from pasokh.desk.settings_pages.frame import Data, Deed, Text
from pasokh.kernel.actors import Actor


def granting(
    held: MailboxGrant | None,
    give: Callable[[Granted, Actor, datetime], object],
    *,
    title: Text,
    help: Text,
    scope: Text,
    done: Text,
) -> Deed:
    """Ask for what renews a token; of what was given, the secrets are never shown."""

    def keep(data: Data, by: Actor, at: datetime) -> None:
        give(Granted(**data), by, at)

    known = {name: getattr(held, name, "") for name in ("token_url", "client_id", "scope")}
    return Deed(
        *("grant", form(_fields(scope), **known), keep, _("Save")),
        done=done,
        title=title,
        help=help,
    )


def _fields(scope: Text) -> dict[str, forms.Field]:
    return {
        "token_url": text(
            _("Address at which the provider renews tokens"),
            2000,
            kind="url",
            help_text=_(
                "As the provider names it, such as https://oauth2.googleapis.com/token or "
                "https://login.microsoftonline.com/common/oauth2/v2.0/token."
            ),
        ),
        "client_id": text(_("Client id"), 300),
        "client_secret": _hidden(_("Client secret"), required=False),
        "refresh_token": _hidden(_("Refresh token"), required=True),
        "scope": text(_("Scope"), 1000, required=False, help_text=scope),
    }


def _hidden(label: Any, *, required: bool) -> forms.Field:
    field = secret(label, missing=_("This cannot be left empty."))
    field.required = required
    return field
