"""Eight writers, two sequencers and two copies of a follower, all at once."""

import json
import threading
from collections.abc import Callable
from typing import Any

from django.db import connection, transaction
from tests.kernel.ledger.conftest import Happened

from pasokh.kernel import clock
from pasokh.kernel.actors import Actor, Kind
from pasokh.kernel.ledger import follow, sequencer, verify, writer
from pasokh.kernel.ledger.follow import Follower
from pasokh.kernel.ledger.models import Cursor, Entry, Pending, Sequenced

WRITERS, EACH, SUBJECTS = 8, 40, 5


def effect(entry: Entry) -> None:
    """Leave a row; a second one for the same entry would be refused."""
    Cursor.objects.create(name=f"effect of {entry.pk}")


FOLLOWER = Follower("effects", {"test.happened": effect})


def write(number: int) -> None:
    by = Actor(Kind.STAFF, str(number))
    for count in range(EACH):
        subject = f"complaint:P-{(number + count) % SUBJECTS}"
        with transaction.atomic():
            writer.record(Happened(count=count), subject=subject, by=by, at=clock.now())
            if count % 7 == 3:
                transaction.set_rollback(True)


def test_no_gap_no_double_no_broken_link(cloned_database: Any) -> None:
    written, failures = threading.Event(), []

    def until_done(step: Callable[[], int]) -> None:
        while step() or not written.is_set():
            pass

    def started(work: Callable[..., None], *given: Any) -> threading.Thread:
        def guarded() -> None:
            try:
                work(*given)
            except BaseException as error:
                failures.append(error)
                raise
            finally:
                connection.close()

        thread = threading.Thread(target=guarded)
        thread.start()
        return thread

    writers = [started(write, number) for number in range(WRITERS)]
    others = [started(until_done, lambda: sequencer.run_once(clock.now())) for _ in range(2)]
    others += [started(until_done, lambda: follow.run_once([FOLLOWER], clock.now())) for _ in "ab"]
    for thread in writers:
        thread.join()
    written.set()
    for thread in others:
        thread.join()
    follow.run_once([FOLLOWER], clock.now())

    assert failures == []
    check()


def check() -> None:
    kept = WRITERS * sum(count % 7 != 3 for count in range(EACH))
    entries = list(Entry.objects.order_by("subject", "number"))
    places = list(Sequenced.objects.order_by("index").values_list("index", "entry_id"))

    assert verify.whole_log() == []
    assert Pending.objects.count() == 0
    assert [index for index, _ in places] == list(range(kept))
    assert {entry for _, entry in places} == {entry.pk for entry in entries}
    for number in range(SUBJECTS):
        chain = [entry for entry in entries if entry.subject == f"complaint:P-{number}"]
        links = [json.loads(bytes(entry.canonical)).get("previous") for entry in chain]
        assert [entry.number for entry in chain] == list(range(1, len(chain) + 1))
        assert links == [None, *(bytes(entry.hash).hex() for entry in chain[:-1])]
    effects = set(Cursor.objects.exclude(name="effects").values_list("name", flat=True))
    assert effects == {f"effect of {entry.pk}" for entry in entries}
    (state,) = follow.states([FOLLOWER])
    assert (state.behind, state.failures) == (0, 0)
