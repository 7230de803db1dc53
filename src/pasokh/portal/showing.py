"""Showing a letter on a page of the portal is a way of telling it (ISO 10002:2018, 7.8).

And what could not be shown is said.
"""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from pasokh.casework.complaints import actions
from pasokh.casework.correspondence.telling import Way
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused
from pasokh.ui import posted


def show_letter(person: Actor, letter: int, *, by: Actor) -> None:
    """Record that a letter was shown to the complainant, by the page that showed it.

    A refusal is no news to the reader: it was told meanwhile, by another look or another way, or
    it makes no sense any more where the file is.
    """
    at = now()
    try:
        actions.told(
            person.id, letter=letter, way=Way.SHOWN, proof={}, happened_at=at, by=by, at=at
        )
    except Refused:
        return


def say_what_is_gone(request: HttpRequest, broken: Mapping[str, str]) -> None:
    """Name the signs of a text just kept that cannot be stored as text, if it has any."""
    if signs := posted.gone(broken):
        said = _(
            "Your text holds signs that cannot be stored as text (%(signs)s). They are shown as �; "
            "your text as it came is kept beside it as a file."
        )
        messages.warning(request, said % {"signs": ", ".join(signs)})
