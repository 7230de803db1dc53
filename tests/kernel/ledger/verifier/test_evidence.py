"""Receipts of both ages, alone and beside a bundle."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.kernel.ledger.conftest import NOON, Tell
from tests.kernel.ledger.verifier.conftest import SUBJECT, WHOLE, alone, findings, run

from pasokh.kernel.ledger import erase, keys, note, receipt
from pasokh.kernel.ledger.models import Entry


def test_a_young_receipt_is_checked_as_a_promise(young: Path, tmp_path: Path) -> None:
    code, lines = run(alone(tmp_path), "--key", keys.fingerprint(), young)

    assert code == 0
    assert lines[0].startswith(
        "Whole: receipt-young.json is a promise, made at 2026-03-20T12:00:00.000000Z,"
        f" to hold entry 6 of {SUBJECT}."
    )


def test_an_old_receipt_proves_the_filing(old: Path, tmp_path: Path) -> None:
    assert run(alone(tmp_path), old, "--key", keys.fingerprint()) == (
        0,
        [
            f"Whole: receipt-old.json proves entry 2 of {SUBJECT} at"
            " 2026-03-20T12:00:00.000000Z, at place 2 of the log.",
            "Signed by the key you gave.",
        ],
    )


def test_a_receipt_whose_texts_were_erased_says_so(history: list[Entry], tmp_path: Path) -> None:
    erase.erase([history[2].pk])
    path = tmp_path / "r.json"
    path.write_text(receipt.issue(history[2]), "utf-8")
    code, lines = run(alone(tmp_path), path)

    assert code == 0
    assert lines[1] == "The sealed texts of r.json are not here: erased or left out."


def test_receipt_and_bundle_are_checked_together(folder: Path, old: Path, young: Path) -> None:
    shutil.copy(old, folder / "receipt.json")
    code, lines = run(folder, folder / "receipt.json")

    assert (code, lines[0]) == (0, WHOLE)
    assert len(lines) == 3


def test_a_receipt_newer_than_the_bundle_accuses_nobody(
    folder: Path, tell: Tell, tmp_path: Path
) -> None:
    later = tell(at=NOON.replace(hour=13))
    path = tmp_path / "r.json"
    path.write_text(receipt.issue(later), "utf-8")
    code, lines = run(folder, path)

    assert code == 0
    assert "r.json is newer than the bundle; the two were not compared." in lines


def test_a_receipt_of_another_key_is_named(folder: Path, old: Path, settings: Any) -> None:
    liar = note.Signer(keys.origin(), Ed25519PrivateKey.generate())
    made = json.loads(old.read_text("utf-8"))
    made |= {"key": liar.key.text, "fingerprint": liar.key.fingerprint}
    made["promise"] = liar.sign(note.split(made["promise"])[0])
    made["checkpoint"] = liar.sign(note.split(made["checkpoint"])[0])
    old.write_text(json.dumps(made), "utf-8")

    assert findings(folder, old) == [
        f"Another log: {old.name} was signed by the key {liar.key.fingerprint}."
    ]


def change(key: str, value: Any) -> Callable[[dict[str, Any]], Any]:
    return lambda made: made.__setitem__(key, value)


@pytest.mark.parametrize(
    ("alter", "said"),
    [
        (lambda made: made["sealed"].update(json='{"text":"x"}'), "Altered: {}."),
        (lambda made: made["sealed"].update(salt="00"), "Altered: {}."),
        (
            lambda made: made.update(entry=made["entry"].replace("clock", "staff")),
            "Altered: {}.|Altered: {} does not fit its signature.",
        ),
        (
            lambda made: made.update(promise=made["promise"].replace("12:00", "11:00")),
            "Altered: {} does not fit its signature.",
        ),
        (
            lambda made: made["proof"]["hashes"].pop(),
            "Not in the log: {} is not proved by its checkpoint.",
        ),
        (
            lambda made: made["proof"].update(index=3),
            "Not in the log: {} is not proved by its checkpoint.",
        ),
        (
            lambda made: made.update(checkpoint=made["promise"]),
            "Not readable: {} has not the form or the size it should have.",
        ),
        (lambda made: made.pop("checkpoint"), "Not readable: {} has not the form"),
        (change("form", "x"), "Not readable: {} has not the form"),
        (change("fingerprint", "x"), "Not readable: {} has not the form"),
        (change("key", 7), "Not readable: {} has not the form"),
        (change("entry", ["x"]), "Not readable: {} has not the form"),
        (change("entry", "\ud800"), "Not readable: {} has not the form"),
        (change("sealed", "x"), "Not readable: {} has not the form"),
        (change("proof", []), "Not readable: {} has not the form"),
    ],
)
def test_an_altered_receipt_is_named(
    old: Path, tmp_path: Path, alter: Callable[[dict[str, Any]], Any], said: str
) -> None:
    made = json.loads(old.read_text("utf-8"))
    alter(made)
    old.write_text(json.dumps(made), "utf-8")
    (found,) = findings(alone(tmp_path), old)

    assert found.startswith(tuple(said.format(old.name, old.name) for said in said.split("|")))
