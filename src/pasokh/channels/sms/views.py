"""Where gateways report what became of texts: an address with a secret, and nothing to see."""

import logging

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pasokh.casework.texting import actions, queries
from pasokh.channels.hooked import told
from pasokh.channels.sms import reports, wire
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused

#: Bytes of a report, and reports in one call.
LARGEST, MOST = 64 << 10, 200

logger = logging.getLogger(__name__)


@csrf_exempt
@require_http_methods(["GET", "POST"])
def report(request: HttpRequest, token: str) -> HttpResponse:
    """Take in reports of delivery, one or several; what is about no text of ours is passed over.

    Whoever does not know the secret learns nothing, not even that there is something here.
    """
    gateway = queries.reports_to(token)
    if gateway is None:
        return HttpResponse(status=404)
    template = wire.template_of(gateway)
    said = told(request, LARGEST)
    if not isinstance(said, dict | list):
        return HttpResponse(status=400)
    for one in (said if isinstance(said, list) else [said])[:MOST]:
        if found := wire.reported(template, one):
            _settle(found, gateway.template)
    return HttpResponse(status=204)


def _settle(found: wire.Outcome, template: str) -> None:
    text = actions.matching(key=found.own, their_id=found.their_id, template=template)
    if text is None:
        return
    try:
        reports.settle(text, found, at=now())
    except Refused as refused:
        logger.info("text %s told nothing: %s", text, refused.code)
