import threading
from collections.abc import Iterator

import pytest
from django.db import connection

from pasokh.config import health, worker
from pasokh.config.wiring import FOLLOWERS
from pasokh.kernel.ledger import follow

from .conftest import until


@pytest.fixture
def ledger() -> Iterator[worker.Ledger]:
    thread = worker.Ledger()
    yield thread
    thread.stop()
    assert not thread.is_alive()


@pytest.mark.django_db
def test_a_turn_gives_a_sign_of_life_and_has_nothing_to_do_on_an_empty_log() -> None:
    assert worker.turn() == 0

    with connection.cursor() as cursor:
        cursor.execute("SHOW application_name")
        assert cursor.fetchone() == (health.PULSE,)


@pytest.mark.django_db
def test_every_follower_on_the_page_has_a_name_of_its_own() -> None:
    names = [state.name for state in follow.states(FOLLOWERS)]

    assert len(set(names)) == len(names)


def test_a_failing_turn_never_ends_the_loop(
    ledger: worker.Ledger, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    turns: list[int] = []
    after = threading.Event()

    def turn() -> int:
        turns.append(1)
        if len(turns) == 1:
            raise RuntimeError("the disk was full")
        after.set()
        return 0

    monkeypatch.setattr(worker, "turn", turn)
    monkeypatch.setattr(worker, "LONGEST_AFTER_FAILURE", 0.05)
    ledger.start()

    until(after.is_set, "the turn after the failure")
    assert [record.getMessage() for record in caplog.records] == [
        "a turn of the ledger's loop failed; it will be tried again"
    ]
