from datetime import timedelta
from typing import Any

import pytest
from tests.kernel.ledger.conftest import NOON, Tell

from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger import follow, sequencer
from pasokh.kernel.ledger.follow import Follower
from pasokh.kernel.ledger.models import Cursor, Entry

pytestmark = pytest.mark.django_db


class Reader:
    """A follower that remembers, and fails when told to."""

    def __init__(self) -> None:
        self.seen: list[int] = []
        self.error: Exception | None = None
        self.follower = Follower("reader", {"test.happened": self.read}, reset=self.seen.clear)

    def read(self, entry: Entry) -> None:
        if self.error:
            raise self.error
        self.seen.append(entry.facts["count"])


@pytest.fixture
def reader() -> Reader:
    return Reader()


def states(*followers: Follower) -> list[tuple[int, int, str, bool]]:
    return [
        (state.behind, state.failures, state.error, state.stopped)
        for state in follow.states(followers)
    ]


def test_a_follower_reads_each_entry_once_in_order(history: Any, reader: Reader) -> None:
    assert follow.run_once([reader.follower], NOON) == 7
    assert follow.run_once([reader.follower], NOON) == 0
    assert reader.seen == list(range(7))
    assert states(reader.follower) == [(0, 0, "", False)]


def test_a_follower_passes_over_what_it_does_not_want(history: Any) -> None:
    deaf = Follower("deaf", {"something.else": lambda entry: None})

    assert states(deaf) == [(7, 0, "", False)]
    assert follow.run_once([deaf], NOON) == 0
    assert states(deaf) == [(0, 0, "", False)]


def test_a_follower_reads_in_batches(
    history: Any, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follow, "BATCH", 3)

    assert [follow.run_once([reader.follower], NOON) for _ in range(4)] == [3, 3, 1, 0]


def test_a_follower_does_not_see_what_is_not_sequenced(
    db: None, tell: Tell, reader: Reader
) -> None:
    tell()
    assert follow.run_once([reader.follower], NOON) == 0
    sequencer.run_once(NOON)
    assert follow.run_once([reader.follower], NOON) == 1


def test_a_failure_holds_up_its_own_follower_alone(history: Any, reader: Reader) -> None:
    other = Reader()
    healthy = Follower("healthy", other.follower.reactions)
    reader.error = Refused("no-space")

    assert follow.run_once([reader.follower, healthy], NOON) == 7
    assert states(reader.follower, healthy) == [(7, 1, "no-space", False), (0, 0, "", False)]


def test_a_failure_undoes_the_effect_with_the_move(history: Any) -> None:
    def half_done(entry: Entry) -> None:
        Cursor.objects.create(name="effect")
        raise ZeroDivisionError("what someone wrote")

    follower = Follower("clumsy", {"test.happened": half_done})
    follow.run_once([follower], NOON)

    assert not Cursor.objects.filter(name="effect").exists()
    assert states(follower) == [(7, 1, "ZeroDivisionError", False)]


def test_it_is_tried_again_with_growing_pauses_and_counts_as_stopped(
    history: Any, reader: Reader
) -> None:
    reader.error, at, pauses = ZeroDivisionError(), NOON, []
    for _ in range(14):
        follow.run_once([reader.follower], at)
        (state,) = follow.states([reader.follower])
        assert state.retry_at
        pauses.append(int((state.retry_at - at).total_seconds()))
        follow.run_once([reader.follower], state.retry_at - timedelta(microseconds=1))
        at = state.retry_at

    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600]
    assert states(reader.follower) == [(7, 14, "ZeroDivisionError", True)]


def test_it_goes_on_where_it_stopped_once_the_cause_is_mended(history: Any, reader: Reader) -> None:
    reader.error = ZeroDivisionError()
    follow.run_once([reader.follower], NOON)
    reader.error = None

    assert follow.run_once([reader.follower], NOON) == 0
    follow.retry("reader")
    assert follow.run_once([reader.follower], NOON) == 7
    assert states(reader.follower) == [(0, 0, "", False)]


def test_a_rebuild_takes_the_effects_back_and_reads_from_the_first(
    history: Any, reader: Reader
) -> None:
    follow.run_once([reader.follower], NOON)
    follow.rebuild(reader.follower)

    assert reader.seen == []
    assert follow.run_once([reader.follower], NOON) == 7
    assert reader.seen == list(range(7))


def test_a_second_process_that_is_behind_does_nothing_twice(history: Any, reader: Reader) -> None:
    """It saw the cursor at 0, and another has moved it since."""
    places = follow._due(reader.follower, 0, 7)
    follow.run_once([reader.follower], NOON)

    assert not follow._react(reader.follower, places[0], 0, NOON)
    assert not follow._move(reader.follower, 0, 7)
    assert reader.seen == list(range(7))
