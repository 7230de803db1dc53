"""Where messages come in: an address with a secret for each source, and nothing to see."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pasokh.casework.intake.conversations import actions, queries
from pasokh.casework.intake.conversations.queries import Place
from pasokh.casework.intake.conversations.terms import SourceKind
from pasokh.channels.hooked import told
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
    said = told(request, WITH_SOUND if place.kind is SourceKind.VOICE else LARGEST)
    if said is None:
        return HttpResponse(status=400)
    if found := parsed.read(place.kind, said):
        who = found.who or "nobody"
        actions.take(place.id, their_id=found.their_id, who=who, told=found.dump(), at=now())
    return HttpResponse(status=200)


def _shows(request: HttpRequest, place: Place) -> bool:
    given = request.headers.get(_SHOWN, "")
    return not place.shown or codes.same(given.encode(), place.shown.encode())
