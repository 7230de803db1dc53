"""Confirming an address: by the link in our mail, or by the number that stands beside it.

Opening the link only asks: programs that look through mail open every link in it.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from pasokh.casework.intake.links import actions, queries
from pasokh.casework.intake.links.terms import Purpose
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.portal.follow import following
from pasokh.portal.pages import Visit, page, show
from pasokh.ui.sentences import sentence


@page
def confirm(request: Visit, token: str) -> HttpResponse:
    """Ask whether an address is theirs, and do as they say."""
    if request.method != "POST":
        given = queries.address_of(Purpose.CONFIRM, token, now())
        return show(request, "confirm", given=given) if given else gone(request)
    try:
        if request.POST.get("step") == "deny":
            actions.deny(token, at=now())
            return show(request, "denied")
        return show(request, "confirmed", given=actions.confirm(token, at=now()))
    except Refused:
        return gone(request)


def gone(request: Visit) -> HttpResponse:
    """The one answer for a link that is wrong, over or used."""
    return show(request, "link_gone", why=sentence(Refused("link-does-nothing")), status=404)


@require_POST
@following
def address(request: Visit, person: Actor) -> HttpResponse:
    """Take the number from our mail, or have the mail sent once more."""
    try:
        if request.POST.get("step") == "again":
            actions.mail_again(by=person, at=now())
            said = _("A new mail is on its way. The newest link and number are the ones to use.")
        else:
            actions.confirm_by_number(request.POST.get("number", ""), by=person, at=now())
            said = _("Thank you. Your address is confirmed; our letters go there whole now.")
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, said)
    return redirect("portal:file")
