"""Lists as files: asked for on a list, made, and fetched by whoever asked, for some days."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.casework.complaints.queries import Filters
from pasokh.casework.exports import actions, lists, queries
from pasokh.casework.exports.labels import FORMATS
from pasokh.casework.exports.lists import COMPLAINTS, LISTS, SET_UP
from pasokh.casework.exports.lists.listed import Listed
from pasokh.casework.exports.models import Export
from pasokh.casework.exports.states import AT_WORK, Format, State
from pasokh.desk import shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.fields import labelled, one_of
from pasokh.desk.queue import FilterForm
from pasokh.kernel import files
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.ui import errors, served
from pasokh.ui.sentences import refusals_as_messages, sentence


class ExportForm(forms.Form):
    """As what a list shall be handed out."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["format"] = one_of(_("As what?"), labelled(FORMATS), initial=str(Format.XLSX))
        self.fields["mark"] = forms.BooleanField(
            label=_("CSV for Excel: with a mark by which it knows Persian letters"),
            required=False,
            initial=True,
        )


@staff_required
def exports(request: DeskRequest) -> HttpResponse:
    """One's exports, the newest first; and a new one, of the list that was looked at."""
    if not lists.may_any(request.actor):
        return errors.forbidden(request)
    if request.method == "POST":
        with refusals_as_messages(request):
            _act(request)
        return redirect("desk:exports")
    own = queries.own(request.actor)
    known: dict[str, Any] = {
        "exports": [(one, *_said(one.list, one.filters), _failure(one)) for one in own],
        "at_work": any(one.state in AT_WORK for one in own),
    }
    if "wanted" in request.GET:
        listed = _listed(request, request.GET)
        narrowed = _narrowed(listed, request.GET)
        title, chips = _said(listed.name, narrowed)
        known |= {"form": ExportForm(), "asked": _asked(listed, narrowed)}
        known |= {"title": title, "chips": chips}
    return shell.page(request, "desk/exports.html", known, at="queue")


def _listed(request: DeskRequest, asked: QueryDict) -> Listed:
    """The list that is asked for, for whoever sees it."""
    listed = LISTS.get(asked.get("list", COMPLAINTS.name))
    if listed is None:
        raise Http404
    if not listed.may(request.actor):
        raise PermissionDenied
    return listed


def _narrowed(listed: Listed, asked: QueryDict) -> dict[str, Any]:
    """What narrows a list, read from an address or from the form."""
    if listed is COMPLAINTS:
        return vars(FilterForm(asked).filters())
    return listed.narrowed({name: asked.get(name, "") for name in asked})


def _asked(listed: Listed, narrowed: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """What narrows a list as it travels with the form."""
    told = [(name, told) for name, told in narrowed.items() if told not in ("", None, False)]
    return [("list", listed.name), *told]


def _act(request: DeskRequest) -> None:
    by, at, posted = request.actor, now(), request.POST
    if posted.get("act") == "forget" and posted.get("id", "").isdecimal():
        actions.forget(int(posted["id"]), by=by, at=at)
        return
    form = ExportForm(posted)
    listed = _listed(request, posted)
    if not form.is_valid():
        return
    export = actions.ask(
        listed.name,
        _narrowed(listed, posted),
        format=Format(form.cleaned_data["format"]),
        mark=form.cleaned_data["mark"],
        language=get_language() or "en",
        by=by,
        at=at,
    )
    if export.rows <= actions.FEW:
        import_string(settings.MAKE_EXPORT)(export.pk)


def _said(name: str, narrowed: Mapping[str, Any]) -> tuple[Any, list[str]]:
    """What a list is called, and what narrowed it, in words."""
    if name == SET_UP:
        return _("Set-up"), [narrowed["title"]]
    listed = LISTS[name]
    if listed is COMPLAINTS:
        chips = [said for said, _url in FilterForm({}).chips(Filters(**narrowed))]
        return listed.title, chips or [str(_("Everything open"))]
    return listed.title, listed.said(narrowed)


def _failure(export: Export) -> str:
    return sentence(Refused(export.failure)) if export.state == State.FAILED else ""


@staff_required
def fetch(request: DeskRequest, export_id: int) -> HttpResponseBase:
    """Hand a file out to whoever asked for it; that it was fetched is written down."""
    try:
        export = queries.to_fetch(request.actor, export_id, now())
        stored = files.open(export.digest)
    except (Refused, FileNotFoundError) as gone:
        raise Http404 from gone
    actions.fetched(export, by=request.actor, at=now())
    day = timezone.localdate(export.asked_at)
    name = f"{export.list}-{day.isoformat()}-{export.pk}.{export.format}"
    return served.saved(stored, name)
