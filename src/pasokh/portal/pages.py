"""What every page of the portal shares: whose portal it is, its time zone, and no caching."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from pasokh.directory.organisation import queries as organisation
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.kernel.fields import Bilingual
from pasokh.policy.regimes.pack import Pack

P = ParamSpec("P")

#: The cookie of a tablet on the counter: it opens the pages for it, and no others.
KIOSK = "pasokh-kiosk"


@dataclass(frozen=True)
class House:
    """Whose portal it is: its name, its other doors, and the rules it works by at this moment."""

    name: Bilingual
    telephone: str
    mailbox: str
    address: Bilingual
    hours: Bilingual
    unit: int
    pack: Pack


class Visit(HttpRequest):
    """A request for a page of a portal that is set up."""

    house: House


View = Callable[Concatenate[Visit, P], HttpResponse]


def page(view: View[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Let a view answer in the organisation's time zone; before set-up say so instead."""

    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.COOKIES.get(KIOSK) and "/kiosk/" not in request.path:
            return _private(redirect("portal:kiosk"))
        described = organisation.organisation()
        try:
            unit = organisation.front_unit()
            pack = organisation.regime_for(unit, now()).load()
        except Refused:
            described = None
        if described is None:
            return _private(render(request, "portal/unready.html", status=503))
        visit: Any = request
        visit.house = House(
            name=described.name,
            telephone=described.telephone,
            mailbox=described.mailbox,
            address=described.address,
            hours=described.opening_hours,
            unit=unit,
            pack=pack,
        )
        with timezone.override(ZoneInfo(described.time_zone)):
            return _private(view(visit, *args, **kwargs))

    return answer


def show(request: Visit, template: str, *, status: int = 200, **known: Any) -> HttpResponse:
    """Draw a page under the organisation's own name."""
    known |= {"site": str(request.house.name), "house": request.house}
    return render(request, f"portal/{template}.html", known, status=status)


def address(request: HttpRequest) -> str:
    """Where a visitor comes from, for quotas and pauses; kept only as a keyed hash."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
