import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.kernel.ledger.conftest import NOON, Tell

from pasokh.kernel import files
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger import bundle, erase, keys, verifier
from pasokh.kernel.ledger.models import Entry, Pending

SUBJECT = "complaint:P-1"


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.*"))


def test_a_bundle_holds_everything_about_its_subject(history: list[Entry], tmp_path: Path) -> None:
    digest = files.put([b"a photograph"], limit=100).digest

    assert bundle.write(tmp_path / "case", subject=SUBJECT, files=[digest], at=NOON) == 5
    assert names(tmp_path / "case") == [
        "README.txt",
        "checkpoint.txt",
        *(f"entries/{number:06d}.json" for number in range(1, 6)),
        "key.txt",
        "manifest.txt",
        "timeline.en.txt",
        "timeline.fa.txt",
        "verify.py",
    ]
    assert (tmp_path / "case" / "files" / digest).read_bytes() == b"a photograph"
    assert (tmp_path / "case" / "verify.py").read_text("utf-8") == verifier.source()


def test_the_manifest_is_signed_and_gives_every_digest(
    history: list[Entry], tmp_path: Path
) -> None:
    bundle.write(tmp_path / "case", subject=SUBJECT, at=NOON)
    text = keys.signer().key.verify((tmp_path / "case" / "manifest.txt").read_text("utf-8"))
    kind, origin, subject, count, _, at, *lines = text.splitlines()

    assert (kind, origin, subject) == ("pasokh manifest 1", keys.origin(), SUBJECT)
    assert (count, at) == ("5", "2026-03-20T12:00:00.000000Z")
    assert [line.split()[2] for line in lines] == [
        name for name in names(tmp_path / "case") if name != "manifest.txt"
    ]
    for line in lines:
        digest, size, name = line.split()
        data = (tmp_path / "case" / name).read_bytes()
        assert (digest, int(size)) == (hashlib.sha256(data).hexdigest(), len(data))


def test_what_still_waits_is_sequenced_first(tell: Tell, db: None, tmp_path: Path) -> None:
    tell()

    assert bundle.write(tmp_path / "case", subject=SUBJECT, at=NOON) == 1
    assert Pending.objects.count() == 0


def test_timelines_are_readable_in_both_languages(history: list[Entry], tmp_path: Path) -> None:
    erase.erase([history[2].pk])
    bundle.write(tmp_path / "case", subject=SUBJECT, at=NOON)
    english = (tmp_path / "case" / "timeline.en.txt").read_text("utf-8")
    persian = (tmp_path / "case" / "timeline.fa.txt").read_text("utf-8")

    assert english.startswith(
        "1. Friday 20 March 2026, 12:00\n   Happened 0 times, says –\n"
        "   By: clock:test\n   text: متن 0\n\n2. Friday"
    )
    assert "The texts of this entry have been erased." in english
    assert persian.startswith("۱. جمعه ۲۹ اسفند ۱۴۰۴، ساعت ۱۲:۰۰\n")


def test_the_caller_may_give_a_better_timeline(history: list[Entry], tmp_path: Path) -> None:
    def told(entries: Sequence[Entry], language: str) -> str:
        return f"{language} {len(entries)}"

    bundle.write(tmp_path / "case", subject=SUBJECT, timeline=told, at=NOON)

    assert (tmp_path / "case" / "timeline.fa.txt").read_text() == "fa 5"


def test_an_existing_empty_folder_is_used(history: list[Entry], tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()

    assert bundle.write(folder, subject=SUBJECT, at=NOON) == 5


@pytest.mark.parametrize(
    ("subject", "digest", "code"),
    [
        ("complaint:P-99", None, "nothing-to-export"),
        (SUBJECT, "0" * 64, "file-missing"),
    ],
)
def test_a_refusal_leaves_nothing_behind(
    history: list[Entry], tmp_path: Path, subject: str, digest: str | None, code: str
) -> None:
    folder = tmp_path / "out" / "case"
    with pytest.raises(Refused, match=code):
        bundle.write(folder, subject=subject, files=[digest] if digest else [], at=NOON)

    assert not (tmp_path / "out").exists() or not any((tmp_path / "out").iterdir())


def test_a_damaged_file_is_not_exported_as_if_it_were_whole(
    history: list[Entry], tmp_path: Path, settings: Any
) -> None:
    settings.FILES = tmp_path / "store"
    digest = files.put([b"a photograph"], limit=100).digest
    (path,) = (tmp_path / "store").rglob(digest)
    path.write_bytes(b"another photo")

    with pytest.raises(Refused, match="file-altered"):
        bundle.write(tmp_path / "case", subject=SUBJECT, files=[digest], at=NOON)


def test_a_folder_with_something_in_it_is_refused(history: list[Entry], tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(Refused, match="folder-not-empty"):
        bundle.write(tmp_path, subject=SUBJECT, at=NOON)

    assert (tmp_path / "mine.txt").read_text() == "mine"


@pytest.mark.django_db
def test_a_longer_history_takes_no_more_queries(tell: Tell, tmp_path: Path) -> None:
    counts = []
    for number in (1, 2, 30):
        for count in range(number):
            tell(f"unit:{number}", count, private={"text": "x"})
        with CaptureQueriesContext(connection) as queries:
            bundle.write(tmp_path / str(number), subject=f"unit:{number}", at=NOON)
        counts.append(len(queries))

    assert counts[1] == counts[2]
