"""Telling more later on: product, purchase and time, and what complainants say of themselves."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.queries import tracking
from pasokh.casework.complaints.queries.tracking import Tracked
from pasokh.casework.complaints.terms import Complainant
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake.labels import NEEDS
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.portal.follow import following
from pasokh.portal.forms import DetailsForm, ParticularsForm
from pasokh.portal.pages import Visit, show
from pasokh.portal.showing import say_what_is_gone
from pasokh.portal.templatetags.portal import reached
from pasokh.ui import posted
from pasokh.ui.posted import to_the_letter
from pasokh.ui.sentences import sentence


@to_the_letter
@following
def details(request: Visit, person: Actor) -> HttpResponse:
    """Show what is known of the matter and of them, and take in what is added or put right."""
    found = tracking.tracked(person)
    sent = request.POST if request.method == "POST" else None
    form = DetailsForm(sent, initial=_known(found), anonymous=found.anonymous)
    valid = sent is not None and form.is_valid()
    return _sent(request, found, form, person) if valid else _asked(request, found, form)


def told(found: Tracked) -> list[tuple[Any, Any]]:
    """What is known beside what happened, each by its name, in the order in which it is asked."""
    fields = ParticularsForm.base_fields.items()
    matter = [(field.label, found.particulars[name]) for name, field in fields]
    return [(label, said) for label, said in (*matter, *_themselves(found)) if said]


def _themselves(found: Tracked) -> list[tuple[Any, Any]]:
    said, labels = found.themselves, DetailsForm.base_fields
    contact = said["behalf_contact"]
    kinds = dict(labels["complainant_kind"].choices)  # type: ignore[attr-defined]
    colleague = said["complainant_kind"] == Complainant.COLLEAGUE
    return [
        (_("You write for"), said["on_behalf_of"]),
        (labels["behalf_contact"].label, reached(contact) if contact else ""),
        (labels["needs"].label, " · ".join(str(NEEDS[need]) for need in said["needs"])),
        (labels["needs_note"].label, said["needs_note"]),
        (labels["complainant_kind"].label, kinds[Complainant.COLLEAGUE] if colleague else ""),
    ]


def _known(found: Tracked) -> dict[str, Any]:
    return {**found.particulars, **found.themselves}


def _new(form: DetailsForm, found: Tracked) -> bool:
    """Whether what was sent says anything that the file does not say already."""
    known = _known(found)
    return any(known[name] != said for name, said in form.cleaned_data.items())


def _sent(request: Visit, found: Tracked, form: DetailsForm, person: Actor) -> HttpResponse:
    """Save what was told; whoever changed the file meanwhile is not overwritten."""
    version = request.POST.get("version", "")
    seen = int(version) if version.isdecimal() and len(version) < 10 else found.version
    broken = posted.broken_in(form, request)
    try:
        if _new(form, found):
            with actions.unchanged(found.ref, version=seen):
                actions.add_particulars(found.ref, told=form.cleaned_data, by=person, at=now())
                intake.keep_as_it_came(found.ref, posted.originals(broken), by=person, at=now())
            say_what_is_gone(request, broken)
    except Refused as refused:
        found = tracking.tracked(person)
        if _new(form, found):
            return _asked(request, found, form, problem=sentence(refused), status=409)
    messages.success(request, _("Thank you. Whoever handles your complaint sees it now."))
    return redirect("portal:file")


def _asked(
    request: Visit, found: Tracked, form: DetailsForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    parts = {
        part: {
            "fields": [form[name] for name in names if name in form.fields],
            "open": _open(form, names),
        }
        for part, names in form.PARTS.items()
    }
    matter = [form[name] for name in ParticularsForm.base_fields]
    known = {"file": found, "form": form, "matter": matter, "parts": parts, "problem": problem}
    return show(request, "details", status=status, here="follow", **known)


def _open(form: DetailsForm, names: tuple[str, ...]) -> bool:
    """Whether a part shows what it asks: where something was told already, or is wrong."""
    asked = [form[name] for name in names if name in form.fields and name != "language"]
    told = any(one.value() not in ("", None, [], Complainant.CUSTOMER) for one in asked)
    return told or bool(set(names) & set(form.errors))
