"""The whole log, alone and against what an outsider holds."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.kernel.ledger.conftest import NOON, Tamper, Tell, found

from pasokh.kernel.ledger import keys, note, receipt, sequencer, tree, verify
from pasokh.kernel.ledger.models import Entry


def test_a_whole_log_has_no_findings(history: list[Entry], tell: Tell) -> None:
    tell("unit:9", private={"text": "still pending"})

    assert verify.whole_log() == []


def test_an_empty_log_is_whole(db: None) -> None:
    assert verify.whole_log() == []


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
@pytest.mark.clause("10002:4.9")
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
