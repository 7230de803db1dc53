"""The commands about the log, on an installation that runs."""

from pathlib import Path

import pytest

from .conftest import Place

pytestmark = pytest.mark.serial


def test_a_whole_log_is_verified_and_its_key_is_named(running: Place) -> None:
    told = running.pasokh("verify")
    lines = told.stdout.splitlines()

    assert (told.returncode, told.stderr) == (0, "")
    assert lines[0] == (
        "The whole log was checked and nothing in it was altered, removed or added."
    )
    assert lines[1].startswith("It is signed by the key ")
    assert "give one with --against" in lines[2]


def test_a_file_that_proves_nothing_fails_the_comparison(running: Place) -> None:
    nonsense = running.root / "checkpoint.txt"
    nonsense.write_text("nonsense")

    told = running.pasokh("verify", "--against", str(nonsense))

    assert (told.returncode, told.stdout) == (1, "")
    assert "checkpoint.txt" in told.stderr


def test_a_case_that_does_not_exist_is_told_in_one_sentence_and_writes_nothing(
    running: Place,
) -> None:
    folder = Path(running.root, "export")

    told = running.pasokh("export-case", "NONE-1", "--output", str(folder))

    assert (told.returncode, told.stdout) == (1, "")
    assert len(told.stderr.splitlines()) == 1
    assert "no complaint with this reference" in told.stderr
    assert not folder.exists()


def test_check_tells_that_all_is_in_order(running: Place) -> None:
    told = running.pasokh("check")

    assert told.returncode == 0
    assert [line[0] for line in told.stdout.splitlines()] == ["✓"] * 10
    assert "The database is the embedded one." in told.stdout


def test_migrate_says_that_nothing_is_missing_and_gives_a_link(running: Place) -> None:
    told = running.pasokh("migrate", PASOKH_LANG="fa")
    lines = told.stdout.splitlines()

    assert told.returncode == 0
    assert len(lines) == 2
    assert "/fa/setup/" in lines[1]


def test_without_a_database_a_command_says_so_and_ends(place: Place) -> None:
    for command in ("verify", "migrate", "worker"):
        told = place.pasokh(command)

        assert (told.returncode, told.stderr) == (
            1,
            f"The embedded database of {place.environ['PASOKH_DATA']} is not running. "
            "Start it with “pasokh serve”, or set DATABASE_URL.\n",
        )
