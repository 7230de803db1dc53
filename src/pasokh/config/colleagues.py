"""Who acts where somebody works from the command line: a colleague, with their rights."""

from typing import Any

from pasokh.config.messages import Unable, _


def acting(number: str) -> Any:
    """The colleague of a staff number as an actor of this moment."""
    from pasokh.directory.organisation import queries  # noqa: PLC0415  apps not loaded
    from pasokh.kernel import clock  # noqa: PLC0415  Django-free path

    at = clock.now()
    found = next((one for one in queries.colleagues(at) if one.number == number), None)
    actor = queries.actor_for_staff(found.id, at) if found else None
    if actor is None:
        raise Unable(_("There is no colleague with the number %(number)s.") % {"number": number})
    return actor
