"""Who is at the desk: an active colleague, or nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from pasokh.casework.complaints import queries
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import refs
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused

P = ParamSpec("P")


class DeskRequest(HttpRequest):
    """A request of a colleague; `actor` holds their rights as of this moment."""

    actor: Actor


View = Callable[Concatenate[DeskRequest, P], HttpResponseBase]


def staff_required(view: View[P]) -> View[P]:
    """Let only active colleagues pass, with the rights of this moment and in office time.

    Who still has a password that somebody else gave comes no further than the page to change it.
    """

    @wraps(view)
    def guarded(request: DeskRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        user: Any = request.user
        if not user.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("desk:sign-in"))
        actor = organisation.actor_for_user(user, now())
        if actor is None:
            return render(request, "desk/no_colleague.html", status=403)
        if user.password_given and request.path != (choose := reverse("desk:password")):
            return redirect_to_login(request.get_full_path(), choose)
        request.actor = actor
        described = organisation.organisation()
        with timezone.override(ZoneInfo(described.time_zone if described else "UTC")):
            response = view(request, *args, **kwargs)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return guarded


def case_page(request: DeskRequest, ref: str) -> queries.CasePage:
    """The file of an address, whole; a page that is not there when it is not theirs to see."""
    try:
        return queries.case_page(request.actor, refs.read(ref) or ref, at=now())
    except Refused as refused:
        raise Http404 from refused
