"""A lost tracking code: a link to an address confirmed earlier, and behind it a new code, once.

Whoever asks is told the same, whether there is such a complaint or not; what is so is found out
in the background, so that not even the time it takes tells anything.
"""

from datetime import timedelta

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect

from pasokh.casework.intake.drafts import actions as drafts
from pasokh.casework.intake.links import actions, queries
from pasokh.casework.intake.links.terms import Purpose
from pasokh.directory.people import ways
from pasokh.kernel import codes, refs
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.kernel.jobs import later
from pasokh.portal import receipt
from pasokh.portal.draft import CODE
from pasokh.portal.forms import LostForm
from pasokh.portal.links import gone
from pasokh.portal.pages import Visit, address, page, show

#: How often one may ask in a row, and the longest pause after more.
FREE, LONGEST = 3, timedelta(minutes=1)


@page
def lost(request: Visit) -> HttpResponse:
    """Ask for reference and address, and answer always the same."""
    form = LostForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _lost(request, form)
    if wait := _pause(request):
        response = _lost(request, form, wait=wait, status=429)
        response["Retry-After"] = str(wait)
        return response
    given = queries.address_hash(ways.email_key(form.cleaned_data["email"]))
    later("offer-code", ref=refs.read(form.cleaned_data["ref"]) or "", address=given)
    return redirect("portal:asked")


def _lost(request: Visit, form: LostForm, *, wait: int = 0, status: int = 200) -> HttpResponse:
    mailed = queries.can_mail()
    return show(request, "lost", status=status, here="follow", form=form, mailed=mailed, wait=wait)


@page
def asked(request: Visit) -> HttpResponse:
    """Say what may come by mail now."""
    return show(request, "asked", here="follow")


def _pause(request: Visit) -> int:
    """Seconds to wait for somebody who asks very often."""
    left = drafts.admit("lost", address(request), free=FREE, longest=LONGEST, at=now())
    return -int(-left.total_seconds() // 1)


@page
def renew(request: Visit, token: str) -> HttpResponse:
    """Ask once more, then give a new code; sent twice by the same browser, it is given once."""
    if request.method == "POST":
        return _renewed(request, token)
    if queries.address_of(Purpose.NEW_CODE, token, now()) is None:
        return redirect("portal:code") if CODE.opened(request) else gone(request)
    return CODE.hand_back(show(request, "renew", here="follow"), codes.new_token())


def _renewed(request: Visit, token: str) -> HttpResponse:
    key = codes.new_token() if CODE.opened(request) else CODE.token(request) or codes.new_token()
    try:
        with transaction.atomic():
            given = actions.renew_code(token, at=now())
            drafts.hold(key, given, address=address(request), at=now())
    except Refused:
        return redirect("portal:code") if CODE.opened(request) else gone(request)
    return CODE.hand_back(redirect("portal:code"), key)


@page
def code(request: Visit) -> HttpResponse:
    """Show the new code for an hour, in the browser that asked for it."""
    opened = CODE.opened(request)
    if opened is None:
        return redirect("portal:follow")
    return show(request, "code", here="follow", ref=opened.ref, code=opened.code)


@page
def paper(request: Visit) -> HttpResponse:
    """The typeset receipt with the new code on it."""
    opened = CODE.opened(request)
    if opened is None:
        return redirect("portal:follow")
    return receipt.paper_for(Actor(Kind.COMPLAINANT, opened.ref), code=opened.code)
