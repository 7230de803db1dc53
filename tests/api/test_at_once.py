"""Calls under one key at the same moment, on lines of their own: the thing is done once."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import psycopg
import pytest
from django.db import connections
from tests.api.conftest import ADMINISTRATOR, NOW, Program
from tests.api.test_calls import FILING
from tests.casework.conftest import both
from tests.fixtures.cloned import Cloned

from pasokh.casework.complaints.models import Complaint
from pasokh.directory.clients import actions as clients
from pasokh.directory.organisation.models import Organisation, RegimeBinding, Unit, WorkingWeek

CALLS, ROUNDS = 4, 4
#: Seconds within which a call waits for another one's lock.
PATIENCE = 60


@pytest.fixture
def shop(cloned_database: Cloned) -> Program:
    """A program that may file, in a house of its own whose every act is committed."""
    long_ago = NOW - timedelta(days=900)
    Organisation.objects.create(name=both("Khaneh"), time_zone="Asia/Tehran")
    Unit.objects.create(code="head", name=both("Head office"))
    WorkingWeek.objects.create(valid_from=long_ago.date(), days=[[["08:00", "16:00"]]] * 7)
    RegimeBinding.objects.create(pack="iso10002-2018", valid_from=long_ago)
    made = clients.add_client(
        name=both("Shop"), grants=("complaint.receive",), by=ADMINISTRATOR, at=NOW
    )
    return Program(made.pk, clients.give_token(made.pk, by=ADMINISTRATOR, at=NOW))


def calling(shop: Program, **more: Any) -> Callable[[str], Any]:
    """Something that files under a key on a line of its own, as another process would."""

    def file(key: str) -> Any:
        try:
            return Program(shop.id, shop.token).post("complaints", FILING | more, key=key)
        finally:
            connections.close_all()

    return file


def test_a_second_call_waits_for_the_first_and_is_answered_alike(
    shop: Program, cloned_database: Cloned
) -> None:
    file = calling(shop)
    with psycopg.connect(cloned_database.url) as other, ThreadPoolExecutor(2) as pool:
        other.execute("LOCK TABLE casework_accesscode IN SHARE ROW EXCLUSIVE MODE")
        calls = [pool.submit(file, "k") for _ in range(2)]
        _wait(cloned_database, 2)
        other.rollback()
        first, second = (one.result(PATIENCE) for one in calls)

    assert (first.status_code, first.content) == (201, second.content)
    assert [one.headers.get("Idempotency-Replayed") for one in (first, second)].count("true") == 1
    assert Complaint.objects.count() == 1


def _wait(database: Cloned, many: int) -> None:
    """Wait until so many wait for a lock."""
    deadline = time.monotonic() + PATIENCE
    with psycopg.connect(database.url, autocommit=True) as server:
        while len(server.execute("SELECT FROM pg_locks WHERE NOT granted").fetchall()) < many:
            assert time.monotonic() < deadline
            time.sleep(0.01)


@pytest.mark.parametrize("more", [{}, {"client_reference": "w-1"}])
def test_calls_at_the_same_moment_file_one_complaint(shop: Program, more: Any) -> None:
    together = Barrier(CALLS)
    file = calling(shop, **more)

    def call(key: str) -> Any:
        together.wait(PATIENCE)
        return file(key)

    with ThreadPoolExecutor(CALLS) as pool:
        for number in range(ROUNDS):
            answers = list(pool.map(call, [f"k{number}"] * CALLS))
            first = [one for one in answers if "Idempotency-Replayed" not in one.headers]
            assert [one.status_code for one in first] == [200 if more and number else 201]
            assert {one.content for one in answers} == {first[0].content}

    assert Complaint.objects.count() == (1 if more else ROUNDS)
