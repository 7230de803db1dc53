"""Places where it is hard to live: full and read-only disks, closed checkouts, other accounts."""

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from pasokh.config import embedded, engine

from .conftest import First, Place, needs_root, until

pytestmark = pytest.mark.serial

NOBODY = 65534


@pytest.fixture
def disk(request: pytest.FixtureRequest, open_folder: Path) -> Iterator[Path]:
    """A disk of its own, of twelve megabytes or as the test says."""
    size = getattr(request, "param", "12m")
    place = open_folder / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0711", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("needs the right to mount")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@needs_root
def test_a_disk_too_small_for_the_database_is_told_in_one_sentence(disk: Path, place: Place):
    place.environ["PASOKH_DATA"] = str(disk / "data")

    told = place.pasokh("serve", "--port", str(place.port))

    assert told.returncode == 1
    assert told.stderr == (
        f"The disk that holds {disk}/data/database is full; nothing was lost. "
        "Free some space there, then start Pasokh again.\n"
    )
    assert place.processes() == []


@needs_root
def test_a_disk_without_any_room_is_told_in_one_sentence(disk: Path, place: Place):
    place.environ["PASOKH_DATA"] = str(disk / "data")
    (disk / "data" / "secrets").mkdir(parents=True)
    fill(disk)

    told = place.pasokh("serve", "--port", str(place.port))

    assert (told.returncode, told.stderr) == (
        1,
        f"The disk that holds {disk}/data is full; nothing was lost. "
        "Free some space there, then start Pasokh again.\n",
    )


@needs_root
@pytest.mark.parametrize("disk", ["160m"], indirect=True)
def test_a_disk_that_fills_up_while_serving_stops_nothing_for_good(
    disk: Path, place: Place, first: First
):
    place.environ["PASOKH_DATA"] = str(disk / "data")
    first.copy_to(place)
    process = place.serve()
    address = embedded.address(place.environment)
    assert address
    with psycopg.connect(address.dsn, autocommit=True) as connection:
        connection.execute("CREATE TABLE heap (line text)")
        ballast = fill(disk)
        with pytest.raises(psycopg.Error):
            write_without_end(connection)
    os.kill(place.postmaster(), signal.SIGKILL)

    until(lambda: "The database ended; it is being started again." in place.said(), "the news")
    ballast.unlink()

    until(lambda: place.health()[0] == 200, "the recovery")
    assert process.poll() is None


@needs_root
def test_a_read_only_disk_is_told_in_one_sentence(disk: Path, place: Place):
    place.environ["PASOKH_DATA"] = str(disk / "data")
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)

    told = place.pasokh("serve", "--port", str(place.port))

    assert (told.returncode, told.stderr) == (
        1,
        f"The disk that holds {disk}/data is read-only. Make it writable, or choose another "
        "folder with PASOKH_DATA.\n",
    )


@needs_root
def test_it_starts_from_a_checkout_and_a_data_folder_that_only_root_can_enter(
    tmp_path: Path, place: Place, first: First
):
    checkout = tmp_path / "checkout"
    checkout.mkdir(mode=0o700)
    (origin,) = [each.root.parent for each in engine.bundled().values() if each.major == 18]
    shutil.copytree(origin, checkout / origin.name, symlinks=True)
    shutil.copytree(f"{origin}.libs", checkout / f"{origin.name}.libs")
    shutil.copytree(place.environ["PYTHONPATH"], checkout / "src")
    place.environ["PYTHONPATH"] = f"{checkout / 'src'}:{checkout}"
    place.environ["PASOKH_DATA"] = str(checkout / "data")
    place.environ["PASOKH_ENGINE"] = str(place.root / "engine")
    first.spare(place)
    parents = [checkout, *checkout.parents, place.root]
    before = [path.stat().st_mode for path in parents]

    process = place.serve()
    postmaster = place.postmaster()

    assert place.health()[0] == 200
    assert os.stat(f"/proc/{postmaster}").st_uid == engine.account().uid
    assert os.readlink(f"/proc/{postmaster}/exe").startswith(str(place.root / "engine"))
    assert [path.stat().st_mode for path in parents] == before

    process.send_signal(signal.SIGINT)
    assert process.wait(30) == 0
    assert place.processes() == []
    assert [path.stat().st_mode for path in parents] == before


@needs_root
def test_roots_pasokh_does_not_take_over_what_belongs_to_a_user(place: Place):
    data = Path(place.environ["PASOKH_DATA"])
    data.mkdir()
    os.chown(data, NOBODY, NOBODY)

    told = place.pasokh("serve", "--port", str(place.port))

    assert (told.returncode, told.stderr) == (
        1,
        f"{data} belongs to the user nobody, but Pasokh was started as root. "
        "Start it as nobody, or choose another folder with PASOKH_DATA.\n",
    )


@needs_root
def test_an_ordinary_user_runs_everything_and_nothing_is_copied(place: Place, first: First):
    first.copy_to(place)
    place.python = [_python_for_others(), "-P"]
    place.environ["PYTHONPATH"] += f":{sysconfig.get_path('purelib')}"
    place.environ["PASOKH_ENGINE"] = str(place.root / "engine")
    place.popen = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
    subprocess.run(["chown", "-R", f"{NOBODY}:{NOBODY}", place.environ["PASOKH_DATA"]], check=True)

    process = place.serve()

    assert place.health()[0] == 200
    assert {each.uids().real for each in place.processes()} == {NOBODY}
    assert not Path(place.environ["PASOKH_ENGINE"]).exists()
    assert "Pasokh runs as root" not in place.said()

    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    until(lambda: place.processes() == [], "an end without processes")


def write_without_end(connection: "psycopg.Connection[tuple[object, ...]]") -> None:
    while True:
        connection.execute("INSERT INTO heap SELECT repeat('x', 900) FROM generate_series(1, 9)")


def fill(disk: Path) -> Path:
    """Take all the room there is, by one file."""
    ballast = disk / "ballast"
    with open(ballast, "wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(1 << 12)):
            pass
    return ballast


def _python_for_others() -> str:
    """A Python of this version that any account can run, with our packages and source."""
    wanted = f"{sys.version_info.major}.{sys.version_info.minor}"
    needed = [sysconfig.get_path("purelib"), str(Path(engine.__file__).parent)]
    for candidate in (os.path.realpath(sys.executable), f"/usr/bin/python{wanted}"):
        if os.access(candidate, os.X_OK) and engine.enterable(Path(candidate).parent):
            read = "import os, sys; sys.exit(not all(map(os.listdir, sys.argv[1:])))"
            tried = subprocess.run(
                [candidate, "-c", read, *needed],
                capture_output=True,
                check=False,
                user=NOBODY,
                group=NOBODY,
                extra_groups=[],
                cwd="/",
            )
            if tried.returncode == 0:
                return candidate
    pytest.skip(f"needs a Python {wanted} and packages that other accounts can read")
