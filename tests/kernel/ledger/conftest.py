"""One event, one way of telling it, and the power of a table's owner to undo what was told."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from pasokh.kernel import events
from pasokh.kernel.actors import clock
from pasokh.kernel.ledger import log, sequencer, verify, writer
from pasokh.kernel.ledger.models import Entry

NOON = datetime(2026, 3, 20, 12, tzinfo=UTC)
TABLES = ("entry", "sealed", "pending", "sequenced", "node", "checkpoint")

#: A place, its subject and its number: the first, one in the middle, the last of a chain, the last.
PLACES = [
    (0, "complaint:P-1", 1),
    (2, "complaint:P-1", 2),
    (3, "complaint:P-2", 2),
    (6, "complaint:P-1", 5),
]


@events.event("test.happened", _("Happened %(count)s times, says %(who)s"))
class Happened:
    count: int
    who: str | None = None


# Declared for these tests alone: what walks every event of the product does not meet it.
del events._known["test.happened", 1]

Tell = Callable[..., Entry]
Tamper = Callable[..., None]


@pytest.fixture(autouse=True)
def own_event(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_known", {("test.happened", 1): Happened})


@pytest.fixture(autouse=True)
def own_key(settings: Any, tmp_path: Path) -> None:
    settings.LEDGER_KEY = tmp_path / "secrets" / "ledger.key"
    settings.LEDGER_ORIGIN = tmp_path / "secrets" / "ledger.origin"


@pytest.fixture
def tell() -> Tell:
    """Record one entry in a transaction of its own: `tell("unit:3", 7, private={…})`."""

    def record(subject: str = "complaint:P-1", count: int = 1, **given: Any) -> Entry:
        who = given.pop("who", None)
        at = given.pop("at", NOON)
        with transaction.atomic():
            told = Happened(count=count, who=who)
            return writer.record(told, subject=subject, by=clock("test"), at=at, **given)

    return record


@pytest.fixture
def history(db: None, tell: Tell) -> list[Entry]:
    """Seven entries of two subjects, sequenced in two batches."""
    subjects = ["complaint:P-1", "complaint:P-2"]
    told = [
        tell(subjects[number % 2], number, private={"text": f"متن {number}"}) for number in range(5)
    ]
    sequencer.run_once(NOON)
    told += [tell("complaint:P-1", 5), tell("complaint:P-1", 6)]
    sequencer.run_once(NOON)
    return told


@pytest.fixture
def tamper() -> Tamper:
    """Run SQL as the owner of the tables could: with their triggers switched off meanwhile."""

    def run(sql: str, *values: Any) -> None:
        with connection.cursor() as cursor:
            for table in TABLES:
                cursor.execute(f"ALTER TABLE ledger_{table} DISABLE TRIGGER USER")
            cursor.execute(sql, values)
            for table in TABLES:
                cursor.execute(f"ALTER TABLE ledger_{table} ENABLE TRIGGER USER")

    return run


def found(against: Path | None = None) -> set[tuple[str, str, str]]:
    """The findings as (code, what, facts in words)."""
    return {
        (one.code, one.what, " ".join(f"{key}={one.facts[key]}" for key in sorted(one.facts)))
        for one in verify.whole_log(against)
    }


def forge(subject: str, number: int, previous: Entry | None = None) -> Entry:
    """Make an entry as the writer would, and give it to nobody."""
    entry = Entry(
        pk=9999,
        subject=subject,
        number=number,
        event="test.happened",
        version=1,
        actor="staff:1",
        happened_at=NOON,
        recorded_at=NOON,
    )
    entry.canonical = writer.canonical(entry, {"count": 1}, previous.hash if previous else None)
    entry.hash = log.leaf_hash(entry.canonical)
    values = [getattr(entry, one.attname) for one in Entry._meta.concrete_fields]
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_entry VALUES ({', '.join(['%s'] * len(values))})",  # noqa: S608
            values,
        )
    return entry
