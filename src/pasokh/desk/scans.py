"""Scanned letters: handed in, looked at, filed by a clerk where no sheet said where they belong."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from pasokh.casework.intake.scans import actions, paper, queries
from pasokh.casework.intake.scans.queries import RIGHT, Scanned
from pasokh.desk import access, shell
from pasokh.desk.access import DeskRequest, staff_required
from pasokh.desk.attached import drawn
from pasokh.desk.fields import line, words
from pasokh.desk.uploads import SeveralFiles, WithFiles
from pasokh.kernel import refs
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.dates import numerals
from pasokh.kernel.errors import Refused
from pasokh.ui.forms import DateField
from pasokh.ui.posted import to_the_letter
from pasokh.ui.sentences import refusals_as_messages, sentence


def stamped(day: date, at: datetime) -> datetime:
    """The instant that the day of a stamp stands for: its noon, or now if that is still to come."""
    noon = datetime.combine(day, time(12), tzinfo=timezone.get_current_timezone())
    return at if day == timezone.localdate(at) and noon > at else noon


class Papers(forms.Field):
    """Files that are needed, of which those that came before stand elsewhere in the form."""

    def validate(self, value: Any) -> None:
        """Judge nothing by the control alone."""


class DropForm(WithFiles):
    """Scanned files, and the day that is stamped on them."""

    papers = Papers(
        label=_("Scanned letters"),
        widget=SeveralFiles,
        help_text=_(
            "Drag PDF, JPEG, PNG or TIFF files here, up to ten at once. A file may hold several "
            "letters, each under a reference sheet."
        ),
    )
    day = DateField(label=_("Stamped as received on"))

    def clean(self) -> dict[str, Any]:
        """Something must have come, and not in the future."""
        told = super().clean() or {}
        if "leave_out" not in self.fields and self.data.get("kept") == "":
            self.add_error("papers", _("Choose at least one file."))
        if (day := told.get("day")) and day > timezone.localdate(now()):
            self.add_error("day", _("This day is still to come. Write the day of the stamp."))
        return told


class OntoForm(forms.Form):
    """The complaint onto which a scan is filed, and what it is."""

    ref = line(_("Reference of the complaint"), short=True)
    text = words(_("What does it say?"), help_text=_("In a few words; the scan stands beside."))
    day = DateField(label=_("Stamped as received on"))


class AsideForm(forms.Form):
    """Why a scan is none of ours."""

    reason = words(_("Why is it not for us?"), rows=2)


class SheetsForm(forms.Form):
    """How many blank sheets are printed."""

    many = forms.IntegerField(
        label=_("How many?"),
        min_value=1,
        max_value=actions.MOST_SHEETS,
        initial=lambda: numerals(10, get_language() or "en"),
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
    )


@to_the_letter
@staff_required
def scans(request: DeskRequest) -> HttpResponse:
    """Hand scans in; and what waits to be filed, with what was filed lately."""
    _require(request.actor)
    form = DropForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        form.take_in(request)
    if form.is_valid() and _dropped(request, form, now()):
        return redirect("desk:scans")
    after = request.GET.get("after", "0")
    tray = queries.tray(request.actor, after=int(after) if after.isdecimal() else 0)
    known = {"form": form, "tray": tray, "sheets": SheetsForm()}
    known["next"] = f"?after={tray.next}" if tray.next else ""
    status = 422 if form.is_bound else 200
    return shell.page(request, "desk/scans.html", known, at="scans", status=status)


@transaction.atomic
def _dropped(request: DeskRequest, form: DropForm, at: datetime) -> bool:
    """Take every file in; one that is refused is named and costs no other."""
    try:
        files = form.taken(at)
    except Refused as refused:
        form.add_error("papers", sentence(refused))
        return False
    received, many = stamped(form.cleaned_data["day"], at), 0
    for file in files:
        try:
            actions.drop(file, received_at=received, by=request.actor, at=at)
            many += 1
        except Refused as refused:
            messages.error(request, sentence(refused))
    if many:
        said = ngettext("%(n)s scan was handed in.", "%(n)s scans were handed in.", many)
        messages.success(request, said % {"n": numerals(many, get_language() or "en")})
    return True


@to_the_letter
@staff_required
def scan(request: DeskRequest, scan_id: int) -> HttpResponse:
    """One scan with its pages, to be filed by whoever looks at it."""
    found = scanned(request, scan_id)
    day = timezone.localdate(found.row.received_at)
    onto = OntoForm(
        request.POST if request.POST.get("act") == "onto" else None,
        initial={"day": day, "text": _("Received on paper; see the scan."), "ref": found.row.said},
    )
    aside = AsideForm(request.POST if request.POST.get("act") == "aside" else None)
    for form, act in ((onto, _file_onto), (aside, _set_aside)):
        if form.is_bound and form.is_valid():
            with refusals_as_messages(request):
                messages.success(request, act(found, form.cleaned_data, request.actor, now()))
                return redirect("desk:scans")
            found = scanned(request, scan_id)
    known = {"scan": found, "onto": onto, "aside": aside, **pages(found)}
    status = 422 if onto.is_bound or aside.is_bound else 200
    return shell.page(request, "desk/scan.html", known, at="scans", status=status)


def pages(found: Scanned) -> dict[str, Any]:
    """What a page shows of a scan: its drawn pages, why there are none, why it waits."""
    how, row = found.how, found.row
    return {
        "numbers": range(1, how.shown + 1) if how.open else (),
        "closed": sentence(Refused(how.closed)) if how.closed else "",
        "why": sentence(Refused(row.why, ref=row.said)) if row.why else "",
    }


def _file_onto(found: Scanned, said: dict[str, Any], by: Actor, at: datetime) -> str:
    ref = refs.read(said["ref"]) or said["ref"]
    received = stamped(said["day"], at)
    actions.file_onto(found.row.pk, ref, text=said["text"], received_at=received, by=by, at=at)
    return str(_("The scan is filed with %(ref)s.") % {"ref": ref})


def _set_aside(found: Scanned, said: dict[str, Any], by: Actor, at: datetime) -> str:
    actions.set_aside(found.row.pk, reason=said["reason"], by=by, at=at)
    return str(_("The scan is set aside. If that was wrong, hand it in again."))


@staff_required
def picture(request: DeskRequest, scan_id: int, number: int = 0) -> HttpResponseBase:
    """A page of a scan as we drew it, or the small picture of the first."""
    return drawn(scanned(request, scan_id).row.digest, number)


@staff_required
def sheets(request: DeskRequest) -> HttpResponse:
    """Blank reference sheets, numbered and made now."""
    _require(request.actor)
    form = SheetsForm(request.POST)
    if request.method != "POST" or not form.is_valid():
        return redirect(f"{reverse('desk:scans')}#sheets")
    many = form.cleaned_data["many"]
    made = actions.print_sheets(many, by=request.actor, at=now())
    return _pdf(paper.blank_sheets(made, language=get_language() or "en"), "sheets")


@staff_required
def sheet(request: DeskRequest, ref: str) -> HttpResponse:
    """The reference sheet of a complaint."""
    page = access.case_page(request, ref)
    made = paper.case_sheet(request.actor, page.ref, language=get_language() or "en")
    return _pdf(made, f"sheet-{page.ref}")


def scanned(request: DeskRequest, scan_id: int) -> Scanned:
    """A scan that the reader may see; a page that is not there otherwise."""
    try:
        return queries.scanned(request.actor, scan_id)
    except Refused as refused:
        raise Http404 from refused


def _require(actor: Actor) -> None:
    if actor.reach(RIGHT) == frozenset():
        raise PermissionDenied


def _pdf(made: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return answer
