"""Giving a new address or number: ours from now on, confirmed only by its own mailbox."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.queries import reaching
from pasokh.casework.intake.links import queries as links
from pasokh.directory.people.ways import Way
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.portal.follow import following
from pasokh.portal.forms import ReachForm
from pasokh.portal.pages import Visit, show
from pasokh.ui.sentences import sentence


@following
def reach(request: Visit, person: Actor) -> HttpResponse:
    """Show how they are reached, take in what is new, and let go a number that is not theirs."""
    if reaching.reached(person) is None:
        return redirect("portal:file")
    if request.method == "POST" and "drop" in request.POST:
        return _dropped(request, person)
    if request.method == "POST" and {"texts", "no-texts"} & set(request.POST):
        return _texted(request, person)
    form = ReachForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _given(request, form, person)
    return _asked(request, person, form)


def _given(request: Visit, form: ReachForm, person: Actor) -> HttpResponse:
    given = [(Way.EMAIL, form.cleaned_data["email"]), (Way.PHONE, form.cleaned_data["mobile"])]
    try:
        with transaction.atomic():
            for way, value in given:
                if value:
                    actions.give_contact(person.id, kind=way, value=value, by=person, at=now())
    except Refused as refused:
        return _asked(request, person, form, problem=sentence(refused), status=409)
    if form.cleaned_data["email"] and links.mails():
        said = _("We wrote it down. Now open the link in the mail that we send there.")
    else:
        said = _("Thank you. We wrote it down.")
    messages.success(request, said)
    return redirect("portal:reach")


def _texted(request: Visit, person: Actor) -> HttpResponse:
    """Stop the text messages to a number of theirs, or send them again."""
    again = "texts" in request.POST
    point = _number(request.POST["texts" if again else "no-texts"])
    try:
        if again:
            actions.want_texts(person.id, point=point, by=person, at=now())
        else:
            actions.stop_texts(person.id, point=point, by=person, at=now())
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        said = _("Text messages go to this number again.")
        stopped = _("No more text messages. Your letters stand on the page of your complaint.")
        messages.success(request, said if again else stopped)
    return redirect("portal:reach")


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 18 else 0


def _dropped(request: Visit, person: Actor) -> HttpResponse:
    point = _number(request.POST["drop"])
    try:
        actions.drop_number(person.id, point=point, by=person, at=now())
    except Refused as refused:
        messages.error(request, sentence(refused))
    else:
        messages.success(request, _("We do not use this number any more."))
    return redirect("portal:reach")


def _asked(
    request: Visit, person: Actor, form: ReachForm, *, problem: str = "", status: int = 200
) -> HttpResponse:
    used = reaching.reached(person) or ()
    known = {"ref": person.id, "form": form, "problem": problem, "used": used}
    known["confirmed"] = any(one.confirmed and one.letters for one in used)
    known["mails"] = links.mails()
    return show(request, "reach", status=status, here="follow", **known)
