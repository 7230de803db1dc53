"""Numbers and addresses of people, for who may see them: masked for everybody else who reads.

Masked where a file is loaded, so that no page, list, export or answer to a program has the choice.
What people wrote in free words stays as they wrote it.
"""

from collections.abc import Mapping
from typing import Any

from pasokh.casework.complaints.models import Complaint
from pasokh.directory.people import masking
from pasokh.directory.people.masking import masked
from pasokh.directory.people.ways import Way
from pasokh.kernel.actors import Actor, Kind, Reach

RIGHT = "complaint.read_contacts"


def seen_by(actor: Actor, unit: int) -> bool:
    """Whether somebody who reads a file of a unit sees numbers and addresses in it whole."""
    reach = seen_in(actor)
    return reach is None or unit in reach


def seen_in(actor: Actor) -> Reach:
    """The units in whose files somebody sees numbers and addresses."""
    return None if actor.kind is Kind.COMPLAINANT else actor.reach(RIGHT)


def called(name: str, unit: int, reach: Reach) -> str:
    """The name of a person in a list, for who sees numbers and addresses in these units."""
    return name if reach is None or unit in reach else masking.name(name)


def hide(case: Complaint) -> None:
    """Mask every number and address in a file that is loaded with what hangs on it."""
    for person in filter(None, (case.complainant, case.representative)):
        person.name = masking.name(person.name)
        for point in person.contact_points.all():
            _hide_point(point)
    for letter in case.letters.all():
        letter.address = masked(Way.EMAIL, letter.address)
        letter.failure = masking.words(letter.failure)
        if letter.to:
            _hide_point(letter.to)
        for telling in letter.tellings.all():
            telling.proof = {part: masking.words(str(v)) for part, v in telling.proof.items()}
        for text in letter.texts.all():
            text.number = masked(Way.PHONE, text.number)
            text.failure = masking.words(text.failure)


def _hide_point(point: Any) -> None:
    point.value, point.key = masked(point.kind, point.value), ""


def without(event: str, facts: Mapping[str, Any], texts: Mapping[str, Any]) -> Mapping[str, Any]:
    """The sealed texts of an act, with the numbers and addresses in them masked."""
    if event in _OF_POINTS:
        way = str(facts.get("way", ""))
        return {k: masked(way, said) if k in _POINT else said for k, said in texts.items()}
    if event == "complaint.themselves_told":
        return {**texts, "changes": dict(map(_change, texts.get("changes", {}).items()))}
    if event == "complaint.name_corrected":
        return {k: masking.name(v) if k in _POINT else v for k, v in texts.items()}
    if event in _RETURNED:
        return {k: masking.words(v) if k == "why" else v for k, v in texts.items()}
    return texts


def holds(event: str, texts: Mapping[str, Any]) -> bool:
    """Whether the sealed texts of an act name a number or address: in a field, not in words."""
    return event in _HOLD or not texts.keys().isdisjoint(("proof", "copies"))


def _change(change: tuple[str, Any]) -> tuple[str, Any]:
    field, said = change
    if field == "behalf_contact":
        return field, [masked(Way.EMAIL if "@" in v else Way.PHONE, v) for v in said]
    if field == "on_behalf_of":
        return field, [masking.name(v) for v in said]
    return field, said


#: Acts that tell of one way to reach somebody, and under which names.
_OF_POINTS = frozenset(f"complaint.contact_{done}" for done in ("added", "confirmed", "stopped"))
_POINT = frozenset({"old", "new", "text"})
#: Acts that repeat what a server said.
_RETURNED = frozenset(
    f"complaint.{what}"
    for what in (
        *("letter_returned", "undelivered", "acknowledgement_undelivered"),
        *("notice_undelivered",),
    )
)
_HOLD = _OF_POINTS | _RETURNED | {"complaint.themselves_told", "complaint.name_corrected"}
