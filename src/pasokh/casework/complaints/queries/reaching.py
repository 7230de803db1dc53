"""How complainants are reached, as they may see it themselves: values only."""

from dataclasses import dataclass

from pasokh.casework.complaints.queries.fence import complaint_for
from pasokh.casework.texting import queries as texting
from pasokh.directory.people import queries as people
from pasokh.directory.people.models import ContactPoint
from pasokh.directory.people.ways import Way
from pasokh.kernel.actors import Actor


@dataclass(frozen=True)
class Reached:
    """One way to reach them that is in use; `letters` says that ours go there.

    `texts` is whether texts go to a number: `yes`, `stopped` by them, or empty where none could.
    """

    id: int
    kind: Way
    value: str
    confirmed: bool
    letters: bool
    texts: str = ""


def reached(by: Actor) -> tuple[Reached, ...] | None:
    """The ways in use to reach whoever wrote to us, in three statements; None of the anonymous."""
    case = complaint_for(by, by.id)
    speaker = case.representative_id or case.complainant_id
    person = people.person(speaker) if speaker else None
    if person is None:
        return None
    points = person.contact_points.all()
    leave = texting.leave()
    box = people.box_among(points, texts=leave)
    return tuple(
        Reached(
            one.pk,
            Way(one.kind),
            one.value,
            one.confirmed_at is not None,
            one.pk == box,
            _texts(one, one.pk == box) if leave else "",
        )
        for one in points
        if one.refused_at is None
    )


def _texts(point: ContactPoint, box: bool) -> str:
    if point.texts_stopped_at is not None:
        return "stopped"
    return "yes" if box and point.kind == Way.PHONE else ""
