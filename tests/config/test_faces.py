"""The faces for paper are made once, whole or not at all."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pasokh.config import faces
from pasokh.ui import cutting


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Any) -> Iterator[Path]:
    """An empty data folder, and faces that take no time to make."""
    monkeypatch.setattr(cutting, "truetype", lambda whole, weight: f"face {weight}".encode())
    monkeypatch.setattr(cutting, "letters", lambda whole: {0x6CC, 0x41})
    settings.ENVIRONMENT = type("Surroundings", (), {"data": tmp_path})()
    faces.folder.cache_clear()
    yield tmp_path
    faces.folder.cache_clear()


def test_the_faces_and_what_they_show_lie_in_a_folder_of_their_own(data: Path) -> None:
    made = faces.folder()

    assert made.parent == data / "faces"
    assert {file.name: file.read_bytes() for file in made.iterdir()} == {
        "400.ttf": b"face 400",
        "700.ttf": b"face 700",
        "letters.json": json.dumps([0x41, 0x6CC]).encode(),
    }
    assert [each.name for each in made.parent.iterdir()] == [made.name]


def test_they_are_made_once(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = faces.folder()
    faces.folder.cache_clear()
    monkeypatch.setattr(cutting, "truetype", lambda *told: pytest.fail("made again"))

    assert faces.folder() == made


def test_a_process_that_was_slower_takes_what_the_other_made(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = faces.folder()
    before = (made / "400.ttf").stat().st_ino

    faces._make(Path("unused"), made)

    assert (made / "400.ttf").stat().st_ino == before
    assert [each.name for each in made.parent.iterdir()] == [made.name]


def test_what_breaks_off_leaves_nothing(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*told: object) -> bytes:
        raise OSError(28, "no space left")

    monkeypatch.setattr(cutting, "truetype", full)
    with pytest.raises(OSError, match="no space left"):
        faces.folder()

    assert list((data / "faces").iterdir()) == []
