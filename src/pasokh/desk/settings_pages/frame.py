"""What every page of set-up shares: who may open it, its lists, its forms, and POST then GET."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import update_wrapper
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from pasokh.casework.exports.labels import FORMATS
from pasokh.desk import shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.settings_pages import handed
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.ui import posted
from pasokh.ui.posted import to_the_letter
from pasokh.ui.sentences import sentence

P = ParamSpec("P")
Data = dict[str, Any]
Text = str | Promise
Do = Callable[[Data, Actor, datetime], object]
#: Links under a heading, which may be empty: each an address and a name.
Links = tuple[Text, Sequence[tuple[str, Any]]]


@dataclass(frozen=True)
class Row:
    """One line of a list: its name, what else is said of it, and where it is changed.

    `act` and `id` make a button in the line; `kind` and `mark` a badge beside the name. Lines of
    one `part` that follow each other stand under its name, and the list begins with what leads to
    each part.
    """

    name: Any
    cells: Sequence[Any] = ()
    url: str = ""
    mark: Text = ""
    kind: str = "plain"
    act: str = ""
    id: Any = ""
    part: str = ""


@dataclass(frozen=True)
class Deed:
    """One thing to do on a page: a form and a verb. Without a title it is a line's button."""

    name: str
    form: Callable[..., forms.Form]
    do: Do
    button: Text
    done: Text
    title: Text = ""
    help: Text = ""
    grave: bool = False
    leads: str = ""


@dataclass(frozen=True)
class Sheet:
    """A page of set-up: what it is about, its list, and what can be done there.

    `pages` lead to the other parts of a long list: address, name, and whether it is this one.
    `every` gives the lines of all parts, to be taken out as a file.
    `opens` names the part of the lines that a phone shows first; without it that is the first.
    """

    title: Any
    deeds: Sequence[Deed]
    help: Text = ""
    notes: Iterable[tuple[str, Text]] = ()
    columns: Sequence[Text] = ()
    rows: Sequence[Row] | None = None
    every: Callable[[], Sequence[Row]] | None = None
    opens: str = ""
    empty: Text = ""
    links: Sequence[Links] = ()
    pages: Sequence[tuple[str, str, bool]] = ()
    back: tuple[str, Text] | None = None


class Nothing(forms.Form):
    """The form of a button that asks for no more."""


class Chosen(forms.Form):
    """Which line of the list a button stands in."""

    id = forms.IntegerField(widget=forms.HiddenInput)


def may(actor: Actor, *rights: str) -> bool:
    """Whether one of these rights is held for the whole organisation."""
    return any(actor.may(right) for right in rights)


def setting(
    *rights: str,
) -> Callable[
    [Callable[Concatenate[DeskRequest, P], HttpResponseBase]],
    Callable[Concatenate[DeskRequest, P], HttpResponseBase],
]:
    """Let only colleagues pass who hold one of these rights for the whole organisation."""

    def guard(
        view: Callable[Concatenate[DeskRequest, P], HttpResponseBase],
    ) -> Callable[Concatenate[DeskRequest, P], HttpResponseBase]:
        def checked(request: DeskRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not may(request.actor, *rights):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        update_wrapper(checked, view)
        return to_the_letter(staff_required(checked))

    return guard


def answer(
    request: DeskRequest,
    sheet: Sheet,
    *,
    at: str = "set-up",
    template: str = "desk/settings/page.html",
    more: Mapping[str, Any] = MappingProxyType({}),
    looks: bool = False,
) -> HttpResponse:
    """Do what was asked and lead to the page again; or show it, with what was typed and why not.

    `at` names the section of the desk that the page belongs to; `more` is what its template shows
    beside the sheet. With `looks` nothing is done: what was typed is only shown.
    """
    if request.method == "POST" and request.POST.get("act") == handed.ACT:
        return handed.hand_out(request, sheet)
    given, sent = _posted(request, sheet.deeds)
    if given and sent is not None and not looks and sent.is_valid():
        try:
            given.do(sent.cleaned_data, request.actor, now())
        except Refused as refused:
            sent.add_error(None, sentence(refused))
        else:
            messages.success(request, str(given.done))
            _name(request, posted.gone(posted.broken(request)))
            return redirect(given.leads or request.get_full_path())
    drawn = [(deed, sent if deed is given else _made(deed)) for deed in sheet.deeds if deed.title]
    back = sheet.back or (reverse("desk:set-up"), None)
    known = {"sheet": sheet, "drawn": drawn, "form": sent, "back": back, **more}
    known["rows"] = [
        (row, list(zip(sheet.columns[1:], row.cells, strict=True))) for row in sheet.rows or ()
    ]
    known["formats"] = FORMATS.items()
    known["buttons"] = {deed.name: deed.button for deed in sheet.deeds if not deed.title}
    return shell.page(request, template, known, at=at)


def _name(request: DeskRequest, signs: Sequence[str]) -> None:
    """Name what of a text could not be stored; set-up keeps no original of it."""
    if signs:
        told = _(
            "What was sent holds signs that cannot be stored as text (%(signs)s). They are shown "
            "as �; please look at what was saved."
        )
        messages.warning(request, told % {"signs": ", ".join(signs)})


def _posted(
    request: DeskRequest, deeds: Iterable[Deed]
) -> tuple[Deed, forms.Form] | tuple[None, None]:
    if request.method != "POST":
        return None, None
    for deed in deeds:
        if deed.name == request.POST.get("act"):
            return deed, _made(deed, request.POST, request.FILES)
    raise Http404


def _made(deed: Deed, data: Any = None, files: Any = None) -> forms.Form:
    return deed.form(data, files=files, auto_id=f"{deed.name}_%s")
