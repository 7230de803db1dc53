import json
import os
from pathlib import Path

import pytest

from pasokh.config import installation
from pasokh.config.messages import Unable


def test_the_data_folder_is_made_for_its_owner(tmp_path: Path) -> None:
    data = tmp_path / "new" / "data"

    with installation.held(data, "http://here/"):
        assert json.loads((data / installation.MARK).read_text()) == {
            "pid": os.getpid(),
            "address": "http://here/",
        }
        # Root's database runs under another account, which must get through.
        assert data.stat().st_mode & 0o777 == (0o711 if os.geteuid() == 0 else 0o700)


def test_it_is_held_by_one_at_a_time_and_free_afterwards(tmp_path: Path) -> None:
    with installation.held(tmp_path, "http://first/"):
        assert installation.is_held(tmp_path)
        with (
            pytest.raises(Unable, match=rf"process {os.getpid()}, http://first/"),
            installation.held(tmp_path, "http://second/"),
        ):
            pass

    assert not installation.is_held(tmp_path)
    with installation.held(tmp_path, "http://third/"):
        pass


def test_an_existing_folder_keeps_its_permissions(tmp_path: Path) -> None:
    tmp_path.chmod(0o750)

    with installation.held(tmp_path, ""):
        pass

    assert tmp_path.stat().st_mode & 0o777 == 0o750


def test_a_folder_with_other_peoples_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.odt").write_text("")

    with (
        pytest.raises(Unable, match="holds files that Pasokh did not make"),
        installation.held(tmp_path, ""),
    ):
        pass

    assert [path.name for path in tmp_path.iterdir()] == ["thesis.odt"]


def test_a_fresh_disk_is_as_good_as_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    (tmp_path / ".snapshot").mkdir()

    with installation.held(tmp_path, ""):
        assert installation.is_held(tmp_path)


def test_a_folder_that_was_never_served_is_not_held(tmp_path: Path) -> None:
    assert not installation.is_held(tmp_path / "none")
