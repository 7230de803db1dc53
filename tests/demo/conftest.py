"""A demonstration made by the command itself, in a database of its own."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, LiteralString

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from tests.config.conftest import SOURCE, Place
from tests.fixtures import databases


@dataclass
class Made:
    """A place with a database of its own, and what the command said there."""

    place: Place
    url: str
    told: subprocess.CompletedProcess[str] | None = None

    def pasokh(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run a command of Pasokh to its end, however long it takes."""
        return subprocess.run(
            [*self.place.python, "-m", "pasokh.config", *arguments],
            env=self.place.environ | variables,
            capture_output=True,
            text=True,
            check=False,
        )

    def rows(self, query: LiteralString, *values: object) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(query, values).fetchall()

    def python(self, program: str) -> str:
        """Run a program in the installation, with Django set up."""
        setup = "import django; django.setup()\n"
        return subprocess.run(
            [sys.executable, "-c", setup + program],
            env=self.place.environ | {"DJANGO_SETTINGS_MODULE": "pasokh.config.settings"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout


#: Complaints in the year that is made for tests: enough for everything to happen in it.
MANY = 240


@contextmanager
def empty() -> Iterator[Made]:
    """A place whose database is empty; both are gone afterwards."""
    server = make_conninfo(**{**conninfo_to_dict(os.environ["DATABASE_URL"]), "dbname": "postgres"})
    name = f"demo_{os.getpid()}_{next(tempfile._get_candidate_names())}"
    with psycopg.connect(server, autocommit=True) as connection:
        command = sql.SQL("CREATE DATABASE {} ENCODING 'UTF8' TEMPLATE template0")
        connection.execute(command.format(sql.Identifier(name)))
    url = make_conninfo(**{**conninfo_to_dict(server), "dbname": name})
    with tempfile.TemporaryDirectory(prefix="pasokh-") as folder:
        Path(folder).chmod(0o711)
        place = Place(Path(folder), DATABASE_URL=url, PYTHONPATH=str(SOURCE))
        yield Made(place, url)
        place.close()
    with psycopg.connect(server, autocommit=True) as connection:
        databases.drop(connection, name)


@pytest.fixture
def bare() -> Iterator[Made]:
    with empty() as made:
        yield made


@pytest.fixture(scope="session")
def whole() -> Iterator[Made]:
    """A whole year, made once; of fewer complaints than people are shown, to save time."""
    with empty() as made:
        made.told = made.pasokh("demo", "--complaints", str(MANY))
        yield made
