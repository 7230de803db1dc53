"""The mailboxes: at which addresses people write to us, and how their mail comes in."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.labels import LANGUAGES
from pasokh.casework.intake.mailroom import actions, queries
from pasokh.casework.intake.mailroom.actions import Granted
from pasokh.casework.intake.mailroom.labels import SECURITIES, SIGN_INS, WAYS
from pasokh.casework.intake.mailroom.models import Mailbox
from pasokh.casework.intake.mailroom.terms import Security, SignIn, Way
from pasokh.desk import lists
from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import labelled, listed, one_of, secret
from pasokh.desk.settings_pages import grants
from pasokh.desk.settings_pages.fields import NumberField, form, text
from pasokh.desk.settings_pages.frame import Data, Deed, Nothing, Row, Sheet, answer, setting
from pasokh.desk.templatetags.desk import trouble
from pasokh.kernel.actors import Actor
from pasokh.ui.templatetags.ui import code, isolate, moment

RIGHT = "organisation.configure"


@setting(RIGHT)
def mailboxes(request: DeskRequest) -> HttpResponse:
    """List the mailboxes, and add one."""

    def add(data: Data, by: Actor, at: datetime) -> None:
        address, secret_ = data.pop("address"), data.pop("secret")
        actions.add_mailbox(address, secret=secret_, by=by, at=at, **_given(data))

    fields = {
        "address": forms.EmailField(
            label=_("Address"),
            error_messages={
                "required": _("This cannot be left empty."),
                "invalid": _("This is not a whole e-mail address."),
            },
        ),
        **_fields(),
        "secret": _secret(required=False),
    }
    deed = Deed(
        *("add", form(fields, **_PLAIN), add, _("Add the mailbox")),
        done=_("The mailbox is added. Mail is taken from it within a minute."),
        title=_("Add a mailbox"),
    )
    sheet = Sheet(
        _("Mailboxes"),
        [deed],
        help=_(
            "Addresses at which people write to you. What they write becomes a complaint, or is "
            "added to the case that it answers; Pasokh changes nothing in the mailbox itself."
        ),
        columns=(_("Address"), _("Unit"), _("How its mail comes in"), _("State")),
        rows=[_row(one) for one in queries.mailboxes()],
        empty=_("There is no mailbox yet, so no complaint comes in by mail."),
    )
    return answer(request, sheet)


@setting(RIGHT)
def mailbox(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    """Set a mailbox up differently, give what opens it, take it out of use or into use again."""
    held = queries.mailbox(mailbox_id)
    if held is None:
        raise Http404
    deeds = [_restoring(held)] if held.retired_at else [_changing(held), *_opening(held)]
    deeds += [] if held.retired_at else [_retiring(held)]
    sheet = Sheet(
        code(held.address),
        deeds,
        columns=(_("Setting"), _("State")),
        rows=[
            Row(_("State"), (_state(held),)),
            Row(_("Last looked into"), (moment(held.looked_at) if held.looked_at else "–",)),
            Row(_("Are senders checked?"), (_checked(held),)),
        ],
        back=(reverse("desk:set-up-mailboxes"), _("Mailboxes")),
    )
    return answer(request, sheet)


def _changing(held: Mailbox) -> Deed:
    def change(data: Data, by: Actor, at: datetime) -> None:
        actions.change_mailbox(held.pk, by=by, at=at, **_given(data))

    now = {name: getattr(held, name) for name in _PLAIN} | {"unit": held.unit_id}
    return Deed(
        *("change", form(_fields(), **now), change, _("Save"), _("The mailbox is saved.")),
        title=_("How its mail comes in"),
    )


def _opening(held: Mailbox) -> list[Deed]:
    if held.way != Way.IMAP:
        return []
    if held.sign_in == SignIn.RENEWED:
        return [_granting(held)]

    def give(data: Data, by: Actor, at: datetime) -> None:
        actions.give_secret(held.pk, secret=data["secret"], by=by, at=at)

    deed = Deed(
        *("secret", form({"secret": _secret(required=True)}), give, _("Save")),
        done=_("It is kept sealed, and used from the next look on."),
        title=_("What opens it"),
        help=_("What was given before is never shown; write it anew to change it."),
    )
    return [deed]


def _granting(held: Mailbox) -> Deed:
    """Ask for what renews the token."""

    def give(grant: Granted, by: Actor, at: datetime) -> None:
        actions.give_grant(held.pk, grant=grant, by=by, at=at)

    return grants.granting(
        getattr(held, "grant", None),
        give,
        title=_("What opens it"),
        help=_(
            "Register Pasokh with your mail provider as a program that reads mail by IMAP, sign in "
            "there once, and write here what it gives. Pasokh renews the token by itself."
        ),
        scope=_(
            "What is asked for, as the provider names it, such as https://mail.google.com/ or "
            "https://outlook.office.com/IMAP.AccessAsUser.All. Often it may be left empty."
        ),
        done=_("It is kept sealed, and used from the next look on."),
    )


def _retiring(held: Mailbox) -> Deed:
    def retire(_data: Data, by: Actor, at: datetime) -> None:
        actions.retire_mailbox(held.pk, by=by, at=at)

    return Deed(
        *("retire", Nothing, retire, _("Take it out of use")),
        done=_("No more mail is taken from it; what came in stays."),
        title=_("Take it out of use"),
        help=_("Mail that came in stays, and so does everything in the mailbox itself."),
        grave=True,
    )


def _restoring(held: Mailbox) -> Deed:
    def restore(_data: Data, by: Actor, at: datetime) -> None:
        actions.restore_mailbox(held.pk, by=by, at=at)

    used = _("It is in use again.")
    return Deed("restore", Nothing, restore, _("Use it again"), used, _("Use it again"))


#: The first values of a new mailbox.
_PLAIN: dict[str, Any] = {
    "way": str(Way.IMAP),
    "language": "fa",
    "host": "",
    "port": 993,
    "security": str(Security.TLS),
    "user": "",
    "sign_in": str(SignIn.PASSWORD),
    "folder": "INBOX",
    "old_mail": False,
    "trusted": "",
}


def _fields() -> dict[str, forms.Field]:
    return {
        "unit": listed(
            _("Unit"), lists.units(), required=False, nothing=_("The first unit at the top")
        ),
        "language": one_of(
            _("Language, where a mail does not tell"), [(one, LANGUAGES[one]) for one in LANGUAGES]
        ),
        "way": one_of(_("How does its mail come in?"), labelled(WAYS)),
        "host": text(_("Mail server"), 253, required=False, help_text=_("Only if Pasokh fetches.")),
        "port": NumberField(1, 65535, label=_("Port")),
        "security": one_of(_("How is the line secured?"), labelled(SECURITIES)),
        "user": text(_("User name"), 254, required=False),
        "sign_in": one_of(_("What opens it?"), labelled(SIGN_INS)),
        "folder": text(_("Folder"), 200),
        "old_mail": forms.BooleanField(
            label=_("Take in what lies there already, too"), required=False
        ),
        "trusted": text(
            _("Name under which your mail server checks senders"),
            200,
            required=False,
            help_text=_(
                "As it stands first in the header Authentication-Results. With it, senders who "
                "could not be verified are marked, and an answer to a case that only their "
                "address speaks for is held. Without it no sender is checked: whoever writes the "
                "address of a party counts as that party."
            ),
        ),
    }


def _given(data: Data) -> Data:
    return {"unit_id": data["unit"]} | {name: data[name] for name in _PLAIN}


def _secret(*, required: bool) -> forms.Field:
    field = secret(_("Password or token"), missing=_("Write the password or the token."))
    field.required = required
    return field


def _row(one: Mailbox) -> Row:
    return Row(
        code(one.address),
        (one.unit.name if one.unit else "–", WAYS[Way(one.way)], _state(one)),
        reverse("desk:set-up-mailbox", args=[one.pk]),
    )


def _checked(one: Mailbox) -> Any:
    """Whose word is believed of who sent a mail."""
    if one.trusted:
        by = escape(gettext("Yes, by the word of %(server)s"))
        return SafeString(by % {"server": isolate(one.trusted)})
    return _("No: whoever writes the address of a party counts as that party")


def _state(one: Mailbox) -> Any:
    """How a mailbox stands: the server's last words where it let us not in."""
    if one.retired_at:
        return _("No longer in use")
    if one.way == Way.IMAP and not queries.opens(one):
        return _("Nothing opens it yet")
    if one.trouble:
        return trouble(one.trouble)
    if one.way == Way.IMAP and not one.looked_at:
        return _("Not looked into yet")
    return _("In use")
