import os
from collections.abc import Callable

import psycopg
import pytest
from django.db import ConnectionHandler, connection
from django.test import Client
from psycopg.conninfo import make_conninfo

from pasokh.config import health

from .conftest import until


def beat(seconds: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) "
            "VALUES (clock_timestamp() - make_interval(secs => %s))",
            [seconds],
        )


def pulse() -> "psycopg.Connection[tuple[object, ...]]":
    return psycopg.connect(
        make_conninfo(os.environ["DATABASE_URL"], dbname=connection.settings_dict["NAME"]),
        application_name=health.PULSE,
    )


def alive(client: Client) -> bool:
    """What a fresh look says: inside a test's transaction PostgreSQL repeats its first answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
    worker: bool = client.get("/healthz").json()["worker"]
    return worker


@pytest.mark.django_db
def test_without_a_worker_the_answer_is_503_and_says_which_part(client: Client) -> None:
    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"database": True, "web": True, "worker": False}
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_worker_lives_while_its_jobs_and_its_ledger_both_give_signs(client: Client) -> None:
    with pulse():
        assert client.get("/healthz").status_code == 503
        beat(health.PATIENCE + 5)
        assert client.get("/healthz").status_code == 503
        beat(0)
        assert client.get("/healthz").status_code == 200
    until(lambda: not alive(client), "the loss of the worker")


@pytest.mark.django_db
def test_a_probe_may_call_the_server_by_any_name(client: Client) -> None:
    assert client.get("/healthz", headers={"host": "10.0.0.7"}).status_code == 503
    assert client.get("/no-such-page", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_one_look_costs_one_statement(
    client: Client, django_assert_num_queries: Callable[[int], object]
) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        client.get("/healthz")


@pytest.mark.django_db
def test_a_database_that_is_gone_is_told_and_breaks_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    gone = {"ENGINE": "django.db.backends.postgresql", "NAME": "x", "HOST": "/nowhere"}
    monkeypatch.setattr(health, "connection", ConnectionHandler({"default": gone})["default"])

    assert health.state() == {"database": False, "web": True, "worker": False}
