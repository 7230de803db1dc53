"""The story of a file as its ledger tells it, in the reader's words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from pasokh.casework.complaints import labels
from pasokh.casework.complaints.models import Complaint
from pasokh.casework.complaints.queries import contacts
from pasokh.casework.complaints.queries.corrected import both, several
from pasokh.casework.deadlines.labels import CLOCKS, HOLDS, UNITS
from pasokh.directory.clients import queries as clients
from pasokh.directory.organisation import queries as organisation
from pasokh.kernel import dates, events
from pasokh.kernel.actors import Kind
from pasokh.kernel.fields import Bilingual
from pasokh.kernel.ledger import reading
from pasokh.kernel.ledger.models import Entry
from pasokh.kernel.text import isolate
from pasokh.policy.taxonomy import queries as taxonomy
from pasokh.policy.taxonomy.kinds import Kind as List

#: What an entry is to its reader; any other is an act.
_SHOWN = {
    "complaint.received": "in",
    "complaint.history_recorded": "in",
    "complaint.message_heard": "in",
    "complaint.message_sent": "out",
    "complaint.asked": "out",
    "complaint.noted": "note",
}
#: The sealed texts that a reader of the story wants to see, in this order.
_TEXTS = (
    *("narrative", "text", "question", "said", "promised", "reasons", "reason", "plan"),
    *("notes", "description", "done", "accepted", "why", "ruling", "old", "new", "remarks"),
)


@dataclass(frozen=True)
class Names:
    """Names for the ids that entries hold: colleagues, terms, channels."""

    staff: Mapping[int, Bilingual]
    terms: Mapping[int, Bilingual]
    channels: Mapping[str, Bilingual]
    clients: Mapping[int, Bilingual]

    @classmethod
    def known(cls) -> "Names":
        """All names that the set-up holds."""
        return cls(
            organisation.staff_names(),
            taxonomy.names(),
            taxonomy.names_of(List.CHANNEL),
            clients.names(),
        )

    def of(self, actor: str) -> str:
        """What an actor's code is called: a colleague's name, the complainant, Pasokh itself."""
        kind, _colon, number = actor.partition(":")
        if kind == Kind.STAFF:
            return str(self.staff.get(int(number), number))
        if kind == Kind.CLIENT:
            name = self.clients.get(int(number), number)
            return _("the program %(name)s") % {"name": isolate(str(name))}
        return _("the complainant") if kind == Kind.COMPLAINANT else _("Pasokh")


@dataclass(frozen=True)
class Happened:
    """One line of the story; `kind` is in, out, note or act."""

    number: int
    kind: str
    event: str
    version: int
    facts: Mapping[str, Any]
    texts: tuple[str, ...]
    erased: bool
    actor: str
    at: datetime
    recorded_at: datetime
    names: Names

    @property
    def title(self) -> str:
        """The sentence of the act, its codes in the reader's words."""
        said = {name: _said(name, fact, self) for name, fact in self.facts.items()}
        return events.sentence(self.event, self.version, said)

    @property
    def by(self) -> str:
        """Who did it."""
        return self.names.of(self.actor)

    @property
    def late(self) -> bool:
        """Whether it was written down on another day than it happened."""
        return (self.recorded_at - self.at).days >= 1


def timeline(case: Complaint, *, masked: bool) -> tuple[Happened, ...]:
    """The story of a file, oldest first; one statement."""
    return told(reading.entries(case.subject), masked=masked)


def told(entries: Sequence[Entry], *, masked: bool) -> tuple[Happened, ...]:
    """The lines of a story that entries tell; `masked` are numbers and addresses in them."""
    names = Names.known()
    return tuple(_happened(entry, names, masked) for entry in entries)


def _happened(entry: Entry, names: Names, masked: bool) -> Happened:
    private = entry.private
    if private and masked:
        private = contacts.without(entry.event, entry.facts, private)
    return Happened(
        number=entry.number,
        kind=_SHOWN.get(entry.event, "act"),
        event=entry.event,
        version=entry.version,
        facts=entry.facts,
        texts=(*_of_issues(entry), *_texts(private or {}, str(entry.facts.get("field", "")))),
        erased=bool(entry.seal) and private is None,
        actor=entry.actor,
        at=entry.happened_at,
        recorded_at=entry.recorded_at,
        names=names,
    )


def _texts(private: Mapping[str, Any], field: str) -> Iterator[str]:
    changed = "old" in private and "new" in private
    for name in _TEXTS:
        text = private.get(name)
        if isinstance(text, str) and text.strip() and not (changed and name in ("old", "new")):
            yield str(labels.why_returned(text)) if name == "why" else text
    if changed:
        yield from both(field, private["old"], private["new"])
    yield from several(private.get("changes", {}))


def _of_issues(entry: Entry) -> Iterator[str]:
    """What the complainant said of single issues."""
    if entry.event == "complaint.verdict_given":
        for said in entry.facts["issues"]:
            number = dates.numerals(said["issue"], get_language() or "en")
            answer = labels.VERDICTS[said["verdict"]]
            yield _("Issue %(number)s: %(answer)s") % {"number": number, "answer": answer}


#: How a code in a sentence is said, by the name of its fact.
_WORDS: Mapping[str, Mapping[Any, Any]] = {
    "way": {**labels.SENT_BY, **labels.WAYS, **labels.REACHED},
    "outcome": {**labels.RULINGS, **labels.OUTCOMES},
    "verdict": labels.VERDICTS,
    "term": labels.CLOSINGS,
    "clock": CLOCKS,
    "category": HOLDS,
    "field": labels.FIELDS,
    "why": {**labels.DECLINES, **labels.REOPENINGS},
}


def _said(name: str, fact: Any, line: Happened) -> Any:
    if name == "staff":
        return line.names.staff.get(fact, fact)
    if name == "cause":
        return line.names.terms.get(fact, fact)
    if name == "channel":
        return line.names.channels.get(fact, fact)
    if name == "unit" and fact in UNITS:
        return ""
    if name == "amount" and line.facts.get("unit") in UNITS:
        count = dates.numerals(fact, get_language() or "en")
        return UNITS[line.facts["unit"]] % {"amount": fact, "count": count}
    if isinstance(fact, int) and not isinstance(fact, bool):
        return dates.numerals(fact, get_language() or "en")
    if name == "kind":
        return labels.LETTERS.get(fact) or labels.NOT_COMPLAINTS.get(fact, fact)
    return _WORDS.get(name, {}).get(fact, fact) if isinstance(fact, str) else fact
