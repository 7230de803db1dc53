"""The ledger of copied cases: every entry hashed, sealed, sequenced and signed by the real code."""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg
from tests.bench.moulds import PERSON, Mould

from pasokh.kernel.ledger import keys, log, note
from pasokh.kernel.ledger.sequencer import BATCH
from pasokh.kernel.ledger.writer import SALT

#: Facts that are ids of rows which are copied too.
_FACTS = {"letter": "casework_letter", "contact_point": "directory_contactpoint"}
_KEPT = ("actor", "event", "facts", "happened_at", "recorded_at", "version")

_ENTRIES = """
SELECT convert_from(canonical, 'UTF8'), convert_from(json, 'UTF8') FROM ledger_entry AS entry
LEFT JOIN ledger_sealed ON entry_id = entry.id
WHERE subject = ANY(%s) ORDER BY entry.id
"""

#: The ledger's tables in the order in which they are filled.
TABLES: Mapping[str, tuple[str, ...]] = {
    "ledger_entry": (
        *("id", "subject", "number", "event", "version", "actor"),
        *("happened_at", "recorded_at", "seal", "hash", "canonical"),
    ),
    "ledger_sealed": ("entry_id", "salt", "json"),
    "ledger_sequenced": ("index", "entry_id"),
    "ledger_node": ("level", "index", "hash"),
    "ledger_checkpoint": ("size", "root", "note", "made_at"),
}


@dataclass(frozen=True)
class Line:
    """One entry of a case with holes: on whom, what it says, its ids, what is sealed beside it."""

    subject: str
    said: str
    ids: Mapping[str, str]
    private: str | None


def lines(server: psycopg.Connection[Any], mould: Mould) -> list[Line]:
    """The entries on a case and its persons, in the order in which they were written."""
    subjects = {f"complaint:{mould.pattern.ref}": "complaint:%(ref)s"}
    for old in mould.ids[PERSON]:
        subjects[f"person:{old}"] = f"person:{mould.holes.id(PERSON, old)}"
    found = server.execute(_ENTRIES, [list(subjects)]).fetchall()
    return [_line(json.loads(said), private, subjects, mould) for said, private in found]


def _line(
    entry: Mapping[str, Any], private: str | None, subjects: Mapping[str, str], mould: Mould
) -> Line:
    facts = {name: entry["facts"].get(name) for name in _FACTS}
    return Line(
        subject=subjects[entry["subject"]],
        said=mould.holes.cut(_json({name: entry[name] for name in _KEPT})),
        ids={name: mould.holes.id(_FACTS[name], old)[2:-2] for name, old in facts.items() if old},
        private=mould.holes.cut(private) if private else None,
    )


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


@dataclass
class Logbook:
    """Goes on writing a log where it ends, and gives the rows of its tables as COPY reads them."""

    size: int
    edge: dict[log.Place, bytes]
    entry: int
    made_at: datetime
    signer: note.Signer = field(default_factory=keys.signer)
    rows: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in TABLES})
    waiting: list[tuple[int, bytes]] = field(default_factory=list)

    @classmethod
    def of(cls, server: psycopg.Connection[Any], at: datetime) -> "Logbook":
        """The log of a database as it stands; nothing in it waits for its place."""
        nodes = server.execute("SELECT level, index, hash FROM ledger_node").fetchall()
        size = sum(level == 0 for level, _, _ in nodes)
        last = server.execute("SELECT max(id) FROM ledger_entry").fetchone()
        edge = {(level, index): digest for level, index, digest in nodes}
        return cls(size, edge, last[0] if last else 0, at)

    def write(self, case: Sequence[Line], values: Mapping[str, Any]) -> None:
        """Write the entries of one case, each chained to the one before on its subject."""
        chains: dict[str, tuple[int, bytes]] = {}
        for line in case:
            subject = line.subject % values
            number, previous = chains.get(subject, (0, b""))
            chains[subject] = number + 1, self._entry(line, subject, number + 1, previous, values)
        if len(self.waiting) >= BATCH:
            self.sequence()

    def _entry(
        self, line: Line, subject: str, number: int, previous: bytes, values: Mapping[str, Any]
    ) -> bytes:
        self.entry += 1
        entry = json.loads(line.said % values)
        entry["facts"] |= {name: values[hole] for name, hole in line.ids.items()}
        seal = self._seal(line.private % values) if line.private else None
        entry |= {
            "id": self.entry,
            "number": number,
            "previous": previous.hex() or None,
            "seal": seal,
            "subject": subject,
        }
        canonical = log.canonical(entry)
        found = log.leaf_hash(canonical)
        columns = (
            *(self.entry, subject, number, entry["event"], entry["version"], entry["actor"]),
            *(entry["happened_at"], entry["recorded_at"]),
            *(rf"\\x{seal}" if seal else r"\N", _bytes(found), _bytes(canonical)),
        )
        self._row("ledger_entry", columns)
        self.waiting.append((self.entry, found))
        return found

    def _seal(self, private: str) -> str:
        salt, texts = secrets.token_bytes(SALT), private.encode()
        self._row("ledger_sealed", (self.entry, _bytes(salt), _bytes(texts)))
        return log.seal(salt, texts).hex()

    def sequence(self) -> None:
        """Give what waits its places, as the sequencer does, and sign the new head."""
        if not self.waiting:
            return
        new = log.grow(self.size, self.edge, [leaf for _, leaf in self.waiting])
        for place, (entry, _) in enumerate(self.waiting, self.size):
            self._row("ledger_sequenced", (place, entry))
        for (level, index), digest in new.items():
            self._row("ledger_node", (level, index, _bytes(digest)))
        self.size += len(self.waiting)
        nodes = self.edge | new
        head = note.Head(self.signer.name, self.size, log.root(self.size, nodes))
        signed = self.signer.sign(head.text).replace("\n", r"\n")
        self._row("ledger_checkpoint", (self.size, _bytes(head.root), signed, self.made_at))
        self.edge = {place: nodes[place] for place in log.cover(0, self.size)}
        self.waiting = []

    def taken(self) -> dict[str, list[str]]:
        """The rows since the last time, by table."""
        rows, self.rows = self.rows, {name: [] for name in TABLES}
        return rows

    def _row(self, table: str, columns: Sequence[object]) -> None:
        self.rows[table].append("\t".join(map(str, columns)) + "\n")


def _bytes(data: bytes) -> str:
    return rf"\\x{data.hex()}"
