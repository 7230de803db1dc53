"""Writing to us about a complaint that is already here, with new evidence."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from pasokh.casework.complaints import actions
from pasokh.casework.complaints.matter import File
from pasokh.casework.complaints.queries import tracking
from pasokh.casework.complaints.queries.tracking import Tracked
from pasokh.casework.intake.drafts import actions as drafts
from pasokh.casework.intake.drafts import queries
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.portal import draft
from pasokh.portal.draft import LETTER
from pasokh.portal.follow import following
from pasokh.portal.forms import LetterForm
from pasokh.portal.pages import Visit, show
from pasokh.portal.showing import say_what_is_gone
from pasokh.ui import posted
from pasokh.ui.posted import to_the_letter
from pasokh.ui.sentences import sentence

_TRIES = 3


@to_the_letter
@following
def write(request: Visit, person: Actor) -> HttpResponse:
    """Ask what they want to add, and keep text and files until it is sent."""
    found = tracking.tracked(person)
    if request.method != "POST":
        opened = _begun(request, found)
        initial = {"text": opened.answers.get("text", "")} if opened else None
        return _asked(request, found, opened, LetterForm(initial=initial))
    if _begun(request, found) is None:
        _forget(request)
    answers = draft.answers_of(request)
    token = LETTER.keep(request, {**answers, "ref": found.ref})
    problems = draft.take_in(token, request)
    opened = queries.opened(token, now())
    form = LetterForm(answers)
    if request.POST.get("step") != "send":
        form = LetterForm(initial=opened.answers if opened else None)
    elif form.is_valid() and not problems:
        return _sent(request, found, token, form.cleaned_data["text"], person)
    return LETTER.hand_back(_asked(request, found, opened, form, problems), token)


def _begun(request: Visit, found: Tracked) -> queries.Opened | None:
    """The letter begun for this very file; one begun for another is not shown here."""
    opened = LETTER.opened(request)
    return opened if opened and opened.answers.get("ref") == found.ref else None


def _forget(request: Visit) -> None:
    if token := LETTER.token(request):
        drafts.forget(token)


def _asked(
    request: Visit,
    found: Tracked,
    opened: queries.Opened | None,
    form: LetterForm,
    problems: list[str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    return show(
        request,
        "letter",
        status=status,
        file=found,
        form=form,
        files=opened.files if opened else (),
        problems=problems or [],
        most=draft.MOST_FILES,
        largest=draft.LARGEST,
    )


def _sent(request: Visit, found: Tracked, token: str, text: str, person: Actor) -> HttpResponse:
    """Send a letter once: a second tap finds it said already."""
    broken = draft.as_it_came(queries.opened(token, now()), ["text"])
    originals = posted.originals(broken)
    try:
        with transaction.atomic():
            _hear(found, text, drafts.take_files(token, originals, at=now()), person)
    except Refused as refused:
        opened = queries.opened(token, now())
        form = LetterForm(initial={"text": text})
        response = _asked(request, found, opened, form, [sentence(refused)], status=409)
        return LETTER.hand_back(response, token)
    say_what_is_gone(request, broken)
    messages.success(request, _("Your letter is with us."))
    return LETTER.let_go(redirect("portal:file"))


def _hear(found: Tracked, text: str, files: tuple[File, ...], person: Actor) -> None:
    """Take a letter in; when the file changed at that moment, look whether it was by this one."""
    for attempt in range(_TRIES):
        if _said(found, text, files):
            return
        try:
            with actions.unchanged(found.ref, version=found.version):
                actions.hear(
                    found.ref,
                    text=text,
                    files=files,
                    channel="web",
                    happened_at=now(),
                    by=person,
                    at=now(),
                )
        except Refused as refused:
            if refused.code != "changed-meanwhile" or attempt == _TRIES - 1:
                raise
            found = tracking.tracked(person)
        else:
            return


def _said(found: Tracked, text: str, files: tuple[File, ...]) -> bool:
    """Whether the last thing the complainant wrote is this very letter."""
    theirs = [one for one in found.messages if one.incoming]
    if not theirs:
        return False
    letter = (text, [file.name for file in files])
    return (theirs[-1].text, [file.name for file in theirs[-1].files]) == letter
