"""Complaining without cookies: inside a page of somebody else's, and at a tablet many people use.

Each page carries the token of the draft to the next one in the body of what is sent; nothing is
kept in the browser, and no answer is a redirect, since an address may not hold the token.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language

from pasokh.casework.complaints.queries import tracking
from pasokh.casework.complaints.queries.gathering import tracking_page
from pasokh.casework.intake.drafts import actions, queries
from pasokh.casework.intake.drafts.queries import Opened
from pasokh.casework.intake.entrances.models import Entrance
from pasokh.kernel import qr
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.portal import complain, draft, pages
from pasokh.portal.draft import Carrier
from pasokh.portal.forms import ComplaintForm
from pasokh.portal.pages import Visit, show
from pasokh.portal.receipt import acknowledge, next_dates, paper_for
from pasokh.ui.sentences import sentence

HERE = Carrier("")


@dataclass(frozen=True)
class Way:
    """One entrance as a flow of pages: drawn in which frame, begun with which answers.

    With `shared`, many people use the machine one after another: a draft is begun with the page,
    and what is sent after it ended is not taken up again, so that going back shows nobody what
    the one before wrote. It ends by `shared` without a word, by `after` once it was filed.
    """

    entrance: Entrance
    layout: str
    channel: str = "web"
    first: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Any] = field(default_factory=dict)
    shared: timedelta | None = None
    after: timedelta = timedelta(hours=1)

    def show(self, request: Visit, page: str, token: str, **known: Any) -> HttpResponse:
        more = {"layout": self.layout, "draft": token, "way": self, **self.known}
        return show(request, f"carried/{page}", **{**known, **more})


def flow(request: Visit, way: Way) -> HttpResponse:
    """Write, check, send, receipt: whichever step the page before asked for."""
    if request.method != "POST":
        return _begun(request, way)
    step, token = request.POST.get("step", ""), HERE.token(request)
    opened = queries.opened(token, now())
    if way.shared and opened is None:
        return way.show(request, "over", "", status=410)
    response = _STEPS.get(step, _written)(request, way, opened, token)
    if way.shared:
        filed = queries.opened(token, now())
        actions.lapse(token, at=now() + (way.after if filed and filed.ref else way.shared))
    return response


def _begun(request: Visit, way: Way) -> HttpResponse:
    token = ""
    if way.shared:
        token = actions.begin({}, address=pages.address(request), at=now())
        actions.lapse(token, at=now() + way.shared)
    return _write(request, way, None, token)


def _write(
    request: Visit,
    way: Way,
    opened: Opened | None,
    token: str,
    form: ComplaintForm | None = None,
    problems: list[str] | None = None,
) -> HttpResponse:
    initial = opened.answers if opened else way.first
    drawn = form or ComplaintForm(initial=dict(initial))
    known = complain.asked(request, opened, drawn, problems)
    return way.show(request, "write", token, **known)


def _written(request: Visit, way: Way, opened: Opened | None, token: str) -> HttpResponse:
    """Keep what was written before judging it; go on to the check where that was asked."""
    answers = draft.answers_of(request, several=["needs"])
    token = HERE.keep(request, answers)
    problems = draft.take_in(token, request)
    opened, checked = queries.opened(token, now()), request.POST.get("step") == "check"
    form = ComplaintForm(answers)
    if checked and not problems and form.is_valid() and opened:
        return _check(request, way, opened, token)
    return _write(request, way, opened, token, form if checked else None, problems)


def _check(
    request: Visit, way: Way, opened: Opened | None, token: str, **known: Any
) -> HttpResponse:
    if opened is None or opened.ref:
        return _receipt(request, way, opened, token)
    form = ComplaintForm(opened.answers)
    if not form.is_valid():
        return _write(request, way, opened, token, form)
    return way.show(request, "check", token, **complain.read_back(opened, form), **known)


def _back(request: Visit, way: Way, opened: Opened | None, token: str) -> HttpResponse:
    if opened and opened.ref:
        return _receipt(request, way, opened, token)
    return _write(request, way, opened, token)


def _send(request: Visit, way: Way, opened: Opened | None, token: str) -> HttpResponse:
    """File what was checked, once: sent again, it shows the same receipt."""
    if opened is None or opened.ref:
        return _receipt(request, way, opened, token)
    free, longest = settings.FILINGS_AT_ONCE, complain.LONGEST_PAUSE
    at = pages.address(request)
    sent, wait = actions.send(token, at, free=free, longest=longest, at=now())
    form = ComplaintForm(opened.answers)
    if sent is None or not form.is_valid():
        return _write(request, way, sent, token)
    if wait > timedelta():
        seconds = -int(-wait.total_seconds() // 1)
        return _check(request, way, sent, token, wait=seconds, status=429)
    unit = way.entrance.unit_id or request.house.unit
    incoming = complain.incoming(unit, sent, form.cleaned_data, channel=way.channel)
    try:
        actions.file(token, incoming, opened=sent, by=complain.NEW, at=now())
    except Refused as refused:
        return _check(request, way, sent, token, problem=sentence(refused), status=409)
    return _receipt(request, way, queries.opened(token, now()), token)


def _receipt(request: Visit, way: Way, opened: Opened | None, token: str) -> HttpResponse:
    """Reference and code, for as long as the page stands; what is over begins anew."""
    if opened is None or not opened.ref:
        return way.show(request, "over", "", status=410)
    person = Actor(Kind.COMPLAINANT, opened.ref)
    acknowledge(person)
    return way.show(
        request,
        "receipt",
        token,
        ref=opened.ref,
        code=opened.code,
        anonymous=tracking.is_anonymous(person),
        next=next_dates(person),
        qr=qr.path(_to_keep(opened)) if way.shared else None,
    )


def _to_keep(opened: Opened) -> str:
    """What the code on a tablet's receipt says: for the telephone of whoever stands there."""
    return f"{opened.ref}\n{opened.code}\n{tracking_page(get_language() or 'fa')}"


def _paper(request: Visit, way: Way, opened: Opened | None, token: str) -> HttpResponse:
    if opened is None or not opened.ref:
        return _receipt(request, way, opened, token)
    return paper_for(Actor(Kind.COMPLAINANT, opened.ref), code=opened.code)


def _forget(request: Visit, way: Way, opened: Opened | None, token: str) -> HttpResponse:
    if opened and not opened.ref:
        actions.forget(token)
    return _begun(request, way)


def _end(request: Visit, way: Way, opened: Opened | None, token: str) -> HttpResponse:
    """Forget everything, filed or not, because whoever stood here has gone."""
    actions.forget(token)
    return way.show(request, "over", "", ended=True)


_STEPS: Mapping[str, Callable[[Visit, Way, Opened | None, str], HttpResponse]] = {
    "back": _back,
    "send": _send,
    "paper": _paper,
    "forget": _forget,
    "end": _end,
}
