"""What the owner of the tables can do to order, tree and checkpoints: each of it is named."""

from typing import Any

import pytest
from tests.kernel.ledger.conftest import PLACES, Tamper, Tell, forge, found

from pasokh.kernel.ledger import keys, log, note, verify
from pasokh.kernel.ledger.models import Entry


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


def test_an_entry_added_with_a_place_is_named(history: list[Entry], tamper: Tamper) -> None:
    forge("complaint:P-1", 6, history[6])
    tamper("INSERT INTO ledger_sequenced VALUES (7, 9999)")

    assert found() == {("added", "end", "start=7 stop=7")}


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
