import os
import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import DatabaseError
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from pasokh.config import database
from pasokh.config.environment import Environment
from pasokh.config.messages import Unable

from .conftest import free_port

NOWHERE = Path("/nowhere")


def named(url: str) -> Environment:
    return Environment(data=NOWHERE, database_url=url)


@pytest.fixture
def own_database(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database made for one test, as its parameter says."""
    name = f"test_own_{uuid4().hex}"
    ours = make_conninfo(os.environ["DATABASE_URL"], dbname="postgres")
    with psycopg.connect(ours, autocommit=True) as connection:
        made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 " + getattr(request, "param", ""))
        connection.execute(made.format(sql.Identifier(name)))
        yield make_conninfo(ours, dbname=name)
        connection.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def test_every_option_of_libpq_in_the_address_reaches_django():
    found = database.settings(
        named("postgresql://u:p%40ss@db.example:6432/complaints?sslmode=verify-full")
    )

    assert [found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "complaints",
        "u",
        "p@ss",
        "db.example",
        "6432",
    ]
    assert found["OPTIONS"]["sslmode"] == "verify-full"


def test_an_address_that_cannot_be_read_is_told_without_repeating_it():
    with pytest.raises(Unable) as told:
        database.settings(named("postgresql://u:secret@[broken"))

    assert str(told.value).startswith("DATABASE_URL is not an address of a PostgreSQL database.")
    assert "secret" not in str(told.value)


def test_a_fit_database_tells_its_version(own_database: str):
    version = database.require(named(own_database))

    assert int(version.split(".")[0]) >= database.OLDEST


@pytest.mark.parametrize("own_database", ["ENCODING 'SQL_ASCII' LOCALE 'C'"], indirect=True)
def test_a_database_that_cannot_hold_persian_is_refused(own_database: str):
    with pytest.raises(Unable) as told:
        database.require(named(own_database))

    name = conninfo_to_dict(own_database)["dbname"]
    assert str(told.value) == (
        f"The database “{name}” keeps text as SQL_ASCII, which cannot hold Persian. "
        "Create one with ENCODING 'UTF8' and point DATABASE_URL to it."
    )


def test_a_user_who_may_not_create_tables_learns_what_to_run(own_database: str):
    with psycopg.connect(own_database) as connection:
        connection.execute("DROP SCHEMA public")

    with pytest.raises(Unable, match=r"may not create tables in .* GRANT CREATE ON SCHEMA public"):
        database.require(named(own_database))


def test_a_server_that_accepts_no_changes_is_refused(own_database: str):
    url = make_conninfo(own_database, options="-c default_transaction_read_only=on")

    with pytest.raises(Unable, match="The database accepts no changes"):
        database.require(named(url))


def test_a_server_that_does_not_answer_is_named_without_its_password():
    port = free_port()

    with pytest.raises(Unable) as told:
        database.require(named(f"postgresql://u:secret@127.0.0.1:{port}/complaints"))

    assert str(told.value) == (
        f"The database server at 127.0.0.1:{port}/complaints does not answer. Check that it is "
        "running, that this machine may reach it, and the address in DATABASE_URL."
    )


def test_a_missing_database_is_told_apart_from_a_missing_server():
    with pytest.raises(Unable, match="There is no such database at"):
        database.require(named(make_conninfo(os.environ["DATABASE_URL"], dbname="no_such")))


def test_a_wrong_user_is_told_apart_from_a_missing_server():
    url = make_conninfo(os.environ["DATABASE_URL"], user="no_such", password="guess")

    with pytest.raises(Unable, match="refused the user or the password"):
        database.require(named(url))


def test_without_an_address_the_embedded_database_is_meant():
    with pytest.raises(Unable) as told:
        database.require(Environment(data=NOWHERE))

    assert str(told.value) == (
        "The embedded database of /nowhere is not running. "
        "Start it with “pasokh serve”, or set DATABASE_URL."
    )


def test_a_full_disk_of_the_server_is_recognised_through_djangos_error():
    wrapped = DatabaseError("full")
    wrapped.__cause__ = psycopg.errors.DiskFull("could not extend file")

    sentence = str(database.trouble(wrapped, named("host=/run/pg dbname=complaints")))

    assert sentence == (
        "The disk that holds /run/pg/complaints is full; nothing was lost. "
        "Free some space there, then start Pasokh again."
    )


def test_a_server_older_than_15_is_refused_by_its_number():
    with old_server("14.12") as port, pytest.raises(Unable) as told:
        database.require(named(f"host=127.0.0.1 port={port} user=u dbname=d sslmode=disable"))

    assert str(told.value) == (
        "The database server is PostgreSQL 14.12, and Pasokh needs 15 or newer. "
        "Upgrade the server, or point DATABASE_URL to a newer one."
    )


class old_server:  # noqa: N801  read as a function
    """Speaks the first words of PostgreSQL's protocol as an old server does."""

    def __init__(self, version: str) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.version = version
        self.thread = threading.Thread(target=self._greet)

    def __enter__(self) -> int:
        self.thread.start()
        port: int = self.socket.getsockname()[1]
        return port

    def __exit__(self, *_: object) -> None:
        self.thread.join()
        self.socket.close()

    def _greet(self) -> None:
        with self.socket.accept()[0] as client:
            client.recv(4096)
            client.sendall(_message(b"R", struct.pack("!i", 0)))
            for name, value in (
                ("server_version", self.version),
                ("server_encoding", "UTF8"),
                ("client_encoding", "UTF8"),
            ):
                client.sendall(_message(b"S", f"{name}\0{value}\0".encode()))
            client.sendall(_message(b"Z", b"I"))
            client.recv(4096)


def _message(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("!i", len(body) + 4) + body
