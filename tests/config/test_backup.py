"""Backup and restore, done for real: what was there before is there after, and is proved to be."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from pasokh.config import backup, embedded, restore
from pasokh.config.installation import UNFINISHED

from .conftest import First, Place, passable, until

pytestmark = pytest.mark.serial

ROOT = Path(__file__).resolve().parents[2]
WHOLE = "The whole log was checked and nothing in it was altered, removed or added."


class Saved:
    """An installation with people in it, and a backup taken from it while it ran."""

    def __init__(self, place: Place) -> None:
        self.place, self.folder = place, place.root / "backup"
        self.case = inhabitants(place, "settle")
        until(lambda: asked(place, "SELECT count(*) FROM ledger_pending") == 0, "the places")
        self.told = place.pasokh("backup", str(self.folder))


def inhabitants(place: Place, *arguments: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "tests.config.inhabitants", *arguments],
        env=place.environ
        | {
            "PYTHONPATH": f"{place.environ['PYTHONPATH']}:{ROOT}",
            "DJANGO_SETTINGS_MODULE": "pasokh.config.settings",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def asked(place: Place, question: str) -> Any:
    """The one answer of a place's embedded database."""
    address = embedded.address(place.environment)
    assert address
    with psycopg.connect(address.dsn, autocommit=True) as connection:
        done = connection.execute(question)
        return done.fetchone()[0] if done.description else None  # type: ignore[index]


@pytest.fixture(scope="module")
def saved(first: First) -> Iterator[Saved]:
    with passable() as folder:
        place = Place(folder)
        first.copy_to(place)
        place.serve()
        yield Saved(place)
        place.close()


@pytest.fixture
def copied(saved: Saved, tmp_path: Path) -> Path:
    """A copy of the backup, to be spoilt."""
    return Path(shutil.copytree(saved.folder, tmp_path / "copy"))


