"""The embedded server by itself, as root (then run by another account) or as an ordinary user."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pasokh.config import embedded, engine, postmaster
from pasokh.config.embedded import Server
from pasokh.config.environment import Environment
from pasokh.config.messages import Unable

from .conftest import needs_root, passable, until

pytestmark = pytest.mark.serial


@pytest.fixture
def surroundings(open_folder: Path) -> Environment:
    data = open_folder / "data"
    data.mkdir(mode=0o711)
    return Environment(data=data, engine=Path(os.environ["PASOKH_ENGINE"]))


@pytest.fixture
def server(surroundings: Environment) -> Iterator[Server]:
    made = Server(surroundings, throw_away=True)
    yield made
    made.stop(signal.SIGQUIT)


@pytest.fixture(scope="module")
def standing() -> Iterator[Server]:
    """A server that runs, for tests that leave it running."""
    with passable() as folder:
        made = Server(
            Environment(data=folder, engine=Path(os.environ["PASOKH_ENGINE"])), throw_away=True
        )
        made.start()
        yield made
        made.stop(signal.SIGQUIT)


def ask(surroundings: Environment, question: str) -> object:
    address = embedded.address(surroundings)
    assert address
    with psycopg.connect(address.dsn) as connection:
        (answer,) = connection.execute(question).fetchone() or (None,)
    return answer


def test_the_first_start_makes_a_cluster_that_needs_no_locale_of_the_system(standing: Server):
    facts = standing.environment

    assert ask(facts, "SHOW server_encoding") == "UTF8"
    assert ask(facts, "SHOW listen_addresses") == ""
    assert ask(facts, "SELECT upper('الف é')") == "الف É"
    assert ask(facts, "SELECT datcollate FROM pg_database WHERE datname = 'pasokh'") == "C"
    assert ask(facts, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


def test_only_the_password_kept_beside_the_data_opens_the_door(standing: Server):
    address = embedded.address(standing.environment)
    assert address
    kept = standing.environment.secrets / embedded.PASSWORD

    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.read_text() == address.password
    for user, password in ((embedded.ROLE, "guess"), ("postgres", address.password)):
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(host=address.host, dbname=address.dbname, user=user, password=password)


def test_a_running_server_of_the_same_data_is_adopted(standing: Server):
    successor = Server(standing.environment)

    successor.start()

    assert successor.pid == standing.pid
    assert successor.alive()


def test_a_killed_server_recovers_and_keeps_what_was_committed(server: Server):
    server.throw_away = False
    server.start()
    address = embedded.address(server.environment)
    assert address
    with psycopg.connect(address.dsn) as connection:
        connection.execute("CREATE TABLE act AS SELECT 7 AS number")
    killed = server.pid
    os.kill(killed, signal.SIGKILL)
    until(lambda: not server.alive(), "its end")
    assert (server.cluster / "postmaster.pid").exists()

    server.start()

    assert server.pid != killed
    assert ask(server.environment, "SELECT number FROM act") == 7


def test_a_leftover_pid_that_another_process_now_has_stops_nothing(server: Server):
    server.start()
    lock = server.cluster / "postmaster.pid"
    left = lock.read_text()
    server.stop()
    # The number of this very process, which is alive and of the account that starts servers.
    lock.write_text(left.replace(str(server.pid), str(os.getpid()), 1))
    server.account.own(lock)

    server.start()

    assert server.alive()
    assert not postmaster.is_running(os.getpid(), server.cluster)


def test_an_interrupted_first_start_is_begun_again(server: Server):
    draft = server.environment.data / "database" / "cluster.draft"
    draft.mkdir(parents=True)
    draft.parent.chmod(0o711)
    (draft / "PG_VERSION").write_text("18\n")

    server.start()

    assert ask(server.environment, "SELECT 1") == 1
    assert not draft.exists()


def test_the_socket_finds_a_short_place_when_the_data_lies_deep(open_folder: Path):
    deep = open_folder / ("long-" * 20) / "data"
    deep.mkdir(parents=True, mode=0o711)
    deep.parent.chmod(0o711)
    server = Server(
        Environment(data=deep, engine=Path(os.environ["PASOKH_ENGINE"])), throw_away=True
    )
    try:
        server.start()
        folder = Path(server.place()["socket"])

        assert ask(server.environment, "SELECT 1") == 1
        assert len(os.fsencode(folder / ".s.PGSQL.5432")) <= engine.LONGEST_SOCKET
        assert folder.stat().st_mode & 0o777 == 0o700
    finally:
        server.stop(signal.SIGQUIT)
    assert not folder.exists()


def test_a_cluster_that_went_missing_is_not_replaced_by_an_empty_one(server: Server):
    server.start()
    server.stop()
    server.cluster.rename(server.home / "gone")

    with pytest.raises(Unable) as told:
        Server(server.environment).start()

    assert str(told.value) == (
        f"The database of {server.environment.data} should be in {server.home} and is not there. "
        "Bring it back (from a backup if need be), then start Pasokh again."
    )


def test_data_of_a_postgresql_that_is_not_carried_is_refused_in_a_sentence(server: Server):
    server.start()
    server.stop()
    (server.cluster / "PG_VERSION").write_text("14\n")

    with pytest.raises(Unable, match="The data was written by PostgreSQL 14, which this version"):
        Server(server.environment).start()


def test_the_log_keeps_quiet_about_what_people_wrote(standing: Server):
    address = embedded.address(standing.environment)
    assert address
    with psycopg.connect(address.dsn) as connection:
        connection.execute("CREATE TABLE person (name text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES ('Maryam')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES (%s)", ["Maryam"])

    log = (standing.home / "log").read_text()

    assert "duplicate key value violates unique constraint" in log
    assert "Maryam" not in log


@needs_root
def test_as_root_another_account_runs_it_and_root_keeps_the_folders(standing: Server):
    account = engine.account()

    assert os.stat(f"/proc/{standing.pid}").st_uid == account.uid
    assert standing.cluster.stat().st_uid == account.uid
    for folder in (standing.environment.data, standing.home, standing.environment.engine):
        assert (folder.stat().st_uid, folder.stat().st_mode & 0o022) == (0, 0)


@needs_root
def test_as_root_a_closed_data_folder_stays_closed_and_the_cluster_lies_elsewhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    closed = tmp_path / "closed" / "data"
    closed.mkdir(parents=True)
    closed.parent.chmod(0o700)
    parents = [closed, *closed.parents]
    before = [path.stat().st_mode for path in parents]
    server = Server(
        Environment(data=closed, engine=Path(os.environ["PASOKH_ENGINE"])), throw_away=True
    )
    try:
        server.start()
        assert ask(server.environment, "SELECT 1") == 1
        assert server.home.parent == Path(os.environ["PASOKH_ENGINE"])
        server.stop()
        server.start()
    finally:
        server.stop(signal.SIGQUIT)

    assert [path.stat().st_mode for path in parents] == before
    assert capsys.readouterr().out == (
        f"The database lies in {server.home}, since other accounts may not enter {closed}.\n"
    )
