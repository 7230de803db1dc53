"""Kinds of letters that the organisation adds: their names, what they are for, in use or not."""

from datetime import datetime

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pasokh.casework.correspondence.wording import actions, queries
from pasokh.desk.access import DeskRequest
from pasokh.desk.settings_pages.fields import apart, both, form, pair
from pasokh.desk.settings_pages.frame import Data, Deed, Sheet, answer, setting
from pasokh.desk.settings_pages.terms import restoring, retiring
from pasokh.kernel.actors import Actor
from pasokh.ui.languages import NAMES

RIGHT = actions.RIGHT
_WEIGHT = _(
    "Colleagues choose it where they write to the complainant. It goes the way of a message: it "
    "stops no clock, acknowledges nothing, and tells no decision."
)


def adding() -> Deed:
    """Add a kind of letter, on the list of their texts."""

    def add(data: Data, by: Actor, at: datetime) -> None:
        actions.add_kind(name=both(data, "name"), purpose=both(data, "purpose"), by=by, at=at)

    return Deed(
        *("add", form(_asked()), add, _("Add")),
        done=_("The kind is added, at the end of the list. Write its text, then it is offered."),
        title=_("Add a kind of letter"),
        help=_WEIGHT,
    )


@setting(RIGHT)
def kind(request: DeskRequest, kind_id: int) -> HttpResponse:
    """Name a kind otherwise, find its texts, take it out of use or into use again."""
    held = next((one for one in queries.added().values() if one.id == kind_id), None)
    if held is None:
        raise Http404
    texts = [
        (reverse("desk:set-up-letter", args=[held.code, language]), NAMES[language])
        for language in queries.LANGUAGES
    ]
    sheet = Sheet(
        held.name,
        _retired(kind_id) if held.retired else _in_use(held),
        help=_WEIGHT,
        links=[(_("Its text"), texts)],
        back=(reverse("desk:set-up-letters"), _("Texts of letters")),
    )
    return answer(request, sheet)


def _in_use(held: queries.Added) -> list[Deed]:
    def change(data: Data, by: Actor, at: datetime) -> None:
        told = {"name": both(data, "name"), "purpose": both(data, "purpose")}
        actions.change_kind(held.id, **told, by=by, at=at)

    def retire(data: Data, by: Actor, at: datetime) -> None:
        actions.retire_kind(held.id, by=by, at=at)

    typed = {**apart("name", held.name), **apart("purpose", held.purpose)}
    return [
        Deed(
            *("change", form(_asked(), **typed), change, _("Save"), _("It is saved.")),
            title=_("Name and purpose"),
        ),
        retiring(retire),
    ]


def _retired(number: int) -> list[Deed]:
    def restore(data: Data, by: Actor, at: datetime) -> None:
        actions.restore_kind(number, by=by, at=at)

    return [restoring(restore)]


def _asked() -> dict[str, forms.Field]:
    return {
        **pair("name", _("Name of the kind")),
        **pair("purpose", _("What is it for?"), required=False),
    }
