"""Secrets kept in the data folder, made at first need, readable by their owner alone."""

import os
import secrets
from pathlib import Path


def text(path: Path) -> str:
    """Return the secret in a file (43 letters, 256 bits), making it when there is none yet.

    Two processes that start together agree: the file appears whole or not at all, once.
    """
    try:
        return path.read_text("ascii")
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with open(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(32))
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text("ascii")
