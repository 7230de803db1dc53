"""Showing a letter on a page of the portal is a way of telling it (ISO 10002:2018, 7.8)."""

from pasokh.casework.complaints import actions
from pasokh.casework.correspondence.telling import Way
from pasokh.kernel.actors import Actor
from pasokh.kernel.clock import now
from pasokh.kernel.errors import Refused


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
