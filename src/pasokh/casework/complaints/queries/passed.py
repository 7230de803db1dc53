"""The files that passed between a complainant and us, as either side may have them."""

from collections.abc import Mapping
from dataclasses import dataclass

from pasokh.casework.complaints.models import Attachment, Complaint
from pasokh.casework.complaints.queries.fence import complaint_for, visible_to
from pasokh.casework.inspection import queries as inspection
from pasokh.casework.inspection.verdicts import Standing
from pasokh.kernel.actors import Actor
from pasokh.kernel.errors import Refused


@dataclass(frozen=True)
class Given:
    """A file that passed between the complainant and us, as it is shown; sizes in bytes.

    `closed` says by a refusal's code why it cannot be opened; `small` that there is a picture of
    it, `sound` that it can be listened to.
    """

    id: int
    name: str
    size: int
    closed: str = ""
    small: bool = False
    sound: bool = False


@dataclass(frozen=True)
class Handed:
    """A file to be handed over: its digest and name, and whether it comes back to its giver."""

    digest: str
    name: str
    own: bool


#: The files that passed between both sides, by the message that they came with.
Files = Mapping[int | None, tuple[Given, ...]]


def files_passed(case: Complaint) -> Files:
    """What may be shown of the files on a complainant's page."""
    rows = list(Attachment.objects.filter(complaint=case, inside=False).order_by("pk"))
    standings = inspection.standings(row.digest for row in rows)
    found: dict[int | None, tuple[Given, ...]] = {}
    for row in rows:
        given = _given(row, standings[row.digest])
        found[row.message_id] = (*found.get(row.message_id, ()), given)
    return found


def file_given(by: Actor, number: int) -> Handed:
    """A file that the complainant gave, or that was sent to them.

    Refuses in the same words whether it does not exist or belongs to another file.
    """
    case = complaint_for(by, by.id)
    rows = Attachment.objects.filter(complaint=case, pk=number, inside=False)
    if (found := rows.select_related("message").first()) is None:
        raise Refused("no-such-file")
    return Handed(found.digest, found.name, found.message is None or found.message.incoming)


def where_attached(actor: Actor, digest: str) -> list[tuple[str, str]]:
    """The complaints an actor may see on which a file hangs: each reference, and its name there."""
    rows = Attachment.objects.filter(digest=digest, complaint__in=visible_to(actor))
    return list(rows.order_by("pk").values_list("complaint__ref", "name"))


def _given(row: Attachment, how: Standing) -> Given:
    small, sound = how.open and how.shown > 0, how.open and bool(how.sound)
    return Given(row.pk, row.name, row.size, how.closed, small, sound)
