"""An older version meets newer data, and a newer version older data: one sentence, no traceback."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pasokh.config import backup, embedded, tables

from .conftest import First, Place, passable

pytestmark = pytest.mark.serial

#: Makes the tables as the version before left them: without the newest change of casework.
BEFORE = """
import django
django.setup()
from pasokh.config import migrate, tables
newest = max(change for change in tables.known() if change[0] == "casework")
from django.db.migrations.loader import MigrationLoader
migrate.build(set(MigrationLoader(None).graph.nodes) - {newest})
"""


@pytest.fixture(scope="module")
def server(first: First) -> Iterator[Place]:
    """An installation whose database server has room for other databases."""
    with passable() as folder:
        place = Place(folder)
        first.copy_to(place)
        place.serve()
        yield place
        place.close()


@pytest.fixture
def url(server: Place, request: pytest.FixtureRequest) -> str:
    """An empty database."""
    address = embedded.address(server.environment)
    assert address
    name = f"d{abs(hash(request.node.name))}"
    with psycopg.connect(address.dsn, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return address.dsn.replace("dbname=pasokh", f"dbname={name}")


@pytest.fixture
def older(place: Place, url: str) -> Place:
    """A place on a database that the version before left."""
    place.environ["DATABASE_URL"] = url
    done = subprocess.run(
        [sys.executable, "-c", BEFORE],
        env=place.environ | {"DJANGO_SETTINGS_MODULE": "pasokh.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return place


@pytest.fixture
def newer(place: Place, url: str) -> Place:
    """A place on a database that a later version has brought up to date."""
    place.environ["DATABASE_URL"] = url
    assert place.pasokh("migrate").returncode == 0
    with psycopg.connect(url) as connection:
        connection.execute(
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('casework', '9999_from_the_future', now())"
        )
    return place


def changes(place: Place) -> frozenset[tuple[str, str]]:
    with psycopg.connect(place.environ["DATABASE_URL"]) as connection:
        return tables.applied(connection)


def test_an_older_version_refuses_newer_data_and_changes_nothing(newer: Place) -> None:
    before = changes(newer)

    for command in (
        ("migrate",),
        ("worker",),
        ("web", "--port", str(newer.port)),
        ("serve", "--port", str(newer.port)),
    ):
        told = newer.pasokh(*command)

        assert told.returncode == 1, command
        assert told.stderr == (
            "The data was written by a newer version of Pasokh: this one does not know "
            "“casework 9999_from_the_future”. Nothing was changed. Install the newer version "
            "again, or restore the backup made before the upgrade.\n"
        )
    assert "✗ The data was written by a newer version" in newer.pasokh("check").stdout
    assert changes(newer) == before


def test_a_newer_version_asks_for_migrate_and_then_goes_on(older: Place) -> None:
    sentence = "Changes to the tables are missing (1). Run “pasokh migrate”.\n"

    for command in (("worker",), ("web", "--port", str(older.port))):
        told = older.pasokh(*command)
        assert (told.returncode, told.stderr) == (1, sentence), command

    assert "(changes made: 1)" in older.pasokh("migrate").stdout
    assert changes(older) >= tables.known()


def test_a_backup_of_the_version_before_is_brought_up_to_date(
    older: Place, server: Place, open_folder: Path
) -> None:
    folder = open_folder / "backup"
    assert older.pasokh("backup", str(folder)).returncode == 0
    assert (folder / backup.CHECKPOINT).read_bytes() == b""
    elsewhere = Place(open_folder / "elsewhere")

    restored = elsewhere.pasokh("restore", str(folder))
    rested = elsewhere.pasokh("backup", str(open_folder / "again"))

    assert (restored.returncode, restored.stderr) == (0, "")
    assert (rested.returncode, rested.stderr) == (0, "")
    about = (open_folder / "again" / backup.ABOUT).read_text("utf-8")
    assert all(f'"{name}"' in about for _app, name in tables.known())
