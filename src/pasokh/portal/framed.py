"""The form inside a page of the organisation's own, and behind the code on a poster.

Only pages that set-up names may hold the form in a frame. Nothing in it depends on a cookie, and
nobody is signed in there: a page that tricked somebody into pressing its buttons would have filed
no more than it could file itself.
"""

from collections.abc import Mapping
from importlib import resources
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from pasokh.casework.intake.entrances import given, queries
from pasokh.casework.intake.entrances.models import Entrance
from pasokh.casework.intake.entrances.terms import Kind
from pasokh.kernel.clock import now
from pasokh.kernel.configuration import held
from pasokh.portal.carried import Way, flow
from pasokh.portal.pages import Visit, page
from pasokh.ui import headers
from pasokh.ui.posted import without_cookies

#: Seconds for which pages keep the script that makes the frame.
_KEPT = 3600


@held()
@without_cookies
@page
def form(request: Visit, code: str) -> HttpResponse:
    """The form for a page of the organisation's own, with the answers that page signed."""
    one = _open(Kind.SITE, code)
    answers, problem = _given(one, request.GET.get("given", ""))
    colours = request.GET.get("colours", "")
    known = {"problem_given": problem, "colours": colours if colours in _COLOURS else ""}
    response = flow(request, Way(one, "portal/carried/framed.html", first=answers, known=known))
    response["Content-Security-Policy"] = headers.policy(one.origins)
    response.xframe_options_exempt = bool(one.origins)
    return response


_COLOURS = ("light", "dark")


def _given(one: Entrance, text: str) -> tuple[Mapping[str, str], str]:
    """What the page around the form has signed; or which note is shown with the plain form."""
    if not text:
        return {}, ""
    try:
        return given.read(one.code, queries.key_of(one), text, at=now()), ""
    except given.NotGivenError as error:
        return {}, "old" if error.old else "bad"


@held()
@without_cookies
@page
def place(request: Visit, code: str) -> HttpResponse:
    """The form behind the code on a poster: the place is told already."""
    one = _open(Kind.PLACE, code)
    first = {"purchase_place": str(one.name)}
    return flow(request, Way(one, "portal/base.html", first=first, known={"place": one.name}))


def _open(kind: Kind, code: str) -> Entrance:
    if found := queries.entrance(kind, code):
        return found
    raise Http404


@require_GET
def script(request: HttpRequest) -> HttpResponse:
    """The one script that pages elsewhere name: it makes the frame and lets it grow."""
    source: Any = resources.files("pasokh.portal") / "embed" / "form.js"
    response = HttpResponse(source.read_text("utf-8"), content_type="text/javascript")
    response["Cache-Control"] = f"public, max-age={_KEPT}"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response
