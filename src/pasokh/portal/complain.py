"""Complaining: one page to write, one to check, one act that files."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from pasokh.casework.complaints.matter import Matter
from pasokh.casework.complaints.terms import Complainant
from pasokh.casework.intake.drafts import actions, queries
from pasokh.casework.intake.drafts.queries import Opened
from pasokh.casework.intake.incoming import Incoming, Who
from pasokh.casework.intake.labels import NEEDS
from pasokh.casework.texting import queries as texting
from pasokh.directory.people.ways import Way
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.clock import now
from pasokh.kernel.configuration import held
from pasokh.kernel.errors import Refused
from pasokh.portal import draft, front
from pasokh.portal.draft import COMPLAINT
from pasokh.portal.forms import ComplaintForm
from pasokh.portal.pages import Visit, page, show
from pasokh.ui import posted
from pasokh.ui.posted import to_the_letter
from pasokh.ui.sentences import sentence

#: Whoever files has no reference yet; the core gives the actor that of the new file.
NEW = Actor(Kind.COMPLAINANT, "new")
LONGEST_PAUSE = timedelta(minutes=1)


@to_the_letter
@page
def write(request: Visit) -> HttpResponse:
    """Ask what went wrong, and keep whatever is sent before judging it."""
    if request.method != "POST":
        opened = COMPLAINT.opened(request)
        begun = opened if opened and not opened.ref else None
        return _asked(request, begun, ComplaintForm(initial=begun.answers if begun else None))
    answers = draft.answers_of(request, several=["needs"])
    token = COMPLAINT.keep(request, answers)
    problems = draft.take_in(token, request)
    form = ComplaintForm(answers)
    if request.POST.get("step") == "check" and not problems and form.is_valid():
        response: HttpResponse = redirect("portal:check")
    else:
        kept = queries.opened(token, now())
        unjudged = ComplaintForm(initial=kept.answers if kept else None)
        asked_for_check = request.POST.get("step") == "check"
        response = _asked(request, kept, form if asked_for_check else unjudged, problems)
    return COMPLAINT.hand_back(response, token)


def _asked(
    request: Visit, opened: Opened | None, form: ComplaintForm, problems: list[str] | None = None
) -> HttpResponse:
    return show(request, "complain", **asked(request, opened, form, problems))


def asked(
    request: Visit, opened: Opened | None, form: ComplaintForm, problems: list[str] | None = None
) -> dict[str, Any]:
    """What the page to write on is drawn from."""
    given = set(opened.answers) if opened else set()
    told = {name for name in given if opened and opened.answers[name] not in ("", [])}
    told |= {name for name, value in form.initial.items() if value}
    return {
        "here": "complain",
        "form": form,
        "parts": {
            part: {
                "fields": [form[name] for name in names if name in form.fields],
                "open": bool((told - {"complainant_kind"}) & set(names))
                or bool(form.is_bound and set(names) & set(form.errors)),
            }
            for part, names in form.PARTS.items()
        },
        "files": opened.files if opened else (),
        "problems": problems or [],
        "promises": front.published(request.house.pack)[:4],
        "most": draft.MOST_FILES,
        "largest": draft.LARGEST,
        "begun": bool(told),
        "texts": texting.leave(),
    }


@held()
def check(request: HttpRequest) -> HttpResponse:
    """Show what was said before it is sent; then send it, once."""
    if request.method != "POST":
        return _check(request, COMPLAINT.opened(request), timedelta())
    free = settings.FILINGS_AT_ONCE
    return _check(request, *COMPLAINT.sent(request, free=free, longest=LONGEST_PAUSE))


@page
def _check(request: Visit, opened: Opened | None, wait: timedelta) -> HttpResponse:
    """`wait` is for somebody who files very often; what they wrote is kept meanwhile."""
    if opened and opened.ref:
        return redirect("portal:receipt")
    if opened is None:
        return redirect("portal:complain")
    form = ComplaintForm(opened.answers)
    if not form.is_valid():
        return _asked(request, opened, form)
    if request.method != "POST":
        return _checked(request, opened, form)
    if wait:
        seconds = -int(-wait.total_seconds() // 1)
        response = _checked(request, opened, form, wait=seconds, status=429)
        response["Retry-After"] = str(seconds)
        return response
    return _filed(request, opened, form)


def _filed(request: Visit, opened: Opened, form: ComplaintForm) -> HttpResponse:
    told = incoming(request.house.unit, opened, form.cleaned_data)
    try:
        actions.file(COMPLAINT.token(request), told, opened=opened, by=NEW, at=now())
    except Refused as refused:
        return _checked(request, opened, form, problem=sentence(refused), status=409)
    return redirect("portal:receipt")


def _checked(
    request: Visit, opened: Opened, form: ComplaintForm, *, status: int = 200, **known: Any
) -> HttpResponse:
    return show(request, "check", status=status, **read_back(opened, form), **known)


def read_back(opened: Opened, form: ComplaintForm) -> dict[str, Any]:
    """What the page to check on is drawn from."""
    told = form.said()
    hidden = {"needs", "anonymous", "complainant_kind"}
    return {
        "here": "complain",
        "told": told,
        "lines": [form[name] for name in form.fields if name not in hidden and told.get(name)],
        "needs": [str(NEEDS[need]) for need in NEEDS if need in told["needs"]],
        "colleague": told["complainant_kind"] == Complainant.COLLEAGUE,
        "files": opened.files,
        "gone": posted.gone(draft.as_it_came(opened, form.fields)),
    }


def incoming(unit: int, opened: Opened, told: dict[str, Any], *, channel: str = "web") -> Incoming:
    """What was checked, as the one intake takes it in."""
    language = get_language() or "fa"
    speaker = None if told["anonymous"] else _speaker(told, language)
    return Incoming(
        channel=channel,
        language=language,
        matter=Matter(**{name: told[name] or empty for name, empty in _MATTER.items()}),
        received_at=now(),
        who=speaker,
        on_behalf_of=_concerned(told, language),
        complainant_kind=Complainant(told["complainant_kind"] or Complainant.CUSTOMER),
        unit=unit,
        category=told.get("category"),
        originals=posted.originals(draft.as_it_came(opened, told)),
    )


_MATTER: dict[str, Any] = {
    **dict.fromkeys(("narrative", "remedy_wanted", "product_model", "serial_number"), ""),
    **dict.fromkeys(("purchase_place", "guarantee", "order_number"), ""),
    **dict.fromkeys(("incident_on", "purchased_on")),
}


def _speaker(told: dict[str, Any], language: str) -> Who:
    reached = [(Way.EMAIL, told["email"]), (Way.PHONE, told["mobile"])]
    given = tuple((way, value) for way, value in reached if value)
    return Who(
        name=told["name"] if told["name"].strip() else given[0][1],
        language=language,
        reached=given,
        needs=tuple(told["needs"]),
        needs_note=told["needs_note"],
    )


def _concerned(told: dict[str, Any], language: str) -> Who | None:
    if not told["on_behalf_of"].strip():
        return None
    contact = told["behalf_contact"]
    way = Way.EMAIL if "@" in contact else Way.PHONE
    return Who(told["on_behalf_of"], language, reached=((way, contact),) if contact else ())


@require_POST
@page
def forget(request: Visit) -> HttpResponse:
    """Delete what was written, on this machine and on ours."""
    if token := COMPLAINT.token(request):
        actions.forget(token)
    return COMPLAINT.let_go(redirect("portal:front"))
