"""The script in a bundle, run as a stranger would: alone, isolated, in an empty environment."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.kernel.ledger.conftest import NOON, Tell

from pasokh.kernel import files
from pasokh.kernel.ledger import bundle, note, receipt, verifier
from pasokh.kernel.ledger.models import Entry

SUBJECT = "complaint:P-1"


WHOLE = f"Whole: 5 entries of {SUBJECT}, exported at 2026-03-20T12:00:00.000000Z."


@pytest.fixture
def folder(history: list[Entry], tmp_path: Path) -> Path:
    """A bundle of five entries and one file."""
    digest = files.put([b"a photograph"], limit=100).digest
    bundle.write(tmp_path / "case", subject=SUBJECT, files=[digest], at=NOON)
    return tmp_path / "case"


@pytest.fixture
def young(history: list[Entry], tell: Tell, tmp_path: Path) -> Path:
    """A receipt of an entry that is not sequenced yet."""
    path = tmp_path / "receipt-young.json"
    path.write_text(receipt.issue(tell(private={"text": "متن"})), "utf-8")
    return path


@pytest.fixture
def old(history: list[Entry], tmp_path: Path) -> Path:
    """A receipt of an entry that is in the log."""
    path = tmp_path / "receipt-old.json"
    path.write_text(receipt.issue(history[2]), "utf-8")
    return path


def alone(tmp_path: Path) -> Path:
    """The script beside no bundle."""
    (tmp_path / "alone").mkdir(exist_ok=True)
    (tmp_path / "alone" / "verify.py").write_text(verifier.source(), "utf-8")
    return tmp_path / "alone"


def run(folder: Path, *arguments: object, python: str = sys.executable) -> tuple[int, list[str]]:
    """Run the bundle's script; return its exit code and its English lines."""
    command = [python, "-I", str(folder / "verify.py"), *map(str, arguments)]
    done = subprocess.run(command, env={}, capture_output=True, cwd="/", timeout=60, check=False)
    assert done.stderr == b""
    lines = done.stdout.decode("utf-8").splitlines()
    assert len(lines) % 2 == 0
    return done.returncode, lines[::2]


def findings(folder: Path, *arguments: object) -> list[str]:
    """Run the bundle's script, which must find something; return what."""
    code, lines = run(folder, *arguments)
    *found, verdict = lines
    assert (code, verdict) == (1, f"Not whole. Findings: {len(found)}.")
    return found


def resign(folder: Path, signer: note.Signer, rewrite: Callable[[list[str]], Any] = id) -> None:
    """Sign checkpoint and manifest anew, digests made to fit, as the holder of a key could."""
    (folder / "key.txt").write_text(f"{signer.key.text}\n")
    head = note.split((folder / "checkpoint.txt").read_text("utf-8"))[0]
    (folder / "checkpoint.txt").write_text(signer.sign(head), "utf-8")
    lines = note.split((folder / "manifest.txt").read_text("utf-8"))[0].splitlines()[:6]
    rewrite(lines)
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        if path.name != "manifest.txt":
            name = path.relative_to(folder).as_posix()
            lines.append(f"{bundle._digest(path)} {path.stat().st_size} {name}")
    (folder / "manifest.txt").write_text(signer.sign("\n".join(lines) + "\n"), "utf-8")
