from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pasokh.config import secrets


def test_a_secret_is_made_once_and_kept(tmp_path: Path) -> None:
    place = tmp_path / "secrets" / "key"

    first = secrets.text(place)

    assert secrets.text(place) == first
    assert len(first) == 43
    assert place.stat().st_mode & 0o777 == 0o600
    assert place.parent.stat().st_mode & 0o777 == 0o700


def test_processes_that_start_together_agree(tmp_path: Path) -> None:
    place = tmp_path / "secrets" / "key"

    with ThreadPoolExecutor(8) as pool:
        found = set(pool.map(lambda _: secrets.text(place), range(40)))

    assert len(found) == 1
    assert [path.name for path in place.parent.iterdir()] == ["key"]
