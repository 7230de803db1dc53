"""The words by which a file is found, written with the act that brings them.

A follower of the ledger would find them a moment later; whoever has just taken in a complaint
looks for it at once. Words that stand in numbers and addresses alone are marked: who may not see
those does not find a file by them.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from pasokh.casework.complaints import events
from pasokh.casework.complaints.matter import Filing
from pasokh.casework.complaints.models import Complaint, SearchText
from pasokh.casework.correspondence.writing import events as by_hand
from pasokh.directory.people import queries as people
from pasokh.kernel import rows
from pasokh.kernel.events import Event
from pasokh.kernel.text import MOST_BYTES, tokens

#: What was said elsewhere, too, is no word of numbers and addresses alone.
_ADD = """
INSERT INTO casework_searchtext AS kept (complaint_id, words, reached, size)
SELECT id, array_to_tsvector(told || met), ts_delete(array_to_tsvector(met), told), size
FROM json_to_recordset(%s::json) AS given(id bigint, told text[], met text[], size integer)
ON CONFLICT (complaint_id) DO UPDATE
SET words = kept.words || excluded.words,
    reached = ts_delete(
        kept.reached || excluded.reached,
        tsvector_to_array(
            ts_delete(kept.words, tsvector_to_array(kept.reached))
            || ts_delete(excluded.words, tsvector_to_array(excluded.reached))
        )
    ),
    size = kept.size + excluded.size
"""

#: What of a file itself is searched.
FIELDS = (
    *("ref", "narrative", "remedy_wanted", "product_model", "serial_number"),
    *("purchase_place", "guarantee", "order_number"),
)

#: Which sealed text of an act is searched, beside those of the act that begins a file.
_TEXTS: Mapping[type, str] = {
    events.IssueAdded: "text",
    events.MessageHeard: "text",
    by_hand.MessageSent: "text",
    events.Asked: "question",
    events.Corrected: "new",
    events.NameCorrected: "new",
    events.ContactAdded: "new",
    events.ParticularsAdded: "changes",
    events.ThemselvesTold: "changes",
}


def index(case: Complaint, event: Event, private: Mapping[str, Any]) -> None:
    """Add the words that an act brings. What was once said in a file is found for ever."""
    if not (name := _TEXTS.get(type(event))) or not (said := private.get(name)):
        return
    kept = SearchText.objects.filter(pk=case.pk).values_list("size", flat=True).first() or 0
    if isinstance(event, events.ContactAdded):
        _add(case, [], [str(said)], MOST_BYTES - kept)
    elif isinstance(said, Mapping):
        now = {field: new for field, (_old, new) in said.items()}
        told = [now[field] for field in (*FIELDS, "on_behalf_of") if field in now]
        _add(case, told, [now.get("behalf_contact", "")], MOST_BYTES - kept)
    else:
        _add(case, [str(said)], [], MOST_BYTES - kept)


def begin(case: Complaint, issues: Iterable[str], filing: Filing) -> None:
    """Write down by which words a new file is found: its own, its issues', its people's."""
    said = [str(getattr(case, field)) for field in FIELDS]
    called, reached = _people(case, filing)
    _add(case, dict.fromkeys([*said, *issues, *called]), reached, MOST_BYTES)


def _people(case: Complaint, filing: Filing) -> tuple[Iterable[str], Iterable[str]]:
    """Names of the people of a file; numbers and addresses, as given and as they are looked up."""
    concerned = [one for one in (case.complainant_id, case.representative_id) if one]
    if filing.called is not None or not concerned:
        return filing.called or (), filing.reached
    called: list[str] = []
    reached: list[str] = []
    for one in people.persons(concerned).values():
        names, ways = people.called(one, one.contact_points.all())
        called += names
        reached += ways
    return called, reached


def _add(case: Complaint, told: Iterable[str], reached: Iterable[str], room: int) -> None:
    words = tokens("\n".join(told), room)
    size = len("".join(words).encode())
    met = tokens("\n".join(reached), room - size)
    if words or met:
        size += len("".join(met).encode())
        rows.write_told(_ADD, [{"id": case.pk, "told": words, "met": met, "size": size}])
