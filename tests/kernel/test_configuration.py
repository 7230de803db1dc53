"""What is set up is kept until somebody changes it, in whatever process or transaction."""

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from tests.fixtures.cloned import Cloned

from pasokh.directory.organisation.models import Unit
from pasokh.kernel import configuration
from pasokh.kernel.configuration import kept
from pasokh.kernel.fields import Bilingual

#: Tables of the two apps that are read anew each time: what changes by the day.
READ_ANEW = {"directory_absence", "directory_setuplink"}
#: Of the programs that speak to us, what changes with each of their calls.
READ_ANEW |= {"directory_clienttoken", "directory_clientuse", "directory_clientanswer"}
#: What is set up of a channel, and of letters, stands with what comes and goes by it.
CHANNELS = {
    "casework_gateway",
    "casework_source",
    "casework_wording",
    "casework_secondlook",
    "casework_addedkind",
}
#: Tables of people, who are no set-up.
PEOPLE = {"directory_person", "directory_contactpoint", "directory_mandate"}


@kept
def codes() -> tuple[str, ...]:
    return tuple(Unit.objects.order_by("code").values_list("code", flat=True))


def add(code: str) -> None:
    Unit.objects.create(code=code, name=Bilingual(fa=code, en=code))


def elsewhere(act: Callable[[], Any]) -> Any:
    """What comes of an act on another connection, as another process has it."""
    came: list[Any] = []

    def run() -> None:
        try:
            came.append(act())
        finally:
            connections.close_all()

    thread = Thread(target=run)
    thread.start()
    thread.join()
    return came[0]


@pytest.mark.django_db
def test_what_is_kept_costs_one_look_at_the_mark() -> None:
    add("a")
    assert codes() == ("a",)

    with CaptureQueriesContext(connection) as seen:
        assert codes() == ("a",)
    assert [query["sql"] for query in seen] == [f"SELECT {configuration.MARK}"]


@pytest.mark.django_db
def test_a_mark_that_another_statement_read_along_is_not_looked_for() -> None:
    add("a")
    assert codes() == ("a",)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {configuration.MARK}")
        (mark,) = cursor.fetchone()

    with CaptureQueriesContext(connection) as seen, configuration.held():
        configuration.seen(mark)
        configuration.seen("a later one counts for nothing")
        assert codes() == ("a",)
    assert not seen.captured_queries
    configuration.seen(mark)  # outside a block nobody goes by it
    add("b")
    assert codes() == ("a", "b")


@pytest.mark.django_db
def test_a_change_is_seen_at_once_and_taken_back_with_its_transaction() -> None:
    add("a")
    with transaction.atomic():
        add("b")
        assert codes() == ("a", "b")
        transaction.set_rollback(True)

    assert codes() == ("a",)
    add("c")
    assert codes() == ("a", "c")


@pytest.mark.django_db
def test_a_block_that_only_reads_looks_once_and_not_before_it_must() -> None:
    add("a")
    codes()
    with CaptureQueriesContext(connection) as seen, configuration.held():
        assert len(seen) == 0
        for _time in range(3):
            codes()
    assert len(seen) == 1


@pytest.mark.django_db
def test_arguments_are_kept_apart() -> None:
    @kept
    def starting(letter: str) -> int:
        return Unit.objects.filter(code__startswith=letter).count()

    add("a")

    assert (starting("a"), starting("b"), starting("a")) == (1, 0, 1)


@pytest.mark.django_db
def test_without_a_mark_nothing_is_kept() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM configuration_mark")
    add("a")
    assert codes() == ("a",)
    add("b")
    assert codes() == ("a", "b")


def test_what_another_process_commits_is_seen_by_the_next_look(cloned_database: Cloned) -> None:
    add("a")
    assert codes() == ("a",) == elsewhere(codes)

    elsewhere(lambda: add("b"))
    assert codes() == ("a", "b")

    with transaction.atomic():
        add("c")
        assert codes() == ("a", "b", "c")
        assert elsewhere(codes) == ("a", "b")
    assert elsewhere(codes) == codes() == ("a", "b", "c")

    elsewhere(lambda: Unit.objects.filter(code="c").delete())
    with configuration.held():
        assert codes() == ("a", "b")


@pytest.mark.django_db
def test_every_table_of_the_set_up_replaces_the_mark() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'configuration_changed'"
        )
        watched = {table for (table,) in cursor.fetchall()}

    tables = {
        model._meta.db_table
        for label in ("policy", "directory")
        for model in apps.get_app_config(label).get_models()
    }
    assert watched == (tables - READ_ANEW - PEOPLE) | CHANNELS
