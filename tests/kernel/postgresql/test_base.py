"""A session is known to be open, or to have been ended, without a question."""

import select
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, connections
from django.db.backends.postgresql import base

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> Iterator[Any]:
    """A session of its own."""
    made = connections.create_connection("default")
    made.ensure_connection()
    yield made
    made.close()


def test_a_session_that_is_silent_is_asked_nothing(
    session: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(base.DatabaseWrapper, "is_usable", None)
    assert session.is_usable()


def test_a_session_that_the_server_ended_is_not_used_again(session: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [session.connection.info.backend_pid])
    heard, _, _ = select.select([session.connection.fileno()], [], [], 30)
    assert heard
    assert not session.is_usable()


def test_a_session_that_says_something_else_is_asked(session: Any) -> None:
    with session.cursor() as cursor:
        cursor.execute("LISTEN something")
    with connections.create_connection("default").cursor() as other:
        other.execute("NOTIFY something")
        other.close()
    heard, _, _ = select.select([session.connection.fileno()], [], [], 30)
    assert heard
    assert session.is_usable()


def test_a_session_that_was_closed_is_not_used_again(session: Any) -> None:
    session.connection.close()
    assert not session.is_usable()
