"""What the owner of the tables can do to entries, and that each of it is named."""

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st
from tests.kernel.ledger.conftest import PLACES, Tamper, forge, found

from pasokh.kernel.ledger import log, verify
from pasokh.kernel.ledger.models import Entry


@how(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(place=st.integers(0, 6), byte=st.integers(0, 10_000), change=st.integers(1, 255))
def test_no_byte_of_an_entry_can_be_altered(
    history: list[Entry], tamper: Tamper, place: int, byte: int, change: int
) -> None:
    entry = history[place]
    canonical = bytearray(entry.canonical)
    canonical[byte % len(canonical)] ^= change
    tamper("UPDATE ledger_entry SET canonical = %s WHERE id = %s", bytes(canonical), entry.pk)
    names = [(one.code, one.facts.get("number")) for one in verify.whole_log()]
    tamper("UPDATE ledger_entry SET canonical = %s WHERE id = %s", entry.canonical, entry.pk)

    assert ("altered", entry.number) in names or ("reordered", entry.number) in names


@pytest.mark.parametrize(("place", "subject", "number"), PLACES)
def test_an_altered_entry_is_named(
    history: list[Entry], tamper: Tamper, place: int, subject: str, number: int
) -> None:
    told = history[place]
    tamper(
        "UPDATE ledger_entry SET canonical = %s WHERE id = %s",
        told.canonical.replace(b'"clock:test"', b'"clock:else"'),
        told.pk,
    )

    assert found() == {("altered", "entry", f"number={number} subject={subject}")}


@pytest.mark.parametrize(("place", "subject", "number"), PLACES)
def test_an_entry_altered_with_its_hash_and_columns_is_named(
    history: list[Entry], tamper: Tamper, place: int, subject: str, number: int
) -> None:
    told = history[place]
    canonical = told.canonical.replace(b'"clock:test"', b'"clock:else"')
    tamper(
        "UPDATE ledger_entry SET canonical = %s, hash = %s, actor = 'clock:else' WHERE id = %s",
        canonical,
        log.leaf_hash(canonical),
        told.pk,
    )

    assert found() == {("altered", "place", f"entry={told.pk} index={place}")}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("event", "test.other"),
        ("version", 2),
        ("actor", "staff:1"),
        ("happened_at", "2020-01-01T00:00:00Z"),
        ("recorded_at", "2020-01-01T00:00:00Z"),
    ],
)
def test_an_altered_column_is_named(
    history: list[Entry], tamper: Tamper, column: str, value: object
) -> None:
    tamper(f"UPDATE ledger_entry SET {column} = %s WHERE id = %s", value, history[2].pk)  # noqa: S608

    assert found() == {
        ("altered", "columns", f"columns={column} number=2 subject=complaint:P-1"),
    }


def test_entries_exchanged_in_their_rows_are_named(history: list[Entry], tamper: Tamper) -> None:
    first, second = history[0], history[2]
    for one, other in ((first, second), (second, first)):
        tamper("UPDATE ledger_entry SET canonical = %s WHERE id = %s", one.canonical, other.pk)

    assert found() == {
        ("reordered", "entry", f"number=1 other={second.pk} subject=complaint:P-1"),
        ("reordered", "entry", f"number=2 other={first.pk} subject=complaint:P-1"),
    }


def test_an_added_entry_is_named(history: list[Entry]) -> None:
    forge("complaint:P-1", 6, history[6])

    assert found() == {("added", "entry", "number=6 subject=complaint:P-1")}


def test_an_entry_that_does_not_follow_is_named(history: list[Entry]) -> None:
    forge("complaint:P-1", 6, history[0])

    assert found() == {
        ("added", "entry", "number=6 subject=complaint:P-1"),
        ("altered", "link", "number=6 subject=complaint:P-1"),
    }


def test_an_entry_waiting_twice_is_named(history: list[Entry], tamper: Tamper) -> None:
    tamper("INSERT INTO ledger_pending VALUES (%s)", history[0].pk)

    assert found() == {("added", "pending", "number=1 subject=complaint:P-1")}


@pytest.mark.parametrize("column", ["salt", "json"])
def test_altered_sealed_texts_are_named(history: list[Entry], tamper: Tamper, column: str) -> None:
    sql = f"UPDATE ledger_sealed SET {column} = '{{}}' WHERE entry_id = %s"  # noqa: S608
    tamper(sql, history[0].pk)

    assert found() == {("altered", "sealed", "number=1 subject=complaint:P-1")}


def test_added_sealed_texts_are_named(history: list[Entry], tamper: Tamper) -> None:
    tamper("INSERT INTO ledger_sealed VALUES (%s, 'salt', '{}')", history[6].pk)

    assert found() == {("added", "sealed", "number=5 subject=complaint:P-1")}
