import threading
from typing import Any

import pytest
from django.db import connection, transaction
from tests.kernel.ledger.conftest import NOON, Happened, Tell

from pasokh.kernel.actors import clock
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger import keys, log, note, sequencer, tree, verify, writer
from pasokh.kernel.ledger.models import Checkpoint, Entry, Node, Pending, Sequenced


def order() -> list[tuple[int, int]]:
    return list(Sequenced.objects.order_by("index").values_list("index", "entry_id"))


@pytest.mark.django_db
def test_entries_get_places_without_a_gap_and_wait_no_longer(tell: Tell) -> None:
    told = [tell(), tell("unit:1"), tell()]

    assert sequencer.run_once(NOON) == 3
    assert sequencer.run_once(NOON) == 0
    assert order() == list(enumerate(entry.pk for entry in told))
    assert Pending.objects.count() == 0
    assert Checkpoint.objects.count() == 1


@pytest.mark.django_db
def test_the_checkpoint_signs_the_root_of_all_entries(history: list[Entry]) -> None:
    nodes = log.grow(0, {}, [bytes(entry.hash) for entry in history])
    head = note.Head(keys.origin(), 7, log.root(7, nodes))
    last = tree.latest()

    assert last
    assert note.head(keys.signer().key.verify(last.note)) == head
    assert tree.nodes(nodes) == nodes
    assert Node.objects.count() == len(nodes)


@pytest.mark.django_db
def test_a_batch_is_bounded(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencer, "BATCH", 2)
    told = [tell(count=number) for number in range(5)]

    assert [sequencer.run_once(NOON) for _ in range(4)] == [2, 2, 1, 0]
    assert order() == list(enumerate(entry.pk for entry in told))
    assert verify.whole_log() == []


@pytest.mark.django_db
def test_another_key_does_not_go_on_with_the_log(history: list[Entry], settings: Any) -> None:
    settings.LEDGER_KEY = settings.LEDGER_KEY.with_name("other.key")
    with transaction.atomic():
        writer.record(Happened(count=1), subject="unit:1", by=clock("x"), at=NOON)

    with pytest.raises(Refused, match="ledger-key-changed"):
        sequencer.run_once(NOON)
    assert Pending.objects.count() == 1


def test_an_entry_that_commits_late_is_not_lost(cloned_database: Any, tell: Tell) -> None:
    """The early one takes its id first and is still open while the later one is sequenced."""
    begun, go_on = threading.Event(), threading.Event()

    def early() -> None:
        with transaction.atomic():
            writer.record(Happened(count=1), subject="unit:1", by=clock("x"), at=NOON)
            begun.set()
            go_on.wait(30)
        connection.close()

    thread = threading.Thread(target=early)
    thread.start()
    assert begun.wait(30)
    late = tell("unit:2")
    sequenced_first = sequencer.run_once(NOON)
    go_on.set()
    thread.join()

    assert sequenced_first == 1
    assert sequencer.run_once(NOON) == 1
    (_, first), (_, second) = order()
    assert first == late.pk
    assert second < first
    assert verify.whole_log() == []


def test_two_sequencers_take_turns(cloned_database: Any, tell: Tell) -> None:
    for number in range(40):
        tell(f"unit:{number}")

    def work() -> None:
        while sequencer.run_once(NOON):
            pass
        connection.close()

    batch, sequencer.BATCH = sequencer.BATCH, 3
    try:
        threads = [threading.Thread(target=work) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sequencer.BATCH = batch

    assert [index for index, _ in order()] == list(range(40))
    assert verify.whole_log() == []


def test_recording_outside_a_transaction_is_refused(cloned_database: Any) -> None:
    with pytest.raises(RuntimeError, match="one transaction"):
        writer.record(Happened(count=1), subject="unit:1", by=clock("x"), at=NOON)
