"""Complaints from a spreadsheet: handed in, looked at, corrected, started, and how far it is."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from pasokh.casework.afterwards.labels import STAGES
from pasokh.casework.complaints.labels import OUTCOMES
from pasokh.casework.intake.imports import actions, queries
from pasokh.casework.intake.imports.columns import Means, Reading
from pasokh.casework.intake.imports.labels import MODES
from pasokh.casework.intake.imports.models import Import
from pasokh.casework.intake.imports.states import AT_WORK, Mode, State
from pasokh.desk import lists, shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.fields import labelled, one_of
from pasokh.kernel import files
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.ui import errors, served
from pasokh.ui.sentences import refusals_as_messages, sentence

#: Bytes of a spreadsheet that may be handed in here; a larger one comes by `pasokh import`.
LARGEST = 100 * 2**20


class UploadForm(forms.Form):
    """A spreadsheet, to be looked through."""

    sheet = forms.FileField(
        label=_("A spreadsheet"),
        help_text=_(
            "CSV, XLSX or ODS, up to 100 megabytes, with headings in its first row. Nothing is "
            "filed yet: you see first what would become of it."
        ),
        error_messages={
            "required": _("Choose a file."),
            "empty": _("This file is empty."),
        },
    )


class StartForm(forms.Form):
    """How the rows shall be filed."""

    def __init__(self, data: Any = None, *, history: bool = True, first: str = "") -> None:
        super().__init__(data)
        modes = labelled(MODES) if history else labelled(MODES, Mode.RECEIVE)
        self.fields["mode"] = one_of(_("How shall they be filed?"), modes, initial=first or None)
        self.fields["letters"] = forms.BooleanField(
            label=_("Write an acknowledgement to everybody who is still waiting"),
            required=False,
            help_text=_("Without this nobody is written to because of the import."),
        )


@staff_required
def imports(request: DeskRequest) -> HttpResponse:
    """Hand a spreadsheet in; and one's imports, the newest first."""
    if request.actor.reach(actions.RIGHT) == frozenset():
        return errors.forbidden(request)
    sent = request.method == "POST"
    form = UploadForm(request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid():
        try:
            sheet = _begun(form.cleaned_data["sheet"], request.actor, now())
        except Refused as refused:
            form.add_error("sheet", sentence(refused))
        else:
            return redirect("desk:import", sheet.pk)
    status = 422 if form.is_bound else 200
    known = {"form": form, "imports": queries.own(request.actor)}
    return shell.page(request, "desk/imports.html", known, at="imports", status=status)


def _begun(sent: Any, by: Actor, at: datetime) -> Import:
    stored = files.put(sent.chunks(), LARGEST)
    return actions.begin(sent.name or "", stored, language=get_language() or "en", by=by, at=at)


def sheet_of(request: DeskRequest, sheet_id: int) -> Import:
    """The import of an address; not there where it is somebody else's."""
    try:
        return queries.import_for(request.actor, sheet_id)
    except Refused as refused:
        raise Http404 from refused


@staff_required
def one(request: DeskRequest, sheet_id: int) -> HttpResponse:
    """An import: what it would become, how far it is, what became of it; and its buttons."""
    sheet = sheet_of(request, sheet_id)
    form = _start_form(request, sheet)
    if request.method == "POST":
        with refusals_as_messages(request):
            return _act(request, sheet, form)
        return redirect("desk:import", sheet.pk)
    names = {code: str(name) for code, name in lists.channels()}
    known = {
        "sheet": sheet,
        "sheet_id": str(sheet.pk),
        "form": form,
        "at_work": sheet.state in AT_WORK,
        "done": sheet.filed + sheet.seen + sheet.refused,
        "stuck": now() - sheet.moved_at > actions.GONE,
        "seen_before": queries.same_before(sheet) if sheet.state == State.READY else None,
        "failure": _failure(sheet),
        "fault": _fault(sheet),
        "shown": [_line(one, names) for one in sheet.found.get("shown", ())],
        "refused": [
            (row.number, sentence(Refused(row.code, **row.facts)))
            for row in queries.refused_rows(sheet)
        ],
        "unknown": unknown(sheet),
        **_short(sheet),
    }
    return shell.page(request, "desk/import.html", known, at="imports")


def _short(sheet: Import) -> dict[str, Any]:
    """The rows that are or would be filed, but not as far as they say, and why."""
    if sheet.state == State.READY:
        many, rows = sheet.found.get("short", 0), sheet.found.get("why_short", ())
    else:
        many, rows = queries.short(sheet), queries.short_rows(sheet)
    told = [
        (number, STAGES.get(facts["stage"], ""), sentence(Refused(code, **facts)))
        for number, code, facts in rows
    ]
    return {"short": many, "why_short": told}


def _start_form(request: DeskRequest, sheet: Import) -> StartForm:
    may = request.actor.may("complaint.record_history", unit=sheet.reading.get("unit"))
    means = sheet.reading.get("means", ())
    ended = may and (Means.OUTCOME in means or Means.CLOSED in means)
    first = Mode.HISTORY if ended and Means.DECIDED not in means else Mode.RECEIVE
    starting = request.method == "POST" and request.POST.get("act") == "start"
    return StartForm(request.POST if starting else None, history=may, first=first)


def _act(request: DeskRequest, sheet: Import, form: StartForm) -> HttpResponse:
    by, at, act = request.actor, now(), request.POST.get("act")
    if act == "forget":
        actions.forget(sheet.pk, by=by, at=at)
        messages.success(request, _("The spreadsheet was removed; nothing of it was filed."))
        return redirect("desk:imports")
    if act == "start" and form.is_valid():
        told = form.cleaned_data
        mode, letters = Mode(told["mode"]), told["letters"]
        actions.start(sheet.pk, mode=mode, letters=letters, by=by, at=at)
    elif verb := _VERBS.get(act or ""):
        verb(sheet.pk, by=by, at=at)
    return redirect("desk:import", sheet.pk)


_VERBS: dict[str, Callable[..., Any]] = {"stop": actions.stop, "resume": actions.resume}


def _failure(sheet: Import) -> str:
    told = sheet.failure
    return sentence(Refused(told["code"], **told.get("facts", {}))) if told else ""


def _fault(sheet: Import) -> str:
    """What has to be said about the columns before the import can be started."""
    if code := sheet.found.get("fault"):
        return sentence(Refused(code))
    example = sheet.found.get("open")
    return sentence(Refused("order-not-known", example=example)) if example else ""


def _line(told: dict[str, Any], channels: dict[str, str]) -> dict[str, Any]:
    """A row as it would become, in the reader's words."""
    names = taxonomy.names()
    product = names.get(told["product"], "") if told["product"] else ""
    outcome = OUTCOMES.get(told["outcome"], "")
    return {
        **told,
        "received": datetime.fromisoformat(told["received"]),
        "ended": datetime.fromisoformat(told["ended"]) if told["ended"] else None,
        "category": names.get(told["category"], "") if told["category"] else "",
        "product": " – ".join(filter(None, [str(product), told["model"]])),
        "channel": channels.get(told["channel"], told["channel"]),
        "outcome": outcome,
    }


def unknown(sheet: Import) -> int:
    """How many different values of the sheet stand for none of the organisation's terms."""
    if not sheet.reading:
        return 0
    values = Reading.read(sheet.reading).values
    return sum(1 for _means, told in _asked(values) for code in told.values() if not code)


def _asked(values: Any) -> Iterator[tuple[str, Any]]:
    return ((means, told) for means, told in values.items() if told)


@staff_required
def refused(request: DeskRequest, sheet_id: int) -> HttpResponseBase:
    """The refused rows as a file with their reasons, to be corrected and handed in again."""
    sheet = sheet_of(request, sheet_id)
    if not sheet.refused_digest:
        raise Http404
    try:
        stored = files.open(sheet.refused_digest)
    except FileNotFoundError as gone:
        raise Http404 from gone
    stem = sheet.name.removesuffix(".gz").rsplit(".", 1)[0]
    ending = "csv" if sheet.form.get("kind") == "csv" else "xlsx"
    return served.saved(stored, f"{stem}-refused.{ending}")
