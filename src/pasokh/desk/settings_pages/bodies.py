"""The outside bodies that are named to people who are not content."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import listed
from pasokh.desk.settings_pages.fields import apart, both, form, on, pair, text
from pasokh.desk.settings_pages.frame import Data, Deed, Row, Sheet, answer, setting
from pasokh.desk.settings_pages.terms import code_from, restoring, retiring
from pasokh.kernel.actors import Actor
from pasokh.policy.taxonomy import actions, queries
from pasokh.ui.templatetags.ui import day, telephone

RIGHT = "taxonomy.configure"
_TEXTS = ("name", "what_for", "time_limit", "note")
_PLAIN = ("telephone", "url", "verified_on", "doubtful")


@setting(RIGHT)
def bodies(request: DeskRequest) -> HttpResponse:
    """List the outside bodies, with what was verified and what is doubtful; add one."""

    def add(data: Data, by: Actor, at: datetime) -> None:
        code = code_from(data["name_en"])
        actions.add_outside_body(code, by=by, at=at, **_particulars(data))

    added = _("The body is added; it is named to people who do not accept a decision.")
    rows = [
        Row(
            one.name,
            (telephone(one.telephone) or "–", day(one.verified_on) if one.verified_on else "–"),
            reverse("desk:set-up-body", args=[one.code]),
            mark=_mark(one),
            kind="soon" if one.doubtful and not one.retired_at else "plain",
        )
        for one in queries.all_outside_bodies()
    ]
    sheet = Sheet(
        _("Outside bodies"),
        [Deed("add", form(_fields()), add, _("Add the body"), added, _("Add an outside body"))],
        help=_("Where people can go who do not accept a decision. Check doubtful ones yourself."),
        columns=(_("Name"), _("Telephone"), _("Verified on")),
        rows=rows,
        empty=_("None is named yet. Fill the lists to begin."),
        back=(reverse("desk:set-up-lists"), _("Lists")),
    )
    return answer(request, sheet)


@setting(RIGHT)
def body(request: DeskRequest, code: str) -> HttpResponse:
    """Correct what is written of an outside body, or name it no more."""
    held = next((one for one in queries.all_outside_bodies() if one.code == code), None)
    if held is None:
        raise Http404

    def correct(data: Data, by: Actor, at: datetime) -> None:
        actions.correct_outside_body(code, by=by, at=at, **_particulars(data))

    def move(data: Data, by: Actor, at: datetime) -> None:
        actions.move_outside_body(code, position=data["place"], by=by, at=at)

    def retire(data: Data, by: Actor, at: datetime) -> None:
        actions.retire_outside_body(code, by=by, at=at)

    def restore(data: Data, by: Actor, at: datetime) -> None:
        actions.restore_outside_body(code, by=by, at=at)

    initial: dict[str, Any] = {name: getattr(held, name) for name in _PLAIN}
    for name in _TEXTS:
        initial |= apart(name, getattr(held, name))
    saved = _("What is written of it is saved.")
    place = {"place": listed(_("Put it"), _places(code))}
    moved = _("It is moved; that is the order in which people read them, in letters too.")
    deeds = [
        Deed("correct", form(_fields(), **initial), correct, _("Save"), saved, _("Particulars")),
        Deed("move", form(place), move, _("Move it"), moved, _("Its place in the list")),
        restoring(restore) if held.retired_at else retiring(retire),
    ]
    back = (reverse("desk:set-up-bodies"), _("Outside bodies"))
    return answer(request, Sheet(held.name, deeds, back=back))


def _places(code: str) -> list[tuple[int, Any]]:
    """Every place that a body can be moved to: first, or after another one."""
    others = [one for one in queries.all_outside_bodies() if one.code != code]
    after = [_("After “%(term)s”") % {"term": one.name} for one in others]
    return list(enumerate([_("First in the list"), *after]))


def _particulars(data: Data) -> Data:
    texts: Data = {name: both(data, name) for name in _TEXTS}
    return texts | {name: data[name] for name in _PLAIN}


def _fields() -> dict[str, forms.Field]:
    return {
        **pair("name", _("Name")),
        **pair("what_for", _("What it is for"), rows=2),
        "telephone": text(_("Telephone"), 60, required=False, kind="tel"),
        "url": text(_("Web address"), 200, required=False, kind="url"),
        **pair("time_limit", _("How long it takes"), required=False, rows=2),
        **pair("note", _("Note"), required=False, rows=2),
        "verified_on": on(_("Verified on"), required=False),
        "doubtful": forms.BooleanField(label=_("Not sure that this is right"), required=False),
    }


def _mark(one: Any) -> Any:
    if one.retired_at:
        return _("No longer in use")
    return _("Doubtful") if one.doubtful else ""
