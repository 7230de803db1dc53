"""What the complainant answers: accept or not, a review, withdraw, undo, and how it went.

Each answer has its own address. Sent twice, it is given once; given too late, it says so.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import State, Step
from pasokh.casework.complaints.queries import tracking
from pasokh.casework.complaints.queries.tracking import Tracked
from pasokh.casework.complaints.terms import Closing, Reopening, Verdict
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.portal import follow
from pasokh.portal.forms import RatingForm, ReasonForm
from pasokh.portal.pages import Visit, show
from pasokh.ui.sentences import sentence

Give = Callable[[Tracked, str, Actor], None]


@dataclass(frozen=True)
class Answer:
    """One answer: when it may be given, whether it has been, how it is given, and its words."""

    step: Step
    open: Callable[[Tracked], bool]
    given: Callable[[Tracked, int], bool]
    give: Give
    title: str | Promise
    follows: str | Promise
    button: str | Promise
    done: str | Promise
    grave: bool = False


def _verdict(said: Verdict) -> Give:
    def give(found: Tracked, reason: str, by: Actor) -> None:
        actions.verdict(
            found.ref,
            verdict=said,
            issues={},
            comment=reason,
            happened_at=now(),
            by=by,
            at=now(),
        )

    return give


def _review(found: Tracked, reason: str, by: Actor) -> None:
    if found.state is State.COMMUNICATED and found.verdict != Verdict.NOT_ACCEPTED:
        _verdict(Verdict.NOT_ACCEPTED)(found, "", by)
    actions.review(found.ref, reason=reason, by=by, at=now())


def _reopen(why: Reopening) -> Give:
    def give(found: Tracked, reason: str, by: Actor) -> None:
        actions.reopen(found.ref, why=why, reason=reason, by=by, at=now())

    return give


def _withdraw(found: Tracked, reason: str, by: Actor) -> None:
    actions.withdraw(found.ref, reason=reason, by=by, at=now())


def _unanswered(found: Tracked) -> bool:
    return found.state is State.COMMUNICATED and Step.VERDICT in found.may


ANSWERS: dict[str, Answer] = {
    "accept": Answer(
        Step.VERDICT,
        lambda found: _unanswered(found) and found.verdict != Verdict.ACCEPTED,
        lambda found, stage: found.verdict == Verdict.ACCEPTED,
        _verdict(Verdict.ACCEPTED),
        _("Accept the decision"),
        _("We carry out what we promised and then close your complaint."),
        _("I accept the decision"),
        _("Thank you. We noted that you accept the decision."),
    ),
    "review": Answer(
        Step.REVIEW,
        lambda found: Step.REVIEW in found.may,
        lambda found, stage: found.stage > stage,
        _review,
        _("Someone else looks again"),
        _(
            "A colleague who had no part in the decision looks at your complaint from the "
            "beginning. What you were offered stays yours."
        ),
        _("Ask for a review"),
        _("The review has begun. Somebody else looks at your complaint now."),
    ),
    "outside": Answer(
        Step.VERDICT,
        lambda found: _unanswered(found) and found.verdict != Verdict.NOT_ACCEPTED,
        lambda found, stage: found.verdict == Verdict.NOT_ACCEPTED,
        _verdict(Verdict.NOT_ACCEPTED),
        _("Go to somebody outside"),
        _(
            "We note that you do not accept the decision. Below are those who can help you; they "
            "do not belong to us."
        ),
        _("Note that I go outside"),
        _("We noted that you do not accept the decision. Those who can help you stand below."),
    ),
    "let-be": Answer(
        Step.VERDICT,
        lambda found: _unanswered(found) and found.verdict != Verdict.NOT_ACCEPTED,
        lambda found, stage: found.verdict == Verdict.NOT_ACCEPTED,
        _verdict(Verdict.NOT_ACCEPTED),
        _("Leave it"),
        _(
            "We note that you do not accept the decision and do nothing more. Until the time "
            "below you can still ask for a review."
        ),
        _("Note that I leave it"),
        _("We noted that you do not accept the decision, and that you leave it at that."),
    ),
    "withdraw": Answer(
        Step.WITHDRAW,
        lambda found: Step.WITHDRAW in found.may,
        lambda found, stage: found.state is State.WITHDRAWN,
        _withdraw,
        _("Withdraw your complaint"),
        _(
            "We stop working on it. What you wrote is kept. If you change your mind you can undo "
            "this on the page of your complaint."
        ),
        _("Withdraw the complaint"),
        _("Your complaint is withdrawn. You can undo this below."),
        grave=True,
    ),
    "undo": Answer(
        Step.REOPEN,
        lambda found: found.state is State.WITHDRAWN and Step.REOPEN in found.may,
        lambda found, stage: found.state not in (State.WITHDRAWN, State.CLOSED, State.SET_ASIDE),
        _reopen(Reopening.WITHDRAWAL_UNDONE),
        _("Undo the withdrawal"),
        _("We go on where we stopped."),
        _("Undo the withdrawal"),
        _("The withdrawal is undone. We go on where we stopped."),
    ),
    "object": Answer(
        Step.REOPEN,
        lambda found: found.state is State.SET_ASIDE and Step.REOPEN in found.may,
        lambda found, stage: found.state not in (State.WITHDRAWN, State.CLOSED, State.SET_ASIDE),
        _reopen(Reopening.OBJECTION),
        _("It is a complaint"),
        _("We take it up again as a complaint."),
        _("Take it up as a complaint"),
        _("We took it up again as a complaint."),
    ),
    "reopen": Answer(
        Step.REOPEN,
        lambda found: (
            found.state is State.CLOSED
            and found.closing == Closing.SILENCE
            and Step.REOPEN in found.may
        ),
        lambda found, stage: found.state not in (State.WITHDRAWN, State.CLOSED, State.SET_ASIDE),
        _reopen(Reopening.LATE_ANSWER),
        _("Answer after all"),
        _("We open your complaint again, so that you can answer the decision."),
        _("Open my complaint again"),
        _("Your complaint is open again. You can answer the decision now."),
    ),
}


@follow.following
def answer(request: Visit, person: Actor, answer: str) -> HttpResponse:
    """Say what an answer would do, and give it when it is sent."""
    if (asked := ANSWERS.get(answer)) is None:
        raise Http404
    found = tracking.tracked(person)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _sent(request, asked, found, form.cleaned_data["reason"], person)
    if not asked.open(found):
        return redirect("portal:file")
    return show(request, "answer", answer=asked, file=found, form=form, name=answer)


def _sent(
    request: Visit, asked: Answer, found: Tracked, reason: str, person: Actor
) -> HttpResponse:
    version, stage = (_number(request.POST.get(name)) for name in ("version", "stage"))
    if not asked.given(found, stage):
        try:
            with actions.unchanged(found.ref, version=version or found.version):
                asked.give(found, reason, person)
        except Refused as refused:
            if not asked.given(tracking.tracked(person), stage):
                messages.error(request, sentence(refused))
                return redirect("portal:file")
    messages.success(request, str(asked.done))
    return redirect("portal:file")


@follow.following
def refuse(request: Visit, person: Actor) -> HttpResponse:
    """Lay out the three ways on for somebody who does not accept, all equally plain."""
    found = tracking.tracked(person)
    ways = [(name, ANSWERS[name]) for name in ("review", "outside", "let-be")]
    choices = [(name, way) for name, way in ways if way.open(found)]
    if not choices:
        return redirect("portal:file")
    return show(
        request, "refuse", file=found, choices=choices, bodies=taxonomy.outside_bodies()
    )


@require_POST
@follow.following
def rate(request: Visit, person: Actor) -> HttpResponse:
    """Take the answers to the two questions; given twice alike, they are kept once."""
    found = tracking.tracked(person)
    form = RatingForm(request.POST)
    if not form.is_valid():
        return follow.shown(request, found, rating=form, status=422)
    told = form.cleaned_data
    if found.ratings == (told["handling"], told["outcome"]) and not told["comment"]:
        return redirect("portal:file")
    try:
        actions.rate(found.ref, **told, by=person, at=now())
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, str(_("Thank you. Your answer helps us do better.")))
    return redirect("portal:file")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
