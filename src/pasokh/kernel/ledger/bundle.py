"""A case as a folder that anyone can check: entries, proofs, texts, files, and the checker."""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from pasokh.kernel import files as store
from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger import note, receipt, sequencer, timeline, tree, verifier
from pasokh.kernel.ledger.models import Checkpoint, Entry, Pending

Timeline = Callable[[Sequence[Entry], str], str]
LANGUAGES = ("fa", "en")
MANIFEST = "manifest.txt"
README = """\
Run this to check that nothing here was altered, removed, reordered or added:
برای اینکه ببینید چیزی در اینجا دستکاری، حذف، جابه‌جا یا افزوده نشده است، این را اجرا کنید:

    python3 -I verify.py --key FINGERPRINT

FINGERPRINT is printed on every receipt and on the organisation's portal. A receipt can be
checked with it: add the name of the receipt's file. Python 3.9 or newer; no network.
FINGERPRINT روی هر رسید و در درگاه سازمان چاپ شده است. رسید را هم می‌توان با آن سنجید: نام
پروندهٔ رسید را در پایان بیفزایید. پایتون ۳٫۹ یا تازه‌تر می‌خواهد و به شبکه نیازی نیست.
"""


def write(
    folder: Path,
    *,
    subject: str,
    files: Iterable[str] = (),
    timeline: Timeline = timeline.plain,
    texts: Mapping[str, str] = MappingProxyType({}),
    at: datetime,
) -> int:
    """Write a subject's bundle into a new or empty folder and return its number of entries.

    `files` are digests in the file store, `texts` more to be read, by their names. The folder
    appears whole or not at all. Refuses with
    `folder-not-empty`, `nothing-to-export`, `file-missing` and `file-altered`.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Refused("folder-not-empty", folder=str(folder))
    while Pending.objects.filter(entry__subject=subject).exists():
        sequencer.run_once(at)
    last = tree.latest()
    size = last.size if last else 0
    entries = list(
        Entry.objects.filter(subject=subject, sequenced__index__lt=size)
        .select_related("sequenced", "sealed")
        .order_by("number")
    )
    if not entries or last is None:
        raise Refused("nothing-to-export", subject=subject)
    with _appearing(folder) as draft:
        _texts(draft, entries, last, timeline)
        _entries(draft / "entries", entries, last)
        for name, text in texts.items():
            _text(draft / name, text)
        for digest in sorted(set(files)):
            _file(draft / "files", digest)
        _manifest(draft, entries, last, at)
    return len(entries)


@contextmanager
def _appearing(folder: Path) -> Iterator[Path]:
    """Give a draft beside the folder that takes its place when all went well."""
    folder = folder.absolute()
    draft = folder.with_name(f".{folder.name}.draft-{os.getpid()}")
    draft.mkdir(parents=True, mode=0o700)
    try:
        yield draft
        if folder.exists():
            folder.rmdir()
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _texts(draft: Path, entries: Sequence[Entry], last: Checkpoint, timeline: Timeline) -> None:
    key = tree.signer(last).key
    _text(draft / "README.txt", README)
    _text(draft / "key.txt", f"{key.text}\n{key.fingerprint}\n")
    _text(draft / "checkpoint.txt", last.note)
    _text(draft / "verify.py", verifier.source())
    for language in LANGUAGES:
        _text(draft / f"timeline.{language}.txt", timeline(entries, language))


def _entries(folder: Path, entries: Sequence[Entry], last: Checkpoint) -> None:
    folder.mkdir()
    places = [entry.sequenced.index for entry in entries]
    for entry, proof in zip(entries, receipt.proofs(places, last.size), strict=True):
        proved = receipt.evidence(entry) | {"proof": proof}
        _text(folder / f"{entry.number:06d}.json", receipt.written(proved))


def _file(folder: Path, digest: str) -> None:
    """Copy a stored file, comparing what was read with what it should be."""
    folder.mkdir(exist_ok=True)
    found = hashlib.sha256()
    try:
        with store.open(digest) as source, (folder / digest).open("wb") as target:
            while chunk := source.read(1 << 20):
                found.update(chunk)
                target.write(chunk)
    except FileNotFoundError:
        raise Refused("file-missing", digest=digest) from None
    if found.hexdigest() != digest:
        raise Refused("file-altered", digest=digest)


def _manifest(draft: Path, entries: Sequence[Entry], last: Checkpoint, at: datetime) -> None:
    signer, final = tree.signer(last), entries[-1]
    listed = sorted(path for path in draft.rglob("*") if path.is_file())
    head = note.manifest(signer.name, final.subject, final.number, bytes(final.hash), at)
    lines = [f"{_digest(path)} {path.stat().st_size} {_name(draft, path)}\n" for path in listed]
    _text(draft / MANIFEST, signer.sign(head + "".join(lines)))


def _name(draft: Path, path: Path) -> str:
    return path.relative_to(draft).as_posix()


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _text(path: Path, text: str) -> None:
    """Write UTF-8 as it is, line ends included; what UTF-8 lacks becomes an escape."""
    path.write_bytes(text.encode("utf-8", "backslashreplace"))
