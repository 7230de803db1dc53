"""Which programs may call us, what each may do, and their tokens."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pasokh.desk import lists
from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import Choices, listed, until
from pasokh.desk.settings_pages import once
from pasokh.desk.settings_pages.fields import NumberField, apart, both, form, pair
from pasokh.desk.settings_pages.frame import (
    Chosen,
    Data,
    Deed,
    Nothing,
    Row,
    Sheet,
    answer,
    setting,
)
from pasokh.directory.clients import actions, queries, terms
from pasokh.directory.clients.models import Client, ClientToken
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.text import isolate
from pasokh.ui.templatetags.ui import code, moment

RIGHT = "client.manage"
#: The rights by what they are for: to look, to bring what the complainant says, to handle.
_READS = ("read", "read_confidential", "read_contacts", "read_originals")
_BRINGS = ("receive", "hear", "gather", "verdict", "rate", "review", "reopen", "withdraw")
_OVERLAPS = (0, 1, 7, 30)


@setting(RIGHT)
def programs(request: DeskRequest) -> HttpResponse:
    """List the programs, and set one up."""

    def add(data: Data, by: Actor, at: datetime) -> None:
        actions.add_client(by=by, at=at, **_particulars(data))

    deed = Deed(
        *("add", form(_fields(), per_minute=terms.USUAL_RATE), add, _("Add the program")),
        done=_("The program is added. Open its page to give it a token."),
        title=_("Add a program"),
    )
    sheet = Sheet(
        _("Programs"),
        [deed],
        help=_HELP,
        columns=(_("Name"), _("Files of which unit"), _("Last call")),
        rows=[_row(one) for one in queries.clients()],
        empty=_("No program may call yet."),
        links=[("", [(reverse("api-pages:index"), _("How to call, and a place to try it"))])],
    )
    return answer(request, sheet)


_HELP = _(
    "A shop, a call centre's program or a reporting tool can file, follow and handle complaints "
    "over the interface, under its own name and only as far as you allow here."
)


def _row(one: Client) -> Row:
    used = queries.last_used(one.pk)
    return Row(
        one.name,
        (
            one.unit.name if one.unit else _("The whole organisation"),
            moment(used) if used else _("never"),
        ),
        reverse("desk:set-up-program", args=[one.pk]),
        mark=_("Shut out") if one.retired_at else "",
    )


@setting(RIGHT)
def program(request: DeskRequest, client_id: int) -> HttpResponse:
    """Give a program tokens, replace and revoke them; change what it may do; shut it out."""
    held = queries.client(client_id)
    if held is None:
        raise Http404
    keys = queries.keys_of(client_id, now())
    known = gettext("For OAuth, its client id is {id} and its secret is a token.")
    token = gettext("Enter this token at the program. It is shown only this once: {secret}")
    sheet = Sheet(
        held.name,
        [_letting_in(client_id)] if held.retired_at else _deeds(request, held, keys),
        help=known.format(id=isolate(f"client-{client_id}")),
        notes=once.shown(request, token),
        columns=(_("Token"), _("Given"), _("Good until"), _("Last call")),
        rows=[_key(one, usable=not held.retired_at) for one in keys],
        empty=_("It has no token, so it cannot call."),
        back=(reverse("desk:set-up-programs"), _("Programs")),
    )
    return answer(request, sheet)


def _key(one: ClientToken, *, usable: bool) -> Row:
    return Row(
        code(f"…{one.hint}"),
        (
            moment(one.made_at),
            moment(one.expires_at) if one.expires_at else _("it is revoked"),
            moment(one.used_at) if one.used_at else _("never"),
        ),
        act="revoke" if usable else "",
        id=one.pk,
    )


def _deeds(request: DeskRequest, held: Client, keys: list[ClientToken]) -> list[Deed]:
    """What can be done with a program that may call."""

    def change(data: Data, by: Actor, at: datetime) -> None:
        actions.change_client(held.pk, by=by, at=at, **_particulars(data))

    def revoke(data: Data, by: Actor, at: datetime) -> None:
        actions.revoke_token(held.pk, data["id"], by=by, at=at)

    def retire(data: Data, by: Actor, at: datetime) -> None:
        actions.retire_client(held.pk, by=by, at=at)

    known: dict[str, Any] = {"unit": held.unit_id, "per_minute": held.per_minute}
    known |= dict.fromkeys(("reads", "brings", "handles"), held.grants)
    known |= apart("name", held.name)
    saved = _("What the program may do is saved; it holds from now on.")
    return [
        _giving(request, held.pk),
        *([_rotating(request, held.pk, keys)] if keys else []),
        Deed(
            *("change", form(_fields(), **known), change, _("Save"), saved),
            title=_("What it may do"),
        ),
        Deed(
            *("retire", Nothing, retire, _("Shut it out")),
            done=_("The program is shut out; none of its tokens opens anything."),
            title=_("Shut it out"),
            help=_("At once, with all its tokens. It can be let in again."),
            grave=True,
        ),
        Deed("revoke", Chosen, revoke, _("Revoke"), _("The token opens nothing from now on.")),
    ]


def _giving(request: DeskRequest, client_id: int) -> Deed:
    def give(data: Data, by: Actor, at: datetime) -> None:
        token = actions.give_token(client_id, expires_at=data["expires_at"], by=by, at=at)
        once.hand_over(request, token)

    fields = {"expires_at": until(_("Good until (empty: until it is revoked)"), required=False)}
    return Deed(
        *("give", form(fields), give, _("Make a token"), _("The token is made.")),
        title=_("Give it a token"),
        help=_("It is shown once, on the next page, and kept nowhere in clear."),
    )


def _rotating(request: DeskRequest, client_id: int, keys: list[ClientToken]) -> Deed:
    def rotate(data: Data, by: Actor, at: datetime) -> None:
        overlap = timedelta(days=data["overlap"])
        token = actions.rotate_token(client_id, data["token"], overlap=overlap, by=by, at=at)
        once.hand_over(request, token)

    fields = {
        "token": listed(_("Which token?"), [(one.pk, isolate(f"…{one.hint}")) for one in keys]),
        "overlap": listed(_("How long shall both open?"), _overlaps(), initial=1),
    }
    return Deed(
        *("rotate", form(fields), rotate, _("Replace it")),
        done=_("A new token is made; the old one ends after the time you chose."),
        title=_("Replace a token"),
        help=_("The program can change over without a pause."),
    )


def _overlaps() -> Choices:
    names = (_("not at all"), _("a day"), _("a week"), _("a month"))
    return list(zip(_OVERLAPS, names, strict=True))


def _letting_in(client_id: int) -> Deed:
    def restore(data: Data, by: Actor, at: datetime) -> None:
        actions.restore_client(client_id, by=by, at=at)

    return Deed(
        *("restore", Nothing, restore, _("Let it in"), _("The program may call again.")),
        title=_("Let it in again"),
        help=_("Its tokens that are still in force open again."),
    )


def _fields() -> dict[str, forms.Field]:
    rate = {"least": terms.LEAST_RATE, "most": terms.MOST_RATE}
    return {
        **pair("name", _("Name of the program")),
        "unit": listed(
            *(_("Files of which unit"), lists.units()),
            required=False,
            nothing=_("The whole organisation"),
            help_text=_("With all units below it."),
        ),
        "reads": _rights(_("It may look"), _READS),
        "brings": _rights(_("It may bring what complainants say"), _BRINGS),
        "handles": _rights(_("It may handle"), None),
        "per_minute": NumberField(**rate, label=_("Calls in a minute at most")),
    }


def _rights(label: Any, steps: tuple[str, ...] | None) -> forms.Field:
    """Rights to choose from: those named, or those that are named nowhere else."""
    named = {f"complaint.{step}" for step in (steps or (*_READS, *_BRINGS))}
    chosen = [right for right in terms.GRANTABLE if (right in named) == (steps is not None)]
    return forms.MultipleChoiceField(
        label=label,
        required=False,
        choices=[(right, gettext(terms.GRANTABLE[right])) for right in chosen],
        widget=forms.CheckboxSelectMultiple,
    )


def _particulars(data: Data) -> Data:
    return {
        "name": both(data, "name"),
        "unit_id": data["unit"],
        "grants": [*data["reads"], *data["brings"], *data["handles"]],
        "per_minute": data["per_minute"],
    }
