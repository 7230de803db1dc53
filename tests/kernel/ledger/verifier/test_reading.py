"""What a hostile bundle or receipt gets: a sentence."""

import os
from pathlib import Path

import pytest
from tests.kernel.ledger.verifier.conftest import alone, findings

from pasokh.kernel.ledger import keys, note
from pasokh.kernel.ledger.verifier import reading


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"form":1,"form":2}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":1e400}',
        b'{"a":NaN}',
        b"\xff\xfe",
        b"null",
        b"[]",
        b"{}",
        b'"' + b"x" * 100_000,
    ],
)
def test_a_hostile_receipt_gets_a_sentence(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "r.json"
    path.write_bytes(text)

    assert findings(alone(tmp_path), path) == [
        "Not readable: r.json has not the form or the size it should have."
    ]


def test_a_receipt_that_is_no_plain_file_gets_a_sentence(tmp_path: Path) -> None:
    folder = alone(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/dev/zero")
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(reading.LARGEST_TEXT + 1)

    assert findings(folder, tmp_path / "pipe", tmp_path / "link", tmp_path / "huge", tmp_path) == [
        f"Not readable: {name} has not the form or the size it should have."
        for name in ("pipe", "link", "huge", tmp_path.name)
    ]
    assert findings(folder, tmp_path / "absent") == ["Removed: absent."]


HOSTILE_LINES = [
    "0" * 64 + " 5 ../../etc/passwd",
    "0" * 64 + " 5 /etc/passwd",
    "0" * 64 + " 5 entries/../key.txt",
    "0" * 64 + " 5 files/../../x",
    "0" * 64 + " 99999999999999999999 x",
    "0" * 64 + " 5 a\\b",
    "0" * 64 + " 5 .hidden",
    "x",
    "",
]


@pytest.mark.parametrize("line", HOSTILE_LINES)
def test_a_manifest_cannot_lead_outside_the_bundle(folder: Path, line: str) -> None:
    signer, path = keys.signer(), folder / "manifest.txt"
    text = note.split(path.read_text("utf-8"))[0]
    path.write_text(signer.sign(f"{text}{line}\n"), "utf-8")

    assert findings(folder) == [
        "Not readable: manifest.txt has not the form or the size it should have."
    ]


@pytest.mark.parametrize("name", ["key.txt", "manifest.txt", "checkpoint.txt", "README.txt"])
@pytest.mark.parametrize("target", ["/dev/zero", "/etc/passwd", "absent"])
def test_a_link_in_place_of_a_file_is_not_followed(folder: Path, name: str, target: str) -> None:
    (folder / name).unlink()
    (folder / name).symlink_to(target)

    assert any(name in found for found in findings(folder))


@pytest.mark.parametrize("inner", ["entries", "files"])
def test_a_link_in_place_of_a_folder_is_not_followed(
    folder: Path, tmp_path: Path, inner: str
) -> None:
    (folder / inner).rename(tmp_path / "elsewhere")
    (folder / inner).symlink_to(tmp_path / "elsewhere")

    assert f"Added: {inner}." in findings(folder)


def test_a_pipe_in_place_of_an_entry_does_not_hang(folder: Path) -> None:
    path = folder / "entries" / "000002.json"
    path.unlink()
    os.mkfifo(path)

    assert findings(folder) == ["Altered: entries/000002.json."]
