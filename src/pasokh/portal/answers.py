"""What the complainant answers: accept or not, a review, withdraw, undo, and how it went.

Each answer has its own address. Sent twice, it is given once; given too late, it says so.
"""

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.lifecycle import Step
from pasokh.casework.complaints.queries import tracking
from pasokh.casework.complaints.queries.tracking import Tracked
from pasokh.casework.intake import actions as intake
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.portal import file
from pasokh.portal.choices import ANSWERS, Answer, Given
from pasokh.portal.follow import following
from pasokh.portal.forms import RatingForm, ReasonForm
from pasokh.portal.pages import Visit, show
from pasokh.portal.showing import say_what_is_gone
from pasokh.ui import posted
from pasokh.ui.posted import to_the_letter
from pasokh.ui.sentences import sentence


@to_the_letter
@following
def answer(request: Visit, person: Actor, answer: str) -> HttpResponse:
    """Say what an answer would do, and give it when it is sent."""
    if (asked := ANSWERS.get(answer)) is None:
        raise Http404
    found = tracking.tracked(person)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.tell_apart(asked.of_issues(found))
    if asked.asks:
        form.fields["reason"].label = str(asked.asks)
    if request.method == "POST" and form.is_valid():
        return _sent(request, asked, found, form, person)
    if not asked.open(found):
        return redirect("portal:file")
    until = tracking.undo_until(person, now()) if asked.step is Step.WITHDRAW else None
    return show(
        request, "answer", answer=asked, file=found, form=form, name=answer, undo_until=until
    )


def _sent(
    request: Visit, asked: Answer, found: Tracked, form: ReasonForm, person: Actor
) -> HttpResponse:
    version, stage = (_number(request.POST.get(name)) for name in ("version", "stage"))
    broken = posted.broken_in(form, request)
    if not asked.given(found, stage):
        try:
            with actions.unchanged(found.ref, version=version or found.version):
                asked.give(found, _given(form), person)
                intake.keep_as_it_came(found.ref, posted.originals(broken), by=person, at=now())
            say_what_is_gone(request, broken)
        except Refused as refused:
            if not asked.given(tracking.tracked(person), stage):
                messages.error(request, sentence(refused))
                return redirect("portal:file")
    messages.success(request, str(asked.done))
    return redirect("portal:file")


def _given(form: ReasonForm) -> Given:
    told = form.cleaned_data
    return Given(told["reason"], frozenset(told.get("refused", ())))


@following
def refuse(request: Visit, person: Actor) -> HttpResponse:
    """Lay out the three ways on for somebody who does not accept, all equally plain."""
    found = tracking.tracked(person)
    ways = [(name, ANSWERS[name]) for name in ("review", "outside", "let-be")]
    choices = [(name, way) for name, way in ways if way.open(found)]
    if not choices:
        return redirect("portal:file")
    form = ReasonForm()
    form.tell_apart(choices[0][1].of_issues(found))
    bodies = taxonomy.outside_bodies()
    return show(request, "refuse", file=found, form=form, choices=choices, bodies=bodies)


@require_POST
@to_the_letter
@following
def rate(request: Visit, person: Actor) -> HttpResponse:
    """Take the answers to the two questions; given twice alike, they are kept once."""
    found = tracking.tracked(person)
    form = RatingForm(request.POST)
    if not form.is_valid():
        return file.shown(request, found, rating=form, status=422)
    told = form.cleaned_data
    if found.ratings == (told["handling"], told["outcome"]) and not told["comment"]:
        return redirect("portal:file")
    broken = posted.broken_in(form, request)
    try:
        with transaction.atomic():
            actions.rate(found.ref, **told, by=person, at=now())
            intake.keep_as_it_came(found.ref, posted.originals(broken), by=person, at=now())
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        say_what_is_gone(request, broken)
        messages.success(request, _("Thank you. Your answer helps us do better."))
    return redirect("portal:file")


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
