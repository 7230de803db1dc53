"""What the owner of the tables can do, and that each of it is named."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st
from tests.kernel.ledger.conftest import NOON, Tamper, Tell

from pasokh.kernel.ledger import findings, keys, log, note, receipt, sequencer, tree, verify, writer
from pasokh.kernel.ledger.models import Entry

#: A place, its subject and its number: the first, one in the middle, the last of a chain, the last.
PLACES = [
    (0, "complaint:P-1", 1),
    (2, "complaint:P-1", 2),
    (3, "complaint:P-2", 2),
    (6, "complaint:P-1", 5),
]


def found(against: Path | None = None) -> set[tuple[str, str, str]]:
    """The findings as (code, what, facts in words)."""
    return {
        (one.code, one.what, " ".join(f"{key}={one.facts[key]}" for key in sorted(one.facts)))
        for one in verify.whole_log(against)
    }


def test_a_whole_log_has_no_findings(history: list[Entry], tell: Tell) -> None:
    tell("unit:9", private={"text": "still pending"})

    assert verify.whole_log() == []


def test_an_empty_log_is_whole(db: None) -> None:
    assert verify.whole_log() == []


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


def test_an_entry_altered_with_its_leaf_is_named_by_chain_tree_and_checkpoint(
    history: list[Entry], tamper: Tamper
) -> None:
    told = history[2]
    canonical = told.canonical.replace(b'"clock:test"', b'"clock:else"')
    leaf = log.leaf_hash(canonical)
    tamper(
        "UPDATE ledger_entry SET canonical = %s, hash = %s, actor = 'clock:else' WHERE id = %s",
        canonical,
        leaf,
        told.pk,
    )
    tamper("UPDATE ledger_node SET hash = %s WHERE level = 0 AND index = 2", leaf)

    assert found() == {
        ("altered", "link", "number=3 subject=complaint:P-1"),
        ("altered", "node", "index=1 level=1"),
        ("altered", "log", "before=0 size=5"),
    }


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


@pytest.mark.parametrize(("place", "subject", "number"), PLACES)
def test_a_removed_entry_is_named(
    history: list[Entry], tamper: Tamper, place: int, subject: str, number: int
) -> None:
    gone = history[place]
    tamper("DELETE FROM ledger_entry WHERE id = %s", gone.pk)
    chain = {("removed", "entry", f"start={number} stop={number} subject={subject}")}
    last_of_chain = place in (3, 6)

    assert found() == {("removed", "place", f"index={place}")} | (set() if last_of_chain else chain)


@pytest.mark.parametrize("place", [0, 3, 6])
def test_an_entry_removed_with_its_place_and_leaf_is_named(
    history: list[Entry], tamper: Tamper, place: int
) -> None:
    tamper("DELETE FROM ledger_entry WHERE id = %s", history[place].pk)
    tamper("DELETE FROM ledger_sequenced WHERE index = %s", place)
    tamper("DELETE FROM ledger_node WHERE level = 0 AND index = %s", place)
    names = {(code, what) for code, what, _ in found()}

    assert names <= {("removed", "place"), ("removed", "entry"), ("removed", "end")}
    assert names & {("removed", "place"), ("removed", "end")}


def test_a_removed_end_is_named_by_the_last_checkpoint(
    history: list[Entry], tamper: Tamper
) -> None:
    for sql in (
        "DELETE FROM ledger_entry WHERE id = ANY (%s)",
        "DELETE FROM ledger_sequenced WHERE entry_id = ANY (%s)",
    ):
        tamper(sql, [history[5].pk, history[6].pk])
    tamper("DELETE FROM ledger_node WHERE (index + 1) << level > 5")

    assert found() == {("removed", "end", "size=7 start=5")}


def test_a_removed_pending_entry_is_named(history: list[Entry], tell: Tell, tamper: Tamper) -> None:
    gone = tell("unit:9")
    tamper("DELETE FROM ledger_entry WHERE id = %s", gone.pk)

    assert found() == {("removed", "pending", f"entry={gone.pk}")}


def test_places_exchanged_are_named(history: list[Entry], tamper: Tamper) -> None:
    first, second = history[1], history[4]
    tamper("UPDATE ledger_sequenced SET entry_id = -1 WHERE index = 1")
    tamper("UPDATE ledger_sequenced SET entry_id = %s WHERE index = 4", first.pk)
    tamper("UPDATE ledger_sequenced SET entry_id = %s WHERE index = 1", second.pk)

    assert found() == {
        ("reordered", "place", f"entry={second.pk} index=1"),
        ("reordered", "place", f"entry={first.pk} index=4"),
    }


def test_entries_exchanged_in_their_rows_are_named(history: list[Entry], tamper: Tamper) -> None:
    first, second = history[0], history[2]
    for one, other in ((first, second), (second, first)):
        tamper("UPDATE ledger_entry SET canonical = %s WHERE id = %s", one.canonical, other.pk)

    assert found() == {
        ("reordered", "entry", f"number=1 other={second.pk} subject=complaint:P-1"),
        ("reordered", "entry", f"number=2 other={first.pk} subject=complaint:P-1"),
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
    values = writer._columns(entry)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO ledger_entry VALUES ({', '.join(['%s'] * len(values))})",  # noqa: S608
            values,
        )
    return entry


def test_an_added_entry_is_named(history: list[Entry]) -> None:
    forge("complaint:P-1", 6, history[6])

    assert found() == {("added", "entry", "number=6 subject=complaint:P-1")}


def test_an_entry_added_with_a_place_is_named(history: list[Entry], tamper: Tamper) -> None:
    forge("complaint:P-1", 6, history[6])
    tamper("INSERT INTO ledger_sequenced VALUES (7, 9999)")

    assert found() == {("added", "end", "start=7 stop=7")}


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


@pytest.mark.parametrize(("level", "index"), [(0, 0), (0, 3), (0, 6), (1, 0), (1, 2), (2, 0)])
def test_an_altered_or_removed_node_is_named(
    history: list[Entry], tamper: Tamper, level: int, index: int
) -> None:
    name = {("altered", "node", f"index={index} level={level}")}
    where = "WHERE level = %s AND index = %s"
    tamper(f"UPDATE ledger_node SET hash = 'x' {where}", level, index)  # noqa: S608
    altered = found()
    tamper(f"DELETE FROM ledger_node {where}", level, index)  # noqa: S608

    assert (altered, found()) == (name, name)


def test_an_added_node_is_named(history: list[Entry], tamper: Tamper) -> None:
    tamper("INSERT INTO ledger_node VALUES (3, 0, 'x')")

    assert found() == {("added", "node", "index=0 level=3")}


@pytest.mark.parametrize(
    "change",
    [
        "root = 'x'",
        "note = 'nonsense'",
        "note = replace(note, E'\\n5\\n', E'\\n4\\n')",
        "note = (SELECT note FROM ledger_checkpoint WHERE size = 7)",
    ],
)
def test_an_altered_checkpoint_is_named(history: list[Entry], tamper: Tamper, change: str) -> None:
    tamper(f"UPDATE ledger_checkpoint SET {change} WHERE size = 5")  # noqa: S608

    assert found() == {("altered", "checkpoint", "size=5")}


def test_a_checkpoint_signed_for_another_tree_is_named(
    history: list[Entry], tamper: Tamper
) -> None:
    signer = keys.signer()
    head = note.Head(signer.name, 5, log.leaf_hash(b"x"))
    tamper(
        "UPDATE ledger_checkpoint SET root = %s, note = %s WHERE size = 5",
        head.root,
        signer.sign(head.text),
    )

    assert found() == {("altered", "log", "before=7 size=5")}


def test_the_removal_of_the_last_checkpoint_is_named(history: list[Entry], tamper: Tamper) -> None:
    tamper("DELETE FROM ledger_checkpoint WHERE size = 7")

    assert found() == {("added", "end", "start=5 stop=6")}


def test_a_lost_key_is_said_once(history: list[Entry], settings: Any) -> None:
    settings.LEDGER_KEY = settings.LEDGER_KEY.with_name("other.key")

    assert [(one.code, one.what) for one in verify.whole_log()] == [("foreign", "log")]


def test_every_finding_has_its_sentence_in_words() -> None:
    names = {
        *("subject", "number", "columns", "entry", "index", "level", "size", "before"),
        *("start", "stop", "other", "file", "fingerprint"),
    }
    facts = dict.fromkeys(sorted(names), "7")
    for code, what in findings.SENTENCES:
        sentence = findings.finding(code, what, **facts).sentence
        assert "%" not in sentence
        assert sentence.endswith((".", ")", "checked."))


@pytest.fixture
def checkpoint(history: list[Entry], tmp_path: Path) -> Path:
    last = tree.latest()
    assert last
    path = tmp_path / "checkpoint.txt"
    path.write_text(last.note, "utf-8")
    return path


def rewrite(tell: Tell, tamper: Tamper, entries: int) -> None:
    """Do what only the organisation itself can: make another log and sign it with its key."""
    for table in ("entry", "sealed", "pending", "sequenced", "node", "checkpoint"):
        tamper(f"DELETE FROM ledger_{table}")  # noqa: S608
    for number in range(entries):
        tell("complaint:P-1", 100 + number)
    sequencer.run_once(NOON)


def test_a_log_that_grew_fits_an_outside_checkpoint(checkpoint: Path, tell: Tell) -> None:
    assert found(checkpoint) == set()
    tell()
    sequencer.run_once(NOON)
    assert found(checkpoint) == set()


@pytest.mark.parametrize("entries", [7, 8, 20])
def test_a_rewritten_log_is_whole_in_itself_and_named_by_an_outside_checkpoint(
    checkpoint: Path, tell: Tell, tamper: Tamper, entries: int
) -> None:
    rewrite(tell, tamper, entries)

    assert found() == set()
    assert found(checkpoint) == {("rewritten", "log", "before=7")}


def test_a_log_cut_short_is_whole_in_itself_and_named_by_an_outside_checkpoint(
    checkpoint: Path, tell: Tell, tamper: Tamper
) -> None:
    rewrite(tell, tamper, 6)

    assert found() == set()
    assert found(checkpoint) == {("shorter", "log", "before=7 size=6")}


def test_the_checkpoint_of_another_log_says_nothing_about_this_one(
    checkpoint: Path, settings: Any
) -> None:
    settings.LEDGER_ORIGIN = settings.LEDGER_ORIGIN.with_name("other.origin")
    settings.LEDGER_KEY = settings.LEDGER_KEY.with_name("other.key")
    signer = keys.signer()
    last = tree.latest()
    assert last
    checkpoint.write_text(signer.sign(note.Head(signer.name, 7, bytes(last.root)).text), "utf-8")
    settings.LEDGER_ORIGIN = settings.LEDGER_ORIGIN.with_name("ledger.origin")
    settings.LEDGER_KEY = settings.LEDGER_KEY.with_name("ledger.key")

    assert found(checkpoint) == {("foreign", "file", "file=checkpoint.txt")}


@pytest.mark.parametrize(
    "text", ["", "nonsense", "{", "{}", "[1]", '{"entry": 3}', "o\n1\nYQ==\n\n— o YQ==\n", "\0"]
)
def test_what_is_no_checkpoint_is_said_to_be_none(
    history: list[Entry], tmp_path: Path, text: str
) -> None:
    path = tmp_path / "x"
    path.write_text(text)

    assert found(path) == {("unreadable", "file", "file=x")}
    assert found(tmp_path / "absent") == {("unreadable", "file", "file=absent")}


@pytest.mark.parametrize("sequenced", [False, True])
def test_a_receipt_names_a_rewrite_too(
    history: list[Entry], tell: Tell, tamper: Tamper, tmp_path: Path, sequenced: bool
) -> None:
    kept = tell("unit:9")
    if sequenced:
        sequencer.run_once(NOON)
    path = tmp_path / "receipt.json"
    path.write_text(receipt.issue(kept), "utf-8")
    before = found(path)
    rewrite(tell, tamper, 20)
    gone = found(path)
    tell("unit:9", 5)
    sequencer.run_once(NOON)

    rewritten = {("rewritten", "log", "before=8")} if sequenced else set()
    assert before == set()
    assert gone == {("removed", "receipt", "number=1 subject=unit:9")} | rewritten
    assert found(path) == {("altered", "receipt", "number=1 subject=unit:9")} | rewritten


def test_a_receipt_that_was_itself_altered_accuses_nobody(
    history: list[Entry], tmp_path: Path
) -> None:
    path = tmp_path / "receipt.json"
    issued = json.loads(receipt.issue(history[0]))
    issued["entry"] = issued["entry"].replace("clock:test", "clock:else")
    path.write_text(json.dumps(issued), "utf-8")

    assert found(path) == {("unreadable", "file", "file=receipt.json")}


def test_sentences_are_in_the_readers_language(history: list[Entry], tamper: Tamper) -> None:
    tamper("DELETE FROM ledger_entry WHERE id = %s", history[6].pk)
    (finding,) = verify.whole_log()
    with override("en"):
        assert str(finding) == "Removed: the entry at place 6 of the log."
