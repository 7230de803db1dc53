import json
from typing import Any

import pytest
from tests.kernel.ledger.conftest import NOON, Tell

from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger import erase, keys, log, note, receipt, sequencer
from pasokh.kernel.ledger.models import Entry

pytestmark = pytest.mark.django_db

TEXT = "می‌خواهم شکایت کنم\r\n\0\ud800"


def issued(entry: Entry) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(receipt.issue(entry))
    return found


def test_a_new_receipt_holds_entry_texts_and_a_signed_promise(tell: Tell) -> None:
    entry = tell(private={"text": TEXT})
    made = issued(entry)
    key = keys.signer().key

    assert set(made) == {"form", "key", "fingerprint", "promise", "entry", "sealed"}
    assert made["entry"].encode() == entry.canonical
    assert json.loads(made["sealed"]["json"]) == {"text": TEXT}
    assert (made["key"], made["fingerprint"]) == (key.text, key.fingerprint)
    assert key.verify(made["promise"]) == note.promise(key.name, entry.hash, NOON)


def test_the_same_receipt_is_given_again_until_the_entry_is_sequenced(tell: Tell) -> None:
    entry = tell(private={"text": TEXT})

    assert receipt.issue(entry) == receipt.issue(Entry.objects.get(pk=entry.pk))


def test_a_later_receipt_adds_proof_and_checkpoint(history: list[Entry], tell: Tell) -> None:
    entry = tell(private={"text": TEXT})
    before = issued(entry)
    sequencer.run_once(NOON)
    after = issued(entry)
    proof = after.pop("proof")
    checkpoint = note.head(keys.signer().key.verify(after.pop("checkpoint")))
    hashes = [bytes.fromhex(item) for item in proof["hashes"]]

    assert after == before
    assert (proof["index"], checkpoint.size) == (7, 8)
    assert log.included(bytes(entry.hash), 7, 8, hashes, checkpoint.root)


def test_an_old_entry_is_proved_by_the_newest_checkpoint(history: list[Entry]) -> None:
    made = issued(history[0])

    assert note.head(note.split(made["checkpoint"])[0]).size == 7


def test_erased_texts_are_left_out(history: list[Entry]) -> None:
    erase.erase([history[0].pk])

    assert "sealed" not in issued(history[0])


def test_a_machine_without_the_logs_key_promises_nothing(
    history: list[Entry], settings: Any
) -> None:
    settings.LEDGER_KEY = settings.LEDGER_KEY.with_name("other.key")

    with pytest.raises(Refused, match="ledger-key-changed"):
        receipt.issue(history[0])
