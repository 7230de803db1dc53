"""The words by which a file is found, written with the act that brings them.

A follower of the ledger would find them a moment later; whoever has just taken in a complaint
looks for it at once.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pasokh.casework.complaints import events
from pasokh.casework.complaints.models import Complaint, SearchText
from pasokh.directory.people import queries as people
from pasokh.kernel import rows
from pasokh.kernel.events import Event
from pasokh.kernel.text import MOST_BYTES, tokens

_ADD = """
INSERT INTO casework_searchtext (complaint_id, words, size)
SELECT id, array_to_tsvector(string_to_array(words, ' ')), size
FROM json_to_recordset(%s::json) AS told(id bigint, words text, size integer)
ON CONFLICT (complaint_id) DO UPDATE
SET words = casework_searchtext.words || excluded.words,
    size = casework_searchtext.size + excluded.size
"""

#: What of a file itself is searched.
FIELDS = (
    *("ref", "narrative", "remedy_wanted", "product_model", "serial_number"),
    *("purchase_place", "guarantee", "order_number"),
)

#: And what is told later of the person concerned, as of everybody when a file begins.
_CALLED = ("on_behalf_of", "behalf_contact")

#: Which sealed text of an act is searched, beside those of the act that begins a file.
_TEXTS: Mapping[type, str] = {
    events.IssueAdded: "text",
    events.MessageHeard: "text",
    events.MessageSent: "text",
    events.Asked: "question",
    events.Corrected: "new",
    events.NameCorrected: "new",
    events.ContactAdded: "new",
    events.ParticularsAdded: "changes",
    events.ThemselvesTold: "changes",
}


def index(case: Complaint, event: Event, private: Mapping[str, Any]) -> None:
    """Add the words that an act brings. What was once said in a file is found for ever."""
    if (name := _TEXTS.get(type(event))) and private.get(name):
        kept = SearchText.objects.filter(pk=case.pk).values_list("size", flat=True).first() or 0
        _add(case, _said(private[name]), MOST_BYTES - kept)


def _said(told: Any) -> list[str]:
    """A text, or what several fields say now."""
    if not isinstance(told, Mapping):
        return [str(told)]
    return [new for field, (_old, new) in told.items() if field in (*FIELDS, *_CALLED)]


def begin(case: Complaint, issues: Iterable[str], called: Iterable[str] | None) -> None:
    """Write down by which words a new file is found: its own, its issues', its people's."""
    said = [str(getattr(case, field)) for field in FIELDS]
    _add(case, dict.fromkeys([*said, *issues, *_people(case, called)]), MOST_BYTES)


def _people(case: Complaint, called: Iterable[str] | None) -> Iterable[str]:
    """Names, numbers and addresses of the people of a file, as given and as they are looked up."""
    concerned = [one for one in (case.complainant_id, case.representative_id) if one]
    if called is not None or not concerned:
        return called or ()
    found = people.persons(concerned).values()
    return [text for one in found for text in people.called(one, one.contact_points.all())]


def _add(case: Complaint, texts: Iterable[str], room: int) -> None:
    if words := tokens("\n".join(texts), room):
        size = len("".join(words).encode())
        rows.write_told(_ADD, [{"id": case.pk, "words": " ".join(words), "size": size}])
