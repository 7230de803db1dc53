"""A whole bundle, and the command."""

from __future__ import annotations

import os
import re
import sys
from typing import Any, NamedTuple

from pasokh.kernel.ledger.verifier.evidence import link, receipt
from pasokh.kernel.ledger.verifier.reading import (
    COUNT,
    FINGERPRINT,
    Key,
    base64,
    digest,
    head,
    key,
    opened,
    read,
)
from pasokh.kernel.ledger.verifier.words import Report, Wrong, shown

MOST_FILES = 500_000
DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
MANIFEST, KEY, CHECKPOINT = "manifest.txt", "key.txt", "checkpoint.txt"
PATH = re.compile(r"entries/[0-9]{6,9}\.json|files/[0-9a-f]{64}|[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
LINE = re.compile(r"([0-9a-f]{64}) (0|[1-9][0-9]{0,12}) (.{1,80})")


class Manifest(NamedTuple):
    subject: str
    total: int
    last: bytes
    at: str
    files: dict[str, tuple[str, int]]


class Bundle(NamedTuple):
    key: Key
    manifest: Manifest
    #: The leaf hash of each entry by its number; None where the entry is not what it should be.
    entries: dict[int, bytes | None]


def manifest(text: str, report: Report, by: Key) -> Manifest:
    """Read what the bundle should hold; go on with an unsigned one, to name what was done."""
    report.attempt(MANIFEST, opened, text, by)
    lines = text.rpartition("\n\n")[0].split("\n")
    kind, name, subject, count, last, at, *rest = lines
    listed = [LINE.fullmatch(line) for line in rest]
    files = {
        line[3]: (line[1], int(line[2])) for line in listed if line and PATH.fullmatch(line[3])
    }
    entries = {path for path in files if path.startswith("entries/")}
    if (
        (kind, name) != ("pasokh manifest 1", by.name)
        or not COUNT.fullmatch(count)
        or not len(rest) == len(files) <= MOST_FILES
        or not {KEY, CHECKPOINT} <= set(files)
        or not 0 < int(count) == len(entries)
        or entries != {f"entries/{number:06d}.json" for number in range(1, len(entries) + 1)}
        or any(path[6:] != files[path][0] for path in files if path.startswith("files/"))
    ):
        raise Wrong("unreadable")
    return Manifest(subject, int(count), base64(last, 32), at, files)


def present(folder: str, given: set[str]) -> list[str]:
    """Return the path of everything in the bundle but the manifest and the receipts given."""
    found: list[str] = []
    for inner in ("", "entries", "files"):
        above = os.path.join(folder, inner)
        if inner and not (os.path.isdir(above) and not os.path.islink(above)):
            continue
        with os.scandir(above) as items:
            for item in items:
                plain = item.is_dir(follow_symlinks=False) and item.name in ("entries", "files")
                if not (plain and not inner) and os.path.realpath(item.path) not in given:
                    found.append(f"{inner}/{item.name}" if inner else item.name)
                if len(found) > MOST_FILES:
                    raise Wrong("unreadable")
    return sorted(path for path in found if path != MANIFEST)


def compare(
    folder: str, there: list[str], files: dict[str, tuple[str, int]], report: Report
) -> set[str]:
    """Compare the files with the manifest, name each difference, return those that are right."""
    sizes = {size for _, size in files.values()}
    owner: dict[str, str] = {}
    for path in sorted(files):
        owner.setdefault(files[path][0], path)
    held = {
        path: report.attempt(path, digest, os.path.join(folder, path), sizes)
        for path in there
        if path in files
    }
    right = {path for path in held if held[path] == files[path][0]}
    misplaced = {held[path] for path in held if path not in right}
    for path in sorted(set(files) - right):
        found, wanted = held.get(path), files[path][0]
        if found in owner:
            report.found("reordered", name=path, other=owner[found])
        elif found is not None:
            report.found("altered", name=path)
        if wanted not in misplaced and (path not in held or found in owner):
            report.found("removed", name=path)
    for path in sorted(set(there) - set(files)):
        report.found("added", name=shown(path))
    return right


def bundle(folder: str, given: set[str], report: Report) -> Bundle | None:
    """Check a bundle; return whose it is, what it should hold, and its entries by number."""

    def text(name: str) -> str:
        return read(os.path.join(folder, name)).decode()

    by = report.attempt(KEY, lambda: key(text(KEY).split("\n")[0]))
    told = by and report.attempt(MANIFEST, lambda: manifest(text(MANIFEST), report, by))
    if not told:
        return None
    right = compare(folder, present(folder, given), told.files, report)
    top = None
    if CHECKPOINT in right:
        top = report.attempt(CHECKPOINT, lambda: head(text(CHECKPOINT), by))
    entries: dict[int, bytes | None] = {}
    previous: bytes | None = None
    for number in range(1, told.total + 1):
        path = f"entries/{number:06d}.json"
        step = (os.path.join(folder, path), told.subject, number, previous, top)
        previous = report.attempt(path, link, *step) if path in right else None
        entries[number] = previous
    if previous is not None and previous != told.last:
        report.found("altered", name=MANIFEST)
    return Bundle(by, told, entries)


def beside(name: str, said: dict[str, Any], leaf: bytes, whole: Bundle, report: Report) -> None:
    """Look for a receipt's entry in the bundle, when the bundle is about the same subject."""
    if said["subject"] != whole.manifest.subject:
        return
    number = said["number"]
    if number in whole.entries:
        if whole.entries[number] not in (None, leaf):
            report.found("altered", name=f"entries/{number:06d}.json")
    elif number > whole.manifest.total and said["recorded_at"] > whole.manifest.at:
        report.note("newer", name=name)
    else:
        report.found("removed", name=f"entries/{number:06d}.json")


def check(folder: str, wanted: str, receipts: list[str], report: Report) -> None:
    """Check the bundle in a folder, when there is one, and each receipt."""
    owners: list[tuple[str, Key]] = []
    whole = None
    if any(os.path.lexists(os.path.join(folder, name)) for name in (MANIFEST, KEY, "entries")):
        whole = bundle(folder, {os.path.realpath(path) for path in receipts}, report)
    elif not receipts:
        report.found("nothing")
    if whole:
        owners.append((MANIFEST, whole.key))
        told = whole.manifest
        facts = {"subject": shown(told.subject), "at": shown(told.at)}
        report.note("bundle", count=told.total, **facts)
    for path in receipts:
        name = shown(os.path.basename(path))
        if made := report.attempt(name, receipt, path, report):
            owners.append((name, made[0]))
            if whole:
                report.attempt(name, beside, name, made[1], made[2], whole, report)
    expected = wanted or (owners[0][1].digest.hex() if owners else "")
    for name, owner in owners:
        if not owner.digest.hex().startswith(expected):
            report.found("foreign", name=name, fingerprint=owner.fingerprint)
    if owners:
        report.note("key" if wanted else "itself", fingerprint=owners[0][1].fingerprint)


def arguments(given: list[str]) -> tuple[str, list[str]]:
    """Return the fingerprint asked for, as plain digits or empty, and the receipts."""
    wanted, receipts, rest = "", [], list(given)
    while rest:
        item = rest.pop(0)
        if item.startswith("--key="):
            rest[:0] = ["--key", item[6:]]
        elif item == "--key" and rest and not wanted:
            wanted = re.sub(r"[\s:-]", "", rest.pop(0).translate(DIGITS)).lower()
            if not re.fullmatch(f"[0-9a-f]{{{FINGERPRINT},64}}", wanted):
                raise Wrong("usage")
        elif item.startswith("-"):
            raise Wrong("usage")
        else:
            receipts.append(item)
    return wanted, receipts


def main(given: list[str], folder: str) -> int:
    """Say what was found, in English and Persian, and return 0 or 1."""
    report = Report()
    try:
        check(folder, *arguments(given), report)
    except Wrong as wrong:
        report.found(wrong.code, **{"name": folder, **wrong.facts})
    except (Exception, KeyboardInterrupt):  # noqa: BLE001  a hostile bundle gets a sentence
        report.found("unreadable", name=shown(folder))
    if report.wrong:
        report.found("failed", count=len(report.wrong))
    lines = [line for sentence in report.wrong or report.right for line in sentence]
    text = "\n".join([*lines, ""]).encode("utf-8", "backslashreplace")
    try:
        while text:
            text = text[os.write(1, text) :]
    except OSError:
        return 1
    return 1 if report.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:], os.path.dirname(os.path.abspath(__file__))))
