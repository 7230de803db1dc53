"""Following a complaint: reference and code open its page, for as long as somebody is there."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from pasokh.casework.complaints import actions as complaints
from pasokh.casework.complaints.queries import tracking
from pasokh.casework.complaints.queries.tracking import Tracked
from pasokh.casework.correspondence.telling import Way
from pasokh.casework.intake import actions as intake
from pasokh.casework.intake import queries as codes
from pasokh.casework.intake.drafts import actions, queries
from pasokh.kernel import actors, refs
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.portal import receipt
from pasokh.portal.forms import RatingForm, TrackingForm
from pasokh.portal.pages import View, Visit, address, page, show
from pasokh.portal.road import road
from pasokh.portal.words import DECLINED, FINDINGS, OUTCOMES, STANDING
from pasokh.ui.sentences import sentence

P = ParamSpec("P")

IDLE = timedelta(minutes=30)
#: Wrong codes that cost nothing, and the longest pause after more. A reference has a short one
#: only, and only for those who have guessed before: nobody may be shut out of their own file by
#: somebody else's guesses. There are 10^16 codes.
FREE, LONGEST = 5, timedelta(minutes=1)
LONGEST_FOR_A_REFERENCE = timedelta(seconds=8)

#: Showing a letter on this page is one of the ways of telling it (ISO 10002:2018, 7.8).
SHOWING = actors.clock(
    "tracking page",
    *("complaint.acknowledge", "complaint.communicate", "complaint.notice", "complaint.write"),
)


@page
def enter(request: Visit) -> HttpResponse:
    """Ask for reference and code; whatever is wrong with them, the answer is the same."""
    form = TrackingForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return show(request, "follow", form=form)
    ref, code = form.cleaned_data["ref"], form.cleaned_data["code"]
    if wait := _pause(address(request), _key(ref)):
        response = show(request, "follow", form=form, wait=wait, status=429)
        response["Retry-After"] = str(wait)
        return response
    try:
        person = intake.complainant(ref, code)
    except Refused as refused:
        for who, door in ((address(request), "code"), (_key(ref), "code-of")):
            actions.knock(door, who, at=now())
        form.add_error(None, sentence(refused))
        return show(request, "follow", form=form)
    _open(request, person)
    return redirect("portal:file")


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


@following
def file(request: Visit, person: Actor) -> HttpResponse:
    """Show the whole file as its complainant may see it; what is shown here counts as told."""
    return shown(request, told(person))


def told(person: Actor) -> Tracked:
    """The file, once the letters that stand on its page are recorded as shown."""
    found = tracking.tracked(person)
    if not found.untold:
        return found
    for letter in found.untold:
        try:
            complaints.told(
                person.id,
                letter=letter.id,
                way=Way.SHOWN,
                proof={},
                happened_at=now(),
                by=SHOWING,
                at=now(),
            )
        except Refused:  # it was told meanwhile, or makes no sense any more where the file is
            continue
    return tracking.tracked(person)


def shown(
    request: Visit, found: Tracked, *, rating: RatingForm | None = None, status: int = 200
) -> HttpResponse:
    """The tracking page of a file."""
    known = {
        "file": found,
        "standing": standing(found),
        "road": road(found),
        "due": _hear_by(found),
        "bodies": taxonomy.outside_bodies(),
        "rating": rating or RatingForm(initial=_rated(found)),
        "form": rating,
    }
    words = {"outcomes": OUTCOMES, "findings": FINDINGS, "declined": DECLINED}
    return show(request, "file", status=status, here="follow", **known, **words, **_turn(found))


def standing(found: Tracked) -> Word:
    """Where the file lies, in one sentence."""
    if found.state is State.COMMUNICATED and found.verdict:
        return ANSWERED.get(found.verdict, STANDING[found.state])
    return STANDING[found.state]


def _hear_by(found: Tracked) -> datetime | None:
    """The next time by which the organisation owes the complainant a word."""
    dues = (found.due(name) for name in ("acknowledge", "update", "respond", "decide"))
    return min((due for due in dues if due), default=None)


def _turn(found: Tracked) -> dict[str, object]:
    """What the complainant may do now, and until when."""
    open_answers = {name: one.open(found) for name, one in ANSWERS.items()}
    back = found.ends.get("withdraw_undo") or found.ends.get("reopen")
    closed = found.state is State.CLOSED
    return {
        "open": open_answers,
        "ways_back": [name for name in ("undo", "object", "reopen") if open_answers[name]],
        "back_until": back,
        "may_withdraw": open_answers["withdraw"],
        "may_rate": Step.RATE in found.may and found.decision is not None,
        "answer_by": found.due("verdict"),
        "review_until": back if closed else found.ends.get("internal"),
        "notice_ends": found.ends.get("standing") or found.ends.get("silence"),
    }


def _rated(found: Tracked) -> dict[str, int | None] | None:
    if found.ratings is None:
        return None
    handling, outcome = found.ratings
    return {"handling": handling, "outcome": outcome}


@following
def proof(request: Visit, person: Actor) -> HttpResponse:
    """Hand over what proves the filing, now with its place in the record."""
    return receipt.proof_for(person)