def summed(folder: Path) -> None:
    """Write the list of sums anew, as somebody would who wants the change not to be seen."""
    (folder / backup.SUMS).unlink()
    lines = [
        f"{backup.digest(path)}  {path.relative_to(folder)}\n"
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    (folder / backup.SUMS).write_text("".join(lines))


@pytest.mark.clause("10002:8.1")
def test_what_was_there_is_there_after_a_restore_and_the_log_proves_it(
    saved: Saved, place: Place
) -> None:
    assert (saved.told.returncode, saved.told.stderr) == (0, "")

    restored = place.pasokh("restore", str(saved.folder))

    assert (restored.returncode, restored.stderr) == (0, "")
    assert "Never let the old installation run beside this one" in restored.stdout
    assert place.processes() == []
    place.serve()
    assert inhabitants(place, "revisit", saved.case["ref"], saved.case["code"]) == {
        "followed": 302,
        "told": True,
        "signed in": 302,
        "case": 200,
        "photo": True,
        "next": "P-001002-4",
    }
    verified = place.pasokh("verify", "--against", str(saved.folder / backup.CHECKPOINT))
    assert (verified.returncode, verified.stdout.splitlines()[0]) == (0, WHOLE)
    assert place.pasokh("check").returncode == 0


def test_a_backup_can_be_checked_without_pasokh_and_is_closed_to_others(saved: Saved) -> None:
    checked = subprocess.run(
        ["sha256sum", "--check", "--quiet", "--strict", backup.SUMS],
        cwd=saved.folder,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "")
    modes = {path.stat().st_mode & 0o077 for path in (saved.folder, *saved.folder.rglob("*"))}
    assert modes == {0}
    names = {path.name for path in (saved.folder / "secrets").iterdir()}
    assert names == {"django.key", "ledger.key", "ledger.origin"}


def _flip(folder: Path) -> Path:
    path = folder / "tables" / "ledger_entry.copy"
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    return path


def _remove(folder: Path) -> Path:
    path = next(path for path in (folder / "files").rglob("*") if path.is_file())
    path.unlink()
    return path


def _add(folder: Path) -> Path:
    path = folder / "secrets" / "another.key"
    path.write_text("mine")
    return path


@pytest.mark.parametrize("spoil", [_flip, _remove, _add])
def test_a_damaged_backup_is_refused_by_the_name_of_what_is_wrong(
    copied: Path, place: Place, spoil: Callable[[Path], Path]
) -> None:
    path = spoil(copied)

    told = place.pasokh("restore", str(copied))

    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr == (
        f"The backup is damaged: {path} is missing, or not what was written. "
        "Nothing was restored. Take another copy of the backup, or an older one.\n"
    )
    assert not Path(place.environ["PASOKH_DATA"]).exists()


def test_a_backup_that_was_not_finished_is_refused(copied: Path, place: Place) -> None:
    (copied / backup.SUMS).unlink()

    told = place.pasokh("restore", str(copied))

    assert told.returncode == 1
    assert told.stderr.startswith(f"{copied} is not a whole backup: the list SHA256SUMS")


def test_tables_that_do_not_fit_leave_the_place_as_empty_as_it_was(
    copied: Path, place: Place
) -> None:
    path = copied / "tables" / "casework_complaint.copy"
    path.write_text("one\ttwo\n")
    summed(copied)

    told = place.pasokh("restore", str(copied))

    assert told.returncode == 1
    assert told.stderr.startswith(f"The backup is damaged: {copied / 'tables'} is missing, or not")
    assert list(Path(place.environ["PASOKH_DATA"]).iterdir()) == []
    assert place.processes() == []


def test_a_log_rewritten_in_the_backup_is_restored_and_named(copied: Path, place: Place) -> None:
    path = copied / "tables" / "ledger_entry.copy"
    path.write_text(path.read_text("utf-8").replace("complaint.received", "complaint.closed"))
    summed(copied)

    told = place.pasokh("restore", str(copied))

    assert told.returncode == 1
    assert told.stderr.startswith("Altered: ")


def test_a_backup_of_a_newer_version_is_refused(copied: Path, place: Place) -> None:
    about = json.loads((copied / backup.ABOUT).read_text("utf-8"))
    about["migrations"].append(["casework", "9999_from_the_future"])
    (copied / backup.ABOUT).write_text(json.dumps(about), "utf-8")
    summed(copied)

    told = place.pasokh("restore", str(copied))

    assert told.returncode == 1
    assert told.stderr.startswith(
        "The data was written by a newer version of Pasokh: this one does not know "
        "“casework 9999_from_the_future”. Nothing was changed."
    )


def test_it_goes_from_one_postgresql_to_another(saved: Saved, place: Place) -> None:
    asked(saved.place, "CREATE DATABASE elsewhere")
    address = embedded.address(saved.place.environment)
    assert address
    place.environ["DATABASE_URL"] = address.dsn.replace("dbname=pasokh", "dbname=elsewhere")

    restored = place.pasokh("restore", str(saved.folder), "--skip", "0")
    again = place.pasokh("restore", str(saved.folder), PASOKH_DATA=f"{place.root}/other")

    assert (restored.returncode, restored.stderr) == (0, "")
    assert again.returncode == 1
    assert again.stderr == (
        "The database “elsewhere” already holds something. "
        "Create an empty one and point DATABASE_URL to it.\n"
    )
    assert list(Path(place.root, "other").iterdir()) == []


def test_a_data_folder_in_use_is_not_restored_into(saved: Saved) -> None:
    told = saved.place.pasokh("restore", str(saved.folder))

    assert told.returncode == 1
    assert told.stderr == (
        f"{saved.place.environ['PASOKH_DATA']} is not empty, and a backup is restored into an "
        "empty data folder only. Name one with PASOKH_DATA, or move that one aside.\n"
    )


def test_a_restore_that_was_killed_is_not_taken_for_an_installation(place: Place) -> None:
    data = Path(place.environ["PASOKH_DATA"])
    data.mkdir()
    (data / UNFINISHED).touch()

    told = place.pasokh("serve", "--port", str(place.port))

    assert told.returncode == 1
    assert told.stderr.startswith(f"A backup is being restored in {data}, or that was interrupted.")


def test_an_installation_that_rests_is_backed_up_and_rests_again(
    ready: Place, tmp_path: Path
) -> None:
    told = ready.pasokh("backup", str(tmp_path / "backup"))

    assert (told.returncode, told.stderr) == (0, "")
    assert restore.read(tmp_path / "backup").changes
    assert ready.processes() == []


def test_what_is_damaged_in_the_installation_itself_is_named(ready: Place, tmp_path: Path) -> None:
    digest = "ab" * 32
    stored = ready.environment.files / "ab" / "ab" / digest
    stored.parent.mkdir(parents=True)
    stored.write_text("something else")

    told = ready.pasokh("backup", str(tmp_path / "backup"))

    assert told.returncode == 1
    assert told.stderr == (
        f"The file files/ab/ab/{digest} is damaged, and is in the backup as it is.\n"
    )


def test_where_nothing_is_there_is_nothing_to_back_up(place: Place, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    folder.mkdir()
    (folder / "mine").touch()

    nothing = place.pasokh("backup", str(tmp_path / "new"))

    assert (nothing.returncode, nothing.stderr) == (
        1,
        f"There is no installation in {place.environ['PASOKH_DATA']}. "
        "Name its folder with PASOKH_DATA.\n",
    )
    assert not (tmp_path / "new").exists()
    assert [path.name for path in folder.iterdir()] == ["mine"]
