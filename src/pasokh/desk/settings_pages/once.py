"""Secrets that set-up makes: kept sealed from the form that made one to the page that shows it."""

import base64
from collections.abc import Iterable

from django.utils.html import format_html

from pasokh.desk.access import DeskRequest
from pasokh.desk.settings_pages.frame import Text
from pasokh.kernel import sealed
from pasokh.ui.templatetags.ui import code

_USE = "shown-once"


def hand_over(request: DeskRequest, secret: str) -> None:
    """Keep a secret, sealed, for the next page of this session and no other."""
    kept = sealed.seal(_USE, request.actor.code, secret)
    request.session[_USE] = base64.b64encode(kept).decode()


def shown(request: DeskRequest, told: Text) -> Iterable[tuple[str, Text]]:
    """A note with the secret that was just made; `told` has a place for it, `{secret}`."""
    if request.method != "GET" or _USE not in request.session:
        return []
    kept = base64.b64decode(request.session.pop(_USE))
    secret = sealed.unseal(_USE, request.actor.code, kept)
    return [("soon", format_html(str(told), secret=code(secret)))]
