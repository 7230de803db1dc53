"""Colleagues, their sign-ins and roles, and how much each role may promise."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pasokh.desk import lists
from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import Choices, MoneyField, listed, moment, one_of, secret, storable
from pasokh.desk.settings_pages.fields import apart, both, form, pair, text
from pasokh.desk.settings_pages.frame import (
    Chosen,
    Data,
    Deed,
    Nothing,
    Row,
    Sheet,
    Text,
    answer,
    setting,
)
from pasokh.desk.settings_pages.organisation import LANGUAGES
from pasokh.directory.organisation import actions, queries
from pasokh.directory.organisation.limits import promises
from pasokh.directory.organisation.queries import Colleague
from pasokh.directory.organisation.roles import NAMES, Role
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.money import Money

MANAGE, CONFIGURE = "staff.manage", "organisation.configure"


@setting(MANAGE)
def staff(request: DeskRequest) -> HttpResponse:
    """List the colleagues, and add one."""
    rows = [
        Row(
            one.name,
            (one.number, one.post, one.unit_name or _("The whole organisation")),
            reverse("desk:set-up-colleague", args=[one.id]),
            mark=_mark(one, now()),
        )
        for one in queries.everyone()
    ]

    def add(data: Data, by: Actor, at: datetime) -> None:
        particulars = _particulars(data)
        actions.add_staff(particulars.pop("number"), by=by, at=at, **particulars)

    deed = Deed(
        *("add", form(_fields(), language=get_language()), add, _("Add the colleague")),
        done=_("The colleague is added. Open their page to give a sign-in and roles."),
        title=_("Add a colleague"),
    )
    sheet = Sheet(
        _("Colleagues"),
        [deed],
        help=_("Each signs in with an address of their own and may hold several roles."),
        columns=(_("Name"), _("Number"), _("Post"), _("Unit")),
        rows=rows,
    )
    return answer(request, sheet)


@setting(MANAGE)
def colleague(request: DeskRequest, staff_id: int) -> HttpResponse:
    """Correct a colleague, give a sign-in, appoint and dismiss; say that they left or came back."""
    held = next((one for one in queries.everyone() if one.id == staff_id), None)
    if held is None:
        raise Http404
    left = bool(held.active_until and held.active_until <= now())

    def dismiss(data: Data, by: Actor, at: datetime) -> None:
        if data["id"] not in {one.pk for one in queries.assignments(staff_id)}:
            raise Http404
        actions.dismiss(data["id"], by=by, at=at)

    here = [
        *([] if held.signs_in else [_signing_in(staff_id)]),
        _appointing(staff_id),
        _correcting(held),
        *([_renewing(held)] if held.signs_in else []),
        _leaving(staff_id),
        Deed("dismiss", Chosen, dismiss, _("End this role"), _("The role has ended.")),
    ]
    away = (reverse("desk:set-up-absences", args=[staff_id]), _("Absences"))
    sheet = Sheet(
        held.name,
        [_returning(staff_id)] if left else here,
        links=() if left else [("", [away])],
        columns=(_("Role"), _("Where")),
        rows=_roles(staff_id),
        empty=_("This colleague holds no role and may do nothing yet."),
        back=(reverse("desk:set-up-staff"), _("Colleagues")),
    )
    return answer(request, sheet)


@setting(CONFIGURE)
def limits(request: DeskRequest) -> HttpResponse:
    """List how much each role may promise, and set it."""
    language = get_language() or "en"
    names = dict(lists.units())
    rows = [
        Row(
            gettext(NAMES[role]),
            (names.get(unit, "–") if unit else _EVERYWHERE, Money(amount, money).text(language)),
        )
        for (role, money, unit), amount in sorted(
            queries.spending_limits().items(),
            key=lambda one: (one[0][0], one[0][1], one[0][2] or 0),
        )
    ]

    def put(data: Data, by: Actor, at: datetime) -> None:
        most = data["most"]
        actions.set_limit(
            *(Role(data["role"]), most.currency),
            amount=most.amount,
            unit_id=data["unit"],
            by=by,
            at=at,
        )

    fields = {
        "role": listed(_("Role"), _role_choices(promises), number=False),
        "unit": _where(),
        "most": MoneyField(
            label=_("The most that may be promised"),
            help_text=_("With its currency, for example 50,000,000 rials or £200.00."),
            error_messages={"required": _("Write an amount.")},
        ),
    }
    deed = Deed("limit", form(fields), put, _("Save"), _("The limit is set."), _("Set a limit"))
    sheet = Sheet(
        _("Spending limits"),
        [deed],
        help=_("Without a limit a role may promise no money."),
        columns=(_("Role"), _("Where"), _("At most")),
        rows=rows,
        empty=_("No limit is set, so nobody may promise money yet."),
    )
    return answer(request, sheet)


_EVERYWHERE = _("The whole organisation")


def _roles(staff_id: int) -> list[Row]:
    at = now()
    return [
        Row(
            gettext(NAMES[Role(one.role)]),
            (one.unit.name if one.unit else _EVERYWHERE,),
            mark=_("Ended") if one.valid_until and one.valid_until <= at else "",
            act="" if one.valid_until and one.valid_until <= at else "dismiss",
            id=one.pk,
        )
        for one in queries.assignments(staff_id)
    ]


def _signing_in(staff_id: int) -> Deed:
    def give(data: Data, by: Actor, at: datetime) -> None:
        given = {"email": data["email"], "password": data["password"]}
        actions.give_sign_in(staff_id, by=by, at=at, **given)

    fields: dict[str, forms.Field] = {
        "email": forms.EmailField(
            label=_("E-mail address"),
            validators=[storable],
            error_messages={
                "required": _("Write the e-mail address."),
                "invalid": _(
                    "This is not a whole e-mail address; one looks like name@example.org."
                ),
            },
            widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        ),
        "password": _password(),
    }
    return Deed(
        *("sign-in", form(fields), give, _("Give the sign-in")),
        done=_("Your colleague can sign in now."),
        title=_("Sign-in"),
    )


def _renewing(held: Colleague) -> Deed:
    def renew(data: Data, by: Actor, at: datetime) -> None:
        actions.renew_password(held.id, password=data["password"], by=by, at=at)

    return Deed(
        *("renew", form({"password": _password()}), renew, _("Give the new password")),
        done=_("The new password is valid. Your colleague chooses their own when they sign in."),
        title=_("A new password"),
        help=_(
            "%(name)s signs in with %(address)s. Give a new password only when the old one is "
            "forgotten; whoever is signed in with the old one is signed out."
        )
        % {"name": held.name, "address": queries.address_of(held.id)},
    )


def _password() -> forms.Field:
    return secret(
        _("A password to begin with"),
        help_text=_(
            "At least 12 characters, in any letters. Tell it to your colleague yourself; it "
            "is not sent, and they have to change it when they sign in."
        ),
    )


def _leaving(staff_id: int) -> Deed:
    def end(data: Data, by: Actor, at: datetime) -> None:
        actions.end_staff(staff_id, until=data["until"], by=by, at=at)

    return Deed(
        *("end", form({"until": moment(_("Until when"))}), end, _("Write that they leave")),
        done=_("It is written down. From then on the sign-in no longer works."),
        title=_("When this colleague leaves"),
        help=_("Their roles end then. What they did stays in their name."),
        grave=True,
    )


def _returning(staff_id: int) -> Deed:
    def reinstate(data: Data, by: Actor, at: datetime) -> None:
        actions.reinstate_staff(staff_id, by=by, at=at)

    again = _("Take them back")
    done = _("The colleague is back and can sign in; give them their roles again.")
    return Deed(
        *("reinstate", Nothing, reinstate, again, done, _("When this colleague comes back")),
        help=_("The roles they had stay ended."),
    )


def _mark(one: Colleague, at: datetime) -> Text:
    if one.active_until and one.active_until <= at:
        return _("Has left")
    return "" if one.signs_in else _("Cannot sign in yet")


def _where() -> forms.Field:
    """A unit to which something is limited; none stands for the whole organisation."""
    label = _("Only in this unit and below")
    return listed(label, lists.units(), required=False, nothing=_EVERYWHERE)


def _appointing(staff_id: int) -> Deed:
    def appoint(data: Data, by: Actor, at: datetime) -> None:
        actions.appoint(staff_id, Role(data["role"]), unit_id=data["unit"], by=by, at=at)

    fields = {
        "role": listed(_("Role"), _role_choices(), number=False),
        "unit": _where(),
    }
    done = _("The role is given.")
    return Deed("appoint", form(fields), appoint, _("Give the role"), done, _("Give a role"))


def _correcting(held: Colleague) -> Deed:
    def correct(data: Data, by: Actor, at: datetime) -> None:
        actions.correct_staff(held.id, by=by, at=at, **_particulars(data))

    initial: dict[str, Any] = {
        **apart("name", held.name),
        **apart("post", held.post),
        "number": held.number,
        "unit": held.unit,
        "manager": held.line_manager,
        "language": held.language,
    }
    fields = form(_fields(held.id), **initial)
    return Deed("correct", fields, correct, _("Save"), _("It is saved."), _("Particulars"))


def _fields(of: int | None = None) -> dict[str, forms.Field]:
    others = [(one, name) for one, name in lists.colleagues() if one != of]
    return {
        **pair("name", _("Name")),
        **pair("post", _("Post"), required=False),
        "number": text(_("Staff number"), 40),
        "unit": listed(_("Unit"), lists.units(), required=False),
        "manager": listed(_("Line manager"), others, required=False),
        "language": one_of(_("Language"), LANGUAGES),
    }


def _particulars(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "number": data["number"],
        "name": both(data, "name"),
        "post": both(data, "post"),
        "unit_id": data["unit"],
        "line_manager_id": data["manager"],
        "language": data["language"],
    }


def _role_choices(suits: Callable[[Role], bool] = bool) -> Choices:
    return [(role.value, gettext(name)) for role, name in NAMES.items() if suits(role)]
