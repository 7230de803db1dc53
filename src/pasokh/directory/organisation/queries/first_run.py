"""Whether the one-time link of first-run set-up still opens."""

from datetime import datetime

from django.conf import settings

from pasokh.directory.organisation.models import SetupLink
from pasokh.directory.organisation.queries.staffing import administrator_exists
from pasokh.kernel import codes
from pasokh.kernel.errors import Refused


def setup_link(token: str, at: datetime) -> SetupLink:
    """The link of a token while it opens; refused otherwise."""
    link = SetupLink.objects.filter(token_hash=setup_hash(token)).first()
    if link is None:
        raise Refused("setup-link-unknown")
    if link.used_at or administrator_exists():
        raise Refused("setup-link-used")
    if link.expires_at <= at:
        raise Refused("setup-link-expired")
    return link


def setup_hash(token: str) -> str:
    """The keyed hash of a token: what the table shows opens nothing."""
    return codes.keyed_hash("setup-link", token, settings.SECRET_KEY.encode()).hex()
