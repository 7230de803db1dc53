"""Files by their content, and names that are safe everywhere."""

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pasokh.kernel import files
from pasokh.kernel.errors import Refused


@pytest.fixture
def store(tmp_path: Path, settings: object) -> Path:
    settings.FILES = tmp_path / "files"  # type: ignore[attr-defined]
    return tmp_path / "files"


def _everything(store: Path) -> list[Path]:
    return sorted(path for path in store.rglob("*") if path.is_file())


def test_a_file_comes_back_by_its_digest(store: Path) -> None:
    stored = files.put([b"abc", b"", b"def"], limit=6)

    assert stored == files.Stored(hashlib.sha256(b"abcdef").hexdigest(), 6)
    with files.open(stored.digest) as file:
        assert file.read() == b"abcdef"
    assert files.verify(stored.digest)


def test_a_file_lies_under_its_digest_alone_readable_by_its_owner(store: Path) -> None:
    digest = files.put([b"x"], limit=1).digest

    (path,) = _everything(store)
    assert path == store / digest[:2] / digest[2:4] / digest
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(each.stat().st_mode) for each in path.parents[:3]} == {0o700}


def test_the_same_content_is_kept_once(store: Path) -> None:
    assert files.put([b"same"], limit=9) == files.put([b"sa", b"me"], limit=9)
    assert len(_everything(store)) == 1


def test_one_byte_over_the_limit_is_refused_and_leaves_nothing(store: Path) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b"x" * 1000

    with pytest.raises(Refused) as refused:
        files.put(endless(), limit=2500)

    assert (refused.value.code, refused.value.facts) == ("file-too-large", {"limit": 2500})
    assert _everything(store) == []


def test_a_stream_that_breaks_leaves_nothing(store: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        files.put(broken(), limit=100)

    assert _everything(store) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_a_refusal(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def on_a_full_disk(**_: object) -> tuple[int, str]:
        draft = store / "incoming" / "draft"
        draft.touch()
        return os.open("/dev/full", os.O_WRONLY), str(draft)

    monkeypatch.setattr(files.tempfile, "mkstemp", on_a_full_disk)

    with pytest.raises(Refused) as refused:
        files.put([b"x" * 100_000], limit=100_000)

    assert refused.value.code == "no-space"
    assert isinstance(refused.value.__cause__, OSError)
    assert refused.value.__cause__.errno == errno.ENOSPC
    assert _everything(store) == []


def test_a_damaged_or_missing_file_does_not_verify_and_is_mended_by_storing_it_again(
    store: Path,
) -> None:
    digest = files.put([b"true"], limit=9).digest
    (path,) = _everything(store)
    path.write_bytes(b"fals")

    assert not files.verify(digest)
    files.put([b"true"], limit=9)
    assert files.verify(digest)
    assert not files.verify("0" * 64)


@pytest.mark.parametrize("digest", ["", "../secrets", "A" * 64, "0" * 63 + "/", "0" * 64 + "\n"])
def test_only_a_digest_is_a_way_into_the_store(store: Path, digest: str) -> None:
    with pytest.raises(ValueError, match="digest"):
        files.open(digest)


@pytest.mark.parametrize(
    ("given_name", "clean"),
    [
        ("invoice.pdf", "invoice.pdf"),
        ("شکایت‌نامه ۱۲.pdf", "شکایت‌نامه ۱۲.pdf"),
        ("C:\\Users\\me\\photo.JPG", "photo.JPG"),
        ("../../etc/passwd", "passwd"),
        ("folder/", "folder"),
        (".htaccess", "htaccess"),
        ("...", "file"),
        ("", "file"),
        ("\u200b\u202e", "file"),
        ("annexe\u202egpj.exe", "annexegpj.exe"),
        ("a\u200cb\u200c.txt", "ab.txt"),
        ("re\0ceipt\r\n.pdf", "receipt.pdf"),
        ("CON", "_CON"),
        ("aux.tar.gz", "_aux.tar.gz"),
        ('a<b>c:"d|e?f*.txt', "a_b_c__d_e_f_.txt"),
        ("  spaced   out . txt ", "spaced out. txt"),
        ("e\u0301té.png", "été.png"),
        ("broken\ud800.png", "broken_.png"),
        ("ن" * 300 + ".jpeg", "ن" * 72 + ".jpeg"),
    ],
)
def test_a_name_is_made_safe_and_keeps_its_extension(given_name: str, clean: str) -> None:
    assert files.clean_name(given_name) == clean


@given(st.text(st.characters(codec=None), max_size=300))
@example("e\u200c\u0301")
@example("a" * 140 + "." + "b" * 50)
def test_every_name_becomes_one_safe_name(given_name: str) -> None:
    name = files.clean_name(given_name)

    assert 0 < len(name.encode()) <= 150
    assert not set(name) & set('/\\<>:"|?*\0\u202e\u200b')
    assert name[0] not in ". "
    assert name[-1] not in ". "
    assert files.clean_name(name) == name
