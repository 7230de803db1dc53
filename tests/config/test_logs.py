import logging
import sys
from types import SimpleNamespace

import psycopg
import pytest

from pasokh.config import logs


def shown(error: Exception) -> str:
    try:
        raise error
    except type(error):
        return logs.Discreet().formatException(sys.exc_info())


def test_a_traceback_shows_where_and_what_kind_but_not_what_was_typed() -> None:
    said = shown(ValueError("Maryam"))

    assert said.endswith("\nValueError")
    assert 'test_logs.py", line' in said
    assert "Maryam" not in said


def test_an_error_of_the_database_is_shown_by_its_code() -> None:
    assert shown(psycopg.errors.UniqueViolation("Key (name)=(Maryam)")).endswith(
        "\nUniqueViolation: 23505"
    )


def test_the_cause_of_an_error_is_shown_as_discreetly() -> None:
    error = RuntimeError("Maryam")
    error.__cause__ = KeyError("Reza")

    said = shown(error)

    assert ("RuntimeError\n" in said, said.endswith("KeyError")) == (True, True)
    assert ("Maryam" in said, "Reza" in said) == (False, False)


def test_errors_that_caused_each_other_are_each_shown_once() -> None:
    error, cause = RuntimeError("Maryam"), KeyError("Reza")
    error.__cause__, cause.__cause__ = cause, error

    said = shown(error)

    assert (said.count("RuntimeError\n"), said.count("KeyError")) == (1, 1)


def test_an_error_of_the_machine_keeps_its_message() -> None:
    assert shown(OSError(28, "No space left on device")).endswith(
        "\nOSError: [Errno 28] No space left on device"
    )


@pytest.mark.parametrize(
    ("match", "line"),
    [
        (SimpleNamespace(route="<lang>/track/<code>/"), "Bad Request: /<lang>/track/<code>/"),
        (None, "Bad Request: (no such page)"),
    ],
)
def test_a_line_names_the_pattern_of_the_address(match: object, line: str) -> None:
    path = "/fa/track/1234-5678/"
    record = logging.LogRecord("django.request", 40, "", 0, "Bad Request: %s", (path,), None)
    record.request = SimpleNamespace(path=path, resolver_match=match)

    assert logs.discreet(record)
    assert record.getMessage() == line


def test_a_probe_that_asks_every_second_does_not_fill_the_log() -> None:
    record = logging.LogRecord("django.request", 40, "", 0, "%s", ("/healthz",), None)
    record.request = SimpleNamespace(path="/healthz", resolver_match=None)

    assert not logs.discreet(record)
