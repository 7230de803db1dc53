"""Following a complaint: reference and code open its page, for as long as somebody is there."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pasokh.casework.intake import actions as intake
from pasokh.casework.intake import queries as codes
from pasokh.casework.intake.drafts import actions, queries
from pasokh.kernel import refs
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.portal.forms import TrackingForm
from pasokh.portal.pages import View, Visit, address, page, show
from pasokh.ui.sentences import sentence

P = ParamSpec("P")

IDLE = timedelta(minutes=30)
#: Wrong codes that cost nothing, and the longest pause after more. A reference has a short one
#: only, and only for those who have guessed before: nobody may be shut out of their own file by
#: somebody else's guesses. There are 10^16 codes.
FREE, LONGEST = 5, timedelta(minutes=1)
LONGEST_FOR_A_REFERENCE = timedelta(seconds=8)


@page
def enter(request: Visit) -> HttpResponse:
    """Ask for reference and code; whatever is wrong with them, the answer is the same."""
    form = TrackingForm(request.POST if request.method == "POST" else None)
    person, wait = entered(request, form)
    if person is not None:
        _open(request, person)
        return redirect("portal:file")
    response = show(
        request, "follow", here="follow", form=form, wait=wait, status=429 if wait else 200
    )
    if wait:
        response["Retry-After"] = str(wait)
    return response


def entered(request: Visit, form: TrackingForm) -> tuple[Actor | None, int]:
    """Whose reference and code these are, or how many seconds to wait before another try.

    What is wrong with them stands in the form.
    """
    if not form.is_valid():
        return None, 0
    ref, code = form.cleaned_data["ref"], form.cleaned_data["code"]
    if wait := _pause(address(request), _key(ref)):
        return None, wait
    try:
        return intake.complainant(ref, code), 0
    except Refused as refused:
        for who, door in ((address(request), "code"), (_key(ref), "code-of")):
            actions.knock(door, who, at=now())
        form.add_error(None, sentence(refused))
        return None, 0


@require_POST
@page
def leave(request: Visit) -> HttpResponse:
    """Close the page behind whoever goes."""
    request.session.flush()
    return redirect("portal:front")


def _key(ref: str) -> str:
    return refs.read(ref) or "no reference"


def _pause(at: str, ref: str) -> int:
    """Seconds to wait before another try: for the address, and for the reference."""
    own = queries.pause("code", at, now(), free=FREE, longest=LONGEST)
    theirs = queries.pause("code-of", ref, now(), free=FREE, longest=LONGEST_FOR_A_REFERENCE)
    tried = queries.knocked("code", at, now()) > 1
    return -int(-max(own, theirs if tried else timedelta()).total_seconds() // 1)


def _open(request: Visit, person: Actor) -> None:
    request.session.cycle_key()
    request.session["follow"] = {
        "ref": person.id,
        "marker": codes.marker(person.id),
        "seen": now().isoformat(),
    }


def complainant(request: HttpRequest) -> Actor | None:
    """Who follows here, while their code is in use and they have not been away too long."""
    held = request.session.get("follow")
    if not held:
        return None
    fresh = now() - datetime.fromisoformat(held["seen"]) < IDLE
    if not fresh or not codes.still_open(held["ref"], held["marker"]):
        del request.session["follow"]
        return None
    request.session["follow"] = held | {"seen": now().isoformat()}
    return Actor(Kind.COMPLAINANT, held["ref"])


def following(
    view: Callable[Concatenate[Visit, Actor, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let in only those who entered reference and code, as the complainant of that file."""

    @wraps(view)
    def answer(request: Visit, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = complainant(request)
        return view(request, person, *args, **kwargs) if person else redirect("portal:follow")

    guarded: View[P] = answer
    return page(guarded)
