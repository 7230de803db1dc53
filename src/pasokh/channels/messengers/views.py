"""Where messages come in: an address with a secret for each source, and nothing to see."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pasokh.casework.intake.conversations import actions, queries
from pasokh.casework.intake.conversations.queries import Place
from pasokh.casework.intake.conversations.terms import SourceKind
from pasokh.channels.messengers import parsed
from pasokh.kernel import codes
from pasokh.kernel.clock import now

#: Bytes of a message; a voice-mail brings its recording along.
LARGEST, WITH_SOUND = 256 << 10, 14 << 20
_SHOWN = "X-Telegram-Bot-Api-Secret-Token"


@csrf_exempt
@require_http_methods(["GET", "POST"])
def message(request: HttpRequest, token: str) -> HttpResponse:
    """Keep one message until it is looked at; what came before is as good as kept.

    Whoever does not know the secret learns nothing, not even that there is something here.
    """
    place = queries.place_at(token)
    if place is None or not _shows(request, place):
        return HttpResponse(status=404)
    told = _told(request, WITH_SOUND if place.kind is SourceKind.VOICE else LARGEST)
    if told is None:
        return HttpResponse(status=400)
    if found := parsed.read(place.kind, told):
        who = found.who or "nobody"
        actions.take(place.id, their_id=found.their_id, who=who, told=found.dump(), at=now())
    return HttpResponse(status=200)


def _shows(request: HttpRequest, place: Place) -> bool:
    given = request.headers.get(_SHOWN, "")
    return not place.shown or codes.same(given.encode(), place.shown.encode())


def _told(request: HttpRequest, largest: int) -> Any:
    """What was sent, as JSON or as a form; None when it is too long or no JSON."""
    try:
        if int(request.META.get("CONTENT_LENGTH") or 0) > largest:
            return None
    except ValueError:
        return None
    if request.content_type != "application/json":
        return {**request.GET.dict(), **request.POST.dict()}
    try:
        return json.loads(request.read(largest + 1))
    except (ValueError, RecursionError):
        return None
