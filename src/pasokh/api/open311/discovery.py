"""Where GeoReport begins here, and what it speaks."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pasokh.api.open311 import parameters
from pasokh.directory.organisation import queries as organisation

#: When what this interface offers changed last.
CHANGED = "2026-11-23T00:00:00Z"
_SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


def told(request: HttpRequest) -> dict[str, Any]:
    """The discovery document."""
    described = organisation.organisation()
    endpoint = {
        "specification": _SPECIFICATION,
        "url": request.build_absolute_uri("/open311/v2"),
        "changeset": CHANGED,
        "type": "test" if settings.DEMO else "production",
        "formats": ["application/json", "text/xml"],
    }
    return {
        "changeset": CHANGED,
        "contact": str(described.name) if described else parameters.jurisdiction(request),
        "key_service": _("Whoever runs this installation gives keys to programs."),
        "endpoints": [endpoint],
    }
