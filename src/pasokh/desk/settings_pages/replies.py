"""Replies that are prepared for letters by hand, perhaps for one category only."""

from datetime import datetime
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.labels import LETTERS
from pasokh.casework.correspondence import fields, grammar
from pasokh.casework.correspondence.delivery import LetterKind
from pasokh.casework.correspondence.grammar import Sort
from pasokh.casework.correspondence.wording import actions, labels, queries
from pasokh.casework.correspondence.wording.actions import Prepared
from pasokh.desk import lists
from pasokh.desk.access import DeskRequest
from pasokh.desk.fields import listed, one_of
from pasokh.desk.settings_pages.fields import apart, both, form, pair
from pasokh.desk.settings_pages.frame import Data, Deed, Nothing, Row, Sheet, answer, setting
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused
from pasokh.policy.taxonomy.kinds import Kind

RIGHT = actions.RIGHT
_SPOKEN = {"fa": _("Words in Persian"), "en": _("Words in English")}


@setting(RIGHT)
def replies(request: DeskRequest) -> HttpResponse:
    """List the prepared replies, and prepare another."""

    def add(data: Data, by: Actor, at: datetime) -> None:
        actions.add_reply(data["kind"], _told(data), by=by, at=at)

    kinds = [(str(kind), LETTERS[kind]) for kind in fields.BY_HAND]
    asked = {"kind": one_of(_("For which letter?"), kinds), **_asked()}
    added = _("The reply is prepared; colleagues find it where they write.")
    deed = Deed(*("add", form(asked), add, _("Add"), added), title=_("Prepare a reply"), help=_HELP)
    rows = [
        Row(
            one.name,
            (LETTERS[LetterKind(one.kind)], one.category.name if one.category else _("Any")),
            reverse("desk:set-up-reply", args=[one.pk]),
        )
        for one in queries.replies()
    ]
    sheet = Sheet(
        _("Prepared replies"),
        [deed],
        help=_("Words that colleagues begin with when they write by hand."),
        columns=(_("Name"), _("Letter"), _("Category")),
        rows=rows,
        empty=_("None is prepared yet."),
        back=(reverse("desk:set-up-letters"), _("Texts of letters")),
    )
    known = {"known": [_explained(language) for language in _SPOKEN]}
    return answer(request, sheet, template="desk/settings/reply.html", more=known)


_HELP = _(
    "Write it in one language or in both. Fields in braces are filled in from the file; one that "
    "has nothing to say stays standing, and the letter does not leave before it is seen to."
)


@setting(RIGHT)
def reply(request: DeskRequest, reply_id: int) -> HttpResponse:
    """Change a prepared reply, or offer it no more."""
    try:
        row, words = queries.reply(reply_id)
    except Refused as refused:
        raise Http404 from refused

    def change(data: Data, by: Actor, at: datetime) -> None:
        actions.change_reply(row.pk, _told(data), by=by, at=at)

    def end(data: Data, by: Actor, at: datetime) -> None:
        actions.end_reply(row.pk, by=by, at=at)

    typed = {f"words_{language}": one.body for language, one in words.items()}
    held = {**apart("name", row.name), "category": row.category_id, **typed}
    deeds = [
        Deed(
            *("change", form(_asked(), **held), change, _("Save"), _("It is saved.")),
            title=_("Name and words"),
            help=_HELP,
        ),
        Deed(
            *("end", Nothing, end, _("Withdraw it"), _("The reply is offered no more.")),
            title=_("Offer it no more"),
            grave=True,
            leads=reverse("desk:set-up-replies"),
        ),
    ]
    sheet = Sheet(
        row.name,
        deeds,
        help=LETTERS[LetterKind(row.kind)],
        back=(reverse("desk:set-up-replies"), _("Prepared replies")),
    )
    known = {"known": [_explained(language) for language in _SPOKEN]}
    return answer(request, sheet, template="desk/settings/reply.html", more=known)


def _asked() -> dict[str, forms.Field]:
    return {
        **pair("name", _("Name")),
        "category": listed(
            _("Only for one category"), lists.terms(Kind.CATEGORY), required=False, nothing=_("Any")
        ),
        **{f"words_{language}": _words(language, label) for language, label in _SPOKEN.items()},
    }


def _words(language: str, label: Any) -> forms.Field:
    written = {"rows": 8, "lang": language, "dir": "rtl" if language == "fa" else "ltr"}
    return forms.CharField(
        label=label,
        required=False,
        max_length=grammar.MOST_BODY,
        widget=forms.Textarea(attrs=written),
    )


def _told(data: Data) -> Prepared:
    words = {language: data[f"words_{language}"] for language in _SPOKEN}
    return Prepared(both(data, "name"), data["category"], words)


def _explained(language: str) -> tuple[str, list[tuple[str, Any]]]:
    """The fields as they are written in a language, with what each puts in."""
    found = (one for one in fields.of(LetterKind.MESSAGE) if one.sort is Sort.WORD)
    return language, [(one.written(language), labels.FIELDS[one.code]) for one in found]
