"""The same product on a PostgreSQL that somebody else runs."""

import signal
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from pasokh.config import embedded, engine
from pasokh.config.embedded import Server
from pasokh.config.environment import Environment

from .conftest import First, Place, free_port

pytestmark = pytest.mark.serial


def engines() -> dict[int, engine.Engine]:
    """The wheel's, and those of Debian where they are installed."""
    debian = {
        int(path.name): engine.Engine(path, int(path.name))
        for path in Path("/usr/lib/postgresql").glob("[0-9]*")
        if (path / "bin" / "initdb").exists()
    }
    return debian | engine.bundled()


@pytest.fixture
def url(
    request: pytest.FixtureRequest, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[str]:
    """The address of a server of one version, set up as a provider would."""
    version: int = request.param
    if version not in engines():
        pytest.skip(f"PostgreSQL {version} is not installed here")
    if engine.account().other and version in engine.bundled():
        chosen = engine.lent(engine.bundled()[version], open_folder / "engine")
    else:
        chosen = engines()[version]
    monkeypatch.setattr(Server, "_engine", lambda _self, _major: chosen)
    data = open_folder / "provider"
    data.mkdir(mode=0o711)
    server = Server(Environment(data=data), throw_away=True)
    server.start()
    address = embedded.address(server.environment)
    assert address
    yield address.dsn
    server.stop(signal.SIGQUIT)


@pytest.mark.parametrize("url", [15, 16, 18], indirect=True)
def test_it_runs_on_every_version_with_no_server_of_its_own(
    url: str, place: Place, first: First
) -> None:
    first.spare(place)
    place.environ["DATABASE_URL"] = url

    process = place.serve()

    assert place.health() == (200, {"database": True, "web": True, "worker": True})
    assert not Path(place.environ["PASOKH_DATA"], "database").exists()
    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT count(*) > 0 FROM django_migrations").fetchone()
    assert found == (True,)


@pytest.mark.parametrize("language", ["en", "fa"])
def test_an_unreachable_database_ends_the_start_with_one_line(place: Place, language: str) -> None:
    url = f"postgresql://u:secret@127.0.0.1:{free_port()}/complaints"
    told = place.pasokh("serve", "--port", str(place.port), DATABASE_URL=url, PASOKH_LANG=language)

    assert told.returncode == 1
    assert len(told.stderr.splitlines()) == 1
    assert "secret" not in told.stderr
    assert place.processes() == []
