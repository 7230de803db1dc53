"""The installation's own key and origin, kept in the data folder, made at first need."""

import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from pasokh.kernel.errors import Refused
from pasokh.kernel.ledger.models import Entry
from pasokh.kernel.ledger.note import Signer


def signer() -> Signer:
    """Return the key that signs this log. Every process and machine must hold the same one."""
    seed = _kept(Path(settings.LEDGER_KEY), lambda: secrets.token_hex(32))
    try:
        private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
    except ValueError:
        raise Refused("ledger-key-damaged", path=str(settings.LEDGER_KEY)) from None
    return Signer(origin(), private)


def origin() -> str:
    """Return the log's name: the first line of its checkpoints, the same for ever."""
    return _kept(Path(settings.LEDGER_ORIGIN), lambda: f"pasokh/{secrets.token_hex(16)}")


def fingerprint() -> str:
    """Return what is printed on receipts and on the portal: whose log is it?"""
    return signer().key.fingerprint


def mark_demo() -> None:
    """Give the log an origin that says *demo*, before its first entry."""
    if Entry.objects.exists():
        raise Refused("log-not-empty")
    path = Path(settings.LEDGER_ORIGIN)
    if not origin().startswith("pasokh-demo/"):
        _draft(path, f"pasokh-demo/{secrets.token_hex(16)}").replace(path)


def _kept(path: Path, make: Callable[[], str]) -> str:
    """Return a file's text, making it when there is none; processes that start together agree."""
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        draft = _draft(path, make())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text("ascii").strip()


def _draft(path: Path, text: str) -> Path:
    """Write a text beside its place, readable by its owner alone and safe on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with open(handle, "w", encoding="ascii") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
    return Path(name)
