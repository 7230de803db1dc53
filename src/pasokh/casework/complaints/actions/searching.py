"""The words by which a file is found, written with the act that brings them.

A follower of the ledger would find them a moment later; whoever has just taken in a complaint
looks for it at once.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from pasokh.casework.complaints import events
from pasokh.casework.complaints.models import Complaint, SearchText
from pasokh.directory.people import queries as people
from pasokh.kernel.events import Event
from pasokh.kernel.text import MOST_BYTES, tokens

_ADD = """
INSERT INTO casework_searchtext (complaint_id, words, size)
VALUES (%s, array_to_tsvector(%s::text[]), %s)
ON CONFLICT (complaint_id) DO UPDATE
SET words = casework_searchtext.words || excluded.words,
    size = casework_searchtext.size + excluded.size
"""

#: What of a file itself is searched.
FIELDS = (
    *("ref", "narrative", "remedy_wanted", "product_model", "serial_number"),
    *("purchase_place", "guarantee", "order_number"),
)


#: Which sealed text of an act is searched, beside those of the act that begins a file.
_TEXTS: Mapping[type, str] = {
    events.MessageHeard: "text",
    events.MessageSent: "text",
    events.Asked: "question",
    events.Corrected: "new",
}


def index(case: Complaint, event: Event, private: Mapping[str, Any]) -> None:
    """Add the words that an act brings. What was once said in a file is found for ever."""
    if isinstance(event, events.Received):
        _add(case, _begun(case), MOST_BYTES)
    elif (name := _TEXTS.get(type(event))) and private.get(name):
        kept = SearchText.objects.filter(pk=case.pk).values_list("size", flat=True).first() or 0
        _add(case, [str(private[name])], MOST_BYTES - kept)


def _begun(case: Complaint) -> list[str]:
    """What a file begins with: its words, its people's names, numbers and addresses."""
    said = [str(getattr(case, field)) for field in FIELDS]
    said += case.issues.values_list("text", flat=True)
    concerned = [one for one in (case.complainant_id, case.representative_id) if one]
    for person in people.persons(concerned).values() if concerned else ():
        said.append(person.name)
        said += [part for point in person.contact_points.all() for part in (point.value, point.key)]
    return said


def _add(case: Complaint, texts: Iterable[str], room: int) -> None:
    words = []
    for word in tokens("\n".join(texts)):
        room -= len(word.encode())
        if room < 0:
            break
        words.append(word)
    if words:
        size = sum(len(word.encode()) for word in words)
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [case.pk, words, size])
