"""Telling more about the matter later on: product, purchase, when it happened, what is wanted."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.queries import tracking
from pasokh.casework.complaints.queries.tracking import Tracked
from pasokh.casework.intake import actions as intake
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.portal.follow import following
from pasokh.portal.forms import ParticularsForm
from pasokh.portal.pages import Visit, show
from pasokh.ui import posted
from pasokh.ui.posted import to_the_letter
from pasokh.ui.sentences import sentence


@to_the_letter
@following
def details(request: Visit, person: Actor) -> HttpResponse:
    """Show what is known of the matter, and take in what is added or put right."""
    found = tracking.tracked(person)
    if request.method != "POST":
        return _asked(request, found, ParticularsForm(initial=found.particulars))
    form = ParticularsForm(request.POST)
    return _sent(request, found, form, person) if form.is_valid() else _asked(request, found, form)


def told(found: Tracked) -> list[tuple[Any, Any]]:
    """What is known of the matter, each by its name, in the order in which it is asked."""
    fields = ParticularsForm.base_fields.items()
    return [(field.label, said) for name, field in fields if (said := found.particulars[name])]


def _sent(request: Visit, found: Tracked, form: ParticularsForm, person: Actor) -> HttpResponse:
    """Save what was told; whoever changed the file meanwhile is not overwritten."""
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() and len(version) < 10 else found.version
    try:
        if form.cleaned_data != tracking.tracked(person).particulars:
            with actions.unchanged(found.ref, version=seen):
                actions.add_particulars(found.ref, told=form.cleaned_data, by=person, at=now())
                originals = posted.originals(posted.broken_in(form, request))
                intake.keep_as_it_came(found.ref, originals, by=person, at=now())
    except Refused as refused:
        found = tracking.tracked(person)
        if form.cleaned_data != found.particulars:
            return _asked(request, found, form, problem=sentence(refused), status=409)
    messages.success(request, _("Thank you. Whoever handles your complaint sees it now."))
    return redirect("portal:file")


def _asked(
    request: Visit, found: Tracked, form: ParticularsForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    known = {"file": found, "form": form, "problem": problem}
    return show(request, "details", status=status, here="follow", **known)
