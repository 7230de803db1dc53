"""A tablet on the counter: language, complain or follow, and nothing else.

The tablet is paired by a link from set-up and known by a token that set-up can take back. It
keeps nothing of those who stand at it: pages are not stored, drafts end within minutes, and
after a minute of silence it asks whether anybody is there and begins anew. Without scripts the
pages lead back by themselves.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, translate_url

from pasokh.casework.complaints.queries import tracking
from pasokh.casework.intake.entrances import actions, queries
from pasokh.casework.intake.entrances.models import Entrance
from pasokh.casework.intake.entrances.terms import REMEMBERED
from pasokh.kernel.clock import now
from pasokh.kernel.configuration import held
from pasokh.kernel.errors import Refused
from pasokh.portal.carried import Way, flow
from pasokh.portal.file import summary
from pasokh.portal.follow import entered
from pasokh.portal.forms import TrackingForm
from pasokh.portal.pages import KIOSK, Visit, page, show
from pasokh.ui.languages import NAMES
from pasokh.ui.posted import without_cookies
from pasokh.ui.sentences import sentence

P = ParamSpec("P")

#: Seconds: of silence until a tablet asks, until it begins anew, and until a page leads back by
#: itself where there is no script; longer where somebody writes.
ASKS, BEGINS, LEADS_BACK, WRITING = 45, 60, 60, 300
#: A draft that nobody sent ends after so long; one that was sent, soon after.
SILENT, SENT = timedelta(minutes=10), timedelta(minutes=2)

View = Callable[Concatenate[Visit, Entrance, P], HttpResponse]


def at_kiosk(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Open only to a paired tablet; any other browser is told so."""

    @wraps(view)
    def answer(request: Visit, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if one := queries.kiosk_of(request.COOKIES.get(KIOSK, "")[:64]):
            return view(request, one, *args, **kwargs)
        response = show(request, "kiosk/unpaired", status=403)
        if KIOSK in request.COOKIES:
            response.delete_cookie(KIOSK, samesite="Strict")
        return response

    return page(answer)


@at_kiosk
def start(request: Visit, one: Entrance) -> HttpResponse:
    """The first page: which language."""
    home = reverse("portal:kiosk-home")
    choices = [(code, name, translate_url(home, code)) for code, name in NAMES.items()]
    return _show(request, one, "start", back=0, known={"languages": choices})


@at_kiosk
def home(request: Visit, one: Entrance) -> HttpResponse:
    """Complain or follow."""
    return _show(request, one, "home")


@at_kiosk
def still(request: Visit, one: Entrance) -> HttpResponse:
    """Whether anybody is there: what tablets without scripts ask before they begin anew."""
    return _show(request, one, "still", back=BEGINS - ASKS, leads_to="portal:kiosk")


@held()
@without_cookies
@at_kiosk
def complain(request: Visit, one: Entrance) -> HttpResponse:
    """The form, from the first word to the receipt, on paper or on the person's telephone."""
    return flow(
        request,
        Way(
            one,
            "portal/kiosk/base.html",
            channel="counter",
            first={"purchase_place": str(one.name)},
            known=_known(one, back=WRITING),
            shared=SILENT,
            after=SENT,
        ),
    )


@without_cookies
@at_kiosk
def follow(request: Visit, one: Entrance) -> HttpResponse:
    """How a complaint stands, for whoever has reference and code; letters are not shown here."""
    form = TrackingForm(request.POST if request.method == "POST" else None)
    person, wait = entered(request, form)
    if person is None:
        status = 429 if wait else 200
        return _show(request, one, "follow", known={"form": form, "wait": wait}, status=status)
    return _show(request, one, "file", known=summary(tracking.tracked(person)))


@page
def pair(request: Visit, token: str) -> HttpResponse:
    """Pair the tablet that opens this link, once its button is pressed."""
    if request.method != "POST":
        found = queries.pairing(token, now())
        return show(request, "kiosk/pair", one=found, status=200 if found else 410)
    try:
        fresh = actions.pair(token, at=now())
    except Refused as refused:
        return show(request, "kiosk/pair", problem=sentence(refused), status=410)
    response = redirect("portal:kiosk")
    response.set_cookie(
        KIOSK,
        fresh,
        max_age=REMEMBERED,
        httponly=True,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        samesite="Strict",
    )
    return response


def _known(one: Entrance, *, back: int = LEADS_BACK, leads_to: str = "") -> dict[str, object]:
    return {
        "kiosk": one,
        "back": back,
        "leads_to": leads_to or "portal:kiosk-still",
        "asks": ASKS,
        "begins": BEGINS,
    }


def _show(
    request: Visit,
    one: Entrance,
    name: str,
    *,
    status: int = 200,
    back: int = LEADS_BACK,
    leads_to: str = "",
    known: Mapping[str, Any] | None = None,
) -> HttpResponse:
    frame = _known(one, back=back, leads_to=leads_to)
    return show(request, f"kiosk/{name}", status=status, **frame, **(known or {}))
